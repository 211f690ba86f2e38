"""Input uncertainty apart from chance, and the gain of antithetic pairs: by closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.experiment import conduct, nested_runs
from sim.experiment.gains import antithetic_gain, gain_of_pairs
from sim.experiment.nested import split
from sim.report.study_text import study_text

K, N = 12, 25
TAU, COMMON, OWN = 3.0, 4.0, 6.0
"""Standard deviations of input, of what all points share in a drill, of the rest."""


def drawn(rng: np.random.Generator, tau=TAU, common=COMMON) -> np.ndarray:
    means = 50 + rng.normal(0, tau, (K, 1)) if tau else np.full((K, 1), 50.0)
    return means + rng.normal(0, common, (1, N)) + rng.normal(0, OWN, (K, N))


@pytest.mark.stat
def test_the_parts_of_variance_come_out_on_average_as_they_were_drawn() -> None:
    rng = np.random.default_rng(1)
    found = [split(drawn(rng)) for _ in range(4_000)]
    right = {
        "input_variance": TAU**2,
        "chance_variance": COMMON**2 + OWN**2,
        "chance_of_mean": (COMMON**2 + OWN**2) / N,
    }
    for name, value in right.items():
        each = np.array([getattr(one, name) for one in found])
        assert abs(each.mean() - value) < 4 * each.std() / math.sqrt(len(each))


@pytest.mark.stat
@pytest.mark.parametrize(("tau", "common"), [(TAU, COMMON), (TAU, 0.0), (0.0, COMMON), (0.0, 0.0)])
def test_the_interval_of_the_mean_holds_input_and_chance(tau, common) -> None:
    """Normal effects: 95 %, at least; the components never below 0 make it wider where there is
    no input uncertainty."""
    rng, hits, wide = np.random.default_rng(2), 0, 0
    for _ in range(2_000):
        one = split(drawn(rng, tau, common))
        hits += one.mean.low <= 50 <= one.mean.high
        more = 50 + rng.normal(0, tau) if tau else 50.0
        wide += one.prediction.low <= more <= one.prediction.high
    least, most = stats.binom.interval(1 - 1e-4, 2_000, 0.95)
    assert hits >= least - 20  # Satterthwaite's degrees are an approximation: 1 %
    if tau:
        assert hits <= most + 20
        assert least - 20 <= wide <= most + 20


def test_without_common_numbers_it_is_the_analysis_of_variance_by_scipy() -> None:
    """F of `scipy.stats.f_oneway` is B / W; the two-way split of centred drills has the same B."""
    values = drawn(np.random.default_rng(3), common=0.0)
    values = values - values.mean(axis=0) + values.mean()
    found = split(values)
    between, within = N * values.mean(axis=1).var(ddof=1), values.var(axis=1, ddof=1).mean()
    assert stats.f_oneway(*values).statistic == pytest.approx(between / within)
    own = within * N * K / N * (N - 1) / ((K - 1) * (N - 1))  # the same squares, fewer degrees
    assert found.input_variance == pytest.approx((between - own) / N)


def test_a_table_by_hand() -> None:
    """Means of points 2, 4, 9, of drills 4, 6; the rest is 0 but for four of 1, -1."""
    values = np.array([[1.0, 3.0], [3.0, 5.0], [8.0, 10.0]])
    values[0] += [1, -1]
    values[1] -= [1, -1]
    found = split(values)
    own = 4 / (2 * 1)
    of_input = np.var([2, 4, 9], ddof=1) - own / 2
    of_common = (3 * 2 - own) / 3
    assert found.mean.estimate == 5
    assert found.input_variance == pytest.approx(of_input)
    assert found.chance_variance == pytest.approx(of_common + own)
    variance = of_input / 3 + of_common / 2 + own / 6
    parts = np.array([2 * np.var([2, 4, 9], ddof=1), 6.0, own]) / 6
    degrees = variance**2 / (parts**2 / [2, 1, 2]).sum()
    half = stats.t.ppf(0.975, max(degrees, 1)) * math.sqrt(variance)
    assert found.mean.high - 5 == pytest.approx(half)
    assert found.input_share == pytest.approx(of_input / (of_input + (of_common + own) / 2))


def test_equal_values_and_too_few() -> None:
    flat = split(np.full((3, 4), 7.0))
    assert flat.mean[:3] == (7, 7, 7)
    assert math.isnan(flat.input_share)
    for shape in ((2, 9), (9, 1)):
        with pytest.raises(ValueError, match="three points and two drills"):
            split(np.zeros(shape))


def test_a_study_of_draws_splits_its_uncertainty(study) -> None:
    """Draws that are all equal leave no input uncertainty; ones far apart hardly anything else."""
    path = "procedures.tell.steps.0.verify.time"
    law = [{"lognormal": {"median": f"{m} min", "p90": f"{m + 1} min"}} for m in (30, 30, 30, 30)]
    keys = {"measures": {"took": {"elapsed": "GX-01"}}, "replications": 16}
    keys |= {"options": {"start": "receive"}}
    steady = {
        "procedures.tell.steps.1.grade.time": "5 min",
        "procedures.tell.steps.2.draft.time": "5 min",
        "background.calls": None,
    }
    variants = {f"v{k}": {path: one, **steady} for k, one in enumerate(law)}
    same = nested_runs(conduct(study(factors={"draw": variants}, **keys)), "took")
    assert same.input_variance == 0
    for k, minutes in enumerate((10, 60, 120, 200)):
        variants[f"v{k}"][path] = {
            "lognormal": {"median": f"{minutes} min", "p90": f"{minutes + 1} min"}
        }
    apart = nested_runs(conduct(study(factors={"draw": variants}, **keys)), "took")
    right = np.var([600, 3600, 7200, 12000], ddof=1)
    assert apart.input_variance == pytest.approx(right, rel=0.02)
    assert apart.input_share > 0.99


def test_perfect_mirrors_gain_without_bound_and_independent_noise_nothing() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=20_000)
    assert gain_of_pairs(np.column_stack([x, -x])) == math.inf
    assert gain_of_pairs(np.column_stack([x, x])) == pytest.approx(0.5)
    noise = gain_of_pairs(rng.normal(size=(20_000, 2)))
    assert noise == pytest.approx(1, abs=4 * math.sqrt(1 / 20_000) * 2)
    rho = -0.6  # Var(X)/2 by Var(X) (1 + rho) / 2
    y = rho * x + math.sqrt(1 - rho**2) * rng.normal(size=len(x))
    assert gain_of_pairs(np.column_stack([x, y])) == pytest.approx(1 / (1 + rho), rel=0.05)


def test_gains_of_pairs_by_hand_and_where_there_are_none() -> None:
    pairs = np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 4.0], [9.0, np.nan]])
    alone = (1 + 1) / 2 / 2
    assert gain_of_pairs(pairs) == pytest.approx(alone / np.var([2, 2, 3.5], ddof=1))
    assert math.isnan(gain_of_pairs(pairs[:1]))
    assert math.isnan(gain_of_pairs(np.ones((5, 2))))


def test_the_text_of_a_study_tells_the_gain_of_pairs(study) -> None:
    results = conduct(study(antithetic=True, options={"start": "receive"}))
    pairs = results.of("wait", 1)["value"].to_numpy().reshape(-1, 2)
    gain = antithetic_gain(results, "wait", 1)
    assert gain == gain_of_pairs(pairs)
    assert 0 < gain < math.inf
    states = results.of("in time", 0)["state"].to_numpy().reshape(-1, 2)
    assert antithetic_gain(results, "in time", 0) == gain_of_pairs((states == "met") * 1.0)
    assert math.isnan(antithetic_gain(results, "margin", 0))  # some were never reported
    text = study_text(results)
    assert "variance of independent drills / of pairs" in text
    assert "Gain of antithetic" not in study_text(conduct(study(replications=4, batch=4)))
