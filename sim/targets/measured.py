"""Which times a target measures, from the record alone: one value a team, shelter or order line."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd

from sim.log import EventLog, order_lines, relief_times, team_times
from sim.log.relief import occurrences
from sim.targets.pack import STAMPS, Target


def orders(log: EventLog) -> pd.DataFrame:
    """Return the orders that teams took and kept, with the end of their record."""
    table = log.table
    times = team_times(log)
    taken = table[table["activity"].eq("order") & table["phase"].eq("interrupted")]
    back = set(zip(taken["case"], taken["object"], taken["recipient"], strict=True))
    ordered = zip(times["case"], times["order"], times["team"], strict=True)
    kept = times["refused"].isna() & np.array([order not in back for order in ordered], bool)
    times = times[kept]
    keys = zip(times["case"], times["incident"], strict=True)
    first = _noticed(log.table)
    times = times.assign(noticed=pd.array([first.get(key) for key in keys], dtype="Int64"))
    return _ended(times, log)


def _noticed(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return (case, incident) -> its first notice."""
    rows = table[table["activity"].eq("notice") & table["time"].notna()]
    first = rows.sort_values("time").drop_duplicates(["case", "incident"])
    keys = zip(first["case"], first["incident"], strict=True)
    return dict(zip(keys, first["time"], strict=True))


def table(log: EventLog, target: Target, teams: pd.DataFrame) -> pd.DataFrame:
    """Return what a target measures, one row a case of it."""
    if target.measures == "teams":
        times = teams[teams["kind"].isin(target.kinds)]
        return _first(times) if target.of == "first" else times
    if target.measures == "shelters":
        times = relief_times(log, target.items)
        return _ended(times[times["shelter"].eq("") == (target.of == "all")], log)
    lines = order_lines(log)
    lines = lines[~lines["replenishes"] & lines["requested"].gt(0).fillna(False)]
    if target.items:
        lines = lines[lines["item"].isin(target.items)]
    occurred = occurrences(log.table)
    keys = zip(lines["case"], lines["incident"], strict=True)
    starts = [occurred.get(key, occurred.get((key[0], ""))) for key in keys]
    lines = _ended(lines.assign(occurred=pd.array(starts, dtype="Int64")), log)
    return lines.assign(end=lines["end"].where(lines["accepted"].notna()))


def _ended(times: pd.DataFrame, log: EventLog) -> pd.DataFrame:
    """Add the record's end, in cases in which what is missing did not happen."""
    complete = log.table.loc[log.table["activity"].eq("observe"), "case"].unique()
    ends = log.table.groupby("case")["time"].max()
    return times.assign(end=times["case"].map(ends[ends.index.isin(complete)]))


def hazards(log: EventLog) -> dict[tuple[str, str], str]:
    """Return (case, incident) -> its hazard."""
    table = log.table
    rows = table[table["activity"].eq("occur") & table["hazard"].ne("")]
    return dict(zip(zip(rows["case"], rows["incident"], strict=True), rows["hazard"], strict=True))


def durations(
    times: pd.DataFrame, target: Target, known: dict[tuple[str, str], str]
) -> tuple[list[float], list[str]]:
    """Return the seconds of each case of a target, and where stamps are out of order.

    inf = still to come, NaN = unknown.
    """
    if target.hazards:
        keys = zip(times["case"], times["incident"], strict=True)
        times = times[np.array([known.get(key, "") in target.hazards for key in keys], bool)]
    since, to = (times[name].astype("float") for name in (target.since, target.to))
    limit = inf if target.within is None else float(target.within)
    names = list(STAMPS[target.measures])
    stamps = times[names].astype("float")
    later = stamps.iloc[:, names.index(target.to) + 1 :].notna().any(axis=1)
    over = ((times["end"].astype("float") - since) > limit) & ~later
    between = stamps.iloc[:, names.index(target.since) : names.index(target.to) + 1]
    if target.measures != "teams":  # of these only the two stamps follow on one another
        between = stamps[[target.since, target.to]]
    back = (between < between.cummax(axis=1)).any(axis=1)
    seconds = np.where(to.notna(), to - since, np.where(over, inf, np.nan))
    return list(seconds[~back]), _places(times[back])


def _places(times: pd.DataFrame) -> list[str]:
    what = next(name for name in ("team", "shelter", "order") if name in times.columns)
    return [f"{case}/{one}" for case, one in zip(times["case"], times[what], strict=True)]


def _first(times: pd.DataFrame) -> pd.DataFrame:
    """Return the first team at each incident, or at each call; nobody there: the first sent."""
    call = times["order"].str.replace(r"-?[^-]*$", "", regex=True)  # before the last hyphen
    call = call.where(times["incident"].eq(""), "")
    times = times.assign(call=call).sort_values(
        ["arrived", "ordered"], kind="stable", na_position="last"
    )
    return times.groupby(["case", "incident", "call"], sort=False).head(1)
