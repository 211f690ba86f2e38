"""The same region as an ordinary SimPy user would write it.

A `simpy.Resource` of officers in every county, of leaders, crews and docks in every city, a
`simpy.Store` of trucks, a dict of stocks, one process per need and one per truck, one numpy
generator called once per number, one dict per event appended to a list.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator

import numpy as np
import simpy

from benchmarks import supply_region as region
from sim.scenario.geo import distance_m

Z90 = 1.2815515655446004
TRAVEL = {
    county: round(
        distance_m(region.AT[city], region.AT[county]) * region.DETOUR * 3600 / region.SPEED
    )
    for county, city in region.COUNTIES.items()
}


class Depot:
    """One city's depot: who and what works there, and what is on its shelves and books."""

    def __init__(self, env: simpy.Environment, city: str):
        self.name = f"d{city}"
        self.leader = simpy.Resource(env, 1)
        self.crew = simpy.Resource(env, region.CREW)
        self.docks = simpy.Resource(env, region.DOCKS)
        self.trucks = simpy.Store(env)
        self.trucks.items.extend(f"v{city}-{k + 1}" for k in range(region.FLEET[city]))
        self.record = dict.fromkeys(region.ITEMS, region.STOCK)
        self.free = dict.fromkeys(region.ITEMS, region.STOCK)
        self.on_order = dict.fromkeys(region.ITEMS, 0)


class Region:
    """Ten days; `events` is the log, or `None` for no log."""

    def __init__(self, seed: int, events: list[dict[str, object]] | None):
        self.env = simpy.Environment()
        self.rng = np.random.default_rng(seed)
        self.events = events
        self.handed_over: list[float] = []
        self.refused = 0
        self.depots = {city: Depot(self.env, city) for city in region.CITIES}
        self.officers = {
            county: simpy.Resource(self.env, region.OFFICERS) for county in region.COUNTIES
        }
        for county, kits in region.ASKS.items():
            for kit in kits:
                self.env.process(self.needs(county, kit))
        self.env.run(until=region.UNTIL)

    def draw(self, times: tuple[int, int]) -> float:
        median, p90 = times
        return self.rng.lognormal(math.log(median), math.log(p90 / median) / Z90)

    def log(
        self,
        what: str,
        phase: str,
        who: str,
        order: str,
        thing: str = "",
        item: str = "",
        quantity: int = 0,
    ) -> None:
        if self.events is not None:
            self.events.append(
                {
                    "time": self.env.now,
                    "activity": what,
                    "phase": phase,
                    "actor": who,
                    "order": order,
                    "object": thing,
                    "item": item,
                    "quantity": quantity,
                }
            )

    def work(
        self, what: str, resource: simpy.Resource, times: tuple[int, int], who: str, order: str
    ) -> Generator:
        self.log(what, "asked", who, order)
        with resource.request() as one:
            yield one
            self.log(what, "started", who, order)
            yield self.env.timeout(self.draw(times))
        self.log(what, "ended", who, order)

    def needs(self, county: str, kit: str) -> Generator:
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(region.GAP))
            number += 1
            self.log("call", "", f"c{county}", f"{county}-{kit}-{number}")
            self.env.process(self.order(county, kit, f"{county}-{kit}-{number}"))

    def order(self, county: str, kit: str, order: str) -> Generator:
        begin = self.env.now
        depot = self.depots[region.COUNTIES[county]]
        lines = region.KITS[kit]
        for item, quantity in lines.items():
            self.log("supply_order", "", f"c{county}", order, "", item, quantity)
        officers = self.officers[county]
        yield from self.work("request", officers, region.DECIDE, f"c{county}", order)
        promised = {}
        for item, quantity in lines.items():
            part = min(quantity, depot.free[item])
            if part:
                promised[item] = part
                depot.free[item] -= part
                self.log("request", "", f"c{county}", order, depot.name, item, part)
                self.log("reserve", "", depot.name, order, "", item, part)
                self.replenish(depot, item)
            if part < quantity:
                self.refused += 1
                self.log("refused", "", f"c{county}", order, depot.name, item, quantity - part)
        if not promised:
            return
        yield from self.work("approve", depot.leader, region.APPROVE, depot.name, order)
        for item, part in promised.items():
            self.log("approved", "", depot.name, order, "", item, part)
        yield from self.work("pick", depot.crew, region.PICK, depot.name, order)
        for item, part in promised.items():
            depot.record[item] -= part
            self.log("picked", "", depot.name, order, "", item, part)
        while promised:
            load, room = {}, region.CAPACITY
            truck = yield depot.trucks.get()
            for item in list(promised):
                part = min(promised[item], room // region.ITEMS[item])
                if part:
                    load[item] = part
                    room -= part * region.ITEMS[item]
                    promised[item] -= part
                    if not promised[item]:
                        del promised[item]
            self.log("load", "asked", depot.name, order, truck)
            with depot.docks.request() as dock:
                yield dock
                with depot.crew.request() as crew:
                    yield crew
                    self.log("load", "started", depot.name, order, truck)
                    yield self.env.timeout(self.draw(region.LOAD))
            self.log("load", "ended", depot.name, order, truck)
            for item, part in load.items():
                self.log("loaded", "", depot.name, order, truck, item, part)
            self.env.process(self.deliver(depot, county, order, truck, load, begin))

    def deliver(
        self, depot: Depot, county: str, order: str, truck: str, load: dict, begin: float
    ) -> Generator:
        for what, seconds in (
            ("travel", TRAVEL[county]),
            ("unload", self.draw(region.UNLOAD)),
            ("hand_over", self.draw(region.HAND_OVER)),
        ):
            self.log(what, "started", depot.name, order, truck)
            yield self.env.timeout(seconds)
            self.log(what, "ended", depot.name, order, truck)
            if what == "travel":
                self.log("arrive", "", depot.name, order, truck)
        for item, part in load.items():
            self.log("hand_over", "", depot.name, order, f"c{county}", item, part)
        self.handed_over.append(self.env.now - begin)
        self.log("return", "started", depot.name, order, truck)
        yield self.env.timeout(TRAVEL[county])
        self.log("return", "ended", depot.name, order, truck)
        yield depot.trucks.put(truck)

    def replenish(self, depot: Depot, item: str) -> None:
        while depot.free[item] + depot.on_order[item] <= region.BELOW:
            depot.on_order[item] += region.ORDER
            self.log("replenish", "", depot.name, "", "", item, region.ORDER)
            self.env.process(self.supplier(depot, item))

    def supplier(self, depot: Depot, item: str) -> Generator:
        yield self.env.timeout(region.LEAD)
        depot.on_order[item] -= region.ORDER
        depot.record[item] += region.ORDER
        depot.free[item] += region.ORDER
        self.log("put_in_stock", "", depot.name, "", "", item, region.ORDER)


def drills(count: int) -> Iterator[Region]:
    """Yield the drills; no log."""
    for seed in range(count):
        yield Region(seed, None)


def logged_drills(count: int) -> list[list[dict[str, object]]]:
    """Return one list of events per drill."""
    logs = []
    for seed in range(count):
        events: list[dict[str, object]] = []
        Region(seed, events)
        logs.append(events)
    return logs
