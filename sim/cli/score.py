"""`yanlian score`: a record in, its verdicts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from sim.cli import outputs
from sim.cli.console import must_exist, refuse
from sim.cli.inputs import (
    about,
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
    checklist: Path | None,
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
        if checklist is not None and form != "table" and report is None:
            refuse(t("a checklist is printed with --format table only, or in --report"))
        found = judge(log, pack, report, of_files, of_console, targets, checklist)
        outputs.print_verdicts(found.verdicts, form, found.names, of_console)
        if found.targets is not None:
            outputs.print_targets(found.targets, of_console)
        if form == "table":
            print_official(found, of_console)
        if found.ticks and form == "table":
            outputs.print_ticks(found.ticks, of_console)
        if report is not None:
            click.echo(t("written: {files}", files=report), err=form != "table")
    return outputs.status(found.verdicts, fail_on)


class Judged(NamedTuple):
    """A record judged: `agreed` is which readings agree with the finding beside it, if any.

    `ticks` are what a checklist says.
    """

    verdicts: Any
    finding: Any
    names: dict[str, str]
    targets: Any
    agreed: Any
    ticks: list[Any]


def print_official(found: Judged, lang: str) -> None:
    """Print the official finding, and which readings agree with it."""
    if found.finding is not None:
        outputs.print_finding(found.finding, found.names, lang)
        outputs.print_agreed(found.agreed, found.names, lang)


def judge(
    path: Path,
    pack: str | None,
    report: Path | None,
    of_files: str,
    of_console: str,
    targets: tuple[str, ...] = (),
    checklist: Path | None = None,
) -> Judged:
    """Score a record by the packs, write its report."""
    from sim.log import read_log
    from sim.report.findings import finding_title
    from sim.report.html import write_report
    from sim.report.names import record_names
    from sim.rules import agreements, read_checklist

    finding = read_finding(path)
    standards = target_packs(targets)
    record = read_log(path)
    chosen = packs_and_options(pack, finding)
    packs = [found for found, _ in chosen]
    ticks = [] if checklist is None else read_checklist(must_exist(checklist), packs)
    verdicts = judge_by(record, chosen)
    if pack is None and finding is not None:
        verdicts = about(verdicts, finding)
    names = record_names(record.table)
    agreed = agreements(record, finding, chosen) if finding is not None else []
    if report is not None:
        write_report(
            report,
            record,
            verdicts,
            finding=finding,
            lang=of_files,
            names=names,
            texts=rule_texts(packs, of_files),
            title=finding_title(finding, of_files),
            targets=reached(record, standards, of_files),
            agreed=agreed,
            checklist=ticks,
            packs=packs,
        )
    reach = reached(record, standards, of_console)
    return Judged(verdicts, finding, names, reach, agreed, ticks)
