"""Differences by pairs, ranks without ties, safe staffing: on made-up values with known truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.experiment.answers import numbers, shares
from sim.experiment.compare import difference, frontier, ranks
from sim.experiment.results import Results
from sim.experiment.safe import SafeStaffing


def results_of(study, measure, points, **keys) -> Results:
    """Results whose values are given: one array a point; bools are met or late."""
    parts = []
    for number, values in enumerate(points):
        is_share = values.dtype == bool
        parts.append(
            pd.DataFrame(
                {
                    "point": number,
                    "replication": range(len(values)),
                    "measure": measure,
                    "state": np.where(values, "met", "late") if is_share else "known",
                    "value": np.nan if is_share else values,
                }
            )
        )
    made = study(factors={"offices.city.duty": list(range(1, len(points) + 1))}, **keys)
    levels = [{"offices.city.duty": str(k + 1)} for k in range(len(points))]
    return Results(made, levels, pd.concat(parts), {k: len(v) for k, v in enumerate(points)})


def test_difference_of_numbers_is_the_paired_t_interval_of_scipy(study) -> None:
    rng = np.random.default_rng(1)
    shared = rng.normal(0, 5, 40)
    a, b = shared + rng.normal(0, 1, 40), shared + rng.normal(1, 1, 40)
    found = difference(results_of(study, "took", [a, b]), "took", 0, 1)
    right = stats.ttest_rel(b, a).confidence_interval()
    assert (found.low, found.high) == pytest.approx((right.low, right.high))
    assert found.ratio == pytest.approx((a.var(ddof=1) + b.var(ddof=1)) / (b - a).var(ddof=1))
    assert found.ratio > 10


def test_more_is_what_the_difference_needs(study) -> None:
    """Difference 1, interval half width 2 at n = 30: four times as many, 90 more, would do."""
    rng = np.random.default_rng(2)
    pairs = rng.normal(0, 1, 30)
    pairs = (pairs - pairs.mean()) / pairs.std(ddof=1)
    pairs = 1 + pairs * 2 * np.sqrt(30) / stats.t.ppf(0.975, 29)
    found = difference(results_of(study, "took", [np.zeros(30), pairs]), "took", 0, 1)
    assert found.more == 90
    assert not found.known


@pytest.mark.parametrize(("p", "q"), [(0.9, 0.85), (0.7, 0.7), (0.97, 0.99)])
def test_difference_of_paired_shares_holds_its_level(study, p, q) -> None:
    """Met where a uniform is below p at one point, and one partly the same below q at the other."""
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(2_000):
        u, v, mixed = rng.random((3, 120))
        other = np.where(mixed < 0.5, u, v)  # partly shared
        one, two = u < p, other < q
        hits = results_like(one, two)
        held += hits.low <= q - p <= hits.high
    assert held >= stats.binom.ppf(1e-4, 2_000, 0.945)


def results_like(one, two):
    from sim.experiment.compare import Difference, _agresti_min

    low, high = _agresti_min(one.astype(float), two.astype(float), 0.95)
    return Difference(0.0, low, high, len(one), 1.0, False)


def test_ties_are_not_ranked(study) -> None:
    rng = np.random.default_rng(4)
    noise = rng.normal(0, 1, 50)
    points = [noise + 10, noise * 1.0 + rng.normal(10, 1, 50), noise + 20 + rng.normal(0, 1, 50)]
    table = ranks(results_of(study, "took", points), "took").set_index("point")
    assert tuple(table.loc[2, ["best", "worst"]]) == (1, 1)
    assert tuple(table.loc[0, ["best", "worst"]]) == (2, 3)
    assert tuple(table.loc[1, ["best", "worst"]]) == (2, 3)


def test_a_time_still_running_counts_up_to_the_end_and_is_said(study) -> None:
    made = results_of(study, "took", [np.full(20, 5.0), np.full(20, 9.0)])
    made.values.loc[made.values["replication"] == 3, "state"] = "above"
    found = difference(made, "took", 0, 1)
    assert found.restricted
    assert found.value == 4.0


def test_shares_count_apart_what_is_not_met(study) -> None:
    made = results_of(study, "in time", [np.array([True, False, True, True])])
    made.values["state"] = ["met", "excused", "not_applicable", "open"]
    (row,) = shares(made).to_dict("records")
    assert (row["applied"], row["excused"], row["open"], row["late"]) == (3, 1, 1, 0)
    assert row["met"] == pytest.approx(1 / 3)
    assert row["applies"] == pytest.approx(3 / 4)


def test_numbers_without_a_mean_where_one_was_still_running(study) -> None:
    made = results_of(study, "took", [np.array([1.0, 2.0, 3.0, 4.0])])
    made.values.loc[2, "state"] = "above"
    (row,) = numbers(made).to_dict("records")
    assert np.isnan(row["mean"])
    assert (row["running"], row["q50"]) == (1, 2.0)


def test_frontier_by_hand() -> None:
    assert frontier([3, 1, 2, 2, 4], [0.9, 0.5, 0.5, 0.7, 0.8]) == [1, 3, 0]


@pytest.mark.parametrize("p", [[0.5, 0.8, 0.88, 0.95], [0.89, 0.92, 0.99, 0.99]])
def test_safe_staffing_is_hardly_ever_wrong(p) -> None:
    """80 studies of four candidates: wrong answers stay within the stated 5 %."""
    rng, wrong, answers = np.random.default_rng(5), 0, []
    for _ in range(80):
        rule = SafeStaffing("m", 0.9, [1, 2, 3, 4], batch=150, most=1_500, within=0.01)
        while True:
            going = [k for k in range(4) if rule.wanted(k) > rule.seen[k]]
            if not going:
                break
            for k in going:
                states = np.where(rng.random(150) < p[k], "met", "late")
                rule.add(k, pd.DataFrame({"measure": "m", "state": states, "value": np.nan}))
        wrong += any(
            state == ("unsafe" if p[k] >= 0.9 else "safe") for k, state in enumerate(rule.states)
        )
        answers.append(rule.answer())
    assert wrong <= stats.binom.ppf(1 - 1e-4, 80, 0.05)
    assert answers.count(None) < 8


def test_safe_staffing_spends_no_more_on_what_is_dearer_than_a_safe_one() -> None:
    rule = SafeStaffing("m", 0.5, [2, 1], batch=100, most=10_000)
    met = pd.DataFrame({"measure": "m", "state": ["met"] * 100, "value": np.nan})
    rule.add(1, met)
    assert rule.states[1] == "safe"
    assert rule.wanted(0) == 0
    assert rule.stop(0) == 0
    assert rule.answer() == 1
