"""Fits hold their levels: intervals against a slow twin, p-values against the uniform law."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.experiment.calibrate import FAMILIES, likeliest, p_value, refits

REPETITIONS, SIZE, DRAWS = 120, 30, 49


def twin_coverage(family: str, repetitions: int = 20_000) -> float:
    """Slow twin: refits of exact times are means (of logarithms); nothing of ours is used."""
    rng = np.random.default_rng(8)
    hits = 0
    for _ in range(repetitions):
        values = rng.exponential(1, SIZE) if family == "exponential" else rng.normal(0, 1, SIZE)
        again = rng.choice(values, (DRAWS, SIZE)).mean(axis=1)
        low, high = np.quantile(again, [0.025, 0.975])
        hits += low <= (family == "exponential") <= high
    return hits / repetitions


@pytest.mark.stat
@pytest.mark.parametrize("family", FAMILIES)
def test_parameters_are_recovered_as_often_as_a_bootstrap_of_so_few_can(family) -> None:
    """The percentile interval holds less than its 95 % for 30 delays; how much, the twin says."""
    level = twin_coverage(family, 4_000)
    assert 0.88 < level < 0.95
    rng, hits = np.random.default_rng(9), 0
    for _ in range(REPETITIONS):
        drawn = rng.exponential(900, SIZE) if family == "exponential" else rng.lognormal(6, 1, SIZE)
        draws = [next(iter(one.values())) for one in refits(family, drawn, drawn, rng, DRAWS)]
        low, high = np.quantile(draws, [0.025, 0.975])
        hits += low <= (900 if family == "exponential" else np.exp(6)) <= high
    least, most = stats.binom.interval(1 - 1e-4, REPETITIONS, level)
    assert least <= hits <= most


@pytest.mark.stat
@pytest.mark.parametrize("running", [False, True], ids=["all ended", "some running"])
def test_the_p_value_is_uniform_where_the_family_is_right(running) -> None:
    rng = np.random.default_rng(10)
    found = []
    for _ in range(120):
        low = rng.lognormal(6, 0.7, 25)
        high = low.copy()
        if running:
            cut = rng.uniform(300, 2_000, 25)
            high[low > cut], low = np.inf, np.minimum(low, cut)
        curve = likeliest("lognormal", low, high)
        found.append(p_value("lognormal", curve, low, high, rng, 19) - rng.random() / 20)
    assert stats.kstest(found, "uniform").pvalue > 1e-3
