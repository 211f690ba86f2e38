"""How often teams and supplies were in time, from the record alone, with exact intervals."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, inf

import numpy as np
import pandas as pd
from scipy import stats

from sim.experiment.intervals import quantile
from sim.log import EventLog
from sim.log.wall import on_wall
from sim.targets.measured import durations, hazards, orders, table
from sim.targets.pack import Target, TargetPack
from sim.texts import language

COLUMNS = (
    *("pack", "target", "text", "n", "unknown", "contradictory", "out_of_order", "limit_s"),
    *("within", "share", "low", "high", "asked", "reached_s", "reached_low_s", "reached_high_s"),
    *("mean_s", "mean_low_s", "mean_high_s", "result", "certain", "source", "confidence"),
)


def score_targets(
    log: EventLog, packs: Iterable[TargetPack], confidence: float = 0.95
) -> pd.DataFrame:
    """Return one row per target.

    `n` times are known, of which `within` kept `limit_s`; `share` of them, with its exact
    interval (Clopper and Pearson 1934) from `low` to `high`; `asked` is the share that the
    standard asks for.  `reached_s`: the time within which that share came, by nearest rank, with
    the interval between two order statistics, `reached_low_s` to `reached_high_s`, empty where so
    few times bound it on that side not at all.  Targets for the mean have `mean_s` and Student's
    interval.

    A team that had not come when the record ended is late if its time was over by then and the
    record is complete (`observe`), else `unknown`, like one whose stamps are missing; orders that
    were refused or taken back are left out.  The same holds for shelters that were not yet supplied
    and for order lines that were not yet filled; orders by which depots fill up are left out.
    Times whose stamps, from the first to the last that the target names, are out of order are
    `contradictory`: in no share and no mean, but counted and named in `out_of_order`
    (`case/team`, joined by `|`).  Where the drill's own clock stopped or jumped, the wall clock
    counts.  The intervals take the times for independent of one another: those of several drills
    are, those of teams, shelters or order lines of one drill hardly.

    `result`: met or not_met by the share (or mean) itself, empty where no time is known;
    `certain`: the whole interval lies on that side.  Text follows the language in force.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence between 0 and 1, got {confidence}")
    log = on_wall(log)
    teams, known = orders(log), hazards(log)
    rows = [
        {"pack": pack.id, "target": key}
        | {"text": getattr(target.text, language())}
        | _scored(durations(table(log, target, teams), target, known), target, confidence)
        | {"source": pack.sources[target.source].title}
        | {"confidence": pack.sources[target.source].confidence}
        for pack in packs
        for key, target in pack.targets.items()
    ]
    counts = ("n", "unknown", "contradictory", "limit_s", "within")
    whole = dict.fromkeys((*counts, "reached_s", "reached_low_s", "reached_high_s"), "Int64")
    names = ("share", "low", "high", "asked", "mean_s", "mean_low_s", "mean_high_s")
    types = whole | dict.fromkeys(names, "Float64") | {"certain": "boolean"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


def _scored(
    found: tuple[list[float], list[str]], target: Target, confidence: float
) -> dict[str, object]:
    durations, back = found
    known = sorted(x for x in durations if not np.isnan(x))
    row: dict[str, object] = {"n": len(known), "unknown": len(durations) - len(known)}
    row |= {"contradictory": len(back), "out_of_order": "|".join(back)}
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
    return (
        row
        | _between(known, asked, confidence)
        | {
            "within": within,
            "share": within / len(known),
            "low": exact.low,
            "high": exact.high,
            "asked": asked,
            "reached_s": None if reached == inf else int(reached),
            "result": "met" if met else "not_met",
            "certain": exact.low >= asked if met else exact.high < asked,
        }
    )


def _between(known: list[float], asked: float, confidence: float) -> dict[str, object]:
    """Return the interval of the time within which a share came, between order statistics."""
    if asked == 1:  # the longest time of all that may come has no upper bound
        return {}
    found = quantile(np.array(known), asked, confidence)
    bounds = {"reached_low_s": found.low, "reached_high_s": found.high}
    return {name: int(bound) for name, bound in bounds.items() if np.isfinite(bound)}


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
