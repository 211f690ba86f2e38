"""The answers of a study as tables: shares, times and other numbers, each with its interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.intervals import (
    LEVEL,
    Interval,
    censored_quantile,
    nothing,
    of_pairs,
    ratio,
    share,
)
from sim.experiment.results import Results

NOT_MET = ("late", "excused", "open", "unproven")
QUANTILES = (0.5, 0.9)


def shares(results: Results, level: float = LEVEL) -> pd.DataFrame:
    """Return one row per point and measure that is met or not.

    `applies`, `met`: the share of drills in which it applied, and of these the share in which it
    was met, each with `_low` and `_high`.  `applied`: in how many drills; `late`, `excused`,
    `open`, `unproven`: in how many of them; none of these counts as met.
    """
    rows = [
        {"point": point, "measure": name, **_share(results, name, point, level)}
        for name in _names(results, is_share=True)
        for point in range(len(results.points))
    ]
    return pd.DataFrame(rows)


def _share(results: Results, name: str, point: int, level: float) -> dict[str, Any]:
    states = results.of(name, point)["state"]
    counts = states.value_counts()
    series = results.observations(name, point)
    if results.study.antithetic:
        applies = ratio(series[:, 1], np.full(len(series), 2.0), level)
        met = ratio(series[:, 0], series[:, 1], level)
    else:
        applied = int(series[:, 1].sum())
        applies = share(applied, len(states), level)
        met = share(int(series[:, 0].sum()), applied, level)
    return {
        "replications": len(states),
        "applied": int((states != "not_applicable").sum()),
        **_columns("applies", applies),
        **_columns("met", met),
        **{state: int(counts.get(state, 0)) for state in NOT_MET},
    }


def numbers(results: Results, level: float = LEVEL) -> pd.DataFrame:
    """Return one row per point and measure that is a number.

    `measured`: in how many drills there was something to measure; `running`: in how many of them
    it was not over when the record ended.  `mean` is empty where any was; `q50`, `q90` then come
    from the Kaplan–Meier estimate, infinite where the record does not reach them.
    """
    rows = [
        {"point": point, "measure": name, **_number(results, name, point, level)}
        for name in _names(results, is_share=False)
        for point in range(len(results.points))
    ]
    return pd.DataFrame(rows)


def _number(results: Results, name: str, point: int, level: float) -> dict[str, Any]:
    table = results.of(name, point)
    measured = table["state"] != "none"
    running = table["state"].isin(["above", "below"])
    average = nothing("t") if running.any() else results.interval(name, point)
    return {
        "replications": len(table),
        "measured": int(measured.sum()),
        "running": int(running.sum()),
        **_columns("mean", average),
        **{
            key: value
            for q in QUANTILES
            for key, value in _columns(
                f"q{round(100 * q)}", quantile_of(table, q, results.study.antithetic, level)
            ).items()
        },
    }


def quantile_of(
    table: pd.DataFrame, q: float, antithetic: bool = False, level: float = LEVEL
) -> Interval:
    """Return a quantile of a measure's values (columns state, value).

    Of independent drills by order statistics or Kaplan–Meier; of antithetic pairs by resampling
    the pairs.
    """
    if antithetic:
        return of_pairs(
            table["value"].to_numpy(float),
            table["state"].to_numpy(),
            lambda values, states: _quantile(values, states, q, level).estimate,
            level,
        )
    return _quantile(table["value"].to_numpy(float), table["state"].to_numpy(), q, level)


def _quantile(values: np.ndarray, states: np.ndarray, q: float, level: float) -> Interval:
    kept = states != "none"
    values, states = values[kept], states[kept]
    if "below" in states:  # margins: the mirror image of times that are still running
        found = censored_quantile(-values, states == "below", 1 - q, level)
        return found._replace(estimate=-found.estimate, low=-found.high, high=-found.low)
    return censored_quantile(values, states == "above", q, level)


def _names(results: Results, is_share: bool) -> list[str]:
    names = dict.fromkeys(results.values["measure"])
    return [name for name in names if results.study.is_share(name) == is_share]


def _columns(name: str, found: Interval) -> dict[str, float]:
    return {name: found.estimate, f"{name}_low": found.low, f"{name}_high": found.high}
