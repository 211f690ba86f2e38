"""What every rule of a pack needs to know about a record, computed once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple

from sim.rules.acts import Acts, Reports, Rows
from sim.rules.beliefs import Beliefs
from sim.rules.casebook import Casebook, Occurrence
from sim.rules.clocks import Stamps, contradictory
from sim.rules.deliveries import Deliveries
from sim.rules.directory import Directory
from sim.rules.grading import Figures, Grading, Timeline, grading, had_it_been_true
from sim.rules.pack import Rule, Who
from sim.rules.sheet import Sheet
from sim.rules.spans import spans_about
from sim.rules.stamps import Stamp
from sim.rules.tellings import Figured, entries


class Place(NamedTuple):
    """One incident of one case: its number, its id, what occurred, who is who there."""

    case: int
    incident: str
    occurrence: Occurrence
    directory: Directory


class Scene:
    """A record as scoring sees it: sheet, casebook, deliveries and grades.

    `tables` are the grade tables that replace the usual ones of kinds of hazard; `spread` says
    how instants are spread in their intervals, if the user has stated it.
    """

    def __init__(self, sheet: Sheet, tables: Mapping[str, str] | None = None, spread: str = ""):
        self.sheet = sheet
        self.tables = tables or {}
        self.spread = spread
        self.book = Casebook(sheet)
        self.deliveries = Deliveries(sheet)
        self._acts: dict[str, Acts] = {}
        self._graded: dict[object, Grading] = {}
        self._spans: dict[object, list[tuple[int, int]]] = {}
        self._true: dict[tuple[int, str], Timeline] = {}

    @cached_property
    def figures(self) -> Figures:
        """Grades by figures, told and true."""
        return Figures(self.book, self.tables)

    @cached_property
    def beliefs(self) -> Beliefs:
        """What every actor held to be so, row by row."""
        return Beliefs(self.sheet, entries(self.sheet, self.deliveries, Figured(self.sheet)))

    def acts(self, rule: Rule) -> Acts:
        """Return what can discharge a rule; made once for rules that ask for the same."""
        key = repr((rule.end, rule.need, rule.union, rule.written, rule.tick))
        if key not in self._acts:
            if isinstance(rule.end, str):
                self._acts[key] = Reports(rule, self.deliveries)
            else:
                self._acts[key] = Rows(rule.end, self.sheet)
        return self._acts[key]

    def place(self, case: int, incident: str) -> Place:
        """Return what is known of one incident for all rules."""
        directory = self.book.directory(case)
        return Place(case, incident, self.occurrence(case, incident), directory)

    def occurrence(self, case: int, incident: str) -> Occurrence:
        """Return what `occur` rows say of an incident."""
        return self.book.occurrences.get((case, incident), Occurrence(None))

    def notice(self, case: int, incident: str, owner: str, by: str) -> Stamp | None:
        """Return the first notice of the owner, or of anybody."""
        if by == "anybody":
            return self.book.first_notices.get((case, incident))
        return self.book.notices.get((case, incident, owner))

    def confirmers(self, case: int, owner: str, by: str | Who) -> Collection[str] | None:
        """Return whose confirmation starts the confirm reading; `None` = anybody's."""
        if isinstance(by, Who):
            return self.book.directory(case).with_role(by.role)
        return (owner,) if by == "owner" else None

    def graded(self, case: int, incident: str, owner: str, rule: Rule) -> Grading:
        """Return the grades that count for an owner, as recorded."""
        by = rule.confirmed_by
        key = (case, incident, owner, by if isinstance(by, str) else tuple(by.role))
        if key not in self._graded:
            confirmations = self.book.confirmations.get((case, incident), ())
            derived: Timeline = []
            if not confirmations:
                hazard = self.occurrence(case, incident).hazard
                derived = self.figures.derived(case, incident, hazard)
            self._graded[key] = grading(confirmations, self.confirmers(case, owner, by), derived)
        return self._graded[key]

    def true_grades(self, case: int, incident: str) -> Timeline:
        """Return the true grade of an incident as it rose, empty where the record has none."""
        key = (case, incident)
        if key not in self._true:
            hazard = self.occurrence(case, incident).hazard
            self._true[key] = self.figures.true(case, incident, hazard)
        return self._true[key]

    def truly_graded(self, case: int, incident: str, owner: str, rule: Rule) -> Grading:
        """Return the grades that would count had the true grade been confirmed each time."""
        recorded = self.graded(case, incident, owner, rule)
        return had_it_been_true(recorded, self.true_grades(case, incident))

    def contradicts_himself(self, case: int, incident: str, owner: str) -> bool:
        """Whether an owner's own stamps are out of order for certain."""
        confirmations = self.book.confirmations.get((case, incident), ())
        own = next((c.stamp for c in confirmations if c.actor == owner), None)
        return contradictory(self.notice(case, incident, owner, "owner"), own)

    def stamps(self, case: int, incident: str, owner: str, rule: Rule) -> Stamps:
        """Return an owner's stamps; `confirm` is his first confirmation of any grade."""
        occurrence = self.occurrence(case, incident)
        notice = self.notice(case, incident, owner, rule.noticed_by)
        own = self.graded(case, incident, owner, rule).own
        return Stamps(occurrence.stamp, notice, own[0][0] if own else None)

    def spans(
        self, case: int, incident: str, actors: tuple[str, ...], rule: Rule
    ) -> list[tuple[int, int]]:
        """Return where the record of acts between these actors is complete."""
        among = rule.need["channel"].among if "channel" in rule.need else None
        channels = tuple(str(c) for c in among or ())
        key = (case, incident, actors, channels)
        if key not in self._spans:
            observed = self.book.observed.get(case, ())
            self._spans[key] = spans_about(observed, actors, incident, channels)
        return self._spans[key]
