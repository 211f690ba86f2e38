"""How long things took on record: from one kind of row to the next, known as far as stamps are.

A delay is an interval of seconds: stamps known as intervals make it one; a beginning without an
end, on a record that says how far it goes, took longer than that and is kept as such.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.log import EventLog
from sim.log.journeys import each
from sim.log.record import RESOLUTION


class Mark(NamedTuple):
    """Rows that begin or end a delay: an activity and its phase (`""` and `ended` are one)."""

    activity: str
    phase: str = ""


class Delays(NamedTuple):
    """Least and greatest seconds of every delay; `high` is infinite where it was still running.

    `rows`: the rows that begin and end each, the second empty where there is none.
    """

    low: np.ndarray
    high: np.ndarray
    rows: list[tuple[str, str]]


def mark_of(text: str) -> Mark:
    """Return `verify started` as a mark."""
    activity, _, phase = text.strip().partition(" ")
    return Mark(activity, phase)


def delays(
    log: EventLog, begin: Mark, end: Mark, actor: str = "", same: tuple[str, ...] = ("actor",)
) -> Delays:
    """Return the delay from each row `begin` to the next row `end` of the same case and incident.

    `same`: further columns that both share; `actor` keeps the rows of one actor only.  The next
    row is the first in the order of the record that is not surely earlier.
    """
    table = log.table
    if actor:
        table = table[table["actor"] == actor]
    keys = ["case", "incident", *same]
    low, high = _bounds(table)
    table = table.assign(low=low, high=high)
    last = log.table.groupby("case")["time"].max()
    ends: dict[Any, pd.DataFrame] = dict(iter(table[_is(table, end)].groupby(keys, sort=False)))
    found: list[tuple[float, float]] = []
    rows: list[tuple[str, str]] = []
    for key, part in table[_is(table, begin)].groupby(keys, sort=False):
        there = ends.get(key)
        used: set[str] = set()
        for row in part.sort_values(["low", "seq"]).pipe(each):
            if not np.isfinite([row.low, row.high]).all():
                continue
            following = _next(there, row, used)
            if following is None:
                running = float(last[row.case]) - row.low
                found.append((max(running, 0.0), np.inf))
                rows.append((row.row, ""))
                continue
            used.add(following.row)
            least, most = following.low - row.high, following.high - row.low
            if most <= 0:  # both in one second or minute: less than what the stamps can tell
                least, most = 0.0, float(max(row.resolution, following.resolution))
            found.append((max(least, 0.0), most))
            rows.append((row.row, following.row))
    values = np.array(found, dtype=float).reshape(-1, 2)
    return Delays(values[:, 0], values[:, 1], rows)


def _is(table: pd.DataFrame, mark: Mark) -> pd.Series:
    phases = ("", "ended") if mark.phase in ("", "ended") else (mark.phase,)
    return (table["activity"] == mark.activity) & table["phase"].isin(phases)


def _bounds(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return earliest and latest second of every row, infinite where it is not known."""
    low = table["time"].fillna(table["time_lo"]).astype("Float64").fillna(-np.inf)
    high = table["time"].fillna(table["time_hi"]).astype("Float64").fillna(np.inf)
    assert RESOLUTION in table
    return low.astype(float), high.astype(float)


def _next(there: pd.DataFrame | None, row: Any, used: set[str]) -> Any:
    """Return the first row that is not surely earlier and not used yet, `None` without one."""
    if there is None:
        return None
    later = there[(there["high"] >= row.low) & ~there["row"].isin(used)]
    if later.empty:
        return None
    first = later.sort_values(["low", "high", "seq"]).iloc[[0]]
    return next(each(first))
