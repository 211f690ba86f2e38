"""How long things took on record: from one kind of row to the next, known as far as stamps are.

A delay is an interval of seconds: stamps known as intervals make it one; a beginning without an
end took longer than the record is complete after it (rows `observe`), and is kept as such.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.log import EventLog
from sim.log.journeys import each
from sim.rules.spans import complete_until, merged
from sim.rules.stamps import INF


class Mark(NamedTuple):
    """Rows that begin or end a delay: an activity and its phase (`""` and `ended` are one)."""

    activity: str
    phase: str = ""


class Delays(NamedTuple):
    """Least and greatest seconds of every delay; `high` is infinite where it was still running.

    `rows`: the rows that begin and end each, the second empty where there is none.  `unknown`:
    beginnings left out, because their stamp is open, or no end is there and the record does not
    say that it is complete.
    """

    low: np.ndarray
    high: np.ndarray
    rows: list[tuple[str, str]]
    unknown: int = 0


def mark_of(text: str) -> Mark:
    """Return `verify started` as a mark."""
    activity, _, phase = text.strip().partition(" ")
    return Mark(activity, phase.strip())


def delays_between(
    log: EventLog,
    begin: Mark,
    end: Mark,
    actor: str = "",
    same: Collection[str] = ("actor",),
) -> Delays:
    """Return the delay from each row `begin` to the next row `end` of the same case and incident.

    `same`: further columns that both share; `actor` keeps the rows of one actor only.  The next
    row is the first in the order of the record that is not surely earlier; each ends one delay.
    """
    table = log.table if not actor else log.table[log.table["actor"] == actor]
    keys = ["case", "incident", *same]
    table = table.assign(**_bounds(table))
    ends: dict[Any, pd.DataFrame] = dict(iter(table[_is(table, end)].groupby(keys, sort=False)))
    found: list[tuple[float, float, str, str]] = []
    unknown = 0
    for key, part in table[_is(table, begin)].groupby(keys, sort=False):
        used: set[str] = set()
        for row in part.sort_values(["low", "seq"]).pipe(each):
            following = _next(ends.get(key), row, used)
            if not np.isfinite([row.low, row.high]).all():
                unknown += 1
            elif following is not None:
                used.add(following.row)
                found.append((*_between(row, following), row.row, following.row))
            elif (seen := _complete(log, row, "actor" in same)) > row.high:
                found.append((seen - row.high, np.inf, row.row, ""))
            else:
                unknown += 1
    values = np.array([entry[:2] for entry in found], dtype=float).reshape(-1, 2)
    return Delays(values[:, 0], values[:, 1], [entry[2:] for entry in found], unknown)


def _is(table: pd.DataFrame, mark: Mark) -> pd.Series:
    phases = ("", "ended") if mark.phase in ("", "ended") else (mark.phase,)
    return (table["activity"] == mark.activity) & table["phase"].isin(phases)


def _bounds(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Return earliest and latest second of every row, infinite where it is not known."""
    low = table["time"].fillna(table["time_lo"]).astype("Float64").fillna(-np.inf)
    high = table["time"].fillna(table["time_hi"]).astype("Float64").fillna(np.inf)
    return {"low": low.astype(float), "high": high.astype(float)}


def _next(there: pd.DataFrame | None, row: Any, used: set[str]) -> Any:
    """Return the first row that is not surely earlier and not used yet, `None` without one."""
    if there is None:
        return None
    later = there[(there["high"] >= row.low) & ~there["row"].isin(used)]
    if later.empty:
        return None
    first = later.sort_values(["low", "high", "seq"]).iloc[[0]]
    return next(each(first))


def _between(row: Any, following: Any) -> tuple[float, float]:
    """Return the least and greatest seconds between two rows."""
    least, most = following.low - row.high, following.high - row.low
    if most <= 0:  # both in one second or minute: less than what the stamps can tell
        return 0.0, float(max(row.resolution, following.resolution))
    return max(least, 0.0), most


def _complete(log: EventLog, row: Any, own: bool) -> float:
    """Return until when an end could not be missing; `own`: it would be of the same actor."""
    table = log.table
    seen = table[(table["activity"] == "observe") & (table["case"] == row.case)]
    seen = seen[seen["incident"].isin(["", row.incident]) & (seen["channel"] == "")]
    seen = seen[seen["actor"].isin(["", row.actor] if own else [""]) & seen["until"].notna()]
    spans = zip(seen["time"].fillna(-INF).tolist(), seen["until"].tolist(), strict=True)
    return float(complete_until(merged(spans), int(row.high)))
