"""Closed forms of queues, chains and stocks that answer twins compare a simulation with.

Erlang (1917) for calls that wait or are lost; sums of exponential times as a phase-type
distribution (Neuts 1981); the newsvendor's sums over Poisson demand; the hypercube of unlike units
(Larson 1974) solved exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import linalg, stats


def erlang_b(load: float, servers: int) -> float:
    """Return the share of calls lost with `load` erlang offered to `servers`, by recursion."""
    lost = 1.0
    for c in range(1, servers + 1):
        lost = load * lost / (c + load * lost)
    return lost


def erlang_c(load: float, servers: int) -> float:
    """Return the share of calls that wait; `load` < `servers`, in erlang."""
    lost = erlang_b(load, servers)
    return lost / (1 - load / servers * (1 - lost))


class Wait(NamedTuple):
    """Mean wait of M/M/c in the long run (s), and its variance (s²), first come first served."""

    mean: float
    variance: float


def wait(rate: float, service: float, servers: int) -> Wait:
    """Return the wait of M/M/c: `rate` calls a second, `service` seconds on average."""
    share = erlang_c(rate * service, servers)
    pace = servers / service - rate
    return Wait(share / pace, share * (2 - share) / pace**2)


def relaxation(rate: float, service: float, servers: int) -> float:
    """Return after how many seconds a queue has lost 1 - 1/e of its memory, at the most.

    That of M/M/1 with the speed of all servers, or one service where that is longer.
    """
    return max(service, 1 / (math.sqrt(servers / service) - math.sqrt(rate)) ** 2)


def slope(function: Callable[[float], float], at: float) -> float:
    """Return the derivative of a smooth function, by central differences."""
    step = at * 1e-4
    return (function(at + step) - function(at - step)) / (2 * step)


def done_by(means: Sequence[float], t: float) -> float:
    """Return the probability that a chain of exponential times is over by `t`; means may be equal.

    Phase-type: 1 minus what is left in the chain, e₁ exp(Qt) 1.
    """
    if t <= 0 or not means:
        return float(t >= 0 and not means)
    rates = 1 / np.asarray(means, float)
    generator = np.diag(-rates) + np.diag(rates[:-1], 1)
    return float(1 - linalg.expm(generator * t)[0].sum())


class Season(NamedTuple):
    """Expected pieces left over and pieces short of one season."""

    left: float
    short: float


def newsvendor(demand: float, stock: int) -> Season:
    """Return what is expected to be left of `stock` and short of Poisson demand with this mean.

    E(S - D)⁺ = S F(S - 1) - d F(S - 2) and E(D - S)⁺ = d - S + E(S - D)⁺.
    """
    below = stats.poisson.cdf
    left = float(stock * below(stock - 1, demand) - demand * below(stock - 2, demand))
    return Season(left, demand - stock + left)


class Loads(NamedTuple):
    """Share of time that each unit is at work, and share of the calls lost."""

    busy: np.ndarray
    lost: float


def hypercube(
    preference: Sequence[Sequence[int]],
    rates: Sequence[float],
    speeds: Sequence[float],
    queue: bool,
) -> Loads:
    """Return the loads of at most ten units: the chain on all 2ⁿ states solved directly.

    A call from atom `a` (`rates[a]`) takes the first idle unit of `preference[a]`, which finishes
    `speeds[unit]` in the same unit of time; with all busy it is lost, or waits in one line
    (`queue`; needs sum of rates < sum of speeds), whose length is geometric.
    """
    units = len(speeds)
    if units > 10:
        raise ValueError(f"needs at most 10 units, got {units}")
    every = 2**units
    flow = np.zeros((every, every))
    for state in range(every):
        for wanted, rate in zip(preference, rates, strict=True):
            idle = next((unit for unit in wanted if not state >> unit & 1), None)
            if idle is not None:
                flow[state, state | 1 << idle] += rate
        for unit, speed in enumerate(speeds):
            if state >> unit & 1:
                flow[state, state & ~(1 << unit)] += speed
    balance = (flow - np.diag(flow.sum(axis=1))).T
    balance[-1] = 1.0
    chance = np.linalg.solve(balance, np.eye(every)[-1])
    ratio = sum(rates) / sum(speeds)
    line = ratio / (1 - ratio) * chance[-1] if queue else 0.0
    chance[-1] += line
    chance /= 1 + line
    busy = [chance[[s >> unit & 1 == 1 for s in range(every)]].sum() for unit in range(units)]
    return Loads(np.array(busy), 0.0 if queue else float(chance[-1]))
