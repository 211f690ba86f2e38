"""Which factors matter: one at a time, by Sobol's indices, by Morris' screening."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.errors import MissingExtra
from sim.experiment.compare import difference
from sim.experiment.design import shares
from sim.experiment.intervals import LEVEL
from sim.experiment.results import Results

MORRIS_LEVELS = 4
RESAMPLES = 499


def tornado(results: Results, measure: str, level: float = LEVEL) -> pd.DataFrame:
    """Return what every factor alone changes, against the base, the largest effect first.

    One row per factor and level of a design `one_at_a_time`: factor, level, point and the columns
    of `Difference` (level minus base, by pairs with the same numbers).
    """
    _demand(results, "one_at_a_time")
    base = results.points[0]
    rows = []
    for point, levels in enumerate(results.points[1:], start=1):
        (name,) = (name for name in levels if levels[name] != base[name])
        found = difference(results, measure, 0, point, level)
        rows.append({"factor": name, "level": levels[name], "point": point, **found._asdict()})
    table = pd.DataFrame(rows)
    size = table["value"].abs().groupby(table["factor"]).transform("max")
    order = pd.DataFrame({"size": -size, "factor": table["factor"], "point": table["point"]})
    return table.loc[order.sort_values(["size", "factor", "point"]).index].reset_index(drop=True)


def sobol(results: Results, measure: str, level: float = LEVEL) -> pd.DataFrame:
    """Return Sobol's indices of a design `sobol_indices`: which share of the variance is whose.

    One row a factor: `first` (alone) and `total` (with all that it takes part in), each with
    `_low` and `_high` by resampling.  The variance is that of the points' means or
    shares over the factors' ranges; what is left of the chance in each mean counts as interaction,
    so use enough replications.
    """
    _demand(results, "sobol_indices")
    values = _estimates(results, measure)
    count = len(results.study.factors)
    return indices(list(results.study.factors), values.reshape(count + 2, -1), level)


def indices(names: list[str], values: np.ndarray, level: float = LEVEL) -> pd.DataFrame:
    """Return Sobol's indices from values at A, B and each A with one column of B (rows).

    The estimators are SciPy's (Saltelli 2010); the intervals resample its columns, always in the
    same way (SciPy's own bootstrap takes no seed).
    """
    n = values.shape[1]
    estimate = _saltelli(values)
    rng = np.random.default_rng(0)
    drawn = np.array([_saltelli(values[:, rng.integers(0, n, n)]) for _ in range(RESAMPLES)])
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    columns: dict[str, Any] = {"factor": names}
    for k, name in enumerate(("first", "total")):
        columns |= {name: estimate[k], f"{name}_low": low[k], f"{name}_high": high[k]}
    table = pd.DataFrame(columns)
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def _saltelli(values: np.ndarray) -> np.ndarray:
    """Return the first and the total index of every factor: 2 × factors."""
    from scipy.stats import sobol_indices

    parts: Any = {"f_A": values[0][None], "f_B": values[1][None], "f_AB": values[2:][:, None]}
    found = sobol_indices(func=parts, n=values.shape[1])
    return np.array([np.ravel(found.first_order), np.ravel(found.total_order)])


def morris_points(factors: int, trajectories: int, seed: int) -> np.ndarray:
    """Return the points of Morris' design in the unit cube: trajectories × (factors + 1)."""
    from importlib import import_module

    try:
        sample = import_module("SALib.sample.morris").sample
    except ImportError:
        raise MissingExtra("SALib", "sensitivity") from None
    return np.asarray(sample(_problem(factors), trajectories, num_levels=MORRIS_LEVELS, seed=seed))


def morris(results: Results, measure: str, level: float = LEVEL) -> pd.DataFrame:
    """Return Morris' measures of a design `morris`, by SALib: mu*, its half interval, sigma.

    `mu_star`: mean absolute effect of a factor over its whole range; `sigma` large beside it:
    the effect depends on the other factors.
    """
    _demand(results, "morris")
    from importlib import import_module

    names = list(results.study.factors)
    found = import_module("SALib.analyze.morris").analyze(
        _problem(len(names)),
        shares(results.study),
        _estimates(results, measure),
        conf_level=level,
        num_levels=MORRIS_LEVELS,
        seed=0,
    )
    table = pd.DataFrame(
        {
            "factor": names,
            "mu_star": np.asarray(found["mu_star"], dtype=float),
            "half_width": np.asarray(found["mu_star_conf"], dtype=float),
            "sigma": np.asarray(found["sigma"], dtype=float),
        }
    )
    return table.sort_values("mu_star", ascending=False, kind="stable", ignore_index=True)


def _problem(factors: int) -> dict[str, Any]:
    names = [f"x{k}" for k in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def _estimates(results: Results, measure: str) -> np.ndarray:
    points = range(len(results.points))
    return np.array([results.interval(measure, point).estimate for point in points])


def _demand(results: Results, design: str) -> None:
    if getattr(results.study.design, design) is None:
        raise ValueError(f"needs a study of design {design}")
