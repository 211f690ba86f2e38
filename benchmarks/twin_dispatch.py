"""The same district as an ordinary SimPy user would write it.

A `simpy.PriorityResource` of officers, a list of idle teams, a heap of waiting calls with one
event each, one process per call, one numpy generator called once per number, one dict per event
appended to a list.  Its log holds what ours holds: what each row was caused by, what its time was
spent on, which row freed the team that was waited for; but not which officer decided, for a
`Resource` has no persons.
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
    freed_by: int | None = None


@dataclass
class Call:
    """A call: its number of a kind, where it comes from, and the last row about it."""

    name: str
    place: str
    wanted: str
    last: int | None = None


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

    def log(self, call: Call, activity: str, phase: str, actor: str, **further: object) -> None:
        """Write one event, caused by the last one of the call."""
        if self.events is None:
            return
        event = {
            "time": self.env.now,
            "activity": activity,
            "phase": phase,
            "actor": actor,
            "object": call.name,
            "cause": call.last,
        }
        call.last = len(self.events)
        self.events.append(event | further)

    def calls(self, name: str) -> Generator:
        priority, skills, gap = town.CALLS[name]
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(gap))
            place = PLACES[bisect(BOUNDS, self.rng.random() * BOUNDS[-1])]
            number += 1
            call = Call(f"{name}-{number}", place, " ".join(skills))
            self.env.process(self.call(call, priority, frozenset(skills)))

    def call(self, call: Call, priority: int, skills: frozenset[str]) -> Generator:
        begin = self.env.now
        self.log(call, "call", "", "", recipient="centre", place=call.place)
        self.log(call, "dispatch", "asked", "centre")
        with self.officers.request(priority=priority) as officer:
            yield officer
            span = "waiting_person" if self.env.now > begin else ""
            self.log(call, "dispatch", "started", "centre", span=span)
            yield self.env.timeout(self.draw(town.DECIDE))
            self.log(call, "dispatch", "ended", "centre", span="deciding")
        self.log(call, "order", "asked", "centre", place=call.place, reason=call.wanted)
        team = self.nearest(skills, call.place)
        span, held_by = "", None
        if team is None:
            ready = self.env.event()
            self.asked += 1
            heapq.heappush(self.waiting, (priority, self.asked, ready, skills))
            team = yield ready
            span, held_by = "waiting_team", team.freed_by
        who = team.name
        self.log(call, "order", "ended", "centre", recipient=who, span=span, held_by=held_by)
        yield from self.step(call, "alert", team, town.ALERT, "mustering")
        yield from self.step(call, "muster", team, town.MUSTER, "mustering", persons=6)
        self.log(call, "depart", "", who, place=team.base, persons=6)
        yield from self.drive(call, "travel", team, team.base, call.place)
        self.log(call, "arrive", "", who, place=call.place, persons=6)
        self.responses.append(self.env.now - begin)
        yield from self.step(call, "work", team, town.WORK, "working")
        yield from self.drive(call, "return", team, call.place, team.base)
        team.freed_by = call.last
        self.free(team)

    def step(
        self,
        call: Call,
        activity: str,
        team: Team,
        times: tuple[int, int],
        span: str,
        **further: object,
    ) -> Generator:
        self.log(call, activity, "asked", team.name)
        self.log(call, activity, "started", team.name)
        yield self.env.timeout(self.draw(times))
        self.log(call, activity, "ended", team.name, span=span, **further)

    def drive(self, call: Call, activity: str, team: Team, start: str, end: str) -> Generator:
        self.log(call, activity, "started", team.name, place=start)
        yield self.env.timeout(TRAVEL[start, end])
        self.log(call, activity, "ended", team.name, span="travel", place=end)

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
