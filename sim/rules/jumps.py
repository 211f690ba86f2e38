"""Verdicts across a stop, a jump or a change of pace of the drill's own clock: flag `clock_jump`.

The record keeps exercise time (`time`) and the wall clock (`time_wall`).  Where their difference
changes between two rows of a case, the drill's clock did not run with the wall in between.  What
people did there by telephone and on paper is judged by the drill's clock.  Physical work is judged
by the wall clock (flag `wall_clock`: the instants of such a verdict are the wall's), and is
unproven where the record does not give it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.log.wall import PHYSICAL, on_wall
from sim.rules.pack import READINGS, Rule
from sim.rules.patterns import Condition

FLAG = "clock_jump"
ON_WALL = "wall_clock"
_KEY = ["case", "rule", "incident", "owner", "recurrence"]


def physical(rule: Rule) -> bool:
    """Return whether a rule sets a limit to physical work: all that can end it is such work."""
    timed = rule.limit is not None or rule.limit_in is not None
    if not timed or rule.kind != "deadline" or isinstance(rule.end, str):
        return False
    ends = rule.end.get("activity", Condition())
    return bool(ends.among) and set(map(str, ends.among or ())) <= set(PHYSICAL)


def by_wall(
    table: pd.DataFrame,
    log: EventLog,
    rules: Mapping[str, Rule],
    judge: Callable[[EventLog], pd.DataFrame],
) -> pd.DataFrame:
    """Return verdicts with those on physical work across a jump taken from the wall clock.

    `table` has its flags already; `judge` returns the verdicts of a record by the same rules.
    """
    own = table["rule"].isin([name for name, rule in rules.items() if physical(rule)])
    across = (own & table["flags"].str.split("|").map(lambda flags: FLAG in flags)).to_numpy(bool)
    if not across.any():
        return table
    where = table.index[across]
    there = table.loc[where, _KEY].merge(judge(on_wall(log)), on=_KEY, how="left")
    there.index = where
    known = there["verdict"].notna()
    for name in ("start_s", "end_s"):
        known &= table.loc[where, name].isna() | there[name].notna()
    flags = table.loc[where, "flags"] + f"|{ON_WALL}"
    table = table.copy()
    names = [name for name in table.columns if name not in _KEY]
    table.loc[where[known], names] = there.loc[known, names]
    lost = where[~known]
    for prefix in ("", *(f"{reading}_" for reading in READINGS)):
        judged = lost[table.loc[lost, f"{prefix}verdict"] != ""]
        table.loc[judged, f"{prefix}verdict"] = "unproven"
        table.loc[judged, f"{prefix}reason"] = FLAG
        table.loc[judged, [f"{prefix}deadline_s", f"{prefix}margin_s"]] = pd.NA
    table.loc[lost, "summary"] = "unproven"
    table.loc[where, "flags"] = flags
    return table


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
