"""How often teams and supplies were in time, from the record alone, with exact intervals."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, inf

import numpy as np
import pandas as pd
from scipy import stats

from sim.log import EventLog, order_lines, relief_times, team_times
from sim.log.relief import occurrences
from sim.log.wall import on_wall
from sim.targets.pack import Target, TargetPack
from sim.texts import language

COLUMNS = (
    *("pack", "target", "text", "n", "unknown", "limit_s", "within", "share", "low", "high"),
    *("asked", "reached_s", "mean_s", "mean_low_s", "mean_high_s", "result", "certain"),
    *("source", "confidence"),
)


def score_targets(
    log: EventLog, packs: Iterable[TargetPack], confidence: float = 0.95
) -> pd.DataFrame:
    """Return one row per target.

    `n` times are known, of which `within` kept `limit_s`; `share` of them, with its exact
    interval (Clopper and Pearson 1934) from `low` to `high`; `asked` is the share that the
    standard asks for.  `reached_s`: the time within which that share came, by nearest rank.
    Targets for the mean have `mean_s` and Student's interval.  A team that had not come when
    the record ended is late if its time was over by then, else `unknown`, like one whose stamps
    are missing; orders that were refused or taken back are left out.  The same holds for shelters
    that were not yet supplied and for order lines that were not yet filled; orders by which depots
    fill up are left out.  Where the drill's own clock stopped or jumped, the wall clock counts.
    The interval takes the times for independent of one another: those of several drills are, those
    of teams, shelters or order lines of one drill hardly.

    `result`: met or not_met by the share (or mean) itself, empty where no time is known;
    `certain`: the whole interval lies on that side.  Text follows the language in force.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence between 0 and 1, got {confidence}")
    log = on_wall(log)
    teams, hazards = _orders(log), _hazards(log)
    rows = [
        {"pack": pack.id, "target": key}
        | {"text": getattr(target.text, language())}
        | _scored(_durations(_table(log, target, teams), target, hazards), target, confidence)
        | {"source": pack.sources[target.source].title}
        | {"confidence": pack.sources[target.source].confidence}
        for pack in packs
        for key, target in pack.targets.items()
    ]
    whole = dict.fromkeys(("n", "unknown", "limit_s", "within", "reached_s"), "Int64")
    names = ("share", "low", "high", "asked", "mean_s", "mean_low_s", "mean_high_s")
    types = whole | dict.fromkeys(names, "Float64") | {"certain": "boolean"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


def _orders(log: EventLog) -> pd.DataFrame:
    """Return the orders that teams took and kept, with the end of their record."""
    table = log.table
    times = team_times(log)
    taken = table[table["activity"].eq("order") & table["phase"].eq("interrupted")]
    back = set(zip(taken["case"], taken["object"], taken["recipient"], strict=True))
    orders = zip(times["case"], times["order"], times["team"], strict=True)
    kept = times["refused"].isna() & np.array([order not in back for order in orders], bool)
    return _ended(times[kept], log)


def _table(log: EventLog, target: Target, teams: pd.DataFrame) -> pd.DataFrame:
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
    return times.assign(end=times["case"].map(log.table.groupby("case")["time"].max()))


def _hazards(log: EventLog) -> dict[tuple[str, str], str]:
    table = log.table
    rows = table[table["activity"].eq("occur") & table["hazard"].ne("")]
    return dict(zip(zip(rows["case"], rows["incident"], strict=True), rows["hazard"], strict=True))


def _durations(
    times: pd.DataFrame, target: Target, hazards: dict[tuple[str, str], str]
) -> list[float]:
    """Return the seconds of each case of a target: inf = still to come, NaN = unknown."""
    if target.hazards:
        keys = zip(times["case"], times["incident"], strict=True)
        times = times[np.array([hazards.get(key, "") in target.hazards for key in keys], bool)]
    since, to = (times[name].astype("float") for name in (target.since, target.to))
    limit = inf if target.within is None else float(target.within)
    over = (times["end"].astype("float") - since) > limit
    return list(np.where(to.notna(), to - since, np.where(over, inf, np.nan)))


def _first(times: pd.DataFrame) -> pd.DataFrame:
    """Return the first team at each incident, or at each call; nobody there: the first sent."""
    call = times["order"].str.replace(r"-?[^-]*$", "", regex=True)  # before the last hyphen
    call = call.where(times["incident"].eq(""), "")
    times = times.assign(call=call).sort_values(
        ["arrived", "ordered"], kind="stable", na_position="last"
    )
    return times.groupby(["case", "incident", "call"], sort=False).head(1)


def _scored(durations: list[float], target: Target, confidence: float) -> dict[str, object]:
    known = sorted(x for x in durations if not np.isnan(x))
    row: dict[str, object] = {"n": len(known), "unknown": len(durations) - len(known)}
    row |= {"limit_s": target.within or target.mean, "result": "", "certain": None}
    if not known:
        return row
    if target.within is None:
        return row | _mean(known, float(target.mean or 0), confidence)
    asked = 1.0 if target.share is None else target.share
    within = sum(x <= target.within for x in known)
    exact = stats.binomtest(within, len(known)).proportion_ci(confidence, method="exact")
    met = within >= asked * len(known)
    reached = known[ceil(asked * len(known)) - 1]
    return row | {
        "within": within,
        "share": within / len(known),
        "low": exact.low,
        "high": exact.high,
        "asked": asked,
        "reached_s": None if reached == inf else int(reached),
        "result": "met" if met else "not_met",
        "certain": exact.low >= asked if met else exact.high < asked,
    }


def _mean(known: list[float], limit: float, confidence: float) -> dict[str, object]:
    """Return the mean and Student's interval; nothing is certain of a single time."""
    mean = float(np.mean(known))
    met = mean <= limit
    found: dict[str, object] = {"mean_s": mean, "result": "met" if met else "not_met"}
    if len(known) < 2:
        return found | {"certain": False}
    half = stats.t.ppf((1 + confidence) / 2, len(known) - 1) * stats.sem(known)
    low, high = mean - half, mean + half
    return found | {
        "mean_low_s": low,
        "mean_high_s": high,
        "certain": bool(high <= limit if met else low > limit),
    }
