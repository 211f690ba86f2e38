"""Priorities, interruption and impatience against closed forms of queueing theory.

Two classes of routine calls, urgent (priority 1) and ordinary (2), at one office; service and
patience are exponential with means of 40 min and more, so that whole seconds change waits by
less than 0.1 %.  Two-sided error probability 1e-4 of each comparison.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from sim.model import Plan

REPLICATIONS = 256
T_LIMIT = stats.t.isf(0.5e-4, REPLICATIONS - 1)
SERVICE = 40 * 60
LENGTH = {1: 600, 3: 320}
"""Mean service times watched, by officers: enough calls to show a deviation of 12 %."""
TIME, ACTIVITY, PHASE, CAUSE, HELD, SPAN = 0, 1, 2, 7, 8, 9


def erlang_c(load: float, servers: int) -> float:
    """P(wait) of M/M/c, by the recursion for Erlang B."""
    lost = 1.0
    for c in range(1, servers + 1):
        lost = load * lost / (c + load * lost)
    return lost / (1 - load / servers * (1 - lost))


def cobham(loads: Sequence[float], service: float) -> list[float]:
    """Mean wait per class, M/M/1 without interruption (Cobham 1954): R / ((1-s')(1-s)).

    `loads` by class, most urgent first; s is the load up to the class, s' that before it; R,
    the mean rest of the service under way, is the total load times the mean service.
    """
    rest = sum(loads) * service
    sums = np.concatenate([[0.0], np.cumsum(loads)])
    return [rest / ((1 - before) * (1 - upto)) for before, upto in pairwise(sums)]


def kella_yechiali(loads: Sequence[float], servers: int, service: float) -> list[float]:
    """Mean wait per class, M/M/c without interruption, one rate for all (Kella–Yechiali 1985).

    P(wait) · service / (c (1-s')(1-s)), loads in erlang per server.
    """
    wait = erlang_c(sum(loads) * servers, servers) * service / servers
    sums = np.concatenate([[0.0], np.cumsum(loads)])
    return [wait / ((1 - before) * (1 - upto)) for before, upto in pairwise(sums)]


def preemptive_resume(loads: Sequence[float], service: float) -> list[float]:
    """Mean time in the system per class, M/M/1 with preemptive resume.

    service / (1-s') + (load up to the class) · service / ((1-s')(1-s)).
    """
    sums = np.concatenate([[0.0], np.cumsum(loads)])
    return [
        service / (1 - before) + upto * service / ((1 - before) * (1 - upto))
        for before, upto in pairwise(sums)
    ]


def preemptive_resume_of_many(loads: Sequence[float], servers: int, service: float) -> list[float]:
    """Mean time in the system per class, M/M/c with preemptive resume and one rate.

    The classes up to k together are an M/M/c of their own, since the order of service changes
    nothing at one exponential rate: number in class k = L(up to k) - L(up to k-1).
    """

    def number(load: float) -> float:
        return load * servers + erlang_c(load * servers, servers) * load / (1 - load)

    sums = np.concatenate([[0.0], np.cumsum(loads)])
    return [
        (number(upto) - (number(before) if before else 0.0)) * service / (load * servers)
        for before, upto, load in zip(sums[:-1], sums[1:], loads, strict=True)
    ]


def erlang_a(arrival: float, service: float, patience: float, servers: int) -> tuple[float, float]:
    """P(wait) and P(give up) of M/M/c+M by its birth and death.

    Rates per second: births `arrival`, deaths min(n, c)/service + max(n - c, 0)/patience.
    """
    weights = [1.0]
    for n in range(1, 400):
        death = min(n, servers) / service + max(n - servers, 0) / patience
        weights.append(weights[-1] * arrival / death)
    p = np.array(weights) / math.fsum(weights)
    queue = float(np.maximum(np.arange(len(p)) - servers, 0) @ p)
    return float(p[servers:].sum()), queue / patience / arrival


def agrees(totals: Sequence[float], counts: Sequence[float], right: float) -> None:
    """Assert that a ratio of sums over independent replications equals `right`."""
    total, count = np.asarray(totals, float), np.asarray(counts, float)
    ratio = total.sum() / count.sum()
    error = (total - ratio * count).std(ddof=1) * math.sqrt(len(total)) / count.sum()
    assert abs(ratio - right) < T_LIMIT * error, f"{ratio} ± {error}, should be {right}"
    assert T_LIMIT * error < 0.12 * right, "too imprecise to show anything"


def office(scenario: Callable, servers: int, loads: Sequence[float], interruptible: bool) -> Plan:
    """Return an office with one Poisson source and one procedure per class."""
    serve = {"serve": {"time": {"exponential": {"mean": f"{SERVICE} s"}}}}
    gaps = {f"c{k}": f"{round(SERVICE / load / servers)} s" for k, load in enumerate(loads)}
    return Plan(
        scenario(
            offices={"desk": {"role": "county_gov", "duty": servers, "procedures": list(gaps)}},
            procedures={
                key: {
                    "on": {"event": "called", "kind": [key]},
                    "priority": k + 1,
                    "interruptible": interruptible,
                    "steps": [serve],
                }
                for k, key in enumerate(gaps)
            },
            background={
                key: {"to": "desk", "gap": {"exponential": {"mean": gap}}, "procedure": key}
                for key, gap in gaps.items()
            },
        )
    )


def calls(rows: list, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (class, wait until first served, time in the system) of calls made in [begin, end).

    Each call is followed along its causes: every row but one names the one before.
    """
    follows = {row[CAUSE]: k for k, row in enumerate(rows) if row[CAUSE] is not None}
    for k, row in enumerate(rows):
        if row[ACTIVITY] == "call" and begin <= row[TIME] < end:
            at = first = follows[follows[k]]
            while rows[at][PHASE] != "ended":
                at = follows[at]
            yield row[5][-1], rows[first][TIME] - row[TIME], rows[at][TIME] - row[TIME]


def means(
    plan: Plan, many: Callable, seed: int, column: int, length: int
) -> dict[str, tuple[list, list]]:
    """Sums and counts per class and replication: column 1 = wait, 2 = time in the system."""
    begin, end = 60 * SERVICE, (60 + length) * SERVICE
    found: dict[str, tuple[list, list]] = {"0": ([], []), "1": ([], [])}
    for rows in many(plan, seed, REPLICATIONS, end + 80 * SERVICE):
        seen = list(calls(rows, begin, end))
        for key, (total, count) in found.items():
            mine = [call[column] for call in seen if call[0] == key]
            total.append(sum(mine))
            count.append(len(mine))
    return found


def test_formulas_agree_with_each_other_and_with_published_values() -> None:
    loads = (0.3, 0.4)
    assert kella_yechiali(loads, 1, 1.0) == pytest.approx(cobham(loads, 1.0))
    assert preemptive_resume_of_many(loads, 1, 1.0) == pytest.approx(preemptive_resume(loads, 1.0))
    assert cobham((0.6,), 1.0) == pytest.approx([0.6 / 0.4])  # M/M/1
    assert preemptive_resume((0.6,), 1.0) == pytest.approx([1 / 0.4])
    # Conservation (Kleinrock): the load-weighted sum of waits is that of M/M/1 in one class.
    assert np.dot(loads, cobham(loads, 1.0)) == pytest.approx(0.7 * 0.7 / 0.3)
    # Patience as long as service: a service for everybody, so the number is Poisson(load).
    waits, gives_up = erlang_a(2.0, 1.0, 1.0, 2)
    poisson = stats.poisson(2.0)
    assert waits == pytest.approx(1 - poisson.cdf(1))
    assert gives_up == pytest.approx(sum((n - 2) * poisson.pmf(n) for n in range(3, 60)) / 2)


@pytest.mark.stat
@pytest.mark.parametrize(("servers", "seed"), [(1, 31), (3, 37)])
def test_priorities_without_interruption_against_cobham_and_kella_yechiali(
    scenario: Callable, many: Callable, servers: int, seed: int
) -> None:
    loads = (0.3, 0.35)
    found = means(office(scenario, servers, loads, False), many, seed, 1, LENGTH[servers])
    right = kella_yechiali(loads, servers, SERVICE)
    for key, wait in zip("01", right, strict=True):
        agrees(*found[key], wait)


@pytest.mark.stat
@pytest.mark.parametrize(("servers", "seed"), [(1, 41), (3, 43)])
def test_interruption_against_preemptive_resume(
    scenario: Callable, many: Callable, servers: int, seed: int
) -> None:
    loads = (0.3, 0.35)
    found = means(office(scenario, servers, loads, True), many, seed, 2, 220 // servers)
    right = preemptive_resume_of_many(loads, servers, SERVICE)
    for key, time in zip("01", right, strict=True):
        agrees(*found[key], time)


@pytest.mark.stat
def test_callers_who_give_up_against_erlang_a(scenario: Callable, many: Callable) -> None:
    servers, gap, patience = 3, 15 * 60, 30 * 60  # load 8/3 on 3 officers
    plan = Plan(
        scenario(
            offices={"desk": {"role": "county_gov", "duty": servers, "procedures": ["call"]}},
            procedures={
                "call": {
                    "on": "called",
                    "steps": [
                        {
                            "serve": {
                                "time": {"exponential": {"mean": f"{SERVICE} s"}},
                                "patience": {"exponential": {"mean": f"{patience} s"}},
                            }
                        }
                    ],
                }
            },
            background={
                "calls": {
                    "to": "desk",
                    "gap": {"exponential": {"mean": f"{gap} s"}},
                    "procedure": "call",
                }
            },
        )
    )
    begin, end = 20 * SERVICE, 120 * SERVICE
    waited, lost, count = [], [], []
    for rows in many(plan, 47, REPLICATIONS, end + 40 * SERVICE):
        after = {row[CAUSE]: row for row in rows if row[CAUSE] is not None}
        asked = [
            k for k, row in enumerate(rows) if row[PHASE] == "asked" and begin <= row[TIME] < end
        ]
        count.append(len(asked))
        waited.append(sum(after[k][SPAN] == "waiting_person" for k in asked))
        lost.append(sum(after[k][ACTIVITY] == "given_up" for k in asked))
    waits, gives_up = erlang_a(1 / gap, SERVICE, patience, servers)
    agrees(waited, count, waits)
    agrees(lost, count, gives_up)
