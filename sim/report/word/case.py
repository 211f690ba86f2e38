"""What all chapters of the report read: one case of a record, judged, with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sim.intake.ratings import Ratings
from sim.log.record import EventLog
from sim.report.duties import Duty, duties, listed
from sim.report.modelled import ModelPart
from sim.report.page import Page
from sim.report.rowtexts import RowText, row_texts
from sim.rules import Pack, Tick
from sim.texts import t
from sim.word.blocks import Line, Part, Row, Table

IN_SHORT = frozenset({"course", "clauses", "causes", "lessons"})
"""Chapters of which the most needed stands in the section of each of several cases."""


@dataclass(frozen=True)
class Case:
    """One case of a record with all that was made of it.

    `record` is the whole record, `log` the case; `page` what the house's report page prints;
    `persons`: whether persons (members of posts, who ticked) may be named; `clocks`: what is said
    of those that were corrected; `apart`: keys of the chapters that only a report of one case
    has in full, none where there is but one; `model`: what a model says beside the record.
    """

    record: EventLog
    log: EventLog
    verdicts: Any
    page: Page
    names: Mapping[str, str]
    lang: str
    scenario: Any = None
    finding: Any = None
    targets: Any = None
    ticks: Sequence[Tick] = ()
    packs: Sequence[Pack] = ()
    marks: Sequence[Any] = ()
    unit: str = ""
    persons: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    readings: Sequence[Any] = ()
    corrections: Sequence[str] = ()
    ratings: Ratings = field(default_factory=Ratings)
    clocks: Sequence[tuple[str, str]] = ()
    apart: frozenset[str] = frozenset()
    model: ModelPart | None = None

    @property
    def origin(self) -> datetime:
        """The instant from which the case's seconds count."""
        return self.log.origins[self.log.cases[0]]

    @cached_property
    def shown(self) -> list[Duty]:
        """The duties that apply, in the order of the clause table."""
        return listed(duties(self.verdicts, self.log.cases[0]))

    def place(self, key: str) -> Line:
        """Return a reference to a chapter, or where it is to be found in every case's section."""
        if key not in self.apart:
            return [Part(key)]
        if key in IN_SHORT:
            return t("in the section of each case, in short")
        return t("in a report of one case")

    def rows(self, wanted: Iterable[str]) -> list[RowText]:
        """Return rows of the case in words, in the order of the record."""
        return row_texts(self.log, self.names, wanted)

    def where(self, *activities: str, phase: str | None = None) -> Any:
        """Return the rows of some activities, of one phase or of all."""
        table = self.log.table
        chosen = table["activity"].isin(activities)
        return table[chosen if phase is None else chosen & table["phase"].eq(phase)]


def row_table(case: Case, key: str, title: str, wanted: Iterable[str]) -> Table:
    """Return rows of the record as a table; each time is the link to the annex."""
    lines: list[list[Line]] = [
        [[Row(row.row, row.clock)], row.elapsed, row.who, row.what, row.to, _told(row)]
        for row in case.rows(wanted)
    ]
    head = [t("time"), t("since occurrence"), t("who"), t("what"), t("to whom")]
    return Table(key, title, [*head, t("figures, remark")], lines, (10, 11, 17, 22, 15, 25))


def _told(row: RowText) -> str:
    return t("; ").join(filter(None, (row.figures, row.note)))
