"""Channels against closed forms: redialling, the order of calling, parallel lines, full lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from sim.model import Plan

COUNT = 8 * 256
P_LIMIT = 1e-4
"""So often would a right model fail each comparison."""
TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, EXTRA = 0, 1, 2, 3, 4, 10
FIRE = {"hazard": "fire", "place": "here", "course": [{"injured": 1}]}
TAKE = {"take": {"on": "arrived", "priority": 1, "steps": [{"answer": {"time": "0 s"}}]}}


def agree(found: Counter, right: dict) -> None:
    """Assert that counted outcomes come from these probabilities (chi-square)."""
    assert set(found) <= set(right)
    assert math.fsum(right.values()) == pytest.approx(1)
    expected = [COUNT * p for p in right.values()]
    assert min(expected) > 5
    assert stats.chisquare([found[k] for k in right], expected).pvalue > P_LIMIT


@pytest.mark.stat
def test_redial_then_fallback_takes_a_mixture_of_times(scenario: Callable, many: Callable) -> None:
    # Phone: 60 s a try, half of them drop, three tries 30 s apart, then 120 s to change to the
    # radio: 40 s, 3 of 10 drop, one try.  So P(60 + 90 k) = 2^-(k+1), k = 0, 1, 2.
    made = scenario(
        channels={
            "phone": {
                "kind": "phone",
                "time": "60 s",
                "dropped": 0.5,
                "tries": 3,
                "pause": "30 s",
                "switch": "120 s",
                "fallback": "radio",
            },
            "radio": {"kind": "radio", "time": "40 s", "dropped": 0.3},
        },
        procedures={
            "alarm": {"on": "noticed", "steps": [{"send": {"to": "b", "channel": "phone"}}]}
        },
        offices={
            "a": {"role": "unit", "procedures": ["alarm"]},
            "b": {"role": "county_gov"},
        },
        incidents={"i": FIRE | {"noticed": {"a": "0 s"}}},
    )
    found: Counter = Counter()
    for rows in many(Plan(made), 31, COUNT, 3600):
        (end,) = (r for r in rows if r[ACTIVITY] in ("receive", "given_up"))
        found[end[ACTIVITY], end[TIME]] += 1
    phone_failed, radio_end = 0.5**3, 3 * 60 + 2 * 30 + 120 + 40
    right = {("receive", 60 + 90 * k): 0.5 ** (k + 1) for k in range(3)}
    right |= {("receive", radio_end): phone_failed * 0.7}
    right |= {("given_up", radio_end): phone_failed * 0.3}
    agree(found, right)


@pytest.mark.stat
def test_first_answer_in_the_order_of_calling_is_geometric(
    scenario: Callable, many: Callable
) -> None:
    # Each office has one officer, busy with routine calls (Poisson, lost when he is busy): busy
    # with probability B = 1/2 (Erlang B, load 1).  His work goes on exponentially (mean 10 min),
    # so a phone that rings 5 min is unanswered with probability q = B exp(-1/2); the k-th office
    # in the order answers with (1-q) q^(k-1), at once with (1-B) q^(k-1).
    desks = ("b", "c", "d")
    made = scenario(
        channels={"phone": {"kind": "phone", "time": "0 s", "ring": "5 min"}},
        procedures=TAKE
        | {
            "alarm": {
                "on": "noticed",
                "steps": [{"send": {"to": list(desks), "channel": "phone"}}],
            },
            "calls": {
                "on": "called",
                "steps": [
                    {"serve": {"time": {"exponential": {"mean": "10 min"}}, "patience": "0 s"}}
                ],
            },
        },
        offices={"a": {"role": "unit", "procedures": ["alarm"]}}
        | {key: {"role": "county_gov", "procedures": ["take"]} for key in desks},
        background={
            f"at-{key}": {
                "to": key,
                "gap": {"exponential": {"mean": "10 min"}},
                "procedure": "calls",
            }
            for key in desks
        },
        incidents={"i": FIRE | {"at": "2 h", "noticed": {"a": "0 s"}}},
    )
    found: Counter = Counter()
    for rows in many(Plan(made), 37, COUNT, 3 * 3600):
        first = [r for r in rows if r[ACTIVITY] == "answer" and r[PHASE] == "started"]
        if not first:
            found["nobody"] += 1
            continue
        (row,) = first
        k = desks.index(row[ACTOR])
        found[k, row[TIME] == 7200 + 300 * k] += 1
    busy = 0.5
    q = busy * math.exp(-0.5)
    right: dict = {(k, True): (1 - busy) * q**k for k in range(3)}
    right |= {(k, False): (busy - q) * q**k for k in range(3)}
    right["nobody"] = q**3
    agree(found, right)


@pytest.mark.stat
@pytest.mark.parametrize("until", ["all", "first"])
def test_parallel_lines_take_the_maximum_or_minimum_of_exponential_times(
    scenario: Callable, many: Callable, until: str
) -> None:
    # Three transmissions with means 10, 20, 30 min.  P(max <= t) = prod (1 - exp(-t/m)), the
    # minimum is exponential with the sum of the rates; whole seconds shift t by half a second.
    means = {"b": 600.0, "c": 1200.0, "d": 1800.0}
    made = scenario(
        channels={
            f"to-{key}": {"kind": "phone", "time": {"exponential": {"mean": f"{mean:g} s"}}}
            for key, mean in means.items()
        },
        procedures={
            "alarm": {
                "on": "noticed",
                "steps": [
                    {
                        "parallel": {
                            "branches": {
                                key: [{"send": {"id": key, "to": key, "channel": f"to-{key}"}}]
                                for key in means
                            },
                            "until": until,
                        }
                    },
                    {"record": {"time": "0 s"}},
                ],
            }
        },
        offices={"a": {"role": "unit", "duty": 4, "procedures": ["alarm"]}}
        | {key: {"role": "county_gov"} for key in means},
        incidents={"i": FIRE | {"noticed": {"a": "0 s"}}},
    )
    found = []
    for rows in many(Plan(made), 41, COUNT, 12 * 3600):
        (row,) = (r for r in rows if r[ACTIVITY] == "record" and r[PHASE] == "ended")
        found.append(row[TIME])

    def closed_form(t: np.ndarray) -> np.ndarray:
        through = [1 - np.exp(-(t + 0.5) / m) for m in means.values()]
        if until == "all":
            return np.prod(through, axis=0)
        return 1 - np.prod([1 - p for p in through], axis=0)

    assert stats.kstest(np.array(found), closed_form).pvalue > P_LIMIT
