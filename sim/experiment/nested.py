"""Nested runs: how much of a result's uncertainty comes from its input, how much from chance.

The points of a study are K draws of parameters (such as the refits of `yanlian calibrate`), each
run n times.  Drill j has the same random numbers at every point, so that a value is
mean + input(k) + common(j) + own(kj): random effects crossed two ways, estimated by their mean
squares (Searle, Casella and McCulloch 1992); of nested simulation: Sun, Apley and Staum (2011).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import stats

from sim.experiment.intervals import LEVEL, Interval
from sim.experiment.results import Results


class Nested(NamedTuple):
    """The overall mean of a measure with what its uncertainty is made of, squares of its unit.

    `input_variance`: of a point's true mean, from draw to draw; `chance_variance`: of one drill
    at given parameters; `chance_of_mean`: what of it is left in the mean of a point's drills.
    `mean`: interval of the mean over all parameters, which holds both.  `prediction`: where the
    true mean lies at one more draw of the parameters, what the input leaves open (nearly: t of
    K - 1 degrees).
    """

    mean: Interval
    prediction: Interval
    input_variance: float
    chance_variance: float
    chance_of_mean: float
    points: int

    @property
    def input_share(self) -> float:
        """Share of the variance of a point's mean that comes from the input; NaN without any."""
        total = self.input_variance + self.chance_of_mean
        return self.input_variance / total if total > 0 else np.nan


def nested_runs(results: Results, measure: str, level: float = LEVEL) -> Nested:
    """Return input uncertainty and chance of a measure, over all points of a study.

    Drills in which it was measured at every point count; an antithetic pair is one.  Raises
    `ValueError` for fewer than three points or two drills, or where a time was still running.
    """
    parts = [results.observations(measure, point) for point in range(len(results.points))]
    if not all(np.isfinite(part).all() for part in parts):
        raise ValueError("in some drills the time was still running when the record ended")
    length = min(len(part) for part in parts)
    table = np.array([part[:length] for part in parts])
    kept = (table[:, :, 1] > 0).all(axis=0)
    return split(table[:, kept, 0] / table[:, kept, 1], level)


def split(values: np.ndarray, level: float = LEVEL) -> Nested:
    """Return the same from values, points × drills.

    With the mean squares of points B, of drills D and of their interaction E: Var(input) is
    (B - E) / n, Var(common) is (D - E) / K, never below 0, Var(own) is E.  The overall mean has
    Var(input) / K + Var(common) / n + Var(own) / (K n), which is (B + D - E) / (K n): t with
    degrees of freedom by Satterthwaite (1946).
    """
    points, drills = values.shape
    if points < 3 or drills < 2:
        raise ValueError(f"needs three points and two drills or more, got {points} and {drills}")
    means, common, middle = values.mean(axis=1), values.mean(axis=0), float(values.mean())
    rest = values - means[:, None] - common[None, :] + middle
    between, within = drills * float(means.var(ddof=1)), points * float(common.var(ddof=1))
    own = float((rest**2).sum()) / (points - 1) / (drills - 1)
    of_input, of_common = max((between - own) / drills, 0), max((within - own) / points, 0)
    variance = of_input / points + of_common / drills + own / points / drills
    squares = np.array([between, within, own]) / (points * drills)
    freedom = np.array([points - 1, drills - 1, (points - 1) * (drills - 1)])
    spread = float((squares**2 / freedom).sum())
    degrees = max(variance**2 / spread, 1.0) if spread > 0 else 1.0
    chance = of_common + own
    return Nested(
        _around(middle, variance, degrees, points, level),
        _around(middle, of_input + variance, points - 1, points, level),
        of_input,
        chance,
        chance / drills,
        points,
    )


def _around(middle: float, variance: float, degrees: float, n: int, level: float) -> Interval:
    half = float(stats.t.ppf((1 + level) / 2, degrees)) * math.sqrt(variance)
    return Interval(middle, middle - half, middle + half, n, "nested")
