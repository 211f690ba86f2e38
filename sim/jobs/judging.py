"""A record in, its verdicts and all that was asked for beside them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    from sim.intake import import_files
    from sim.log import counted, read_log
    from sim.report.findings import finding_title
    from sim.report.html import write_report
    from sim.report.names import record_names
    from sim.rules import agreements, all_readings, corrected, read_checklist

    finding = read_finding(path)
    standards = target_packs(asked.targets)
    clocks = read_clocks(asked.clocks)
    record = (
        read_log(path)
        if asked.mapping is None
        else (read or import_files)([path], must_exist(asked.mapping)).log
    )
    chosen = packs_and_options(asked.pack, finding)
    packs = [found for found, _ in chosen]
    listed = asked.checklist
    ticks = [] if listed is None else read_checklist(must_exist(listed), packs)
    ratings = rated(asked.ratings, record.cases)
    verdicts = judge_by(record, chosen, asked.stamps, clocks)
    if asked.pack is None and finding is not None:
        verdicts = about(verdicts, finding)
    agreed = agreements(counted(record), finding, chosen) if finding is not None else []
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
            targets=reached(counted(record), standards, of_files),
            checklist=ticks,
            packs=packs,
            marks=marks,
            agreed=agreed,
            readings=readings,
            ratings=ratings,
            clocks=clocks,
        )
    targets = reached(counted(record), standards, of_console)
    return Judged(verdicts, finding, names, targets, ticks, marks, readings, agreed, ratings)
