"""KN keeps its guarantee, and answers quickly where it is easy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.experiment.kn import KN


def select(rng, means, sd, common, within, error=0.05) -> tuple[int, int]:
    kn = KN(len(means), within, error, first=10)
    while kn.selected is None:
        shared = rng.normal(0, common)
        kn.add(np.asarray(means) + shared + rng.normal(0, sd, len(means)))
    return kn.selected, kn.n


@pytest.mark.parametrize("common", [0.0, 3.0], ids=["independent", "common numbers"])
def test_slippage_configuration_is_selected_with_the_stated_probability(common) -> None:
    """All others exactly `within` below the best: the worst case of the guarantee."""
    rng = np.random.default_rng(11)
    repetitions = 600
    found = [select(rng, [1.0, 0, 0, 0, 0], 2.0, common, within=1.0) for _ in range(repetitions)]
    right = sum(best == 0 for best, _ in found)
    assert right >= stats.binom.ppf(1e-4, repetitions, 0.95)


def test_common_numbers_spare_replications() -> None:
    """What is shared falls out of every difference: the work is the same however large it is."""

    def work(common: float) -> float:
        each = (select(np.random.default_rng(k), [1.0, 0, 0], 2, common, 1.0) for k in range(60))
        return float(np.mean([n for _, n in each]))

    assert work(50.0) < 1.3 * work(0.0)


def test_a_variant_far_behind_is_dropped_at_the_first_look() -> None:
    rng = np.random.default_rng(3)
    kn = KN(3, 1.0, first=10)
    for _ in range(10):
        kn.add([5.0 + rng.normal(), 4.9 + rng.normal(), -50.0 + rng.normal()])
    assert kn.alive == [0, 1]


def test_the_least_may_be_the_best() -> None:
    rng = np.random.default_rng(4)
    kn = KN(3, 1.0, first=10, goal="min")
    while kn.selected is None:
        kn.add(np.array([3.0, 9.0, 6.0]) + rng.normal(0, 1, 3))
    assert kn.selected == 0


def test_constant_h_by_the_published_formula() -> None:
    """k = 4, n0 = 10, error 0.05: eta = ((2 · 0.05 / 3)^(−2/9) − 1) / 2, h² = 2 · eta · 9."""
    eta = ((0.1 / 3) ** (-2 / 9) - 1) / 2
    assert KN(4, 1.0, 0.05, first=10).h2 == pytest.approx(18 * eta)


@pytest.mark.parametrize("wrong", [{"count": 1}, {"within": 0}, {"error": 1}, {"first": 1}])
def test_nonsense_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match="two or more"):
        KN(**({"count": 3, "within": 1.0, "error": 0.05, "first": 10} | wrong))
