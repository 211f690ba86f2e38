"""What a way of drawing numbers gains: variance without it by variance with it.

That of common random numbers is told with every difference (`sim.experiment.compare`).
"""

from __future__ import annotations

import numpy as np

from sim.experiment.results import Results


def antithetic_gain(results: Results, measure: str, point: int) -> float:
    """Return the gain of antithetic pairs in a measure's mean; pairs measured in both count.

    NaN where a time was still running, or without two such pairs.
    """
    table = results.of(measure, point)
    if results.study.is_share(measure):
        values = np.where(table["state"] == "met", 1.0, 0.0)
        values[(table["state"] == "not_applicable").to_numpy()] = np.nan
    elif table["state"].isin(["above", "below"]).any():
        return np.nan
    else:
        values = table["value"].to_numpy(float)
    return gain_of_pairs(values.reshape(-1, 2))


def gain_of_pairs(pairs: np.ndarray) -> float:
    """Return Var(X) / 2 by the variance of the pairs' means; `pairs` is n × 2.

    1 where the two of a pair are independent, infinite where each mirrors the other; below 1 where
    pairing did harm.  NaN without two whole pairs or any variance.
    """
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    if len(pairs) < 2:
        return np.nan
    alone, together = (
        float(pairs.var(axis=0, ddof=1).mean()) / 2,
        float(pairs.mean(axis=1).var(ddof=1)),
    )
    if together > 1e-12 * alone:
        return alone / together
    return np.inf if alone > 0 else np.nan
