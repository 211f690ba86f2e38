"""Offices and teams as queues: M/M/1, M/M/c (Erlang C) and loss systems (Erlang B)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy import stats

from sim.model import Plan

HOUR = 3600
REPLICATIONS = 256
T_LIMIT = stats.t.isf(0.5e-4, REPLICATIONS - 1)
"""Two-sided error probability 1e-4 of each comparison, over independent replications."""
TIME, ACTIVITY, PHASE, CAUSE = 0, 1, 2, 7


def erlang_b(load: float, servers: int) -> float:
    """Share of calls lost with `load` erlang offered to `servers`, by the usual recursion."""
    lost = 1.0
    for c in range(1, servers + 1):
        lost = load * lost / (c + load * lost)
    return lost


def erlang_c(load: float, servers: int) -> float:
    """Share of calls that wait, from Erlang B."""
    lost = erlang_b(load, servers)
    return lost / (1 - load / servers * (1 - lost))


def agrees(totals: Sequence[float], counts: Sequence[float], right: float) -> None:
    """Assert that the ratio of sums over independent replications equals `right`.

    Standard error of a ratio from the residuals of the replications; no batches within a
    replication, so that queueing's autocorrelation does no harm.
    """
    total, count = np.asarray(totals, float), np.asarray(counts, float)
    ratio = total.sum() / count.sum()
    residuals = total - ratio * count
    error = residuals.std(ddof=1) * math.sqrt(len(total)) / count.sum()
    assert abs(ratio - right) < T_LIMIT * error, f"{ratio} ± {error}, should be {right}"
    assert T_LIMIT * error < 0.12 * right, "too imprecise to show anything"


def office_with_calls(scenario: Callable, officers: int, gap: str, serve: dict) -> Plan:
    """Return one office whose calls arrive as a Poisson process."""
    return Plan(
        scenario(
            offices={"desk": {"role": "county_gov", "duty": officers, "procedures": ["call"]}},
            procedures={"call": {"on": "called", "steps": [{"serve": serve}]}},
            background={
                "calls": {"to": "desk", "gap": {"exponential": {"mean": gap}}, "procedure": "call"}
            },
        )
    )


def waits(rows: list, begin: int, end: int) -> list[int | None]:
    """Return the wait of each call that arrives in [begin, end): seconds, None if it gave up."""
    asked = {
        k: row[TIME]
        for k, row in enumerate(rows)
        if row[ACTIVITY] == "serve" and row[PHASE] == "asked" and begin <= row[TIME] < end
    }
    found: dict[int, int | None] = {}
    for row in rows:
        if row[CAUSE] in asked:
            lost = row[ACTIVITY] == "given_up"
            found[row[CAUSE]] = None if lost else row[TIME] - asked[row[CAUSE]]
    assert len(found) == len(asked), "a call that was neither served nor given up"
    return list(found.values())


def test_erlang_formulas_give_the_published_values() -> None:
    assert erlang_b(2, 3) == pytest.approx(0.210526, abs=5e-7)
    assert erlang_b(2, 3) == pytest.approx((2**3 / 6) / (1 + 2 + 2 + 2**3 / 6))
    assert erlang_c(0.6, 1) == pytest.approx(0.6)
    assert erlang_c(2, 3) == pytest.approx(4 / 9)


@pytest.mark.stat
@pytest.mark.parametrize(("officers", "load", "seed"), [(1, 0.6, 11), (3, 2.0, 13)])
def test_officers_with_poisson_calls_against_erlang_c(
    scenario: Callable, many: Callable, officers: int, load: float, seed: int
) -> None:
    # Mean service 40 min: whole seconds then change waits by less than 0.1 %.  Warm-up 200
    # service times (10 relaxation times of M/M/1 at 0.6) is cut by time.
    service = 40 * 60
    gap = round(service / load)
    plan = office_with_calls(
        scenario, officers, f"{gap} s", {"time": {"exponential": {"mean": "40 min"}}}
    )
    begin, end = 200 * service, 200 * service + 800 * gap
    waited, wait, count = [], [], []
    for rows in many(plan, seed, REPLICATIONS, end + 100 * service):
        seconds = [w for w in waits(rows, begin, end) if w is not None]
        waited.append(sum(w > 0 for w in seconds))
        wait.append(sum(seconds))
        count.append(len(seconds))
    share = erlang_c(load, officers)
    agrees(waited, count, share)
    agrees(wait, count, share * service / (officers - load))


@pytest.mark.stat
@pytest.mark.parametrize(
    "time",
    [
        {"exponential": {"mean": "40 min"}},
        {"constant": "40 min"},
        {"uniform": {"low": "0 s", "high": "80 min"}},
    ],
    ids=["exponential", "constant", "uniform"],
)
def test_callers_without_patience_are_lost_as_erlang_b_says_whatever_the_service(
    scenario: Callable, many: Callable, time: dict
) -> None:
    # Erlang's loss formula holds for any service time with the same mean.
    plan = office_with_calls(scenario, 3, "20 min", {"time": time, "patience": "0 s"})
    begin, end = 20 * HOUR, 120 * HOUR
    lost, count = [], []
    for rows in many(plan, 17, REPLICATIONS, end + HOUR):
        found = waits(rows, begin, end)
        lost.append(sum(w is None for w in found))
        count.append(len(found))
    agrees(lost, count, erlang_b(2, 3))


def poisson_times(incidents: int) -> list[list[int]]:
    """Return times of notice for every replication: a Poisson process, 20 min on average."""
    rng = np.random.default_rng(20120065)
    gaps = rng.exponential(20 * 60, (REPLICATIONS, incidents))
    return np.rint(gaps.cumsum(axis=1)).astype(int).tolist()


def times_given(noticed: list[list[int]]) -> Callable[[int], dict]:
    """Return the sampler's table of each replication: when the desk notices fire-k."""

    def given(replication: int) -> dict:
        times = enumerate(noticed[replication])
        return {(f"incident/fire-{k}/noticed/desk", 0, 0): second for k, second in times}

    return given


