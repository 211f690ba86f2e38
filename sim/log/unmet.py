"""What people in shelters needed and did not have, over time: from the record alone."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from typing import Any

import pandas as pd

from sim.log.goods import goods
from sim.log.journeys import each
from sim.log.record import EventLog

COLUMNS = (
    *("case", "shelter", "item", "needed", "given", "lapsed", "unmet"),
    *("piece_hours", "person_hours", "basis", "until_s"),
)
_ORDER = {"need": 0, "lapse": 1, "distribute": 2, "hand_over": 2}
"""The order of what happens in one second."""
GIVING = {"distribute": "distributed", "hand_over": "handed_over"}
Key = tuple[str, str, str]
"""Case, shelter, item."""


class Want:
    """What one shelter wants of one item: lots in the order in which the need arose.

    What is given, and what lapses, goes to the oldest lot.  `pieces` and `persons` are the
    integrals over time so far, in piece-seconds and person-seconds; a lot's pieces stand for
    its own persons, `persons` is `None` once a lot does not say for how many it is.  What is
    handed over beyond the need lies there (`spare`) and serves the next one.
    """

    def __init__(self) -> None:
        self.open = 0
        self.spare = 0
        self.pieces = 0
        self.persons: Fraction | None = Fraction(0)
        self.sums = dict.fromkeys(_ORDER, 0)
        self._lots: deque[tuple[int, Fraction | None]] = deque()
        self._since = 0

    def take(self, time: int, activity: str, quantity: int, persons: int | None) -> None:
        """Take in one row of activity need, lapse, distribute or hand_over."""
        self.pass_to(time)
        self.sums[activity] += quantity
        if activity == "need":
            if quantity:
                per_piece = None if persons is None else Fraction(persons, quantity)
                self._lots.append((quantity, per_piece))
                self.open += quantity
            self.spare = self._meet(self.spare)
        elif activity == "hand_over":
            self.spare = self._meet(self.spare + quantity)
        else:
            self._meet(quantity)

    def _meet(self, quantity: int) -> int:
        """Take pieces off the oldest lots; return what is too much."""
        while quantity and self._lots:
            left, per_piece = self._lots.popleft()
            part = min(left, quantity)
            quantity -= part
            self.open -= part
            if left > part:
                self._lots.appendleft((left - part, per_piece))
        return quantity

    def pass_to(self, time: int) -> None:
        """Let the time pass up to a second of the record."""
        seconds = time - self._since
        self._since = time
        if not seconds or not self.open:
            return
        self.pieces += self.open * seconds
        for left, per_piece in self._lots:
            if self.persons is not None:
                added = None if per_piece is None else left * per_piece * seconds
                self.persons = None if added is None else self.persons + added


def unmet_need(log: EventLog, until: int | None = None) -> pd.DataFrame:
    """Return one row per case, shelter and item that was needed there.

    `needed`, `given`, `lapsed` (the time that it was needed for was over), `unmet` (at the
    end): pieces.  `piece_hours`, `person_hours`: what was needed and not yet there, as a step
    function, integrated exactly from the need to the end.  Pieces stand for persons by the row of
    the need (its `persons` for its `quantity`); the oldest need is met first.  `person_hours` is
    empty where a need that stood open does not say for how many it is.  What is given out beyond
    the need is not saved up against later needs.  Who found no room anywhere needs nothing here:
    `unhoused`.

    `basis`: `distributed` where rows `distribute` say what was given, or the record is complete
    (`observe`), so that none means nothing.  Where no such row is on record for a shelter and
    item, and nobody calls the record complete, what was handed over to the shelter counts as given
    at once, and what is beyond the need as given when it is needed: `handed_over`.  Where neither
    is on record, all that depends on it is empty, `basis` too.

    The end is the last row of the case, or `until`, seconds from the case's origin: later rows
    do not count then, and after the last row nothing more happens.  `until_s` states it.
    """
    ends = log.table.groupby("case")["time"].max()
    rows, known = rows_of_need(log)
    wants: dict[Key, Want] = {}
    for row in rows:
        if until is None or row.time <= until:
            wants.setdefault(_key(row), Want()).take(*act_of(row))
    place = {key: k for k, key in enumerate(dict.fromkeys(key[:2] for key in wants))}
    found = []
    for key in sorted(wants, key=lambda key: place[key[:2]]):
        want = wants[key]
        if not want.sums["need"]:
            continue
        end = int(ends[key[0]]) if until is None else until
        want.pass_to(end)
        found.append(dict(zip(COLUMNS, key, strict=False)) | _told(want, known[key], end))
    whole = dict.fromkeys(("needed", "given", "lapsed", "unmet", "until_s"), "Int64")
    parts = dict.fromkeys(("piece_hours", "person_hours"), "Float64")
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(whole | parts)


def _told(want: Want, basis: str, end: int) -> dict[str, Any]:
    hours = None if want.persons is None else float(want.persons / 3600)
    given = {"given": want.sums["distribute"] + want.sums["hand_over"], "unmet": want.open}
    sums = given | {"piece_hours": want.pieces / 3600, "person_hours": hours}
    if not basis:
        sums = dict.fromkeys(sums)
    own = {"needed": want.sums["need"], "lapsed": want.sums["lapse"]}
    return own | sums | {"basis": basis, "until_s": end}


def rows_of_need(log: EventLog) -> tuple[list[Any], dict[Key, str]]:
    """Return the rows about needs in the order of time, and the basis of all that was needed.

    `actor` is the shelter, also of what was handed over to it; only rows of the basis are there.
    """
    rows = goods(log, *_ORDER)
    rows = rows[rows["time"].notna()]
    handed = rows["activity"].eq("hand_over")
    rows = rows.assign(
        actor=rows["actor"].mask(handed, rows["recipient"]),
        rank=rows["activity"].map(_ORDER),
        place=pd.factorize(rows["case"])[0],
    )
    complete = set(log.table.loc[log.table["activity"].eq("observe"), "case"])
    found = list(each(rows.sort_values(["place", "time", "rank"], kind="stable")))
    known = _bases(found, complete)
    counts = {key: {"need", "lapse", basis} for key, basis in known.items()}
    kept = [r for r in found if GIVING.get(r.activity, "need") in counts.get(_key(r), ())]
    return kept, known


def _bases(rows: list[Any], complete: set[str]) -> dict[Key, str]:
    """Return by which rows the record tells what was given, of all that was needed."""
    known = {
        _key(row): "distributed" if row.case in complete else ""
        for row in rows
        if row.activity == "need"
    }
    for row in rows:
        key = _key(row)
        if key in known and row.activity in GIVING and known[key] != "distributed":
            known[key] = GIVING[row.activity]
    return known


def _key(row: Any) -> Key:
    return row.case, row.actor, row.item


def act_of(row: Any) -> tuple[int, str, int, int | None]:
    persons = None if pd.isna(row.persons) else int(row.persons)
    return int(row.time), row.activity, int(row.quantity), persons
