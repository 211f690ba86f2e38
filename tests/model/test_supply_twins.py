"""Stocks against slow and obvious twins: plain event lists that share nothing but the demand.

Every level of every depot after every second in which something happened must be equal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.model import Plan, Sampler, Streams, sampler, simulate
from sim.scenario.distributions import Exponential

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
UNTIL = 400_000
GAP, LEAD = 1000, 7000
Levels = dict[int, tuple[int, int]]
"""Second -> (pieces on the shelf, pieces owed) when it is over."""


def levels(rows: list, depot: str) -> Levels:
    """Return the levels of a depot from the record, after every second that changed them."""
    found: Levels = {}
    shelf = owed = 0
    for row in rows:
        if row[ACTIVITY] == "stock_true" and row[RECIPIENT] == depot:
            shelf = row[EXTRA]["quantity"]
        if row[ACTOR] != depot or row[PHASE]:
            continue
        if row[ACTIVITY] == "put_in_stock":
            shelf += row[EXTRA]["quantity"]
        elif row[ACTIVITY] == "picked":
            shelf -= row[EXTRA]["quantity"]
            owed -= row[EXTRA]["quantity"]
        elif row[ACTIVITY] == "reserve":
            owed += row[EXTRA]["quantity"]
        else:
            continue
        found[row[TIME]] = (shelf, owed)
    return found


def demand(numbers: Sampler) -> list[int]:
    """Return the seconds of the calls."""
    gap, times, time, k = Exponential(GAP), [], 0, 0
    while True:
        time += numbers.seconds(gap, "background/demand/gap", k)
        if time > UNTIL:
            return times
        times.append(time)
        k += 1


def ask(depot: str, pieces: int) -> dict[str, Any]:
    return {
        "request": {
            "id": f"ask-{pieces}",
            "items": {"piece": pieces},
            "from": depot,
            "to": "town",
            "time": "0 s",
        }
    }


def market(scenario: Callable, pieces: tuple[int, ...], **more: Any) -> Plan:
    """Every call asks the shop for each of these quantities, one after the other."""
    counter = [{"pick": {"time": "0 s"}}, {"hand_over": {"time": "0 s"}}]
    made = {
        "items": {"piece": {"unit": "piece"}},
        "offices": {"town": {"role": "county_gov", "place": "here"}},
        "procedures": {
            "buy": {"on": "called", "steps": [ask("shop", n) for n in pieces]},
            "counter": {"on": "requested", "steps": counter},
        },
        "background": {
            "demand": {
                "to": "town",
                "gap": {"exponential": {"mean": f"{GAP} s"}},
                "procedure": "buy",
            }
        },
    }
    for key, part in more.items():
        made[key] = made.get(key, {}) | part
    return Plan(scenario(**made))


class Twin:
    """One depot: what lies there, who waits, what is on order; all of it in plain lists."""

    def __init__(self, stock: int):
        self.shelf = stock
        self.queue: list[int] = []
        self.on_order = 0

    @property
    def position(self) -> int:
        return self.shelf + self.on_order - sum(self.queue)

    def ask(self, pieces: int) -> list[int]:
        """Take what is there before all who wait; the rest is a part of its own, and waits.

        Returns the parts that leave at once.
        """
        free = max(0, self.shelf - sum(self.queue))
        parts = [n for n in (min(free, pieces), pieces - min(free, pieces)) if n]
        self.queue += parts
        return self.serve()

    def put(self, pieces: int) -> list[int]:
        self.shelf += pieces
        self.on_order -= pieces
        return self.serve()

    def serve(self) -> list[int]:
        gone = []
        while self.queue and self.queue[0] <= self.shelf:
            self.shelf -= self.queue[0]
            gone.append(self.queue.pop(0))
        return gone

    @property
    def state(self) -> tuple[int, int]:
        return self.shelf, sum(self.queue)


def one_depot(
    calls: list[int], pieces: tuple[int, ...], stock: int, order: Callable, leads: Iterator[int]
) -> Levels:
    """Second by second in which something happens: what comes, what is asked for, what is ordered.

    Within a second, a delivery that was ordered before a call was made known comes first; the
    order of the two does not matter for the levels at the second's end.
    """
    shop, found = Twin(stock), {}
    due: dict[int, list[int]] = defaultdict(list)
    times = Counter(calls)
    agenda = sorted({0, *calls})
    while agenda:
        now = agenda.pop(0)
        if now > UNTIL:
            break
        changed = False
        for quantity in due.pop(now, []):
            shop.put(quantity)
            changed = True
        for _ in range(times.pop(now, 0)):
            for n in pieces:
                shop.ask(n)
                changed = True
        quantity = order(shop.position)
        if quantity:
            shop.on_order += quantity
            arrival = now + next(leads)
            due[arrival].append(quantity)
            agenda = sorted({*agenda, arrival})
        if changed:
            found[now] = shop.state
    return found


def s_s(position: int) -> int:
    return 30 - position if position <= 12 else 0


def r_q(position: int) -> int:
    quantity = 0
    while position + quantity <= 12:
        quantity += 9
    return quantity


RULES = {
    "(s, S)": ({"below": 12, "up_to": 30}, s_s),
    "(R, Q)": ({"below": 12, "order": 9}, r_q),
    "base stock": ({"up_to": 9}, lambda position: max(0, 9 - position)),
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("pieces", [(1,), (3, 2)])
def test_one_depot_and_its_supplier_outside(
    scenario: Callable, rule: str, pieces: tuple[int, ...]
) -> None:
    """Leads are drawn anew for every order, so deliveries overtake each other."""
    data, order = RULES[rule]
    lead = {"exponential": {"mean": f"{LEAD} s"}}
    plan = market(
        scenario,
        pieces,
        depots={
            "shop": {
                "place": "here",
                "stock": {"piece": 20},
                "replenish": {"piece": data | {"lead": lead}},
                "backorders": True,
                "procedures": ["counter"],
            }
        },
    )
    owing = 0
    for replication in range(8):
        numbers = Sampler(Streams(7), replication)
        stream, drawn = "depot/shop/replenish/piece/lead", Exponential(LEAD)
        leads = (numbers.seconds(drawn, stream, k) for k in range(10_000))
        twin = one_depot(demand(numbers), pieces, 20, order, leads)
        found = levels(simulate(plan, Sampler(Streams(7), replication), UNTIL), "shop")
        assert found == twin
        owing += sum(1 for _, owed in found.values() if owed)
    assert owing > 20, "nobody ever waited"


def serial(calls: list[int], local: int, central: int, way: int, lead: int) -> tuple[Levels, ...]:
    """Two depots in a row by event lists: base stock in both, who finds nothing waits."""
    depots = {"shop": Twin(local), "store": Twin(central)}
    due: dict[int, list[tuple[str, int]]] = defaultdict(list)
    found: dict[str, Levels] = {"shop": {}, "store": {}}
    agenda = sorted({*calls})
    while agenda:
        now = agenda.pop(0)
        if now > UNTIL:
            break
        changed = set()
        sent: list[int] = []
        for key, quantity in due.pop(now, []):
            gone = depots[key].put(quantity)
            changed.add(key)
            if key == "store":
                sent += gone
        for _ in range(calls.count(now)):
            depots["shop"].ask(1)
            changed.add("shop")
        quantity = max(0, local - depots["shop"].position)
        if quantity:
            depots["shop"].on_order += quantity
            sent += depots["store"].ask(quantity)
            changed.add("store")
        quantity = max(0, central - depots["store"].position)
        if quantity:
            depots["store"].on_order += quantity
            due[now + lead].append(("store", quantity))
        for quantity in sent:
            due[now + way].append(("shop", quantity))
        agenda = sorted({*agenda, *due})
        for key in changed:
            found[key][now] = depots[key].state
    return found["shop"], found["store"]


def test_two_depots_in_a_row(scenario: Callable) -> None:
    """A shop is filled from a store by lorry, the store from outside: a serial base-stock system.

    The store picks, loads, drives 3000 s and hands over like for any other order.
    """
    base = {"place": "here", "backorders": True, "procedures": ["counter"]}
    plan = market(
        scenario,
        (1,),
        places={"here": {}, "there": {}},
        links={"road": {"from": "there", "to": "here", "time": "3000 s"}},
        procedures={
            "issue": {
                "on": "requested",
                "steps": [{"pick": {"time": "0 s"}}, {"load": {"time": "0 s"}}],
            },
            "deliver": {"on": "loaded", "steps": ["travel", {"hand_over": {"time": "0 s"}}]},
        },
        depots={
            "shop": base
            | {"stock": {"piece": 6}, "replenish": {"piece": {"up_to": 6, "from": "store"}}},
            "store": base
            | {
                "place": "there",
                "procedures": ["issue", "deliver"],
                "stock": {"piece": 5},
                "replenish": {"piece": {"up_to": 5, "lead": "5000 s"}},
            },
        },
        vehicles={"lorry": {"depot": "store", "number": 600, "capacity": "1 t"}},
        policies={"supply": {"consolidate": False}},
    )
    owing = [0, 0]
    for replication in range(4):
        numbers = sampler(11, replication)
        twins = serial(demand(numbers), 6, 5, 3000, 5000)
        rows = simulate(plan, sampler(11, replication), UNTIL)
        for k, key in enumerate(("shop", "store")):
            found = levels(rows, key)
            assert found == twins[k], key
            owing[k] += sum(1 for _, owed in found.values() if owed)
    assert min(owing) > 20, "nobody ever waited"