@pytest.mark.stat
def test_teams_on_incidents_without_patience_against_erlang_b(
    scenario: Callable, many: Callable
) -> None:
    # Incidents are noticed as a Poisson process (times drawn here and given to the sampler);
    # each wants one of three teams at once or none.
    incidents = 160
    fire = {
        "hazard": "fire",
        "place": "here",
        "course": [{"injured": 1}],
        "noticed": {"desk": "0 s"},
    }
    made = scenario(
        offices={"desk": {"role": "county_gov", "procedures": ["send-team"]}},
        teams={f"team-{k}": {"base": "here", "skills": ["fire"], "strength": 6} for k in range(3)},
        procedures={
            "send-team": {
                "on": "noticed",
                "steps": [{"dispatch": {"skills": ["fire"], "time": "0 s", "patience": "0 s"}}],
            },
            "team-response": {
                "on": "ordered",
                "steps": [{"work": {"time": {"exponential": {"mean": "40 min"}}}}],
            },
        },
        incidents={f"fire-{k}": fire for k in range(incidents)},
    )
    noticed = poisson_times(incidents)
    lost, count = [], []
    for times, rows in zip(
        noticed, many(Plan(made), 19, REPLICATIONS, 100 * HOUR, times_given(noticed)), strict=True
    ):
        begin, end = 8 * HOUR, times[-1]
        orders = [r for r in rows if r[ACTIVITY] == "order" and r[PHASE] == "asked"]
        count.append(sum(begin <= r[TIME] < end for r in orders))
        lost.append(sum(r[ACTIVITY] == "given_up" and begin <= r[TIME] < end for r in rows))
        assert len(orders) == incidents
    agrees(lost, count, erlang_b(2, 3))


@pytest.mark.stat
def test_phone_lines_without_redial_against_erlang_b(scenario: Callable, many: Callable) -> None:
    # Every incident makes one call over one of three lines that all callers share; who finds
    # them busy gives up at once.  Ample officers, talks of 40 min on average.
    incidents = 160
    fire = {"hazard": "fire", "place": "here", "course": [{}], "noticed": {"desk": "0 s"}}
    phone = {
        "kind": "phone",
        "lines": 3,
        "per": "all",
        "patience": "0 s",
        "time": {"exponential": {"mean": "40 min"}},
    }
    made = scenario(
        offices={
            "desk": {"role": "county_gov", "duty": incidents, "procedures": ["call"]},
            "city": {"role": "city_gov"},
        },
        channels={"phone": phone},
        procedures={
            "call": {"on": "noticed", "steps": [{"send": {"to": "city", "channel": "phone"}}]}
        },
        incidents={f"fire-{k}": fire for k in range(incidents)},
    )
    noticed = poisson_times(incidents)
    lost, count = [], []
    for times, rows in zip(
        noticed, many(Plan(made), 23, REPLICATIONS, 100 * HOUR, times_given(noticed)), strict=True
    ):
        begin, end = 8 * HOUR, times[-1]
        calls = [r for r in rows if r[ACTIVITY] == "send" and r[PHASE] == "asked"]
        count.append(sum(begin <= r[TIME] < end for r in calls))
        lost.append(sum(r[ACTIVITY] == "given_up" and begin <= r[TIME] < end for r in rows))
        assert len(calls) == incidents
    agrees(lost, count, erlang_b(2, 3))
