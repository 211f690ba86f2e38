"""The wall clock beside the drill's own: how long physical work took in fact.

`time` is exercise time.  Where the drill's clock stopped, jumped or changed its pace, people still
walked, drove and loaded by the wall clock, which the record keeps as `time_wall`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.log.record import EventLog

PHYSICAL = (
    *("muster", "depart", "travel", "arrive", "follow", "return", "work"),
    *("pick", "picked", "load", "loaded", "unload", "hand_over"),
)
"""Activities that end when people or goods have come so far, whatever the drill's clock shows."""


def on_wall(log: EventLog) -> EventLog:
    """Return the record by the wall clock; one without wall times is returned as it is.

    Rows that the record gives no wall time for have none; of what is known as an interval the
    bounds are taken as wide as the rows around it allow, and a record is complete no longer than
    the wall time of the last row before its end says.
    """
    table = log.table
    if not table["time_wall"].notna().any():
        return log
    made = table.assign(time=table["time_wall"])
    for _, part in table.groupby("case", sort=False):
        known = part[part["time"].notna() & part["time_wall"].notna()].sort_values("time_wall")
        if not len(known):
            continue
        shown = known["time"].to_numpy("int64")
        wall = known["time_wall"].to_numpy("int64")
        for name, side in (("time_lo", "left"), ("time_hi", "right"), ("until", "left")):
            there = part.index[part[name].notna()]
            found = _bound(part.loc[there, name].to_numpy("int64"), shown, wall, side)
            made.loc[there, name] = pd.array(found, dtype="Int64")
        states = part.index[part["time_wall"].isna() & part["until"].notna()]
        made.loc[states, "time"] = part.loc[states, "time"]
    return EventLog(made, log.origins)


def _bound(times: np.ndarray, shown: np.ndarray, wall: np.ndarray, side: str) -> np.ndarray:
    """Return the wall time of the row next before (`left`) or after each exercise time.

    Before the first and after the last row the two clocks run together.
    """
    if side == "left":
        k = np.searchsorted(shown, times, side="right") - 1
    else:
        k = np.searchsorted(shown, times, side="left")
    inside = np.clip(k, 0, len(wall) - 1)
    outside = (times < shown[0]) | (times > shown[-1])
    edge = np.where(times < shown[0], wall[0] + times - shown[0], wall[-1] + times - shown[-1])
    found: np.ndarray = np.where(outside, edge, wall[inside])
    return found
