"""Verdicts across a stop, a jump or a change of pace of the drill's own clock: flag `clock_jump`.

The record keeps exercise time (`time`) and the wall clock (`time_wall`).  Where their difference
changes between two rows of a case, the drill's clock did not run with the wall in between.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.log.record import EventLog

FLAG = "clock_jump"


def flag_jumps(table: pd.DataFrame, log: EventLog) -> pd.DataFrame:
    """Return verdicts with the flag on those whose time, from start to end or deadline, holds one.

    A record without wall times is returned as it is.
    """
    held = log.table["time_wall"].notna() & log.table["time"].notna()
    if not held.any():
        return table
    jumps = _jumps(log.table.loc[held, ["case", "time", "time_wall"]])
    start = table["start_s"].to_numpy("float64", na_value=np.nan)
    until = table["end_s"].fillna(table["deadline_s"]).to_numpy("float64", na_value=np.nan)
    across = np.zeros(len(table), dtype=bool)
    for case, rows in table.groupby("case", sort=False).indices.items():
        for before, after in jumps.get(str(case), ()):
            low = np.minimum(start[rows], until[rows])
            high = np.maximum(start[rows], until[rows])
            across[rows] |= (low < after) & (high > before)
    flags = table["flags"].to_numpy(dtype=object)
    more = np.array([f"{flag}|{FLAG}" if flag else FLAG for flag in flags], dtype=object)
    return table.assign(flags=pd.array(np.where(across, more, flags), dtype="str"))


def _jumps(rows: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Return, per case, the exercise times between which the difference to the wall changes."""
    found: dict[str, list[tuple[int, int]]] = {}
    for case, part in rows.sort_values("time_wall", kind="stable").groupby("case", sort=False):
        time = part["time"].to_numpy("int64")
        lead = time - part["time_wall"].to_numpy("int64")
        at = np.flatnonzero(np.diff(lead))
        # A stop ends at the very second at which it began: a span that touches it holds it.
        pairs = [(time[k] - (time[k] == time[k + 1]), time[k + 1]) for k in at]
        found[str(case)] = [(int(a), int(b)) for a, b in pairs]
    return found
