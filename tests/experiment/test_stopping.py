"""When to stop: near the number that theory gives, and by the complete prefix alone."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.experiment.stopping import Stopping


def batches(name, values, size):
    """The values of one measure, batch by batch: floats are numbers, bools are met or late."""
    for first in range(0, len(values), size):
        part = values[first : first + size]
        is_share = part.dtype == bool
        yield pd.DataFrame(
            {
                "replication": range(first, first + len(part)),
                "measure": name,
                "state": np.where(part, "met", "late") if is_share else "known",
                "value": np.nan if is_share else part,
            }
        )


def stop_at(rule: Stopping, name, values, size) -> int | None:
    for batch in batches(name, values, size):
        rule.add(batch)
        if rule.stop is not None:
            return rule.stop
    return None


def rule_of(study, measure, width, **keys):
    return Stopping(study(replications={"half_width": {measure: width}, "least": 10} | keys))


def test_number_for_a_mean_is_near_theory(study) -> None:
    """Half width t·s/√n: with s = 100 s and a width of 10 s about (1.96·10)² = 384."""
    rng = np.random.default_rng(1)
    found = [
        stop_at(rule_of(study, "took", "10 s"), "took", rng.normal(1000, 100, 2_000), 32)
        for _ in range(20)
    ]
    # n is proportional to the variance, whose relative error at n is sqrt(2/n): 7 %; looking
    # ahead adds 5 %.
    assert 0.85 * 384 < np.mean(found) < 1.15 * 384


def test_number_for_a_share_is_near_theory(study) -> None:
    """Wilson's half width at p = 0.8 is 0.05 for n = 244 (solved from its formula)."""

    def half(n: int) -> float:
        z = stats.norm.ppf(0.975)
        return z / (1 + z * z / n) * math.sqrt(0.16 / n + z * z / 4 / n / n)

    right = next(n for n in range(10, 1000) if half(n) <= 0.05)
    rng = np.random.default_rng(2)
    found = [
        stop_at(rule_of(study, "in time", 0.05), "in time", rng.random(2_000) < 0.8, 16)
        for _ in range(20)
    ]
    assert 0.85 * right < np.mean(found) < 1.15 * right


@pytest.mark.parametrize("size", [1, 7, 16, 64])
def test_the_size_of_batches_changes_nothing(study, size) -> None:
    values = np.random.default_rng(3).normal(1000, 100, 1_000)
    alone = stop_at(rule_of(study, "took", "15 s"), "took", values, 1)
    assert stop_at(rule_of(study, "took", "15 s"), "took", values, size) == alone


def test_equals_a_plain_loop_over_prefixes(study) -> None:
    """Slow twin: Hoad's rule as it is written, replication by replication."""
    for seed in range(10):
        values = np.random.default_rng(seed).normal(0, 1, 600)
        wide = [
            stats.t.ppf(0.975, n - 1) * values[:n].std(ddof=1) / math.sqrt(n) > 0.15
            for n in range(2, 601)
        ]  # wide[n - 2]: of the first n
        n = 10
        while True:
            ahead = 5 if n <= 100 else 5 * n // 100
            if not any(wide[n - 2 : n + ahead - 1]):
                break
            n += 1
        rule = rule_of(study, "took", 0.15)
        assert stop_at(rule, "took", values, 32) == n + ahead


def test_least_and_most_hold(study) -> None:
    constant = np.full(200, 5.0)
    assert stop_at(rule_of(study, "took", 1.0, least=40, look_ahead=0), "took", constant, 16) == 40
    wild = np.random.default_rng(4).normal(0, 1e6, 400)
    assert stop_at(rule_of(study, "took", 1.0, most=120), "took", wild, 16) == 120


def test_several_measures_must_all_be_close(study) -> None:
    rng = np.random.default_rng(5)
    times, hits = rng.normal(0, 100, 3_000), rng.random(3_000) < 0.5
    width = {"took": "20 s", "in time": 0.04}
    both = Stopping(study(replications={"half_width": width, "least": 10}))
    each = zip(batches("took", times, 32), batches("in time", hits, 32), strict=True)
    for a, b in each:
        both.add(pd.concat([a, b]))
        if both.stop is not None:
            break
    alone = stop_at(rule_of(study, "in time", 0.04), "in time", hits, 32)
    assert both.stop == alone  # the share needs 600, the mean only 96


def test_a_time_still_running_is_never_precise(study) -> None:
    values = np.full(300, 5.0)
    rule = rule_of(study, "took", 1.0, most=200)
    for batch in batches("took", values, 20):
        batch.loc[batch.index[0], "state"] = "above"
        rule.add(batch)
    assert rule.stop == 200


def test_an_antithetic_pair_is_one_observation(study) -> None:
    """Mirrored noise cancels: the mean of every pair is 7, so the least number is enough."""
    noise = np.random.default_rng(6).normal(0, 1000, 100)
    values = 7 + np.column_stack([noise, -noise]).ravel()
    keys = {"half_width": {"took": 1.0}, "least": 20, "look_ahead": 0}
    rule = Stopping(study(antithetic=True, replications=keys))
    assert stop_at(rule, "took", values, 16) == 20
