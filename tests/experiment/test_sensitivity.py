"""Sensitivity and warm-up against functions whose answers are published."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from sim.experiment.design import saltelli
from sim.experiment.sensitivity import indices
from sim.experiment.steady import batch_means, mser5


def ishigami(x: np.ndarray) -> np.ndarray:
    x = 2 * np.pi * x - np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_sobol_indices_of_ishigami_by_their_closed_form() -> None:
    """First 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Ishigami and Homma 1990)."""
    cube = qmc.Sobol(6, rng=np.random.default_rng(5)).random(1024)
    values = ishigami(saltelli(cube[:, :3], cube[:, 3:])).reshape(5, -1)
    table = indices(["a", "b", "c"], values).set_index("factor")
    closed = {"a": (0.3139, 0.5576), "b": (0.4424, 0.4424), "c": (0.0, 0.2437)}
    for name, (first, total) in closed.items():
        row = table.loc[name]
        assert row["first"] == pytest.approx(first, abs=0.03)
        assert row["total"] == pytest.approx(total, abs=0.03)
        assert row["first_low"] <= first <= row["first_high"]
        assert row["total_low"] <= total <= row["total_high"]


def test_sobol_intervals_are_the_same_every_time() -> None:
    values = np.random.default_rng(1).normal(size=(4, 64))
    assert indices(["a", "b"], values).equals(indices(["a", "b"], values))


def test_mser5_finds_the_end_of_a_known_transient() -> None:
    """A start at 100 that decays by a half every 20 values, to noise of 1 around 0."""
    rng = np.random.default_rng(2)
    k = np.arange(2_000)
    cut = mser5(100 * 0.5 ** (k / 20) + rng.normal(0, 1, 2_000))
    assert cut.reliable
    assert 100 * 0.5 ** (cut.dropped / 20) < 1.5  # what is left of it is no more than the noise


def test_mser5_equals_a_plain_loop() -> None:
    values = np.random.default_rng(3).normal(size=203).cumsum()
    means = [values[5 * k : 5 * k + 5].mean() for k in range(40)]
    best = min(
        range(21),
        key=lambda d: sum((m - np.mean(means[d:])) ** 2 for m in means[d:]) / (40 - d) ** 2,
    )
    assert mser5(values).dropped == 5 * best


def test_mser5_says_where_a_series_is_too_short() -> None:
    assert not mser5(np.linspace(0, 1, 100)).reliable
    with pytest.raises(ValueError, match="at least 20 values"):
        mser5(np.zeros(19))


def test_batch_means_of_an_autoregression_hold_its_mean() -> None:
    """AR(1) around 3 with coefficient 0.5: batches of 500 hardly depend on each other."""
    rng = np.random.default_rng(4)
    hits, repetitions = 0, 200
    for _ in range(repetitions):
        noise, x, series = rng.normal(size=10_000), 0.0, []
        for e in noise.tolist():
            x = 0.5 * x + e
            series.append(3 + x)
        found = batch_means(np.array(series))
        hits += found.low <= 3 <= found.high
    assert 0.88 * repetitions <= hits <= repetitions
