"""Exact intervals and numbers of drills, held against closed forms and slow obvious twins."""

from __future__ import annotations

from math import comb, log

import numpy as np
import pytest

from sim.rules.samples import drills_all_met, drills_for_width, exact_share


@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 29])
def test_interval_of_all_or_none_is_the_closed_form(n):
    """All met: the lower end is 0.025^(1/n); none met: the upper one 1 - 0.025^(1/n)."""
    assert exact_share(n, n).low == pytest.approx(0.025 ** (1 / n), abs=1e-9)
    assert exact_share(n, n).high == 1
    assert exact_share(0, n).high == pytest.approx(1 - 0.025 ** (1 / n), abs=1e-9)
    assert exact_share(0, n).low == 0


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (2, 3, 0.0943, 0.9916),  # tables of exact limits: 2 of 3
        (5, 10, 0.1871, 0.8129),
        (7, 20, 0.1539, 0.5922),
        (10, 100, 0.0490, 0.1762),
    ],
)
def test_interval_is_that_of_published_tables(k, n, low, high):
    found = exact_share(k, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("n", [1, 3, 7, 15, 30])
def test_interval_covers_the_truth_in_95_percent_by_summing_all_outcomes(n):
    """For every p of a grid: the probability of the k whose interval holds p is at least 0.95."""
    spans = [exact_share(k, n) for k in range(n + 1)]
    for p in np.linspace(0.005, 0.995, 100):
        weights = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        covered = sum(w for w, one in zip(weights, spans, strict=True) if one.low <= p <= one.high)
        assert covered >= 0.95


def _tail(k: int, n: int, p: float) -> float:
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def _slow_width(k: int, n: int) -> float:
    """Width of the exact interval by bisection of sums of binomial probabilities."""

    def solve(increasing, level):
        lo, hi = 0.0, 1.0
        for _ in range(60):
            mid = (lo + hi) / 2
            lo, hi = (mid, hi) if increasing(mid) < level else (lo, mid)
        return lo

    low = 0.0 if k == 0 else solve(lambda p: _tail(k, n, p), 0.025)
    high = 1.0 if k == n else solve(lambda p: _tail(k + 1, n, p), 0.975)
    return high - low


@pytest.mark.parametrize("share", [0.0, 0.25, 2 / 3, 0.875, 1.0])
def test_drills_for_ten_points_is_what_a_slow_search_finds(share):
    n = drills_for_width(share)

    def fits(m):
        whole = round(share * m)
        near = {whole} if abs(share * m - whole) < 1e-9 else {int(share * m), int(share * m) + 1}
        return all(_slow_width(k, m) <= 0.2 for k in near)

    assert fits(n)
    assert not any(fits(m) for m in range(max(1, n - 25), n))


def test_drills_for_ten_points_at_a_share_of_0_or_1_is_the_closed_form():
    """1 - 0.025^(1/n) ≤ 0.2 from n = ln 0.025 / ln 0.8 = 16.53 on."""
    assert drills_for_width(0) == drills_for_width(1) == 17
    assert log(0.025) / log(0.8) == pytest.approx(16.53, abs=0.005)


def test_drills_all_met_is_the_closed_form():
    """0.9^28 = 0.0523 > 0.05 ≥ 0.9^29 = 0.0471."""
    assert drills_all_met() == 29
    assert drills_all_met(0.95) == 59
    assert drills_all_met(0.9, 0.99) == 44
    assert 0.9**29 <= 0.05 < 0.9**28


@pytest.mark.parametrize("wrong", [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(wrong):
    with pytest.raises(ValueError, match="got"):
        exact_share(*wrong)
    assert exact_share(0, 0) is None
