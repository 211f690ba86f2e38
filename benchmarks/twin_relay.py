"""The same chains as an ordinary SimPy user would write it.

`simpy.Resource` with priorities, `with … request()`, `|` with a timeout, one numpy generator
called once per number, one dict per event appended to a list.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator

import numpy as np
import simpy

from benchmarks import relay_chain as given
from benchmarks.relay_chain import Chain

Z90 = 1.2815515655446004


class Office:
    """An office with its officers, leaders and phone lines."""

    def __init__(self, env: simpy.Environment, name: str):
        self.name = name
        self.officers = simpy.PriorityResource(env, given.OFFICERS)
        self.leaders = simpy.PriorityResource(env, given.LEADERS)
        self.lines = simpy.PriorityResource(env, given.PHONES)


class Relay:
    """One drill of the chain; `events` is its log, or `None` for no log.

    `done` are the seconds from an incident to its last signature, for all that got so far.
    """

    def __init__(self, chain: Chain, seed: int, events: list[dict[str, object]] | None):
        self.chain = chain
        self.env = simpy.Environment()
        self.rng = np.random.default_rng(seed)
        self.events = events
        self.done: list[float] = []
        for names in chain.offices:
            line = [Office(self.env, name) for name in names]
            for k in range(chain.incidents):
                self.env.process(self.incident(line, f"i{k}", k * chain.every))
            for office in line:
                self.env.process(self.calls(office))
        self.env.run(until=chain.until)

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

    def incident(self, line: list[Office], name: str, at: int) -> Generator:
        yield self.env.timeout(at)
        self.log("notice", "", line[0].name, name)
        yield from self.handle(line, 0, name, at)

    def handle(self, line: list[Office], k: int, name: str, at: int) -> Generator:
        office = line[k]
        for step, times in given.STEPS.items():
            staff = office.leaders if step == "sign" else office.officers
            yield from self.work(step, staff, times, 2, office, name)
        if k + 1 == len(line):
            self.done.append(self.env.now - at)
            return
        superior = line[k + 1]
        self.log("send", "asked", office.name, name)
        with office.officers.request(priority=2) as officer:
            yield officer
            self.log("send", "started", office.name, name)
            yield from self.transmit(office, superior, name)
        self.env.process(self.receive(line, k + 1, name, at))

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
        for attempt in range(given.TRIES):
            if attempt:
                yield self.env.timeout(given.PAUSE)
            with superior.lines.request(priority=2) as line:
                result = yield line | self.env.timeout(given.PATIENCE)
                if line in result:
                    yield self.env.timeout(self.draw(given.PHONE))
                    self.log("send", "ended", office.name, name)
                    return
            self.log("try_failed", "", office.name, name)
        yield self.env.timeout(self.draw(given.PLATFORM))
        self.log("send", "ended", office.name, name)

    def receive(self, line: list[Office], k: int, name: str, at: int) -> Generator:
        office = line[k]
        yield from self.work("answer", office.officers, given.ANSWER, 1, office, name)
        self.log("receive", "", office.name, name)
        self.log("acknowledge", "", office.name, name)
        yield from self.handle(line, k, name, at)

    def calls(self, office: Office) -> Generator:
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(self.chain.call_every))
            self.env.process(self.call(office, f"{office.name}-{number}"))
            number += 1

    def call(self, office: Office, name: str) -> Generator:
        self.log("serve", "asked", office.name, name)
        with office.officers.request(priority=8) as officer:
            result = yield officer | self.env.timeout(given.CALLER_PATIENCE)
            if officer not in result:
                self.log("given_up", "", office.name, name)
                return
            self.log("serve", "started", office.name, name)
            yield self.env.timeout(self.draw(given.CALL))
            self.log("serve", "ended", office.name, name)


def drills(chain: Chain, count: int) -> Iterator[list[float]]:
    """Yield how long the incidents took to the end of the chain; no log."""
    for seed in range(count):
        yield Relay(chain, seed, None).done


def logged_drills(chain: Chain, count: int) -> list[list[dict[str, object]]]:
    """Return one list of events per drill."""
    logs = []
    for seed in range(count):
        events: list[dict[str, object]] = []
        Relay(chain, seed, events)
        logs.append(events)
    return logs
