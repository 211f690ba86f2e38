"""A record in, its verdicts and all that was asked for beside them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.jobs.inputs import (
    about,
    judge_by,
    marks_by,
    must_exist,
    packs_and_options,
    rated,
    reached,
    read_clocks,
    read_finding,
    rule_texts,
    target_packs,
)
from sim.texts import t

MOST_NAMED = 12


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
    case: str | None = None


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


def judge(
    path: Path,
    asked: Asked,
    report: Path | None,
    of_files: str,
    of_console: str,
    write: Callable[..., Any] | None = None,
    read: Callable[[Sequence[Path], Path], Any] | None = None,
) -> Judged:
    """Score a record by all that was asked for, write its report (`write`; as HTML by default).

    `read` gives what foreign files hold by a mapping, by default `sim.import_files`.
    """
    from sim.log import counted

    finding = read_finding(path)
    standards = target_packs(asked.targets)
    clocks = read_clocks(asked.clocks)
    record, cases = _record(path, asked, read)
    chosen = packs_and_options(asked.pack, finding)
    found = _judged(record, cases, asked, chosen, finding, clocks)
    if report is not None:
        of_report = replace(found, targets=reached(counted(record), standards, of_files))
        _write(report, record, of_report, [pack for pack, _ in chosen], clocks, of_files, write)
    return replace(found, targets=reached(counted(record), standards, of_console))


def _record(
    path: Path, asked: Asked, read: Callable[[Sequence[Path], Path], Any] | None
) -> tuple[Any, Sequence[str]]:
    """Return the record, or its one case that was asked for, and the names of all its cases."""
    from sim.intake import import_files
    from sim.log import read_log

    record = (
        read_log(path)
        if asked.mapping is None
        else (read or import_files)([path], must_exist(asked.mapping)).log
    )
    if asked.case is None:
        return record, record.cases
    if asked.case not in record.cases:
        expected = t("one of {words}", words=t(", ").join(record.cases[:MOST_NAMED]))
        hint = did_you_mean(asked.case, record.cases)
        raise UnusableInput([Problem("--case", 0, "", expected, shown(asked.case), hint)])
    return record.case(asked.case), record.cases


def _judged(
    record: Any,
    cases: Sequence[str],
    asked: Asked,
    chosen: list[tuple[Any, dict[str, str]]],
    finding: Any,
    clocks: Any,
) -> Judged:
    """Return the verdicts and what stands beside them, still without targets."""
    from sim.log import counted
    from sim.report.names import record_names
    from sim.rules import agreements, all_readings, read_checklist

    packs = [found for found, _ in chosen]
    listed = asked.checklist
    ticks = [] if listed is None else read_checklist(must_exist(listed), packs)
    ratings = rated(asked.ratings, cases)
    if asked.case is not None:
        ratings = ratings.of(asked.case)
    verdicts = judge_by(record, chosen, asked.stamps, clocks)
    if asked.pack is None and finding is not None:
        verdicts = about(verdicts, finding)
    agreed = agreements(counted(record), finding, chosen) if finding is not None else []
    marks = marks_by(verdicts, asked.schemes, asked.judged)
    names = record_names(record.table)
    timed = _timed(record, clocks)
    readings = (
        [all_readings(timed, found, options) for found, options in chosen] if asked.readings else []
    )
    return Judged(verdicts, finding, names, None, ticks, marks, readings, agreed, ratings)


def _write(
    path: Path,
    record: Any,
    found: Judged,
    packs: list[Any],
    clocks: Any,
    lang: str,
    write: Callable[..., Any] | None,
) -> None:
    from sim.report.findings import finding_title
    from sim.report.html import write_report

    (write or write_report)(
        path,
        _timed(record, clocks),
        found.verdicts,
        finding=found.finding,
        lang=lang,
        names=found.names,
        texts=rule_texts(packs, lang),
        title=finding_title(found.finding, lang),
        targets=found.targets,
        checklist=found.ticks,
        packs=packs,
        marks=found.marks,
        agreed=found.agreed,
        readings=found.readings,
        ratings=found.ratings,
        clocks=clocks,
    )


def _timed(record: Any, clocks: Any) -> Any:
    """Return a record whose clocks are corrected."""
    from sim.rules import corrected

    return record if clocks is None else corrected(record, clocks)
