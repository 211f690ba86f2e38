"""`yanlian score`: a record in, its verdicts out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist, refuse
from sim.cli.inputs import (
    judge_by,
    packs_and_options,
    reached,
    read_clocks,
    read_finding,
    rule_texts,
    target_packs,
)
from sim.texts import in_language, t


@dataclass(frozen=True)
class Judged:
    """A record with all that was made of it; `targets` in the console's language."""

    verdicts: Any
    finding: Any
    names: dict[str, str]
    targets: Any = None
    readings: list[Any] = field(default_factory=list)


def score_command(
    log: Path,
    pack: str | None,
    targets: tuple[str, ...],
    form: str,
    report: Path | None,
    readings: str | None,
    stamps: str | None,
    clocks: Path | None,
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
        every = readings == "all"
        found = judge(log, pack, report, of_files, of_console, targets, every, stamps, clocks)
        if form == "table" or not every:
            outputs.print_verdicts(found.verdicts, form, found.names, of_console)
        if every:
            outputs.print_readings(found.readings, form, found.names, of_console)
        if found.targets is not None:
            outputs.print_targets(found.targets, of_console)
        if found.finding and form == "table":
            outputs.print_finding(found.finding, found.names, of_console)
        if report is not None:
            click.echo(t("written: {files}", files=report), err=form != "table")
    return outputs.status(found.verdicts, fail_on)


def judge(
    path: Path,
    pack: str | None,
    report: Path | None,
    of_files: str,
    of_console: str,
    targets: tuple[str, ...] = (),
    every: bool = False,
    stamps: str | None = None,
    clock_file: Path | None = None,
) -> Judged:
    """Score a record and write its report; `every` judges it under all readings too."""
    from sim.log import read_log
    from sim.report.findings import finding_title
    from sim.report.html import write_report
    from sim.report.names import record_names
    from sim.rules import all_readings, corrected

    finding = read_finding(path)
    standards = target_packs(targets)
    clocks = read_clocks(clock_file)
    record = read_log(path)
    chosen = packs_and_options(pack, finding)
    verdicts = judge_by(record, chosen, stamps, clocks)
    names = record_names(record.table)
    timed = record if clocks is None else corrected(record, clocks)
    readings = [all_readings(timed, found, options) for found, options in chosen] if every else []
    if report is not None:
        write_report(
            report,
            timed,
            verdicts,
            finding=finding,
            lang=of_files,
            names=names,
            texts=rule_texts([found for found, _ in chosen], of_files),
            title=finding_title(finding, of_files),
            targets=reached(record, standards, of_files),
            readings=readings,
        )
    return Judged(verdicts, finding, names, reached(record, standards, of_console), readings)
