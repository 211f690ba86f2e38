"""The network of roads, water, air and rail: who gets where by which way, and how fast.

Nothing here changes while drills run.  Ways and times hang on the state of the roads
(`Condition`), the hour and who travels; they are found once and kept, so that replications
share them.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from sim.model.graph import Graph, Traveller, Tree
from sim.model.shifts import DAY
from sim.scenario import Scenario
from sim.scenario.geo import Point, distance_m
from sim.scenario.teams import Team

NEVER = 10**9
"""Seconds that stand for no way at present."""
MOST_CELLS = 4_000_000
"""Times of nodes kept at most, before all are found anew."""


class Leg(NamedTuple):
    """One link of a way, as it is travelled."""

    link: str
    start: str
    end: str
    seconds: int


class Way(NamedTuple):
    """Legs in order, the time of all (s), and the numbers of their links."""

    legs: tuple[Leg, ...]
    seconds: int
    links: frozenset[int]


class Condition:
    """One state of the roads: (link, part of its speed that is left, 0 = closed)."""

    def __init__(self, slowed: tuple[tuple[int, float], ...]):
        self.slowed = slowed
        self.links = frozenset(link for link, _ in slowed)
        self.closed = frozenset(link for link, factor in slowed if not factor)
        self.times: dict[tuple[Traveller, int], np.ndarray] = {}
        self.trees: dict[tuple[Traveller, int, int], Tree] = {}
        self.ways: dict[tuple[Traveller, int, str, str], Way | None] = {}


class Roads:
    """Ways and travel times in whole seconds.

    Between places that links join: the links' times.  Else: great-circle distance × detour
    ÷ speed.  `edges` are the seconds of the day at which speeds change; `open_seconds` keeps times
    with all links open, by stretch of the day and end, then by traveller's key and start.
    """

    def __init__(self, scenario: Scenario):
        self._scenario = scenario
        self._travel = scenario.policies.travel
        self._graph = Graph(scenario)
        self.number = self._graph.number
        self._travellers: dict[str, Traveller] = {}
        self._straight: dict[tuple[str, str, Traveller], int] = {}
        self._conditions: dict[tuple[tuple[int, float], ...], Condition] = {}
        self._kept = 0
        self.all_open = Condition(())
        self.open_seconds: dict[tuple[int, str], dict[tuple[str, str], int]] = {}
        edges = {e % DAY for hours in self._graph.hours for s in hours for span in s for e in span}
        self.edges = sorted({0, *edges})

    # -- who travels, and when ---------------------------------------------------------
    def traveller(self, key: str, traits: Any) -> Traveller:
        """Return how a team (its key) or a vehicle (`KIND-3`) travels."""
        found = self._travellers.get(key)
        if found is None:
            found = Traveller(traits.speed, tuple(traits.modes), self._entitled(key, traits))
            self._travellers[key] = found
        return found

    def _entitled(self, key: str, traits: Any) -> bool:
        lane = self._travel.fast_lane
        if lane is None:
            return False
        if isinstance(traits, Team):
            team = key.partition("/")[0]  # members who follow are `team/late-1`
            return team in lane.entitled.teams or bool(set(traits.skills) & {*lane.entitled.skills})
        return key.rpartition("-")[0] in lane.entitled.vehicles

    def slot(self, second: int) -> int:
        """Return the number of the stretch of the day in which all speeds keep."""
        return bisect_right(self.edges, second) - 1 if len(self.edges) > 1 else 0

    def condition(self, slowed: dict[int, float]) -> Condition:
        """Return the state of the roads in which these links are slowed down or closed."""
        if not slowed:
            return self.all_open
        if self._kept * len(self._graph.names) > MOST_CELLS:
            self._conditions.clear()
            self._kept = 0
        key = tuple(sorted(slowed.items()))
        found = self._conditions.get(key)
        if found is None:
            found = self._conditions[key] = Condition(key)
        return found

    # -- as the crow flies -------------------------------------------------------------
    def straight(self, start: str, end: str, who: Traveller) -> int:
        """Return the time from place to place as the crow flies."""
        key = (start, end, who)
        found = self._straight.get(key)
        if found is None:
            a, b = self.point(start), self.point(end)
            found = self._straight[key] = self.straight_from(a, b, who)
        return found

    def straight_from(self, a: Point, b: Point, who: Traveller) -> int:
        """Return the time between two points as the crow flies; by air without detour."""
        air = "air" in who.modes
        pace = who.speed or (self._graph.speed_of("air") if air else None) or self._travel.speed
        metres = distance_m(a, b) * (1.0 if air else self._travel.detour)
        lane = self._travel.fast_lane
        factor = lane.factor if lane is not None and who.entitled and lane.everywhere else 1.0
        return int(metres * 3600 / pace * factor + 0.5)

    def point(self, place: str) -> Point:
        """Return the coordinates of a place; an error where it has none."""
        at = self._scenario.places[place].at
        if at is None:
            raise ValueError(f"no way to or from {place}: no links and no coordinates")
        return at

    # -- over links --------------------------------------------------------------------
    def linked(self, start: str, end: str, who: Traveller, slot: int = 0) -> bool:
        """Return whether links join two places when all are open, which no hour changes."""
        return self._free(slot, start, end, who) is not None

    def seconds(self, state: Condition, slot: int, start: str, end: str, who: Traveller) -> int:
        """Return the travel time, `NEVER` where every way is closed."""
        if start == end:
            return 0
        free = self._free(slot, start, end, who)
        if free is None:
            return self.straight(start, end, who)
        if state.links.isdisjoint(free.links):
            return free.seconds
        nodes = self._graph.nodes
        return int(min(self._tree(state, slot, nodes[end], who).seconds[nodes[start]], NEVER))

    def least(self, start: str, end: str, who: Traveller) -> int:
        """Return the least travel time: nothing closed, each link at its quickest hour."""
        nodes = self._graph.nodes
        if start == end:
            return 0
        if self._free(0, start, end, who) is None:
            return self.straight(start, end, who)
        times = np.min([self._graph.times(who, edge, ()) for edge in self.edges], axis=0)
        return int(self._graph.shortest(times, nodes[end]).seconds[nodes[start]])

    def way(self, state: Condition, slot: int, start: str, end: str, who: Traveller) -> Way | None:
        """Return the quickest way over links, `None` where every way is closed.

        Closures only make links slower: the quickest way with all links open stays the
        quickest as long as none of its own links is concerned.
        """
        free = self._free(slot, start, end, who)
        if free is None or state.links.isdisjoint(free.links):
            return free
        return self._way(state, slot, start, end, who)

    def _free(self, slot: int, start: str, end: str, who: Traveller) -> Way | None:
        """Return the quickest way when all links are open, `None` where no links lead there."""
        nodes = self._graph.nodes
        if start not in nodes or end not in nodes:
            return None
        return self._way(self.all_open, slot, start, end, who)

    def _way(self, state: Condition, slot: int, start: str, end: str, who: Traveller) -> Way | None:
        key = (who, slot, start, end)
        try:
            return state.ways[key]
        except KeyError:
            a, b = self._graph.nodes[start], self._graph.nodes[end]
            after = self._tree(state, slot, b, who).after
            nodes = [a]
            while nodes[-1] != b and after[nodes[-1]] >= 0:
                nodes.append(after[nodes[-1]])
            legs = tuple(self._leg(state, slot, x, y, who) for x, y in pairwise(nodes))
            links = frozenset(self.number[leg.link] for leg in legs)
            way = Way(legs, sum(leg.seconds for leg in legs), links)
            state.ways[key] = way if nodes[-1] == b else None
        return state.ways[key]

    def _leg(self, state: Condition, slot: int, a: int, b: int, who: Traveller) -> Leg:
        """Return the quickest of the links that lead from one node to the next."""
        times, names, beside = state.times[who, slot], self._graph.names, self._graph.between[a, b]
        arc, link = beside[0] if len(beside) == 1 else min(beside, key=lambda one: times[one[0]])
        return Leg(link, names[a], names[b], int(times[arc]))

    def _tree(self, state: Condition, slot: int, end: int, who: Traveller) -> Tree:
        tree = state.trees.get((who, slot, end))
        if tree is None:
            times = state.times.get((who, slot))
            if times is None:
                times = self._graph.times(who, self.edges[slot], state.slowed)
                state.times[who, slot] = times
            self._kept += 1
            tree = state.trees[who, slot, end] = self._graph.shortest(times, end)
        return tree
