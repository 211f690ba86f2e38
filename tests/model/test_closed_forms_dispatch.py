"""Dispatch as a queue: Erlang B and C, the hypercube of three unlike units, M/G/∞.

Calls with places arrive as Poisson processes and are given to teams by the real dispatch; work
lasts 40 min on average, so that whole seconds change shares by less than 0.1 %.  Two-sided
error probability 1e-4 of each comparison, over independent replications at a fixed seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import stats

from sim.model import Plan

REPLICATIONS = 256
T_LIMIT = stats.t.isf(0.5e-4, REPLICATIONS - 1)
SERVICE = 40 * 60
TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, CAUSE, EXTRA = 0, 1, 2, 3, 4, 5, 7, 10


def town(
    scenario: Callable,
    calls: dict[str, float],
    services: dict[str, Any],
    patience: str | None = None,
    **more: Any,
) -> Plan:
    """Return one office with teams of one skill; `calls` gives erlang-like loads by place."""
    load = sum(calls.values())
    order = {"skills": ["fire"], "time": "0 s"} | ({"patience": patience} if patience else {})
    return Plan(
        scenario(
            places={place: {"at": [108.0, 24.0]} for place in ("here", *calls)},
            offices={"desk": {"role": "county_gov"}},
            procedures={
                "call": {"on": "called", "steps": [{"dispatch": order}]},
                "team-response": {"on": "ordered", "steps": [{"work": {"time": "0 s"}}]},
            },
            teams={
                key: {
                    "base": "here",
                    "skills": ["fire"],
                    "strength": 6,
                    "times": {"team-response/work": time},
                }
                for key, time in services.items()
            },
            background={
                "fires": {
                    "to": "desk",
                    "gap": {"exponential": {"mean": f"{round(SERVICE / load)} s"}},
                    "procedure": "call",
                    "places": calls,
                }
            },
            **more,
        )
    )


def exponential(seconds: float) -> dict[str, Any]:
    return {"exponential": {"mean": f"{round(seconds)} s"}}


def agrees(totals: Sequence[float], counts: Sequence[float], right: float) -> None:
    """Assert that the ratio of sums over independent replications equals `right`."""
    total, count = np.asarray(totals, float), np.asarray(counts, float)
    ratio = total.sum() / count.sum()
    error = (total - ratio * count).std(ddof=1) * math.sqrt(len(total)) / count.sum()
    assert abs(ratio - right) < T_LIMIT * error, f"{ratio} ± {error}, should be {right}"
    assert T_LIMIT * error < 0.2 * right, "too imprecise to show anything"


class Orders:
    """The orders of one replication that were asked for in [begin, end)."""

    def __init__(self, rows: list, begin: int, end: int):
        asked = {
            row[OBJECT]: (row[TIME], row[EXTRA]["place"])
            for row in rows
            if row[1:3] == ("order", "asked") and begin <= row[TIME] < end
        }
        self.place = {order: place for order, (_, place) in asked.items()}
        self.team: dict[str, str] = {}
        self.wait: dict[str, int] = {}
        for row in rows:
            if row[1:3] == ("order", "ended") and row[OBJECT] in asked:
                self.team[row[OBJECT]] = row[RECIPIENT]
                self.wait[row[OBJECT]] = row[TIME] - asked[row[OBJECT]][0]
        self.lost = [r[OBJECT] for r in rows if r[ACTIVITY] == "given_up" and r[OBJECT] in asked]
        assert len(self.team) + len(self.lost) == len(asked), "an order without an end"


def busy_seconds(rows: list, team: str, begin: int, end: int) -> int:
    """Return for how long a team was at work within [begin, end)."""
    total, since = 0, None
    for row in rows:
        if row[ACTOR] == team and row[1:3] == ("work", "started"):
            since = row[TIME]
        elif row[ACTOR] == team and row[1:3] == ("work", "ended"):
            total += max(0, min(row[TIME], end) - max(since, begin))
            since = None
    return total + (max(0, end - max(since, begin)) if since is not None else 0)


def erlang_b(load: float, servers: int) -> float:
    """Share of calls lost, by the usual recursion."""
    lost = 1.0
    for c in range(1, servers + 1):
        lost = load * lost / (c + load * lost)
    return lost


@pytest.mark.stat
def test_identical_teams_without_patience_against_erlang_b(
    scenario: Callable, many: Callable
) -> None:
    services = {f"team-{k}": exponential(SERVICE) for k in range(3)}
    plan = town(scenario, {"a": 2.0}, services, patience="0 s")
    begin, end = 20 * SERVICE, 140 * SERVICE
    found = [Orders(rows, begin, end) for rows in many(plan, 31, REPLICATIONS, end)]
    agrees([len(o.lost) for o in found], [len(o.place) for o in found], erlang_b(2, 3))


@pytest.mark.stat
def test_identical_teams_with_a_queue_against_erlang_c(scenario: Callable, many: Callable) -> None:
    services = {f"team-{k}": exponential(SERVICE) for k in range(3)}
    plan = town(scenario, {"a": 2.0}, services)
    begin, end = 60 * SERVICE, 200 * SERVICE
    found = [Orders(r, begin, end) for r in many(plan, 37, REPLICATIONS, end + 60 * SERVICE)]
    count = [len(o.place) for o in found]
    lost = erlang_b(2, 3)
    waits = lost / (1 - 2 / 3 * (1 - lost))  # 4/9
    agrees([sum(w > 0 for w in o.wait.values()) for o in found], count, waits)
    agrees([sum(o.wait.values()) for o in found], count, waits * SERVICE / (3 - 2))


class Atoms(NamedTuple):
    """Three atoms and three units: whom each atom wants in which order.

    `rates` are the calls from each atom, `speeds` those that each unit can finish, in 40 min.
    """

    preference: dict[str, list[str]]
    rates: dict[str, float]
    speeds: dict[str, float]


GIVEN = Atoms(
    {"a": ["u0", "u1", "u2"], "b": ["u1", "u0", "u2"], "c": ["u2", "u1", "u0"]},
    {"a": 0.9, "b": 0.4, "c": 0.3},
    {"u0": 0.8, "u1": 1.0, "u2": 1.25},
)


def any_atoms(seed: int) -> Atoms:
    """Any preference orders, rates and speeds; together six tenths of what the units can do."""
    rng = random.Random(seed)
    speeds = {unit: rng.uniform(0.6, 1.4) for unit in GIVEN.speeds}
    parts = {atom: rng.uniform(0.3, 1) for atom in GIVEN.rates}
    each = 0.6 * sum(speeds.values()) / sum(parts.values())
    preference = {atom: rng.sample(list(speeds), 3) for atom in parts}
    return Atoms(preference, {atom: part * each for atom, part in parts.items()}, speeds)


def hypercube(atoms: Atoms, queue: bool) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """Return workloads by unit and shares of an atom's served calls by (atom, unit).

    The Markov chain on the eight states of three units solved directly (Larson 1974): a call
    takes the first idle unit on its atom's list; with all busy it is lost, or waits in one line
    whose length is geometric, and is served by whichever unit is free first.
    """
    units = list(atoms.speeds)
    rate, speed = sum(atoms.rates.values()), sum(atoms.speeds.values())
    flow = np.zeros((8, 8))
    first: dict[tuple[int, str], int] = {}
    for state in range(8):
        for atom, wanted in atoms.preference.items():
            idle = [units.index(u) for u in wanted if not state >> units.index(u) & 1]
            if idle:
                first[state, atom] = idle[0]
                flow[state, state | 1 << idle[0]] += atoms.rates[atom]
        for k, unit in enumerate(units):
            if state >> k & 1:
                flow[state, state & ~(1 << k)] += atoms.speeds[unit]
    balance = (flow - np.diag(flow.sum(axis=1))).T
    balance[-1] = 1.0
    chance = np.linalg.solve(balance, np.eye(8)[-1])
    line = rate / speed / (1 - rate / speed) * chance[7] if queue else 0.0
    chance = chance / (1 + line)
    all_busy = chance[7] + line / (1 + line)
    load = {
        unit: sum(chance[s] for s in range(7) if s >> k & 1) + all_busy
        for k, unit in enumerate(units)
    }
    share = {}
    for atom in atoms.rates:
        for k, unit in enumerate(units):
            at_once = sum(chance[s] for s in range(7) if first[s, atom] == k)
            if queue:
                share[atom, unit] = at_once + all_busy * atoms.speeds[unit] / speed
            else:
                share[atom, unit] = at_once / (1 - all_busy)
    return load, share


def test_the_hypercube_of_identical_units_is_erlangs() -> None:
    # The twin itself, where a formula is known: total load of M/M/3/3 with 1.6 erlang.
    atoms = GIVEN._replace(speeds=dict.fromkeys(GIVEN.speeds, 1.0))
    load, share = hypercube(atoms, queue=False)
    assert sum(load.values()) == pytest.approx(1.6 * (1 - erlang_b(1.6, 3)))
    assert sum(share["a", unit] for unit in atoms.speeds) == pytest.approx(1.0)
    load, share = hypercube(atoms, queue=True)
    assert sum(load.values()) == pytest.approx(1.6)
    assert sum(share["b", unit] for unit in atoms.speeds) == pytest.approx(1.0)


@pytest.mark.stat
@pytest.mark.parametrize(
    ("atoms", "queue", "seed"),
    [(GIVEN, False, 41), (GIVEN, True, 43), *((any_atoms(k), k % 2 > 0, 60 + k) for k in range(4))],
    ids=["given-lost", "given-queued", *(f"any-{k}" for k in range(4))],
)
def test_three_unlike_units_against_the_hypercube(
    scenario: Callable, many: Callable, atoms: Atoms, queue: bool, seed: int
) -> None:
    plan = town(
        scenario,
        atoms.rates,
        {unit: exponential(SERVICE / speed) for unit, speed in atoms.speeds.items()},
        None if queue else "0 s",
        policies={"dispatch": "listed", "preference": atoms.preference},
    )
    begin, end = 30 * SERVICE, 180 * SERVICE
    load, share = hypercube(atoms, queue)
    busy: dict[str, list[int]] = {unit: [] for unit in atoms.speeds}
    taken: dict[tuple[str, str], list[int]] = {key: [] for key in share}
    served: dict[str, list[int]] = {atom: [] for atom in atoms.rates}
    for rows in many(plan, seed, REPLICATIONS, end + 40 * SERVICE):
        orders = Orders(rows, begin, end)
        for unit in atoms.speeds:
            busy[unit].append(busy_seconds(rows, unit, begin, end))
        for atom in atoms.rates:
            mine = [team for order, team in orders.team.items() if orders.place[order] == atom]
            served[atom].append(len(mine))
            for unit in atoms.speeds:
                taken[atom, unit].append(mine.count(unit))
    for unit in atoms.speeds:
        agrees(busy[unit], [end - begin] * REPLICATIONS, load[unit])
    for (atom, unit), right in share.items():
        agrees(taken[atom, unit], served[atom], right)


@pytest.mark.stat
def test_teams_without_number_against_m_g_infinity(scenario: Callable, many: Callable) -> None:
    # Forty teams stand for unlimited ones (Poisson(4) is above 40 with probability 1e-26).
    # Service is uniform on 0 to 80 min: snapshots 80 min apart or more are independent, and each
    # is Poisson with the load as its mean, whatever the service's law.
    uniform = {"uniform": {"low": "0 s", "high": "80 min"}}
    plan = town(scenario, {"a": 4.0}, {f"team-{k}": uniform for k in range(40)})
    snapshots = [2 * SERVICE * k for k in range(1, 9)]
    counts = np.zeros(41, int)
    for rows in many(plan, 47, REPLICATIONS, snapshots[-1]):
        began = {row[ACTOR]: [] for row in rows if row[1:3] == ("work", "started")}
        ended = {actor: [] for actor in began}
        for row in rows:
            if row[ACTIVITY] == "work" and row[PHASE] in ("started", "ended"):
                (began if row[PHASE] == "started" else ended)[row[ACTOR]].append(row[TIME])
        for at in snapshots:
            at_work = sum(
                sum(t <= at for t in began[actor]) - sum(t <= at for t in ended[actor])
                for actor in began
            )
            counts[at_work] += 1
    total = REPLICATIONS * len(snapshots)
    expected = np.append(stats.poisson.pmf(range(10), 4.0), stats.poisson.sf(9, 4.0)) * total
    observed = np.append(counts[:10], counts[10:].sum())
    assert observed.sum() == total
    assert expected.min() > 5
    assert stats.chisquare(observed, expected).pvalue > 1e-4
