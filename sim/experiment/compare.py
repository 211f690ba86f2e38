"""Variants compared: differences with common random numbers, and what cannot be told apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from sim.experiment.intervals import LEVEL
from sim.experiment.results import Results


class Difference(NamedTuple):
    """A difference of two means or shares (the second minus the first) with its interval.

    `pairs`: drills in which both were measured.  `ratio`: variance that independent drills would
    have had, by the variance of the pairs: the gain of common random numbers.  `restricted`:
    times that were still running count up to the end of the record.
    """

    value: float
    low: float
    high: float
    pairs: int
    ratio: float
    restricted: bool

    @property
    def known(self) -> bool:
        """Whether the interval leaves out zero."""
        return bool(self.low > 0 or self.high < 0)

    @property
    def more(self) -> float:
        """How many more pairs would separate the two at the present difference; 0 if they are.

        Infinite where they do not differ at all.
        """
        if self.known:
            return 0.0
        half = (self.high - self.low) / 2
        if not np.isfinite(half) or self.value == 0:
            return np.inf
        return float(np.ceil(self.pairs * ((half / abs(self.value)) ** 2 - 1)))


def difference(
    results: Results, measure: str, first: int, second: int, level: float = LEVEL
) -> Difference:
    """Return the difference of a measure between two points, by pairs with the same numbers.

    Shares: of the drills in which the duty applied at both points, by the interval of Agresti and
    Min (2005) for paired shares; of antithetic pairs and of numbers by Student's t.
    """
    one, other = (results.observations(measure, point) for point in (first, second))
    n = min(len(one), len(other))
    one, other = one[:n], other[:n]
    both = (one[:, 1] > 0) & (other[:, 1] > 0)
    restricted = not np.isfinite(np.concatenate([one[both, 0], other[both, 0]])).all()
    if restricted:
        one, other = (_restricted(results, measure, point)[:n] for point in (first, second))
    a, b = one[both, 0] / one[both, 1], other[both, 0] / other[both, 1]
    if len(a) < 2:
        return Difference(np.nan, -np.inf, np.inf, len(a), np.nan, restricted)
    pairs = b - a
    alone, together = a.var(ddof=1) + b.var(ddof=1), pairs.var(ddof=1)
    gain = float(alone / together) if together > 0 else (np.inf if alone > 0 else np.nan)
    if results.study.is_share(measure) and not results.study.antithetic:
        low, high = _agresti_min(a, b, level)
    else:
        half = stats.t.ppf((1 + level) / 2, len(a) - 1) * np.sqrt(together / len(a))
        low, high = pairs.mean() - half, pairs.mean() + half
    value = float(pairs.mean())
    return Difference(value, float(low), float(high), len(a), gain, restricted)


def _agresti_min(a: np.ndarray, b: np.ndarray, level: float) -> tuple[float, float]:
    """Half an observation is added to each of the four cells, then the plain interval."""
    up, down = float((b > a).sum()) + 0.5, float((a > b).sum()) + 0.5
    n = len(a) + 2
    middle = (up - down) / n
    error = np.sqrt((up + down) - (up - down) ** 2 / n) / n
    half = stats.norm.ppf((1 + level) / 2) * error
    return max(middle - half, -1.0), min(middle + half, 1.0)


def _restricted(results: Results, measure: str, point: int) -> np.ndarray:
    """Return observations in which a time still running counts up to the end of the record."""
    table = results.of(measure, point)
    weight = (table["state"] != "none").to_numpy(float)
    value = table["value"].fillna(0.0).to_numpy(float)
    if results.study.antithetic:
        value, weight = value.reshape(-1, 2).sum(axis=1), weight.reshape(-1, 2).sum(axis=1)
    return np.column_stack([value, weight])


def compared(
    results: Results, measure: str, against: int = 0, level: float = LEVEL
) -> pd.DataFrame:
    """Return every other point minus `against`: the columns of `Difference`, known and more."""
    rows = []
    for point in range(len(results.points)):
        if point != against:
            found = difference(results, measure, against, point, level)
            rows.append(
                {"point": point, **found._asdict(), "known": found.known, "more": found.more}
            )
    return pd.DataFrame(rows)


def ranks(
    results: Results, measure: str, greatest_first: bool = True, level: float = LEVEL
) -> pd.DataFrame:
    """Return the ranks that each point may have: ties are not ranked.

    All pairs are compared, each at the level that holds for all together (Bonferroni).  `best`
    counts the points that are surely before a point, `worst` those that are not surely after it;
    equal where the data tell its rank.
    """
    count = len(results.points)
    pairs = list(itertools.combinations(range(count), 2))
    each = 1 - (1 - level) / max(len(pairs), 1)
    before = np.zeros((count, count), dtype=bool)
    for i, k in pairs:
        found = difference(results, measure, i, k, each)
        if found.known:
            first, last = (k, i) if (found.value > 0) == greatest_first else (i, k)
            before[first, last] = True
    rows: list[dict[str, Any]] = [
        {
            "point": point,
            "estimate": _estimate(results, measure, point),
            "best": int(before[:, point].sum()) + 1,
            "worst": count - int(before[point].sum()),
        }
        for point in range(count)
    ]
    table = pd.DataFrame(rows)
    return table.sort_values(["best", "worst", "point"], kind="stable", ignore_index=True)


def _estimate(results: Results, measure: str, point: int) -> float:
    """Return a share or a mean, of times that were still running up to the end of the record."""
    series = results.observations(measure, point)
    if not np.isfinite(series).all():
        series = _restricted(results, measure, point)
    weight = series[:, 1].sum()
    return float(series[:, 0].sum() / weight) if weight else np.nan


def frontier(costs: Sequence[float], shares: Sequence[float]) -> list[int]:
    """Return the points that no cheaper or equally dear point equals or beats, by cost."""
    order = sorted(range(len(costs)), key=lambda k: (costs[k], -shares[k], k))
    found: list[int] = []
    best = -np.inf
    for k in order:
        if shares[k] > best:
            found.append(k)
            best = shares[k]
    return found
