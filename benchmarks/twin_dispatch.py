"""The same district as an ordinary SimPy user would write it.

A `simpy.PriorityResource` of officers, a list of idle teams, a heap of waiting calls with one
event each, one process per call, one numpy generator called once per number, one dict per event
appended to a list.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import simpy

from benchmarks import dispatch_town as town
from sim.scenario.geo import distance_m

Z90 = 1.2815515655446004
PLACES = list(town.PLACES)
BOUNDS = list(accumulate(town.WEIGHTS.values()))
TRAVEL = {
    (a, b): round(distance_m(at, to) * town.DETOUR * 3600 / town.SPEED)
    for a, at in town.PLACES.items()
    for b, to in town.PLACES.items()
}


@dataclass
class Team:
    """A team: where it belongs and what it can do."""

    name: str
    base: str
    skills: frozenset[str]


class District:
    """Seven days; `events` is the log, or `None` for no log."""

    def __init__(self, seed: int, events: list[dict[str, object]] | None):
        self.env = simpy.Environment()
        self.rng = np.random.default_rng(seed)
        self.events = events
        self.officers = simpy.PriorityResource(self.env, town.OFFICERS)
        self.idle = [
            Team(name, base, frozenset(skills)) for name, (base, skills) in town.TEAMS.items()
        ]
        self.waiting: list[tuple[int, int, simpy.Event, frozenset[str]]] = []
        self.asked = 0
        self.responses: list[float] = []
        for name in town.CALLS:
            self.env.process(self.calls(name))
        self.env.run(until=town.UNTIL)

    def draw(self, times: tuple[int, int]) -> float:
        median, p90 = times
        return self.rng.lognormal(math.log(median), math.log(p90 / median) / Z90)

    def log(self, what: str, phase: str, who: str, thing: str, place: str = "") -> None:
        if self.events is not None:
            self.events.append(
                {
                    "time": self.env.now,
                    "activity": what,
                    "phase": phase,
                    "actor": who,
                    "id": thing,
                    "place": place,
                }
            )

    def calls(self, name: str) -> Generator:
        priority, skills, gap = town.CALLS[name]
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(gap))
            place = PLACES[bisect(BOUNDS, self.rng.random() * BOUNDS[-1])]
            number += 1
            self.env.process(self.call(f"{name}-{number}", priority, frozenset(skills), place))

    def call(self, name: str, priority: int, skills: frozenset[str], place: str) -> Generator:
        begin = self.env.now
        self.log("call", "", "centre", name, place)
        self.log("dispatch", "asked", "centre", name)
        with self.officers.request(priority=priority) as officer:
            yield officer
            self.log("dispatch", "started", "centre", name)
            yield self.env.timeout(self.draw(town.DECIDE))
        self.log("dispatch", "ended", "centre", name)
        self.log("order", "asked", "centre", name)
        team = self.nearest(skills, place)
        if team is None:
            ready = self.env.event()
            self.asked += 1
            heapq.heappush(self.waiting, (priority, self.asked, ready, skills))
            team = yield ready
        self.log("order", "ended", team.name, name)
        yield from self.step("alert", team, name, self.draw(town.ALERT))
        yield from self.step("muster", team, name, self.draw(town.MUSTER))
        yield from self.step("travel", team, name, TRAVEL[team.base, place])
        self.log("arrive", "", team.name, name, place)
        self.responses.append(self.env.now - begin)
        yield from self.step("work", team, name, self.draw(town.WORK))
        yield from self.step("return", team, name, TRAVEL[place, team.base])
        self.free(team)

    def step(self, what: str, team: Team, name: str, seconds: float) -> Generator:
        self.log(what, "started", team.name, name)
        yield self.env.timeout(seconds)
        self.log(what, "ended", team.name, name)

    def nearest(self, skills: frozenset[str], place: str) -> Team | None:
        fitting = [team for team in self.idle if skills <= team.skills]
        if not fitting:
            return None
        team = min(fitting, key=lambda one: TRAVEL[one.base, place])
        self.idle.remove(team)
        return team

    def free(self, team: Team) -> None:
        for entry in sorted(self.waiting):
            if entry[3] <= team.skills:
                self.waiting.remove(entry)
                heapq.heapify(self.waiting)
                entry[2].succeed(team)
                return
        self.idle.append(team)


def drills(count: int) -> Iterator[list[float]]:
    """Yield the response times of each drill; no log."""
    for seed in range(count):
        yield District(seed, None).responses


def logged_drills(count: int) -> list[list[dict[str, object]]]:
    """Return one list of events per drill."""
    logs = []
    for seed in range(count):
        events: list[dict[str, object]] = []
        District(seed, events)
        logs.append(events)
    return logs
