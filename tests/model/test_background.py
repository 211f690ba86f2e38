"""Routine calls by the hour of the day, against closed forms and a slow twin."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.model import Plan
from sim.scenario.rates import DailyRate

TIME, ACTIVITY = 0, 1
HOUR, DAY = 3600, 86_400
COUNT = 256
PROFILE = {"08:00": 1.5, "12:00": 0.5, "14:00": 2.0, "18:00": 0.25}
LIMIT = stats.norm.isf(0.5e-4 / 24)
"""Two-sided error probability 1e-4 over 24 comparisons."""


def calls(
    scenario: Callable, by_hour: dict[str, float] | None, gap: dict, start: str = "00:00"
) -> Plan:
    """Return one office to which calls come."""
    source: dict[str, Any] = {"to": "desk", "gap": gap, "procedure": "call"}
    if by_hour is not None:
        source["by_hour"] = by_hour
    return Plan(
        scenario(
            start=f"2026-03-01T{start}+08:00",
            offices={"desk": {"role": "county_gov", "duty": 2, "procedures": ["call"]}},
            procedures={"call": {"on": "called", "steps": [{"serve": {"time": "2 min"}}]}},
            background={"calls": source},
        )
    )


def times(rows: list) -> list[int]:
    return [row[TIME] for row in rows if row[ACTIVITY] == "call"]


def multiplier(second_of_day: int) -> float:
    """What the profile says, read by hand."""
    hour = second_of_day / HOUR
    if 8 <= hour < 12:
        return 1.5
    if 12 <= hour < 14:
        return 0.5
    return 2.0 if 14 <= hour < 18 else 0.25


@pytest.mark.stat
@pytest.mark.parametrize("begin", [0, 13], ids=["from midnight", "from 13:00"])
def test_calls_per_hour_of_the_clock_against_the_poisson_mean(
    scenario: Callable, many: Callable, begin: int
) -> None:
    """Exponential gaps of 4 min: 15 calls an hour times the multiplier, and as large a variance.

    Whole seconds: a call moves by at most half a second, 1.5e-4 of an hour; far below the error.
    """
    plan = calls(scenario, PROFILE, {"exponential": {"mean": "4 min"}}, f"{begin:02}:00")
    counts = np.zeros((COUNT, 24))
    for k, rows in enumerate(many(plan, 5, COUNT, DAY - 1)):
        for time in times(rows):
            counts[k, (begin + time // HOUR) % 24] += 1
    right = np.array([15 * multiplier(hour * HOUR) for hour in range(24)])
    error = np.sqrt(right / COUNT)
    assert (abs(counts.mean(axis=0) - right) < LIMIT * error).all()
    # index of dispersion · (n - 1) is chi-square; 2e-4 over all hours and both tails
    spread = (COUNT - 1) * counts.var(axis=0, ddof=1) / right
    low, high = stats.chi2.interval(1 - 1e-4 / 24, COUNT - 1)
    assert ((low < spread) & (spread < high)).all()


GAPS = {
    "exponential": {"exponential": {"mean": "7 min"}},
    "lognormal": {"lognormal": {"median": "5 min", "p90": "12 min"}},
    "constant": {"constant": "11 min"},
}


@pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS)
@pytest.mark.parametrize("by_hour", [{"00:00": 1}, {"09:30": 1, "20:00": 1.0}])
def test_a_multiplier_of_one_throughout_gives_the_same_rows_as_none(
    scenario: Callable, many: Callable, gap: dict, by_hour: dict
) -> None:
    plain = many(calls(scenario, None, gap, "13:20"), 3, 4, 3 * DAY)
    same = many(calls(scenario, by_hour, gap, "13:20"), 3, 4, 3 * DAY)
    for one, other in zip(plain, same, strict=True):
        assert one == other
        assert len(times(one)) > 100


def test_exact_times_of_calls_every_hour_of_the_plain_process(
    scenario: Callable, many: Callable
) -> None:
    """Gap 60 min from 07:00, silent until 08:00, double until 10:00, half afterwards, by hand.

    08:30, 09:00, 09:30, 10:00; then every two hours.  On the next day 06:00 is the eighth of
    these; half the next gap is over at 07:00, the other half takes 15 min from 08:00 on.
    """
    by_hour = {"07:00": 0, "08:00": 2, "10:00": 0.5}
    plan = calls(scenario, by_hour, {"constant": "60 min"}, "07:00")
    (rows,) = many(plan, 1, 1, 26 * HOUR)
    clock = [7 + time / HOUR for time in times(rows)]
    night = [12, 14, 16, 18, 20, 22, 24, 26, 28, 30]
    assert clock == [8.5, 9, 9.5, 10, *night, 32.25, 32.75]


def slow_moment(quarters: list[int], load: int) -> int:
    """Walk along the day second by second until the load is used up."""
    second, left = 0, 4 * load
    while left > quarters[second % DAY]:
        left -= quarters[second % DAY]
        second += 1
    return floor(second + Fraction(left, quarters[second % DAY]) + Fraction(1, 2))


@settings(derandomize=True, max_examples=25, deadline=None)
@given(
    profile=st.dictionaries(
        st.integers(0, 23).map(lambda hour: hour * HOUR),
        st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0]),
        min_size=1,
        max_size=5,
    ).filter(lambda profile: any(profile.values())),
    start=st.integers(0, DAY - 1),
    load=st.integers(1, 30_000),
)
def test_moment_against_a_walk_second_by_second_and_back(
    profile: dict[int, float], start: int, load: int
) -> None:
    """Multipliers are quarters, so that the twin is exact."""
    quarters = [0] * DAY
    now = profile[max(profile)]
    for second in range(DAY):
        now = profile.get(second, now)
        quarters[(second - start) % DAY] = int(4 * now)
    rate = DailyRate(profile, start)
    found = rate.moment(load)
    assert found == slow_moment(quarters, load)
    whole, rest = divmod(found, DAY)
    walked = whole * sum(quarters) + sum(quarters[:rest])
    assert rate.load(found) == pytest.approx(walked / 4, abs=1e-6)
