"""`yanlian score`: a record in, its verdicts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist
from sim.cli.inputs import DEFAULT_PACK, read_finding, rule_texts
from sim.texts import in_language, t


def score_command(
    log: Path,
    pack: str | None,
    form: str,
    report: Path | None,
    lang: str | None,
    fail_on: str | None,
) -> int:
    """Score a record, print the verdicts and the official finding; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    must_exist(log)
    if report is not None:
        outputs.file_to_write(report)
    with in_language(of_console):
        verdicts, finding, names = judge(log, pack, report, of_files, of_console)
        outputs.print_verdicts(verdicts, form, names, of_console)
        if finding and form == "table":
            outputs.print_finding(finding, of_console)
        if report is not None:
            click.echo(t("written: {files}", files=report), err=form != "table")
    return outputs.status(verdicts, fail_on)


def judge(
    path: Path, pack: str | None, report: Path | None, of_files: str, of_console: str
) -> tuple[Any, dict[str, Any], dict[str, str]]:
    """Score a record, write its report where asked; return verdicts, finding and names."""
    from sim.log import read_log
    from sim.report.findings import finding_names, finding_pack, finding_title
    from sim.report.html import write_report
    from sim.rules import load_pack, score

    finding = read_finding(path)
    record = read_log(path)
    rules = load_pack(pack or finding_pack(finding, path.parent) or DEFAULT_PACK)
    verdicts = score(record, rules)
    if report is not None:
        write_report(
            report,
            record,
            verdicts,
            finding=finding,
            lang=of_files,
            names=finding_names(finding, of_files),
            texts=rule_texts(rules, of_files),
            title=finding_title(finding, of_files),
        )
    return verdicts, finding, finding_names(finding, of_console)
