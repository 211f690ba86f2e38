"""Stocks and docks against textbook formulas: newsvendor, economic order quantity, Erlang C.

Everything is simulated through the whole model (calls, requests, shelves, replenishment) and
costed from the record by the few lines below.  Statistical comparisons have a fixed seed and a
two-sided error probability of 1e-4.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.model import Plan, sampler, simulate

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
DAY = 86_400
COUNTER = [{"pick": {"time": "0 s"}}, {"hand_over": {"time": "0 s"}}]


def shop(scenario: Callable, gap: Any, depots: dict[str, Any], **more: Any) -> Plan:
    """Every call asks each depot for one piece, which is collected at the counter at once."""
    asks = [
        {
            "request": {
                "id": f"ask-{key}",
                "items": {"piece": 1},
                "from": key,
                "to": "town",
                "time": "0 s",
            }
        }
        for key in depots
    ]
    given = {"place": "here", "procedures": ["counter"]}
    return Plan(
        scenario(
            items={"piece": {"unit": "piece"}},
            offices={"town": {"role": "county_gov", "place": "here"}},
            procedures={
                "buy": {"on": "called", "steps": asks},
                "counter": {"on": "requested", "steps": COUNTER},
            },
            depots={key: given | depot for key, depot in depots.items()},
            background={"demand": {"to": "town", "gap": gap, "procedure": "buy"}},
            **more,
        )
    )


def stock_and_moves(rows: list, depot: str) -> tuple[int, list[tuple[int, int]]]:
    """Return what lay in a depot at first, and (second, change) of every change."""
    moves, first = [], 0
    for row in rows:
        if row[ACTIVITY] == "stock_true" and row[RECIPIENT] == depot:
            first = row[EXTRA]["quantity"]
        elif row[ACTIVITY] in ("put_in_stock", "picked") and row[ACTOR] == depot:
            sign = 1 if row[ACTIVITY] == "put_in_stock" else -1
            moves.append((row[TIME], sign * row[EXTRA]["quantity"]))
    return first, moves


# -- newsvendor ------------------------------------------------------------------------------
H, P, MEAN, BEST = 0.18, 0.70, 50.0, 56
STORES = (BEST - 1, BEST, BEST + 1)


def poisson(k: int) -> float:
    return math.exp(k * math.log(MEAN) - MEAN - math.lgamma(k + 1))


def expected_cost(stock: int) -> float:
    """Expected cost of one season: `H` for each piece left, `P` for each one short."""
    left = sum((stock - k) * poisson(k) for k in range(stock))
    return H * left + P * (left + MEAN - stock)


def season_cost(rows: list, depot: str, begin: int, end: int) -> float:
    """The cost of the season (begin, end], from the record."""
    first, moves = stock_and_moves(rows, depot)
    left = first + sum(change for time, change in moves if time <= end)
    if begin:  # what is put in stock at the end of a season is for the next one
        assert any(time == begin and change > 0 for time, change in moves)
    left -= sum(change for time, change in moves if time == end and change > 0)
    sold = -sum(change for time, change in moves if begin < time <= end and change < 0)
    asked = sum(1 for r in rows if r[ACTIVITY] == "call" and begin < r[TIME] <= end)
    return H * left + P * (asked - sold)


def test_the_closed_form_itself() -> None:
    """The known values of this newsvendor, and its critical fractile P / (P + H)."""
    costs = [round(expected_cost(stock), 6) for stock in STORES]
    assert costs == [1.806901, 1.797235, 1.820698]
    assert stats.poisson.ppf(P / (P + H), MEAN) == BEST


def test_newsvendor_with_every_demand_played_once(scenario: Callable) -> None:
    """The mean over the Poisson distribution has no statistical error: demand by demand.

    Each demand from 0 to 120 is played through the model in front of the three stores; weighted
    by its probability the cost is the closed form, the least at 56 and higher on both sides.
    """
    stores = {f"s{stock}": {"stock": {"piece": stock}} for stock in STORES}
    plan = shop(scenario, "1 d", stores)
    costs = dict.fromkeys(stores, 0.0)
    for demand in range(121):
        given = {("background/demand/gap", k, 0): 9 for k in range(demand)}
        given |= {("background/demand/gap", demand, 0): 2 * DAY}
        rows = simulate(plan, sampler(1, 0, given), DAY)
        for key in stores:
            costs[key] += poisson(demand) * season_cost(rows, key, 0, DAY)
    for stock in STORES:
        assert costs[f"s{stock}"] == pytest.approx(expected_cost(stock), abs=1e-9)
    assert costs["s55"] > costs["s56"] < costs["s57"]


@pytest.mark.stat
def test_newsvendor_season_after_season(scenario: Callable, many: Callable) -> None:
    """Poisson demand by exponential gaps; a periodic review fills the shelf at each season's end.

    The mean of 128 drills of 5 seasons; the demand, whose mean is known, is the control variate.
    """
    season, count = 50 * DAY, 5
    stores = {
        f"s{stock}": {"stock": {"piece": stock}, "replenish": {"piece": rule}}
        for stock in STORES
        if (rule := {"up_to": stock, "every": "50 d"})
    }
    plan = shop(scenario, {"exponential": {"mean": "1 d"}}, stores)
    costs: dict[str, list[float]] = {key: [] for key in stores}
    demand = []
    for rows in many(plan, 56, 128, season * count):
        calls = [r[TIME] for r in rows if r[ACTIVITY] == "call"]
        demand.append(len(calls) / count - MEAN)
        for key in stores:
            seasons = [season * k for k in range(count + 1)]
            costs[key].append(
                sum(season_cost(rows, key, a, b) for a, b in pairwise(seasons)) / count
            )
    control = np.asarray(demand)
    for stock in STORES:
        cost = np.asarray(costs[f"s{stock}"])
        slope = np.cov(cost, control)[0, 1] / control.var(ddof=1)
        rest = cost - slope * control
        error = stats.t.isf(0.5e-4, len(rest) - 2) * rest.std(ddof=2) / math.sqrt(len(rest))
        assert abs(rest.mean() - expected_cost(stock)) < error
        assert error < 0.2 * expected_cost(stock), "too imprecise to show anything"


# -- economic order quantity --------------------------------------------------------------------
K, HOLD, PER_YEAR = 8.0, 0.225, 1300
GAP = 600
"""Seconds between two demands (of one piece); a year is 1300 of them."""


def lot_cost(quantity: int, parts: int) -> float:
    """Cost of a year when `quantity` parts come whenever the last one has gone.

    `parts` to a piece.  Each part is held to the next demand but the last one, which goes at
    once: K D / Q + h (Q + 1) / 2, in parts.  The continuous formula has h Q / 2.
    """
    return K * PER_YEAR * parts / quantity + HOLD / parts * (quantity + 1) / 2


def simulated_lots(scenario: Callable, quantities: list[int], parts: int) -> list[float]:
    """Return the cost of a year for each order quantity, from the record of whole cycles."""
    depots = {
        f"q{quantity}": {
            "stock": {"piece": quantity},
            "replenish": {"piece": {"below": 0, "order": quantity}},
        }
        for quantity in quantities
    }
    plan = shop(scenario, f"{GAP} s", depots)
    cycles = 2
    until = cycles * max(quantities) * GAP
    rows = simulate(plan, sampler(1, 0), until)
    found = []
    for quantity in quantities:
        end, key = cycles * quantity * GAP, f"q{quantity}"
        level, moves = stock_and_moves(rows, key)
        held, since = 0, 0
        for time, change in moves:
            if time <= end:
                held += level * (time - since)
                since, level = time, level + change
        orders = [r for r in rows if r[ACTIVITY] == "replenish" and r[ACTOR] == key]
        assert [r[TIME] for r in orders if r[TIME] <= end] == [end // 2, end]
        year = PER_YEAR * parts * GAP
        found.append(K * cycles * year / end + HOLD / parts * held / end)
    return found


@pytest.mark.parametrize("parts", [1, 10])
def test_economic_order_quantity(scenario: Callable, parts: int) -> None:
    """(R, Q) with R = 0 and no lead: exact in the discrete form, at Q and on both sides of it.

    Continuous: Q 304.05, 68.4105 a year.  In whole pieces it costs h/2 more, in tenths a tenth of
    that: the finer the pieces, the nearer.
    """
    continuous = math.sqrt(2 * K * PER_YEAR * HOLD)
    best = math.sqrt(2 * K * PER_YEAR / HOLD)
    assert (round(best, 2), round(continuous, 4)) == (304.05, 68.4105)
    middle = min(range(1, 9999), key=lambda quantity: lot_cost(quantity, parts))
    assert abs(middle - best * parts) < 1
    step = 12 * parts
    quantities = [middle - step, middle, middle + step]
    costs = simulated_lots(scenario, quantities, parts)
    right = [lot_cost(quantity, parts) for quantity in quantities]
    assert costs == pytest.approx(right, abs=1e-9)
    assert costs[0] > costs[1] < costs[2]
    assert costs[1] - continuous == pytest.approx(HOLD / 2 / parts, abs=1e-4)


# -- docks ------------------------------------------------------------------------------------
@pytest.mark.stat
def test_docks_are_a_queue_with_several_servers(scenario: Callable, many: Callable) -> None:
    """M/M/3 at the docks with load 2: P(wait) is 4/9 and the mean wait 4/9 of a loading time."""
    loading, docks, load = 2400, 3, 2.0
    plan = Plan(
        scenario(
            items={"piece": {"unit": "piece"}},
            offices={"town": {"role": "county_gov", "place": "here"}},
            procedures={
                "ask": {
                    "on": "called",
                    "steps": [
                        {
                            "request": {
                                "items": {"piece": 1},
                                "from": "store",
                                "to": "town",
                                "time": "0 s",
                            }
                        }
                    ],
                },
                "issue": {
                    "on": "requested",
                    "steps": [
                        {"pick": {"time": "0 s"}},
                        {"load": {"time": {"exponential": {"mean": f"{loading} s"}}}},
                    ],
                },
                "deliver": {
                    "on": "loaded",
                    "steps": [{"hand_over": {"time": "0 s"}}, "return"],
                },
            },
            depots={
                "store": {
                    "place": "here",
                    "stock": {"piece": 100_000},
                    "docks": docks,
                    "crew": 50,
                    "procedures": ["issue", "deliver"],
                }
            },
            vehicles={"truck": {"depot": "store", "number": 30, "capacity": "1 t"}},
            policies={"supply": {"consolidate": False}},
            background={
                "demand": {
                    "to": "town",
                    "procedure": "ask",
                    "gap": {"exponential": {"mean": f"{round(loading / load)} s"}},
                }
            },
        )
    )
    begin, end, count = 40 * loading, 190 * loading, 160
    asked, waited, waits = [], [], []
    for rows in many(plan, 61, count, end + 30 * loading):
        since = {r[OBJECT]: r[TIME] for r in rows if r[1:3] == ("load", "asked")}
        until = {r[OBJECT]: r[TIME] for r in rows if r[1:3] == ("load", "started")}
        mine = [until[trip] - time for trip, time in since.items() if begin <= time < end]
        asked.append(len(mine))
        waited.append(sum(wait > 0 for wait in mine))
        waits.append(sum(mine))
        assert not any(r[EXTRA] and r[EXTRA].get("reason") == "no_vehicle" for r in rows)
    offered = load**docks / math.factorial(docks) * docks / (docks - load)
    erlang_c = offered / (sum(load**k / math.factorial(k) for k in range(docks)) + offered)
    assert erlang_c == pytest.approx(4 / 9)
    for totals, right in ((waited, erlang_c), (waits, erlang_c * loading / (docks - load))):
        n, part = np.asarray(asked, float), np.asarray(totals, float)
        ratio = part.sum() / n.sum()
        error = (part - ratio * n).std(ddof=1) * math.sqrt(count) / n.sum()
        assert abs(ratio - right) < stats.t.isf(0.5e-4, count - 1) * error
        assert stats.t.isf(0.5e-4, count - 1) * error < 0.2 * right, "too imprecise"
