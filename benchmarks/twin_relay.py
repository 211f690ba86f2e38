"""The same chain as an ordinary SimPy user would write it.

`simpy.Resource` with priorities, `with … request()`, `|` with a timeout, one numpy generator
called once per number, one dict per event appended to a list.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator

import numpy as np
import simpy

from benchmarks import relay_chain as chain

Z90 = 1.2815515655446004


class Office:
    """An office with its officers, leaders and phone lines."""

    def __init__(self, env: simpy.Environment, name: str):
        self.name = name
        self.officers = simpy.PriorityResource(env, chain.OFFICERS)
        self.leaders = simpy.PriorityResource(env, chain.LEADERS)
        self.lines = simpy.PriorityResource(env, chain.LINES)


class Relay:
    """One drill of the chain; `events` is its log, or `None` for no log."""

    def __init__(self, seed: int, events: list[dict[str, object]] | None):
        self.env = simpy.Environment()
        self.rng = np.random.default_rng(seed)
        self.events = events
        self.offices = [Office(self.env, name) for name in chain.OFFICES]
        self.done: list[float] = []
        for k in range(chain.INCIDENTS):
            self.env.process(self.incident(f"i{k}", k * chain.EVERY))
        for office in self.offices:
            self.env.process(self.calls(office))
        self.env.run(until=chain.UNTIL)

    def draw(self, times: tuple[int, int]) -> float:
        median, p90 = times
        return self.rng.lognormal(math.log(median), math.log(p90 / median) / Z90)

    def log(self, what: str, phase: str, office: str, thing: str) -> None:
        if self.events is not None:
            self.events.append(
                {
                    "time": self.env.now,
                    "activity": what,
                    "phase": phase,
                    "office": office,
                    "id": thing,
                }
            )

    def incident(self, name: str, at: int) -> Generator:
        yield self.env.timeout(at)
        self.log("notice", "", self.offices[0].name, name)
        yield from self.handle(0, name)

    def handle(self, k: int, name: str) -> Generator:
        office = self.offices[k]
        for step, times in chain.STEPS.items():
            staff = office.leaders if step == "sign" else office.officers
            yield from self.work(step, staff, times, 2, office, name)
        if k + 1 == len(self.offices):
            self.done.append(self.env.now)
            return
        superior = self.offices[k + 1]
        self.log("send", "asked", office.name, name)
        with office.officers.request(priority=2) as officer:
            yield officer
            self.log("send", "started", office.name, name)
            yield from self.transmit(office, superior, name)
        self.env.process(self.receive(k + 1, name))

    def work(
        self,
        step: str,
        staff: simpy.PriorityResource,
        times: tuple[int, int],
        priority: int,
        office: Office,
        name: str,
    ) -> Generator:
        self.log(step, "asked", office.name, name)
        with staff.request(priority=priority) as request:
            yield request
            self.log(step, "started", office.name, name)
            yield self.env.timeout(self.draw(times))
            self.log(step, "ended", office.name, name)

    def transmit(self, office: Office, superior: Office, name: str) -> Generator:
        for attempt in range(chain.TRIES):
            if attempt:
                yield self.env.timeout(chain.PAUSE)
            with superior.lines.request(priority=2) as line:
                result = yield line | self.env.timeout(chain.PATIENCE)
                if line in result:
                    yield self.env.timeout(self.draw(chain.PHONE))
                    self.log("send", "ended", office.name, name)
                    return
            self.log("try_failed", "", office.name, name)
        yield self.env.timeout(self.draw(chain.PLATFORM))
        self.log("send", "ended", office.name, name)

    def receive(self, k: int, name: str) -> Generator:
        office = self.offices[k]
        yield from self.work("answer", office.officers, chain.ANSWER, 1, office, name)
        self.log("receive", "", office.name, name)
        self.log("acknowledge", "", office.name, name)
        yield from self.handle(k, name)

    def calls(self, office: Office) -> Generator:
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(chain.CALL_EVERY))
            self.env.process(self.call(office, f"{office.name}-{number}"))
            number += 1

    def call(self, office: Office, name: str) -> Generator:
        self.log("serve", "asked", office.name, name)
        with office.officers.request(priority=8) as officer:
            result = yield officer | self.env.timeout(chain.CALLER_PATIENCE)
            if officer not in result:
                self.log("given_up", "", office.name, name)
                return
            self.log("serve", "started", office.name, name)
            yield self.env.timeout(self.draw(chain.CALL))
            self.log("serve", "ended", office.name, name)


def drills(count: int) -> Iterator[list[float]]:
    """Yield the times at which the incidents reached the end of the chain; no log."""
    for seed in range(count):
        yield Relay(seed, None).done


def logged_drills(count: int) -> list[list[dict[str, object]]]:
    """Return one list of events per drill."""
    logs = []
    for seed in range(count):
        events: list[dict[str, object]] = []
        Relay(seed, events)
        logs.append(events)
    return logs
