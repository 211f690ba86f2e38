"""What vehicles did when: from the record alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import namedtuple
from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.log.record import EventLog

_OF_TRIPS = ("hire", "load", "depart", "travel", "arrive", "unload", "return")
"""Activities whose object is the trip."""
_READ = ("case", "seq", "time", "activity", "phase", "actor", "object", "vehicle", "place", "share")


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """Return the rows one by one, each with its columns as attributes; faster than itertuples."""
    named: Any = namedtuple("Row", list(rows.columns))  # type: ignore[misc]
    columns = (rows[name].to_numpy(dtype=object).tolist() for name in rows.columns)
    return map(named._make, zip(*columns, strict=True))


def driven(log: EventLog) -> Iterator[tuple[str, Any]]:
    """Yield (vehicle, row) of the rows about vehicles, case by case in the order of time.

    A row names its vehicles, joined by blanks; else they are those that other rows name for the
    same trip.
    """
    table = log.table
    known = table["activity"].isin(_OF_TRIPS) & table["time"].notna()
    rows = table.loc[known & (table["vehicle"].ne("") | table["object"].ne("")), list(_READ)]
    named: dict[tuple[str, str], dict[str, None]] = {}
    for row in each(rows[rows["vehicle"].ne("") & rows["object"].ne("")]):
        named.setdefault((row.case, row.object), {}).update(dict.fromkeys(row.vehicle.split()))
    rank = {case: k for k, case in enumerate(log.cases)}
    rows = rows.assign(rank=rows["case"].map(rank)).sort_values(["rank", "time", "seq"])
    for row in each(rows):
        for vehicle in row.vehicle.split() or named.get((row.case, row.object), ()):
            yield vehicle, row


class Journeys:
    """When every vehicle left, and when it came where."""

    def __init__(self, log: EventLog) -> None:
        self._left: dict[tuple[str, str], list[int]] = {}
        self._loads: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._came: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for vehicle, row in driven(log):
            key, time = (row.case, vehicle), int(row.time)
            if row.activity == "depart" or (row.activity, row.phase) == ("travel", "started"):
                self._left.setdefault(key, []).append(time)
            elif row.activity == "arrive":
                self._came.setdefault(key, []).append((time, row.place))
            elif row.activity in ("load", "hire"):
                self._loads.setdefault(key, []).append((time, row.object))

    def of(self, row: Any, place: str) -> tuple[int | None, int | None]:
        """Return when what was `loaded` left and when it came to its place, as far as is known.

        The journey ends when its vehicle is loaded anew.
        """
        key = (row.case, row.vehicle)
        left = self._left.get(key, [])
        if pd.isna(row.time) or not left:
            return None, None
        k = bisect_left(left, int(row.time))
        if k == len(left):
            return None, None
        later = [time for time, _ in self._loads.get(key, []) if time > left[k]]
        end = later[0] if later else None
        came = [
            time
            for time, where in self._came.get(key, [])
            if time >= left[k]
            and (end is None or time <= end)
            and (not place or where in ("", place))
        ]
        return left[k], came[0] if came else None

    def trip(self, row: Any) -> str:
        """Return the trip on which something was `loaded`, `""` where the record does not tell."""
        loads = self._loads.get((row.case, row.vehicle), [])
        if pd.isna(row.time):
            return ""
        k = bisect_right([time for time, _ in loads], int(row.time))
        return loads[k - 1][1] if k else ""
