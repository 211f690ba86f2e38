"""A relay chain without queues against the hypoexponential distribution.

With ample staff and instantaneous channels the time from notice to the last receipt is the
sum of three independent exponential stages with means 20, 30 and 40 min.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from sim.model import Plan

MEANS = (20.0, 30.0, 40.0)
HOUR = 3600
COUNT = 16 * 256
Z = stats.norm.isf(0.5e-4)
"""Two-sided error probability 1e-4 of each comparison: so often would a right model fail."""
CHAIN = ("plant", "county", "city", "region")
ROLES = ("unit", "county_gov", "city_gov", "region_gov")
TIME, ACTIVITY, ACTOR = 0, 1, 3


def hypoexponential(t: float, means: tuple[float, ...] = MEANS) -> float:
    """P(T ≤ t) of a sum of exponential stages with different means (t in their unit).

    1 - Σ aᵢ·exp(-t/mᵢ) with aᵢ = Π_{j≠i} mᵢ / (mᵢ - mⱼ).
    """
    weights = [math.prod(m / (m - other) for other in means if other != m) for m in means]
    return 1.0 - math.fsum(a * math.exp(-t / m) for a, m in zip(weights, means, strict=True))


def chain_of_three_stages(scenario: Callable) -> Plan:
    """Return four offices; each of the first three works its stage and sends on at once."""
    offices = {}
    for k, (key, role) in enumerate(zip(CHAIN, ROLES, strict=True)):
        offices[key] = {"role": role, "duty": 9, "procedures": ["take", "alarm", "relay"]}
        if k < len(MEANS):
            offices[key]["superior"] = CHAIN[k + 1]
            stage = {"exponential": {"mean": f"{MEANS[k]:g} min"}}
            offices[key]["times"] = {"alarm/verify": stage, "relay/verify": stage}
        else:
            offices[key]["procedures"] = ["take"]
    steps = [{"verify": {"time": "0 s"}}, {"send": {"to": "superior", "channel": "wire"}}]
    made = scenario(
        offices=offices,
        channels={"wire": {"kind": "platform", "time": "0 s"}},
        procedures={
            "take": {"on": "arrived", "steps": [{"answer": {"time": "0 s"}}]},
            "alarm": {"on": "noticed", "steps": steps},
            "relay": {"on": "received", "steps": steps},
        },
        incidents={
            "fire": {
                "hazard": "fire",
                "place": "here",
                "course": [{"after": "0 s", "injured": 3}],
                "noticed": {"plant": "0 s"},
            }
        },
    )
    return Plan(made)


@pytest.fixture(scope="module")
def times(scenario: Callable, many: Callable) -> np.ndarray:
    """The 4096 times from notice to the last receipt, in whole seconds."""
    plan = chain_of_three_stages(scenario)
    found = []
    for rows in many(plan, seed=65, count=COUNT, until=48 * HOUR):
        (start,) = (row[TIME] for row in rows if row[ACTIVITY] == "notice")
        (end,) = (
            row[TIME] for row in rows if row[ACTIVITY] == "receive" and row[ACTOR] == CHAIN[-1]
        )
        found.append(end - start)
    return np.array(found)


def test_hypoexponential_formula_gives_the_published_values() -> None:
    assert hypoexponential(120) == pytest.approx(0.761587, abs=5e-7)
    assert hypoexponential(360) == pytest.approx(0.999068, abs=5e-7)


def test_whole_seconds_shift_the_hypoexponential_by_half_a_second() -> None:
    # Each stage is rounded half up to seconds.  The exact distribution of the sum of the
    # rounded stages, by convolution, is the closed form half a second later.
    mass = np.ones(1)
    for mean in MEANS:
        edges = np.concatenate([[0.0], np.arange(7 * HOUR) + 0.5])
        mass = np.convolve(mass, np.diff(-np.exp(-edges / (60 * mean))))[: 7 * HOUR]
    for limit in (2 * HOUR, 6 * HOUR):
        exact = mass[: limit + 1].sum()
        assert exact == pytest.approx(hypoexponential((limit + 0.5) / 60), abs=1e-7)


@pytest.mark.stat
@pytest.mark.parametrize("limit", [2 * HOUR, 6 * HOUR])
def test_relay_in_time_as_often_as_the_hypoexponential_says(times: np.ndarray, limit: int) -> None:
    right = hypoexponential((limit + 0.5) / 60)
    # Exact binomial limits: at 6 h only about 4 of 4096 are late, too few for a normal one.
    low, high = stats.binom.ppf([0.5e-4, 1 - 0.5e-4], COUNT, right)
    assert low <= np.count_nonzero(times <= limit) <= high


@pytest.mark.stat
def test_relay_mean_and_whole_distribution_against_the_hypoexponential(times: np.ndarray) -> None:
    deviation = math.sqrt(sum((60 * m) ** 2 for m in MEANS) / COUNT)
    assert abs(times.mean() - 60 * sum(MEANS)) < Z * deviation
    closed_form = np.vectorize(lambda t: hypoexponential((t + 0.5) / 60))
    assert stats.kstest(times, closed_form).pvalue > 1e-4


@pytest.mark.stat
def test_blocks_of_replications_are_independent_and_alike(times: np.ndarray) -> None:
    # Kruskal-Wallis over the 16 blocks, and no correlation of equal columns of neighbours.
    blocks = times.reshape(-1, 256)
    assert stats.kruskal(*blocks).pvalue > 1e-4
    pairs = np.array([stats.pearsonr(a, b).statistic for a, b in pairwise(blocks)])
    assert np.abs(pairs).max() < stats.norm.isf(0.5e-4 / len(pairs)) / 16
