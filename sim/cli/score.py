"""`yanlian score`: a record in, its verdicts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist, refuse
from sim.cli.inputs import (
    judge_by,
    packs_and_options,
    reached,
    read_finding,
    rule_texts,
    target_packs,
)
from sim.texts import in_language, t


def score_command(
    log: Path,
    pack: str | None,
    targets: tuple[str, ...],
    form: str,
    report: Path | None,
    readings: str | None,
    lang: str | None,
    fail_on: str | None,
) -> int:
    """Score a record, print the verdicts and the official finding; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    must_exist(log)
    if report is not None:
        outputs.file_to_write(report)
    with in_language(of_console):
        if targets and form != "table":
            refuse(t("targets are printed with --format table only, or in the report of `run`"))
        verdicts, finding, names, found = judge(log, pack, report, of_files, of_console, targets)
        outputs.print_verdicts(verdicts, form, names, of_console)
        if found is not None:
            outputs.print_targets(found, of_console)
        if finding and form == "table":
            outputs.print_finding(finding, names, of_console)
        if report is not None:
            click.echo(t("written: {files}", files=report), err=form != "table")
    return outputs.status(verdicts, fail_on)


def judge(
    path: Path,
    pack: str | None,
    report: Path | None,
    of_files: str,
    of_console: str,
    targets: tuple[str, ...] = (),
) -> tuple[Any, Any, dict[str, str], Any]:
    """Score a record, write its report; return verdicts, finding, names, and targets reached."""
    from sim.log import read_log
    from sim.report.findings import finding_title
    from sim.report.html import write_report
    from sim.report.names import record_names

    finding = read_finding(path)
    standards = target_packs(targets)
    record = read_log(path)
    chosen = packs_and_options(pack, finding)
    verdicts = judge_by(record, chosen)
    names = record_names(record.table)
    if report is not None:
        write_report(
            report,
            record,
            verdicts,
            finding=finding,
            lang=of_files,
            names=names,
            texts=rule_texts([found for found, _ in chosen], of_files),
            title=finding_title(finding, of_files),
            targets=reached(record, standards, of_files),
        )
    return verdicts, finding, names, reached(record, standards, of_console)
