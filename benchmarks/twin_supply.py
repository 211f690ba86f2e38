"""The same region as an ordinary SimPy user would write it.

A `simpy.Resource` of officers in every county, of leaders, crews and docks in every city, a
`simpy.Store` of trucks, a dict of stocks, one process per need and one per truck, one numpy
generator called once per number, one dict per event appended to a list.  Its log holds what ours
holds: what each row was caused by and what its time was spent on, orders, goods, vehicles and how
full they are; but not which person did it and who kept him before, for a `Resource` has no persons.
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
        self.orders = 0


class Thread:
    """Who works on something; `last` is the last row about it."""

    def __init__(self, actor: str, last: int):
        self.actor = actor
        self.last = last


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
        self.head()
        for county, kits in region.ASKS.items():
            for kit in kits:
                self.env.process(self.needs(county, kit))
        self.env.run(until=region.UNTIL)

    def draw(self, times: tuple[int, int]) -> float:
        median, p90 = times
        return self.rng.lognormal(math.log(median), math.log(p90 / median) / Z90)

    def log(self, activity: str, phase: str, actor: str, **further: object) -> int:
        """Write one event and return its number."""
        if self.events is None:
            return -1
        event = {"time": self.env.now, "activity": activity, "phase": phase, "actor": actor}
        event.update(further)
        self.events.append(event)
        return len(self.events) - 1

    def write(self, thread: Thread, activity: str, phase: str, **further: object) -> None:
        """Write one event of a thread, caused by its last one."""
        thread.last = self.log(activity, phase, thread.actor, cause=thread.last, **further)

    def head(self) -> None:
        """Write down who and what is there when the drill begins."""
        for county in self.officers:
            self.log("role", "", f"c{county}", place=f"p{county}", actor_role="county_gov")
        for city, depot in self.depots.items():
            name = depot.name
            self.log("role", "", f"o{city}", place=f"p{city}", actor_role="city_gov")
            self.log("role", "", name, place=f"p{city}", actor_role="depot", superior=f"o{city}")
            for item, quantity in depot.record.items():
                self.log("stock_recorded", "", name, item=item, quantity=quantity)
                self.log("stock_true", "", "", recipient=name, item=item, quantity=quantity)

    def work(
        self,
        activity: str,
        resource: simpy.Resource,
        times: tuple[int, int],
        thread: Thread,
        span: str,
        **further: object,
    ) -> Generator:
        self.write(thread, activity, "asked")
        with resource.request() as one:
            yield one
            self.write(thread, activity, "started", span="waiting_person")
            yield self.env.timeout(self.draw(times))
        self.write(thread, activity, "ended", span=span, **further)

    def needs(self, county: str, kit: str) -> Generator:
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(region.GAP))
            number += 1
            name = f"b{county}-{kit}"
            row = self.log("call", "", "", recipient=f"c{county}", object=name, place=f"p{county}")
            thread = Thread(f"c{county}", row)
            self.env.process(self.order(county, kit, f"{name}/c{county}/request-{number}", thread))

    def order(self, county: str, kit: str, order: str, thread: Thread) -> Generator:
        begin = self.env.now
        depot = self.depots[region.COUNTIES[county]]
        lines, office, place = region.KITS[kit], thread.actor, f"p{county}"
        for item, quantity in lines.items():
            self.write(
                thread,
                "supply_order",
                "",
                object=order,
                order=order,
                item=item,
                quantity=quantity,
                place=place,
            )
        yield from self.work("request", self.officers[county], region.DECIDE, thread, "deciding")
        promised: dict[str, int] = {}
        goods = {"object": f"{order}/1", "order": order}
        asked = thread.last
        for item, quantity in lines.items():
            part = min(quantity, depot.free[item])
            if part:
                promised[item] = part
                depot.free[item] -= part
                line = goods | {"item": item, "quantity": part}
                self.write(thread, "request", "", recipient=depot.name, **line)
                asked = self.log(
                    "reserve", "", depot.name, recipient=office, cause=thread.last, **line
                )
                self.replenish(depot, item, asked)
            if part < quantity:
                self.refused += 1
                line = goods | {"item": item, "quantity": quantity - part, "reason": "no_stock"}
                self.write(thread, "refused", "", **line)
        if not promised:
            return
        thread = Thread(depot.name, asked)
        yield from self.work("approve", depot.leader, region.APPROVE, thread, "deciding")
        for item, part in promised.items():
            self.write(thread, "approved", "", recipient=office, item=item, quantity=part, **goods)
        yield from self.work("pick", depot.crew, region.PICK, thread, "loading", order=order)
        for item, part in promised.items():
            depot.record[item] -= part
            self.write(thread, "picked", "", item=item, quantity=part, **goods)
        number = 0
        while promised:
            number += 1
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
            trip = f"{order}/1/{number}"
            car = {"object": trip, "order": order, "vehicle": truck}
            self.write(thread, "load", "asked", **car)
            with depot.docks.request() as dock:
                yield dock
                with depot.crew.request() as crew:
                    yield crew
                    self.write(thread, "load", "started", span="waiting_person", **car)
                    yield self.env.timeout(self.draw(region.LOAD))
            share = round(1 - room / region.CAPACITY, 4)
            self.write(thread, "load", "ended", span="loading", share=share, **car)
            for item, part in load.items():
                self.write(thread, "loaded", "", item=item, quantity=part, vehicle=truck, **goods)
            driver = Thread(depot.name, thread.last)
            self.env.process(self.deliver(depot, county, goods, trip, truck, load, begin, driver))

    def deliver(
        self,
        depot: Depot,
        county: str,
        goods: dict[str, str],
        trip: str,
        truck: str,
        load: dict[str, int],
        begin: float,
        driver: Thread,
    ) -> Generator:
        here, there = f"p{depot.name[1:]}", f"p{county}"
        car = {"object": trip, "vehicle": truck}
        self.write(driver, "travel", "started", place=here, **car)
        yield self.env.timeout(TRAVEL[county])
        self.write(driver, "travel", "ended", span="travel", place=there, **car)
        self.write(driver, "arrive", "", place=there, **car)
        self.write(driver, "unload", "asked", **car)
        self.write(driver, "unload", "started", **car)
        yield self.env.timeout(self.draw(region.UNLOAD))
        self.write(driver, "unload", "ended", span="unloading", **car)
        self.write(driver, "hand_over", "asked")
        self.write(driver, "hand_over", "started")
        yield self.env.timeout(self.draw(region.HAND_OVER))
        self.write(driver, "hand_over", "ended", span="handing_over")
        for item, part in load.items():
            self.write(driver, "hand_over", "", item=item, quantity=part, place=there, **goods)
        self.handed_over.append(self.env.now - begin)
        self.write(driver, "return", "started", place=there, **car)
        yield self.env.timeout(TRAVEL[county])
        self.write(driver, "return", "ended", span="travel", place=here, **car)
        yield depot.trucks.put(truck)

    def replenish(self, depot: Depot, item: str, because: int) -> None:
        while depot.free[item] + depot.on_order[item] <= region.BELOW:
            depot.on_order[item] += region.ORDER
            depot.orders += 1
            order = f"{depot.name}/replenish-{depot.orders}"
            line = {"object": order, "order": order, "item": item, "quantity": region.ORDER}
            thread = Thread(depot.name, because)
            self.write(thread, "replenish", "", **line)
            self.env.process(self.supplier(depot, item, line, thread))

    def supplier(
        self, depot: Depot, item: str, line: dict[str, object], thread: Thread
    ) -> Generator:
        yield self.env.timeout(region.LEAD)
        depot.on_order[item] -= region.ORDER
        depot.record[item] += region.ORDER
        depot.free[item] += region.ORDER
        self.write(thread, "put_in_stock", "", reason="replenished", span="supplier", **line)


def drills(count: int) -> Iterator[Region]:
    """Yield the drills; no log."""
    for seed in range(count):
        yield Region(seed, None)


def logged_drills(count: int) -> Iterator[list[dict[str, object]]]:
    """Yield one list of events per drill."""
    for seed in range(count):
        events: list[dict[str, object]] = []
        Region(seed, events)
        yield events
