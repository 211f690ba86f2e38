"""The grade over time: what it was, what each office knew it to be, and what it confirmed.

All three follow from the figures by one function and the hazard's table (`sim.scenario.grade`).
An office knows what it had been told or had seen by then (the ledger's rule); the truth is as
the record states it.  Facts only: the directive gives no limit for grading.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from sim.log.record import EventLog
from sim.rules.casebook import Casebook
from sim.rules.grading import Figures
from sim.rules.ledger import Book
from sim.rules.stamps import INF, Stamp
from sim.scenario.grade import RANK, grade, table_for

MARK = 3_600
"""Seconds from notice to confirmation after which a grade is marked as late: ours, no limit."""
WHATS = ("true", "known", "confirmed")
Who = tuple[int, str, str]
"""Number of the case, incident, actor."""


class Step(NamedTuple):
    """From a second on a grade is so; `row` says so."""

    time: int
    grade: str
    row: str


class Grades:
    """The grades of a record: `true` by (case, incident), `known` and `confirmed` by actor."""

    def __init__(self, log: EventLog):
        self.book = Book(log)
        self.sheet = self.book.sheet
        self.casebook = Casebook(self.sheet)
        self.known = self._known()
        self.confirmed: dict[Who, list[Step]] = {}
        for (case, incident), found in self.casebook.confirmations.items():
            for one in found:
                if one.stamp.hi < INF:
                    steps = self.confirmed.setdefault((case, incident, one.actor), [])
                    steps.append(Step(one.stamp.hi, one.grade, one.stamp.row))
        figures = Figures(self.casebook, {})
        self.true = {
            key: [Step(s.lo, g, s.row) for s, g in figures.true(*key, self._hazard(*key))]
            for key in self.casebook.occurrences
        }

    def _hazard(self, case: int, incident: str) -> str:
        found = self.casebook.occurrences.get((case, incident))
        return found.hazard if found else ""

    def _known(self) -> dict[Who, list[Step]]:
        """Return what everybody knew the grade to be, by the figures that he held then."""
        taken: dict[Who, list[tuple[int, str, float]]] = {}
        for (case, incident, actor, field), lines in self.book.beliefs.history.items():
            for line in lines:
                taken.setdefault((case, incident, actor), []).append((line.at, field, line.value))
        found: dict[Who, list[Step]] = {}
        rows = self.sheet.text("row")
        for who, entries in taken.items():
            table = table_for(self._hazard(who[0], who[1]))
            held: dict[str, float | None] = {}
            steps: list[Step] = []
            for at, field, value in sorted(entries, key=lambda e: (int(self.sheet.hi[e[0]]), e[0])):
                held[field] = value
                time, now = int(self.sheet.hi[at]), grade(held, table)
                if time >= INF or now == (steps[-1].grade if steps else ""):
                    continue
                if steps and steps[-1].time == time:
                    steps.pop()
                if now != (steps[-1].grade if steps else ""):
                    steps.append(Step(time, now, rows[at]))
            if steps:
                found[who] = steps
        return found

    def notice(self, who: Who) -> Stamp | None:
        """Return an actor's own first notice."""
        return self.casebook.notices.get(who)

    def actors(self) -> list[Who]:
        """Return who confirmed a grade, in the order of case, incident, first confirmation."""
        return sorted(self.confirmed, key=lambda who: (*who[:2], self.confirmed[who][0].time))


def at(steps: list[Step], time: int) -> str:
    """Return the grade at a second, `""` before the first."""
    return next((step.grade for step in reversed(steps) if step.time <= time), "")


def grades(log: EventLog) -> pd.DataFrame:
    """Return the grade over time, one row per change.

    Columns: case, incident, actor (empty: the truth); `time_s` (whole seconds from the case's
    origin; where the record has only an interval, knowing and confirming count as of its end);
    `what`: `true` (as the record states it, only rising), `known` (by the figures that the actor
    held then), `confirmed`; `grade` (I to IV; empty: the figures give none), `before`, `row`.
    Sorted by case, incident, actor, what and time.
    """
    made = Grades(log)
    rows = []
    for name in WHATS:
        for who, steps in getattr(made, name).items():
            before = ""
            for step in steps:
                rows.append((*who[:2], "".join(who[2:]), name, *step, before))
                before = step.grade
    rows.sort(key=lambda row: (*row[:3], WHATS.index(row[3]), row[4]))
    cases = made.sheet.cases
    columns = ["case", "incident", "actor", "what", "time_s", "grade", "row", "before"]
    table = pd.DataFrame([(cases[row[0]], *row[1:]) for row in rows], columns=columns)
    kinds = dict.fromkeys([c for c in columns if c != "time_s"], "str") | {"time_s": "int64"}
    return table.astype(kinds)[[*columns[:3], "time_s", "what", "grade", "before", "row"]]


