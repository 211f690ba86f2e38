"""How much vehicles were used: from the record alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.journeys import driven
from sim.log.record import EventLog

COLUMNS = ("case", "vehicle", "depot", "trips", "on_way", "at_hand", "share", "mean_load")
_ON_WAY = ("travel", "return")


def vehicle_use(log: EventLog) -> pd.DataFrame:
    """Return one row per case and vehicle that carried supplies or was hired for it.

    `trips`: journeys begun, the way back not counted.  `on_way`: seconds from leaving to arriving,
    there and back, breakdowns and the drivers' rest on the way included; a journey that is not
    over lasts to the record's end.  `at_hand`: seconds that it was there to be used: from the
    record's first row to its last, hired ones while they were hired.  `share`: the part of the
    time at hand that it was on the way.  `mean_load`: the mean part of its capacity that was
    taken when it had been loaded (`share` of the rows `load ended`), empty where no row tells.
    """
    table = log.table
    first, last = (table.groupby("case")["time"].agg(how) for how in ("min", "max"))
    found: dict[tuple[str, str], _Use] = {}
    for vehicle, row in driven(log):
        found.setdefault((row.case, vehicle), _Use(row.actor)).take(row)
    uses = [
        {"case": case, "vehicle": vehicle} | use.told(first[case], last[case])
        for (case, vehicle), use in found.items()
    ]
    types = dict.fromkeys(("trips", "on_way", "at_hand"), "Int64")
    types |= dict.fromkeys(("share", "mean_load"), "Float64")
    return pd.DataFrame(uses, columns=list(COLUMNS)).astype(types)


class _Use:
    """One vehicle of one case."""

    def __init__(self, depot: str) -> None:
        self.depot = depot
        self.trips = 0
        self.loads: list[float] = []
        self.ways: list[list[Any]] = []
        self.hired: list[list[Any]] = []

    def take(self, row: Any) -> None:
        """Take in one row that names the vehicle, in the order of time."""
        if row.activity in _ON_WAY:
            self.trips += (row.activity, row.phase) == ("travel", "started")
            _span(self.ways, row)
        elif row.activity == "hire":
            _span(self.hired, row)
        elif (row.activity, row.phase) == ("load", "ended") and not pd.isna(row.share):
            self.loads.append(float(row.share))

    def told(self, first: int, last: int) -> dict[str, Any]:
        """Return the row of the table, for a record from `first` to `last`."""
        on_way = _length(self.ways, last)
        at_hand = _length(self.hired, last) if self.hired else int(last - first)
        return {
            "depot": self.depot,
            "trips": self.trips,
            "on_way": on_way,
            "at_hand": at_hand,
            "share": on_way / at_hand if at_hand else None,
            "mean_load": sum(self.loads) / len(self.loads) if self.loads else None,
        }


def _span(spans: list[list[Any]], row: Any) -> None:
    """Begin a span where the row starts something, end the last one where it ends."""
    if row.phase == "started" and not (spans and spans[-1][1] is None):
        spans.append([int(row.time), None])
    elif row.phase == "ended" and spans and spans[-1][1] is None:
        spans[-1][1] = int(row.time)


def _length(spans: list[list[Any]], last: int) -> int:
    return int(sum((last if end is None else end) - start for start, end in spans))
