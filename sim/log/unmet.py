"""What people in shelters needed and did not have, over time: from the record alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import pandas as pd

from sim.log.goods import goods
from sim.log.journeys import each
from sim.log.record import EventLog

COLUMNS = (
    *("case", "shelter", "item", "needed", "given", "lapsed", "unmet"),
    *("piece_hours", "person_hours"),
)
RELIEF = ("case", "incident", "shelter", "occurred", "needed", "supplied")
_ORDER = {"need": 0, "lapse": 1, "distribute": 2}
"""The order of what happens in one second."""


class Want:
    """What one shelter wants of one item: lots in the order in which the need arose.

    What is given, and what lapses, goes to the oldest lot.  `pieces` and `persons` are the
    integrals over time so far, in piece-seconds and person-seconds; a lot's pieces stand for
    its own persons, `persons` is `None` once a lot does not say for how many it is.
    """

    def __init__(self) -> None:
        self.open = 0
        self.pieces = 0
        self.persons: Fraction | None = Fraction(0)
        self.sums = dict.fromkeys(_ORDER, 0)
        self._lots: deque[tuple[int, Fraction | None]] = deque()
        self._since = 0

    def take(self, time: int, activity: str, quantity: int, persons: int | None) -> None:
        """Take in one row of activity need, lapse or distribute."""
        self.pass_to(time)
        self.sums[activity] += quantity
        if activity == "need":
            if quantity:
                per_piece = None if persons is None else Fraction(persons, quantity)
                self._lots.append((quantity, per_piece))
                self.open += quantity
            return
        while quantity and self._lots:
            left, per_piece = self._lots.popleft()
            part = min(left, quantity)
            quantity -= part
            self.open -= part
            if left > part:
                self._lots.appendleft((left - part, per_piece))

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


def unmet_need(log: EventLog) -> pd.DataFrame:
    """Return one row per case, shelter and item that was needed there.

    `needed`, `given`, `lapsed` (the time that it was needed for was over), `unmet` (at the
    record's end): pieces.  `piece_hours`, `person_hours`: what was needed and not yet there, as
    a step function, integrated exactly from the need to the record's end.  Pieces stand for
    persons by the row of the need (its `persons` for its `quantity`); the oldest need is met
    first.  `person_hours` is empty where a need that stood open does not say for how many it is.
    What is given beyond the need is not saved up against later needs.
    """
    ends = log.table.groupby("case")["time"].max()
    found = []
    for (case, shelter), wants in _shelters(log).items():
        for item, want in wants.items():
            want.pass_to(int(ends[case]))
            hours = None if want.persons is None else float(want.persons / 3600)
            names = {"case": case, "shelter": shelter, "item": item}
            sums = dict(zip(("needed", "lapsed", "given"), want.sums.values(), strict=True))
            more = {"unmet": want.open, "piece_hours": want.pieces / 3600, "person_hours": hours}
            found.append(names | sums | more)
    whole = dict.fromkeys(("needed", "given", "lapsed", "unmet"), "Int64")
    parts = dict.fromkeys(("piece_hours", "person_hours"), "Float64")
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(whole | parts)


def _shelters(log: EventLog) -> dict[tuple[str, str], dict[str, Want]]:
    found: dict[tuple[str, str], dict[str, Want]] = {}
    for row in _rows(log):
        wants = found.setdefault((row.case, row.actor), {})
        want = wants.setdefault(row.item, Want())
        want.take(*_act(row))
    return {key: {i: w for i, w in wants.items() if w.sums["need"]} for key, wants in found.items()}


def _rows(log: EventLog) -> Iterator[Any]:
    rows = goods(log, *_ORDER)
    rows = rows[rows["time"].notna()]
    rows = rows.assign(rank=rows["activity"].map(_ORDER), place=pd.factorize(rows["case"])[0])
    rows = rows.sort_values(["place", "time", "rank"], kind="stable")
    return each(rows)


def _act(row: Any) -> tuple[int, str, int, int | None]:
    persons = None if pd.isna(row.persons) else int(row.persons)
    return int(row.time), row.activity, int(row.quantity), persons


def relief_times(log: EventLog, items: Iterable[str] = ()) -> pd.DataFrame:
    """Return one row per case, incident and shelter, and one for all its shelters (`shelter` "").

    `occurred`: when the incident that the shelter's first need names occurred, else the first
    one; `needed`: when the first need arose; `supplied`: the first time that something was given
    out and nobody there by then lacked any of the `items` any more (default: all that are needed);
    empty where that never came about.  Seconds from the case's origin.  Who comes later, or needs
    something once more, is not in it: that is counted by `unmet_need`.
    """
    basic = set(items)
    occurred = occurrences(log.table)
    incidents: dict[tuple[str, str], str] = {}
    wants: dict[tuple[str, str, str], dict[tuple[str, str], Want]] = {}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in _rows(log):
        if basic and row.item not in basic:
            continue
        incident = incidents.setdefault((row.case, row.actor), row.incident)
        for shelter in ("", row.actor):
            key = (row.case, incident, shelter)
            own = wants.setdefault(key, {})
            own.setdefault((row.actor, row.item), Want()).take(*_act(row))
            if row.activity == "need" and key not in found:
                since = occurred.get((row.case, incident), occurred.get((row.case, "")))
                start = {"occurred": since, "needed": int(row.time), "supplied": None}
                found[key] = dict(zip(RELIEF[:3], key, strict=True)) | start
            waiting = key in found and found[key]["supplied"] is None
            none_lacks = not any(want.open for want in own.values())
            if row.activity == "distribute" and waiting and none_lacks:
                found[key]["supplied"] = int(row.time)
    types = dict.fromkeys(("occurred", "needed", "supplied"), "Int64")
    return pd.DataFrame(list(found.values()), columns=list(RELIEF)).astype(types)


def occurrences(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return when every incident occurred; under `""` the first of each case."""
    rows = table[table["activity"].eq("occur") & table["time"].notna()]
    rows = pd.concat([rows[rows["actor"].eq("")], rows[rows["actor"].ne("")]])
    found: dict[tuple[str, str], int] = {}
    for case, incident, time in zip(rows["case"], rows["incident"], rows["time"], strict=True):
        found.setdefault((case, incident), int(time))
        first = found.setdefault((case, ""), int(time))
        found[(case, "")] = min(first, int(time))
    return found