def grade_facts(log: EventLog, mark: int = MARK) -> pd.DataFrame:
    """Return how each office that confirmed a grade graded, one row per case × incident × actor.

    Columns: case, incident, actor; `notice_s`, `confirmed_s` (first notice, first confirmation;
    Int64), `wait_s` between them; `confirmed` (the first grade), `known` (by the figures that he
    held then), `true` (then); `last`, `true_last` (at the end of the record); `raised` (how often
    he raised the grade), `raise_wait_s` (the longest from knowing a higher grade than he had
    confirmed to confirming one as high; Int64); `facts`, words joined by `|`:

    - `confirmed_after:MIN`: confirmed more than `mark` seconds after his first notice, which is a
      mark of ours and no limit;
    - `below_known:II`, `above_known:IV`: the first grade differs from what his figures gave (that);
    - `below_true:II`, `above_true:IV`: from the truth of that time;
    - `raised:III>II`, `lowered:II>III`: each change;
    - `not_raised:II`: at the end his figures gave a higher grade than he had confirmed.
    """
    made = Grades(log)
    rows = [_facts(made, who, mark) for who in made.actors()]
    seconds = ("notice_s", "confirmed_s", "wait_s")
    columns = [*("case", "incident", "actor"), *seconds, "confirmed", "known", "true"]
    columns += ["last", "true_last", "raised", "raise_wait_s", "facts"]
    whole = dict.fromkeys((*seconds, "raise_wait_s"), "Int64") | {"raised": "int64"}
    texts = dict.fromkeys([c for c in columns if c not in whole], "str")
    return pd.DataFrame(rows, columns=columns).astype(texts | whole)


def _facts(made: Grades, who: Who, mark: int) -> tuple[Any, ...]:
    own, known = made.confirmed[who], made.known.get(who, [])
    true = made.true.get(who[:2], [])
    first, stamp = own[0], made.notice(who)
    notice = stamp.hi if stamp is not None and stamp.hi < INF else None
    wait = None if notice is None else first.time - notice
    words = [f"confirmed_after:{wait // 60}"] if wait is not None and wait > mark else []
    told, so = at(known, first.time), at(true, first.time)
    for name, other in (("known", told), ("true", so)):
        if other and RANK[other] != RANK.get(first.grade, 0):
            side = "below" if RANK.get(first.grade, 0) < RANK[other] else "above"
            words.append(f"{side}_{name}:{other}")
    raised = 0
    for before, now in itertools.pairwise(own):
        change = RANK.get(now.grade, 0) - RANK.get(before.grade, 0)
        raised += change > 0
        if change:
            words.append(f"{'raised' if change > 0 else 'lowered'}:{before.grade}>{now.grade}")
    waits = list(_waits(own, known))
    last = known[-1].grade if known else ""
    if RANK.get(last, 0) > RANK.get(own[-1].grade, 0):
        words.append(f"not_raised:{last}")
    return (
        *(made.sheet.cases[who[0]], who[1], who[2], notice, first.time, wait),
        *(first.grade, told, so, own[-1].grade, true[-1].grade if true else ""),
        *(raised, max(waits, default=None), "|".join(words)),
    )


def _waits(own: list[Step], known: list[Step]) -> Iterator[int]:
    """Yield for each rise of what he knew above what he had confirmed how long it took him."""
    for step in known:
        if step.time >= own[0].time and RANK[step.grade] > RANK.get(at(own, step.time), 0):
            later = [c.time for c in own if c.time > step.time]
            high = [c for c in later if RANK.get(at(own, c), 0) >= RANK[step.grade]]
            if high:
                yield high[0] - step.time
