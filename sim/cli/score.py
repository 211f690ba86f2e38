"""`yanlian score`: a record in, its verdicts out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist, refuse
from sim.cli.imports import imported
from sim.cli.inputs import (
    about,
    judge_by,
    marks_by,
    packs_and_options,
    rated,
    reached,
    read_clocks,
    read_finding,
    rule_texts,
    target_packs,
)
from sim.texts import in_language, t


@dataclass(frozen=True)
class Asked:
    """What the command line asks to be judged by."""

    pack: str | None = None
    targets: tuple[str, ...] = ()
    checklist: Path | None = None
    schemes: tuple[str, ...] = ()
    judged: Path | None = None
    readings: str | None = None
    stamps: str | None = None
    clocks: Path | None = None
    mapping: Path | None = None
    ratings: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A record with all that was made of it; `targets` in the console's language.

    `agreed` is which readings agree with the finding beside the record, if any.
    """

    verdicts: Any
    finding: Any
    names: dict[str, str]
    targets: Any = None
    ticks: list[Any] = field(default_factory=list)
    marks: list[Any] = field(default_factory=list)
    readings: list[Any] = field(default_factory=list)
    agreed: list[Any] = field(default_factory=list)
    ratings: Any = None


def score_command(
    log: Path, form: str, report: Path | None, lang: str | None, fail_on: str | None, **asked: Any
) -> int:
    """Score a record, print the verdicts and what was asked for; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    must_exist(log)
    if report is not None:
        outputs.file_to_write(report)
    with in_language(of_console):
        wanted = Asked(**asked)
        _refuse(wanted, form, report)
        found = judge(log, wanted, report, of_files, of_console)
        _show(found, form, of_console)
        if report is not None:
            click.echo(t("written: {files}", files=report), err=form != "table")
    return outputs.status(found.verdicts, fail_on)


def _refuse(asked: Asked, form: str, report: Path | None) -> None:
    """Refuse what does not go together."""
    if asked.targets and form != "table":
        refuse(t("targets are printed with --format table only, or in the report of `run`"))
    if asked.checklist is not None and form != "table" and report is None:
        refuse(t("a checklist is printed with --format table only, or in --report"))
    if asked.ratings and form != "table" and report is None:
        refuse(t("evaluators' judgements are printed with --format table only, or in --report"))
    if asked.schemes and form != "table":
        refuse(t("marks are printed with --format table only, or in the report"))
    if asked.judged is not None and len(set(asked.schemes)) != 1:
        refuse(t("--judged belongs to one --scheme: its marks are that scheme's"))


def _show(found: Judged, form: str, lang: str) -> None:
    """Print the verdicts, then what stands beside them."""
    if form == "table" or not found.readings:
        outputs.print_verdicts(found.verdicts, form, found.names, lang)
    if found.readings:
        outputs.print_readings(found.readings, form, found.names, lang)
    if found.targets is not None:
        outputs.print_targets(found.targets, lang)
    if form == "table":
        print_official(found, lang)
    if found.marks:
        outputs.print_marks(found.marks, found.names, lang)
    if found.ticks and form == "table":
        outputs.print_ticks(found.ticks, lang)
    if found.ratings and form == "table":
        outputs.print_ratings(found.ratings, lang)


def print_official(found: Judged, lang: str) -> None:
    """Print the official finding, if there is one, and which readings agree with it."""
    if found.finding is not None:
        outputs.print_finding(found.finding, found.names, lang)
        outputs.print_agreed(found.agreed, found.names, lang)


def judge(
    path: Path,
    asked: Asked,
    report: Path | None,
    of_files: str,
    of_console: str,
    write: Callable[..., Any] | None = None,
) -> Judged:
    """Score a record by all that was asked for, write its report (`write`; as HTML by default)."""
    from sim.log import read_log
    from sim.report.findings import finding_title
    from sim.report.html import write_report
    from sim.report.names import record_names
    from sim.rules import agreements, all_readings, corrected, read_checklist

    finding = read_finding(path)
    standards = target_packs(asked.targets)
    clocks = read_clocks(asked.clocks)
    record = read_log(path) if asked.mapping is None else imported([path], asked.mapping).log
    chosen = packs_and_options(asked.pack, finding)
    packs = [found for found, _ in chosen]
    listed = asked.checklist
    ticks = [] if listed is None else read_checklist(must_exist(listed), packs)
    ratings = rated(asked.ratings, record.cases)
    verdicts = judge_by(record, chosen, asked.stamps, clocks)
    if asked.pack is None and finding is not None:
        verdicts = about(verdicts, finding)
    agreed = agreements(record, finding, chosen) if finding is not None else []
    marks = marks_by(verdicts, asked.schemes, asked.judged)
    names = record_names(record.table)
    timed = record if clocks is None else corrected(record, clocks)
    readings = (
        [all_readings(timed, found, options) for found, options in chosen] if asked.readings else []
    )
    if report is not None:
        (write or write_report)(
            report,
            timed,
            verdicts,
            finding=finding,
            lang=of_files,
            names=names,
            texts=rule_texts(packs, of_files),
            title=finding_title(finding, of_files),
            targets=reached(record, standards, of_files),
            checklist=ticks,
            packs=packs,
            marks=marks,
            agreed=agreed,
            readings=readings,
            ratings=ratings,
            clocks=clocks,
        )
    targets = reached(record, standards, of_console)
    return Judged(verdicts, finding, names, targets, ticks, marks, readings, agreed, ratings)
