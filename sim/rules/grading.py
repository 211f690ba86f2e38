"""Which grade counted for an owner, since when, and in which periods a rule therefore applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sim.log.schema import FIELDS
from sim.rules.casebook import Casebook, Confirmation
from sim.rules.stamps import Stamp
from sim.scenario.grade import RANK, grade, table_for

Timeline = list[tuple[Stamp, str]]
"""(since when, which grade), in the order of time."""


class Grading(NamedTuple):
    """The grades that count for one owner.

    `origin` says whose they are: `own`, `others`, `derived` (by `grade()` from the recorded
    fields) or `""`; `own` are the confirmations that start the owner's confirm reading.
    """

    timeline: Timeline
    own: Timeline
    origin: str


class Period(NamedTuple):
    """A rule applies, from a change of grade (`enter`, none = from the start) to `leave`."""

    enter: Stamp | None
    leave: Stamp | None
    grade: str


def grading(
    confirmations: Sequence[Confirmation], confirmers: Collection[str] | None, derived: Timeline
) -> Grading:
    """Return the grades by the confirmers' (`None` = anybody's) own confirmations.

    If they recorded none: by anybody's; if nobody did: as derived.
    """
    own = [(c.stamp, c.grade) for c in confirmations if confirmers is None or c.actor in confirmers]
    if own:
        return Grading(own, own, "own")
    if confirmations:
        return Grading([(c.stamp, c.grade) for c in confirmations], [], "others")
    return Grading(derived, [], "derived" if derived else "")


def periods(timeline: Timeline, grades: Collection[str], regrade: str) -> list[Period]:
    """Return when a rule for these grades applied.

    `regrade` upgrade: the duty starts anew when the grade rises into the list; always: at
    every change into or inside the list; never: it keeps its first clock.  Only a grade
    below the whole list ends a period; an upgrade leaves the lower duty as it stands.
    """
    found: list[Period] = []
    lowest = min((RANK[g] for g in grades if g in RANK), default=0)
    inside, before = False, ""
    for stamp, now in timeline:
        if now in grades:
            rises = before != "" and RANK[before] < RANK[now]
            anew = regrade == "always" and before not in ("", now)
            if inside and anew:
                found[-1] = found[-1]._replace(leave=stamp)
            if not inside or anew:
                restarts = (rises and regrade == "upgrade") or anew
                found.append(Period(stamp if restarts else None, None, now))
                inside = True
        elif inside and RANK[now] < lowest:
            found[-1] = found[-1]._replace(leave=stamp)
            inside = False
        before = now
    return found


def order_unknown(timeline: Timeline, grades: Collection[str], regrade: str) -> bool:
    """Whether two grades that the rule tells apart may have come in either order."""
    for k, (first, before) in enumerate(timeline):
        for then, now in timeline[k + 1 :]:
            alike = before in grades and now in grades and regrade != "always"
            if before != now and not alike and first.hi > then.lo:
                return True
    return False


def had_it_been_true(recorded: Grading, true: Timeline) -> Grading:
    """Return the grades that would count had the true grade been confirmed.

    At the first confirmation the grade that was true by then (of a truth that was counted
    only later, the highest), and every later rise of the truth when it happened.
    """
    if not true:
        return Grading([], [], "")
    highest = max((g for _, g in true), key=RANK.__getitem__)
    if recorded.origin not in ("own", "others"):
        return Grading([(true[0][0], highest)], [], "true")
    first = recorded.timeline[0][0]
    by_then = [g for stamp, g in true if stamp.lo <= first.hi]
    timeline = [(first, by_then[-1] if by_then else highest)]
    if by_then:
        timeline += true[len(by_then) :]
    return Grading(timeline, timeline if recorded.own else [], "true")


@lru_cache(maxsize=100_000)
def _grade(values: tuple[float | None, ...], table: str) -> str:
    return grade(dict(zip(FIELDS, values, strict=True)), table)


class Figures:
    """Grades by figures: of what actors recorded, and of what was so (rows without an actor).

    `tables` names, by kind of hazard, tables that are used instead of the usual ones.
    """

    def __init__(self, book: Casebook, tables: Mapping[str, str]):
        self.book = book
        self.tables = tables
        self.actor = book.sheet.text("actor")
        self.stated = book.sheet.text("grade")
        self.truth = book.sheet.is_one_of("activity", ("truth", "occur")).tolist()

    def derived(self, case: int, incident: str, hazard: str) -> Timeline:
        """Return the grade by the highest figures recorded so far, by actors, else of the truth."""
        rows = self.book.figures.get((case, incident), ())
        told = [p for p in rows if self.actor[p]]
        found = self._rising(told, hazard, stated=False)
        return found or self.true(case, incident, hazard)

    def true(self, case: int, incident: str, hazard: str) -> Timeline:
        """Return the true grade as it rose: by rows of `truth` and `occur` without an actor."""
        rows = self.book.figures.get((case, incident), ())
        so = [p for p in rows if not self.actor[p] and self.truth[p]]
        return self._rising(so, hazard, stated=True)

    def _rising(self, rows: Iterable[int], hazard: str, stated: bool) -> Timeline:
        """Return the rises of the grade by each field's highest value so far."""
        table = self.tables.get(hazard) or table_for(hazard)
        high: list[float | None] = [None] * len(FIELDS)
        found: Timeline = []
        best = ""
        for p in rows:
            for k, value in enumerate(self.book.values[p].tolist()):
                if value == value and (high[k] is None or value > high[k]):
                    high[k] = value
            now = _grade(tuple(high), table)
            if stated and RANK.get(self.stated[p], 0) > RANK[now]:
                now = self.stated[p]
            if RANK[now] > RANK[best]:
                best = now
                found.append((self.book.sheet.stamp(p), now))
        return found
