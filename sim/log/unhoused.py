"""People whom no shelter had room for, over time: from the record alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.journeys import each
from sim.log.record import EventLog

COLUMNS = (
    *("case", "incident", "turned_away", "housed", "went_home", "waiting"),
    *("person_hours", "until_s"),
)
_READ = ("turn_away", "admit", "go_home")


def unhoused(log: EventLog, until: int | None = None) -> pd.DataFrame:
    """Return one row per case and incident of which some found no room in any shelter.

    `turned_away`: persons whom the last shelter turned away (`turn_away` that names no next one;
    who is sent on to another shelter does not count).  Of these, `housed` were taken in later
    (`admit` with span `waiting_room`, or caused by their being turned away), `went_home` gave up
    (`go_home` that names no shelter), and `waiting` had no room at the end.  `person_hours`: how
    long they waited, as a step function, integrated exactly from the turning away to the end.
    What they lacked meanwhile is in no figure of `unmet_need`.

    The end is the last row of the case, or `until`, seconds from the case's origin; `until_s`
    states it.
    """
    table = log.table
    ends = table.groupby("case")["time"].max()
    rows = table[table["activity"].isin(_READ) & table["time"].notna() & table["persons"].notna()]
    away = rows[rows["activity"].eq("turn_away") & rows["recipient"].eq("")]
    roots = set(zip(away["case"], away["row"], strict=True))
    rows = rows.sort_values("time", kind="stable")
    found: dict[tuple[str, str], _Queue] = {key: _Queue() for key in _keys(away)}
    for row in each(rows):
        queue = found.get((row.case, row.incident))
        if queue is not None and (until is None or row.time <= until):
            queue.take(row, row.span == "waiting_room" or (row.case, row.cause) in roots)
    told = []
    for key, queue in found.items():
        end = int(ends[key[0]]) if until is None else until
        queue.pass_to(end)
        if queue.sums["turn_away"]:
            told.append(dict(zip(COLUMNS, key, strict=False)) | queue.told() | {"until_s": end})
    types = dict.fromkeys((*COLUMNS[2:6], "until_s"), "Int64") | {"person_hours": "Float64"}
    return pd.DataFrame(told, columns=list(COLUMNS)).astype(types)


def _keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    return list(dict.fromkeys(zip(rows["case"], rows["incident"], strict=True)))


class _Queue:
    """Those of one incident who wait for room."""

    def __init__(self) -> None:
        self.sums = dict.fromkeys(_READ, 0)
        self.waiting = 0
        self._seconds = 0
        self._since = 0

    def take(self, row: Any, has_waited: bool) -> None:
        """Take in one row in the order of time; `has_waited`: whom it takes in had waited."""
        counts = {
            "turn_away": row.recipient == "",
            "admit": has_waited,
            "go_home": row.actor == "",
        }
        if not counts[row.activity]:
            return
        self.pass_to(int(row.time))
        most = int(row.persons)
        persons = most if row.activity == "turn_away" else min(most, self.waiting)
        self.waiting += persons if row.activity == "turn_away" else -persons
        self.sums[row.activity] += persons

    def pass_to(self, time: int) -> None:
        """Let the time pass up to a second of the record."""
        self._seconds += self.waiting * (time - self._since)
        self._since = time

    def told(self) -> dict[str, Any]:
        """Return the numbers of the table."""
        names = dict(zip(COLUMNS[2:5], self.sums.values(), strict=True))
        return names | {"waiting": self.waiting, "person_hours": self._seconds / 3600}
