"""Intervals on known answers: closed forms, outside oracles, and 2,000 repetitions each."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.experiment import intervals
from sim.experiment.intervals import Interval

REPETITIONS = 2_000
LEVEL = 0.95
BAND = stats.binom.interval(1 - 1e-4, REPETITIONS, LEVEL)
"""How often 2,000 intervals of true level 95 % hold, but for 1e-4."""


def held(make, truth, seed, size, draw) -> int:
    rng = np.random.default_rng(seed)
    found = (make(draw(rng, size)) for _ in range(REPETITIONS))
    return sum(one.low <= truth <= one.high for one in found)


def test_mean_of_normal_values_holds_its_level() -> None:
    hits = held(intervals.mean, 5.0, 1, 12, lambda rng, n: rng.normal(5, 2, n))
    assert BAND[0] <= hits <= BAND[1]


@pytest.mark.parametrize("method", ["wilson", "exact"])
@pytest.mark.parametrize(("n", "p"), [(40, 0.71), (200, 0.9), (25, 0.5)])
def test_share_covers_as_the_sum_over_all_outcomes_says(method, n, p) -> None:
    """Coverage is known exactly: the binomial probability of the outcomes that hold p."""
    outcomes = [intervals.share(k, n, LEVEL, method) for k in range(n + 1)]
    exact = sum(
        stats.binom.pmf(k, n, p) for k, one in enumerate(outcomes) if one.low <= p <= one.high
    )
    assert exact >= LEVEL if method == "exact" else abs(exact - LEVEL) < 0.025
    hits = held(lambda k: outcomes[int(k[0])], p, 2, 1, lambda rng, _: rng.binomial(n, p, 1))
    low, high = stats.binom.interval(1 - 1e-4, REPETITIONS, exact)
    assert low <= hits <= high


def test_wilson_by_its_published_formula() -> None:
    z, n, k = stats.norm.ppf(0.975), 40, 29
    p = k / n
    middle = (p + z * z / 2 / n) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    found = intervals.share(k, n)
    assert found[:3] == pytest.approx((p, middle - half, middle + half))


@pytest.mark.parametrize(("n", "q"), [(30, 0.5), (100, 0.9), (59, 0.95)])
def test_quantile_covers_as_the_binomial_sum_says(n, q) -> None:
    """P(X(r) <= quantile < X(s)) = P(r <= B < s) with B binomial(n, q), whatever the values."""
    ordered = np.arange(1.0, n + 1)  # value k is the k-th order statistic
    found = intervals.quantile(ordered, q)
    below = 0 if found.low == -np.inf else int(found.low)
    beyond = n + 1 if found.high == np.inf else int(found.high)
    exact = stats.binom.cdf(beyond - 1, n, q) - stats.binom.cdf(below - 1, n, q)
    assert exact >= LEVEL
    truth = stats.lognorm.ppf(q, 0.8)
    hits = held(
        lambda values: intervals.quantile(values, q), truth, 3, n,
        lambda rng, size: rng.lognormal(0, 0.8, size),
    )  # fmt: skip
    low, high = stats.binom.interval(1 - 1e-4, REPETITIONS, exact)
    assert low <= hits <= high


def test_quantile_of_a_small_sample_is_open() -> None:
    assert intervals.quantile(np.array([3.0, 1.0, 2.0]), 0.9).high == np.inf
    assert intervals.quantile(np.array([3.0, 1.0, 2.0]), 0.5)[0] == 2.0
    assert math.isnan(intervals.quantile(np.array([]), 0.5).estimate)


def test_times_still_running_are_not_dropped() -> None:
    """By hand: of 4 times 1, 2, 3+, 4 the product-limit estimate is 3/4, 2/4, -, 0."""
    values, above = np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, True, False])
    assert intervals.censored_quantile(values, above, 0.25).estimate == 1.0
    assert intervals.censored_quantile(values, above, 0.5).estimate == 2.0
    assert intervals.censored_quantile(values, above, 0.75).estimate == 4.0
    never = intervals.censored_quantile(np.array([5.0, 5.0]), np.array([True, True]), 0.5)
    assert never.estimate == np.inf


def test_median_of_censored_times_holds_its_level() -> None:
    """Exponential times, cut off at a fixed end: 30 % are still running."""
    end = -math.log(0.3) * 10

    def make(times: np.ndarray) -> Interval:
        return intervals.censored_quantile(np.minimum(times, end), times > end, 0.5)

    hits = held(make, math.log(2) * 10, 4, 80, lambda rng, n: rng.exponential(10, n))
    # Brookmeyer and Crowley's interval is a large-sample one: it may be off by a point.
    assert BAND[0] - 0.01 * REPETITIONS <= hits <= BAND[1] + 0.015 * REPETITIONS


def test_ratio_of_pairs_holds_its_level() -> None:
    """Pairs of mirrored uniforms: hits are u < 0.7; the share is 0.7."""

    def draw(rng: np.random.Generator, n: int) -> np.ndarray:
        u = rng.random(n)
        return (u < 0.7).astype(float) + (1 - u < 0.7)

    hits = held(lambda top: intervals.ratio(top, np.full(len(top), 2.0)), 0.7, 5, 100, draw)
    # Of 100 pairs, 40 % have one hit and 60 % two: the binomial step makes it uneven.
    assert 0.93 * REPETITIONS <= hits <= 0.98 * REPETITIONS


def test_ratio_without_variation_counts_every_pair_once() -> None:
    top = bottom = np.full(30, 2.0)
    assert intervals.ratio(top, bottom)[:4] == intervals.share(30, 30)[:4]


def test_bootstrap_holds_its_level_for_a_standard_deviation() -> None:
    rng = np.random.default_rng(6)
    n, repetitions = 60, 200
    found = [
        intervals.bootstrap(rng.normal(0, 3, n), lambda x, axis=-1: np.std(x, axis=axis, ddof=1))
        for _ in range(repetitions)
    ]
    hits = sum(one.low <= 3 <= one.high for one in found)
    low, high = stats.binom.interval(1 - 1e-4, repetitions, 0.93)  # BCa at n = 60
    assert low <= hits <= high


def test_pairs_are_resampled_whole() -> None:
    """Mirrored pairs with a constant mean: resampled whole, the mean never varies."""
    rng = np.random.default_rng(7)
    u = rng.random(50)
    values = np.column_stack([u, 1 - u]).ravel()
    states = np.full(100, "known")
    found = intervals.of_pairs(values, states, lambda v, s: float(v.mean()))
    assert found[:3] == pytest.approx((0.5, 0.5, 0.5))
