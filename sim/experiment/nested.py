"""Nested runs: how much of a result's uncertainty comes from its input, how much from chance.

The points of a study are K draws of parameters (such as the refits of `yanlian calibrate`), each
run n times.  One-way random effects (Sun, Apley and Staum 2011, section 2): with B the mean square
between points and W within them, Var(input) = (B - W) / n, never below 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from sim.experiment.intervals import LEVEL, Interval, nothing
from sim.experiment.results import Results


class Nested(NamedTuple):
    """The overall mean of a measure with what its uncertainty is made of, squares of its unit.

    `input_variance`: of a point's true mean, from draw to draw; `chance_variance`: of one drill
    at given parameters; `chance_of_mean`: what of it is left in the mean of one point, W / n.
    `mean`: interval of the overall mean over all draws: the points' means are independent, so
    that t of their spread (K - 1 degrees of freedom) holds input and chance.  `prediction`: where
    the true mean lies at one more draw of the parameters: the range of what the input leaves open.
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


def nested(results: Results, measure: str, level: float = LEVEL) -> Nested:
    """Return input uncertainty and chance of a measure, over all points of a study.

    Common random numbers tie the points together: their own part of chance then shows in no
    difference between points and the interval of the mean is too narrow by it.  So the mean over
    points of every drill's value gives that part, and it is added.  Raises `ValueError` for
    fewer than three points or two drills, or where a time was still running.
    """
    parts = [results.observations(measure, point) for point in range(len(results.points))]
    if not all(np.isfinite(part).all() for part in parts):
        raise ValueError("in some drills the time was still running when the record ended")
    length = min(len(part) for part in parts)
    table = np.array([part[:length] for part in parts])
    kept = (table[:, :, 1] > 0).all(axis=0)
    return split(table[:, kept, 0] / table[:, kept, 1], level)


def split(values: np.ndarray, level: float = LEVEL) -> Nested:
    """Return the same from values, points × drills; drill j has the same numbers at all points.

    With e(kj) = common(j) + own(kj): the mean square of interaction estimates Var(own), that of
    drills K Var(common) + Var(own); two-way analysis of variance without repetition (Searle,
    Casella and McCulloch 1992, chapter 4).  The variance of the overall mean is
    Var(input) / K + Var(common) / n + Var(own) / (K n), with degrees of freedom by Satterthwaite.
    """
    points, drills = values.shape
    if points < 3 or drills < 2:
        raise ValueError(f"needs three points and two drills or more, got {points} and {drills}")
    means, common, middle = values.mean(axis=1), values.mean(axis=0), float(values.mean())
    rest = values - means[:, None] - common[None, :] + middle
    between = drills * float(means.var(ddof=1))
    within = points * float(common.var(ddof=1))
    own = float((rest**2).sum()) / (points - 1) / (drills - 1)
    input_variance = max((between - own) / drills, 0.0)
    common_variance = max((within - own) / points, 0.0)
    chance = common_variance + own
    if between == within == 0:
        flat = nothing("nested", points)._replace(estimate=middle, low=middle, high=middle)
        return Nested(flat, flat, 0.0, 0.0, 0.0, points)
    squares = np.array([between, within, -own]) / (points * drills)
    freedom = np.array([points - 1, drills - 1, (points - 1) * (drills - 1)])
    variance = input_variance / points + common_variance / drills + own / points / drills
    degrees = max(variance**2 / float((squares**2 / freedom).sum()), 1.0)
    half = float(stats.t.ppf((1 + level) / 2, degrees)) * float(np.sqrt(variance))
    wide = float(stats.t.ppf((1 + level) / 2, points - 1))
    wide *= float(np.sqrt(input_variance + variance))
    return Nested(
        Interval(middle, middle - half, middle + half, points, "nested"),
        Interval(middle, middle - wide, middle + wide, points, "nested"),
        input_variance,
        chance,
        chance / drills,
        points,
    )
