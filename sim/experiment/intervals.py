"""Estimates with their intervals.  Every one says by which method; nothing is rounded here.

Formulas: Wilson (1927) and Clopper–Pearson (1934) for shares, by `scipy.stats.binomtest`;
Student's t for means; order statistics for quantiles (Conover 1999, 3.2); for times that were
still running, Kaplan–Meier with the interval of Brookmeyer and Crowley (1982) on the log-log
scale, by `scipy.stats.ecdf`; for ratios of sums the linearised variance (Cochran 1977, 6.5).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy import stats

Exact = Literal["wilson", "exact"]
LEVEL = 0.95
"""Confidence of all intervals unless another is asked for."""


class Interval(NamedTuple):
    """An estimate, its interval, from how many observations and by which method.

    NaN where there is no estimate; an infinite bound where the data do not bound it.
    """

    estimate: float
    low: float
    high: float
    n: int
    method: str

    @property
    def half_width(self) -> float:
        """Half the interval's width, infinite where it is open."""
        width = self.high - self.low
        return width / 2 if width == width else np.inf


def nothing(method: str, n: int = 0) -> Interval:
    """Return the interval of what nothing is known of."""
    return Interval(np.nan, np.nan, np.nan, n, method)


def share(hits: int, n: int, level: float = LEVEL, method: Exact = "wilson") -> Interval:
    """Return a share with its Wilson (or `exact`) interval; n = 0 has none."""
    if n == 0:
        return nothing(method)
    found = stats.binomtest(int(hits), int(n)).proportion_ci(level, method=method)
    return Interval(hits / n, float(found.low), float(found.high), int(n), method)


def mean(values: np.ndarray, level: float = LEVEL) -> Interval:
    """Return a mean with Student's interval; below two values it is open."""
    values = np.asarray(values, dtype=float)
    n = len(values)
    if n == 0:
        return nothing("t")
    middle = float(values.mean())
    if n == 1:
        return Interval(middle, -np.inf, np.inf, n, "t")
    half = float(stats.t.ppf((1 + level) / 2, n - 1) * values.std(ddof=1) / np.sqrt(n))
    return Interval(middle, middle - half, middle + half, n, "t")


def ratio(top: np.ndarray, bottom: np.ndarray, level: float = LEVEL) -> Interval:
    """Return sum(top) / sum(bottom) of independent observations, by the linearised variance.

    For a share of which every observation holds several parts (pairs, say).  Where all or
    none hit, so that nothing varies, it is Wilson's interval with each observation counting as
    one.
    """
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    kept = bottom > 0
    top, bottom = top[kept], bottom[kept]
    n = len(top)
    if n == 0:
        return nothing("ratio")
    found = float(top.sum() / bottom.sum())
    if found in (0.0, 1.0) or n == 1:
        low, high = share(round(found * n), n, level)[1:3]
        return Interval(found, low, high, n, "wilson")
    rest = top - found * bottom
    error = np.sqrt((rest**2).sum() / (n - 1) / n) / bottom.mean()
    half = float(stats.t.ppf((1 + level) / 2, n - 1) * error)
    return Interval(found, max(found - half, 0.0), min(found + half, 1.0), n, "ratio")


def quantile(values: np.ndarray, q: float, level: float = LEVEL) -> Interval:
    """Return a quantile (0 < q < 1) with the interval between two order statistics.

    Distribution-free: the bounds are the closest pair, one rank each side, whose binomial
    probability reaches `level`; open where the sample is too small for one of them.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    n = len(ordered)
    if n == 0:
        return nothing("order")
    alpha = (1 - level) / 2
    lower = int(stats.binom.ppf(alpha, n, q))  # largest r with P(X < r) <= alpha
    if stats.binom.cdf(lower - 1, n, q) > alpha:
        lower -= 1
    upper = int(stats.binom.ppf(1 - alpha, n, q)) + 1  # smallest s with P(X < s) >= 1 - alpha
    low = float(ordered[lower - 1]) if lower >= 1 else -np.inf
    high = float(ordered[upper - 1]) if upper <= n else np.inf
    rank = min(max(int(np.ceil(q * n)), 1), n)
    return Interval(float(ordered[rank - 1]), low, high, n, "order")


def censored_quantile(
    values: np.ndarray, above: np.ndarray, q: float, level: float = LEVEL
) -> Interval:
    """Return a quantile of times of which some were still running (`above`, one bool each).

    Kaplan–Meier: the first time by which a share `q` has ended; the interval holds the times
    at which the log-log interval of the share covers `q`.  Open (infinite) where it is not
    reached on record.
    """
    values, above = np.asarray(values, dtype=float), np.asarray(above, dtype=bool)
    n = len(values)
    if n == 0:
        return nothing("kaplan-meier")
    if not above.any():
        return quantile(values, q, level)
    if above.all():
        return Interval(np.inf, -np.inf, np.inf, n, "kaplan-meier")
    data = stats.CensoredData(uncensored=values[~above], right=values[above])
    curve = stats.ecdf(data)
    times, left = curve.sf.quantiles, curve.sf.probabilities
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where nobody has ended yet
        band: Any = curve.sf.confidence_interval(level, method="log-log")
    least = np.where(np.isnan(band.low.probabilities), left, band.low.probabilities)
    most = np.where(np.isnan(band.high.probabilities), left, band.high.probabilities)
    return Interval(
        _first(times, left, 1 - q),
        _first(times, least, 1 - q),
        _first(times, most, 1 - q),
        n,
        "kaplan-meier",
    )


def _first(times: np.ndarray, left: np.ndarray, share: float) -> float:
    """Return the first time at which no more than `share` is left, infinite without one."""
    reached = np.flatnonzero(left <= share + 1e-12)
    return float(times[reached[0]]) if len(reached) else np.inf


def bootstrap(
    values: np.ndarray, statistic: Callable[..., Any], seed: int = 0, level: float = LEVEL
) -> Interval:
    """Return any statistic of one sample with its BCa bootstrap interval (9,999 resamples)."""
    values = np.asarray(values, dtype=float)
    estimate = float(statistic(values))
    if len(values) < 2 or np.ptp(values) == 0:
        return Interval(estimate, -np.inf, np.inf, len(values), "bootstrap")
    rng = np.random.default_rng(seed)
    found = stats.bootstrap((values,), statistic, confidence_level=level, rng=rng)
    low, high = found.confidence_interval
    return Interval(estimate, float(low), float(high), len(values), "bootstrap")


def of_pairs(
    values: np.ndarray,
    states: np.ndarray,
    statistic: Callable[[np.ndarray, np.ndarray], float],
    level: float = LEVEL,
    resamples: int = 999,
    seed: int = 0,
) -> Interval:
    """Return a statistic of antithetic replications: whole pairs are resampled (percentiles)."""
    estimate = statistic(values, states)
    n = len(values) // 2
    if n < 2:
        return Interval(estimate, -np.inf, np.inf, n, "pairs")
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(resamples):
        first = 2 * rng.integers(0, n, n)
        drawn = np.column_stack([first, first + 1]).ravel()
        found.append(statistic(values[drawn], states[drawn]))
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2], method="nearest")
    return Interval(estimate, float(low), float(high), n, "pairs")
