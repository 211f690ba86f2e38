"""The network of roads, water, air and rail: who gets where by which way, and how fast.

Nothing here changes while drills run.  Ways and times hang on the state of the roads
(`Condition`) and on who travels (`Traveller`); they are found by Dijkstra's algorithm
(scipy.sparse.csgraph) from the destination backwards, and kept, so that replications share
them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from sim.model.shifts import DAY
from sim.scenario import Scenario
from sim.scenario.geo import Point, distance_m
from sim.scenario.places import SPEEDS, SlowHours
from sim.scenario.resources import Team

NEVER = 10**9
"""Seconds that stand for no way at present."""
MOST_CELLS = 4_000_000
"""Times of places kept at most, before all are found anew."""


class Traveller(NamedTuple):
    """What ways depend on: own speed (m/h, `None`: the policy's), modes, fast lane."""

    speed: int | None
    modes: tuple[str, ...]
    entitled: bool


class Leg(NamedTuple):
    """One link of a way, as it is travelled."""

    link: str
    start: str
    end: str
    seconds: int


class _Tree(NamedTuple):
    """The shortest times to one place: seconds from every node, the node after every node."""

    seconds: np.ndarray
    after: np.ndarray


class Condition:
    """One state of the roads: link -> part of its speed that is left (0 = closed)."""

    def __init__(self, slowed: tuple[tuple[int, float], ...]):
        self.slowed = slowed
        self.closed = frozenset(link for link, factor in slowed if not factor)
        self.times: dict[tuple[Traveller, int], np.ndarray] = {}
        self.trees: dict[tuple[Traveller, int, int], _Tree] = {}
        self.ways: dict[tuple[Traveller, int, int, int], tuple[Leg, ...] | None] = {}


class Roads:
    """Ways and travel times in whole seconds; each link takes at least one second.

    Between places that links join: the links' times.  Else: great-circle distance × detour
    ÷ speed.
    """

    def __init__(self, scenario: Scenario):
        self._scenario = scenario
        self._travel = scenario.policies.travel
        self._links = list(scenario.links.items())
        self._travellers: dict[str, Traveller] = {}
        self._straight: dict[tuple[str, str, Traveller], int] = {}
        self._conditions: dict[tuple[tuple[int, float], ...], Condition] = {}
        self._trees = 0
        self.all_open = Condition(())
        self.number = {key: k for k, (key, _) in enumerate(self._links)}
        self.edges = sorted({0, *(e for h in self._hours for span in h for r in span for e in r)})
        self.edges = [edge for edge in self.edges if edge < DAY]

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
            return key in lane.entitled.teams or bool(set(traits.skills) & {*lane.entitled.skills})
        return key.rpartition("-")[0] in lane.entitled.vehicles

    @cached_property
    def _hours(self) -> list[SlowHours]:
        usual = self._travel.hours
        return [link.hours or usual.get(link.kind, {}) for _, link in self._links]  # type: ignore[call-overload]

    def slot(self, second: int) -> int:
        """Return which stretch of the day a second of the day lies in: all speeds keep there."""
        return bisect_right(self.edges, second) - 1 if len(self.edges) > 1 else 0

    def condition(self, slowed: dict[int, float]) -> Condition:
        """Return the state of the roads in which these links are slowed down or closed."""
        if not slowed:
            return self.all_open
        key = tuple(sorted(slowed.items()))
        if self._trees * len(self._nodes) > MOST_CELLS:
            self._conditions.clear()
            self._trees = 0
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
            if a is None or b is None:
                raise ValueError(f"no way from {start} to {end}: no links and no coordinates")
            found = self._straight[key] = self.straight_from(a, b, who)
        return found

    def straight_from(self, a: Point, b: Point, who: Traveller) -> int:
        """Return the time between two points as the crow flies, in seconds."""
        air = "air" in who.modes
        pace = who.speed or (self._speed("air") if air else None) or self._travel.speed
        detour = 1.0 if air else self._travel.detour
        return int(distance_m(a, b) * detour * 3600 / pace * self._lane_everywhere(who) + 0.5)

    def point(self, place: str) -> Point | None:
        """Return the coordinates of a place."""
        return self._scenario.places[place].at

    def _lane_everywhere(self, who: Traveller) -> float:
        lane = self._travel.fast_lane
        return lane.factor if lane is not None and who.entitled and lane.everywhere else 1.0

    # -- over links --------------------------------------------------------------------
    def linked(self, start: str, end: str, who: Traveller) -> bool:
        """Return whether links join two places when all are open."""
        if start not in self._nodes or end not in self._nodes:
            return False
        return self._seconds(self.all_open, 0, start, end, who) < NEVER

    def seconds(self, state: Condition, slot: int, start: str, end: str, who: Traveller) -> int:
        """Return the travel time, `NEVER` where every way is closed."""
        if start == end:
            return 0
        if self.linked(start, end, who):
            return self._seconds(state, slot, start, end, who)
        return self.straight(start, end, who)

    def _seconds(self, state: Condition, slot: int, start: str, end: str, who: Traveller) -> int:
        tree = self._tree(state, slot, self._nodes[end], who)
        return int(min(tree.seconds[self._nodes[start]], NEVER))

    def way(
        self, state: Condition, slot: int, start: str, end: str, who: Traveller
    ) -> tuple[Leg, ...] | None:
        """Return the quickest way over links, `None` where every way is closed."""
        a, b = self._nodes[start], self._nodes[end]
        key = (who, slot, a, b)
        if key not in state.ways:
            tree = self._tree(state, slot, b, who)
            nodes = [a]
            while nodes[-1] != b and tree.after[nodes[-1]] >= 0:
                nodes.append(int(tree.after[nodes[-1]]))
            legs = tuple(self._leg(state, slot, x, y, who) for x, y in pairwise(nodes))
            state.ways[key] = legs if nodes[-1] == b else None
        return state.ways[key]

    def _leg(self, state: Condition, slot: int, a: int, b: int, who: Traveller) -> Leg:
        times = self._times(state, slot, who)
        arc = min(self._arcs[a, b], key=lambda arc: times[arc])
        names, link = self._names, self._links[self._of[arc]][0]
        return Leg(link, names[a], names[b], int(times[arc]))

    @cached_property
    def _names(self) -> list[str]:
        return list(dict.fromkeys(p for _, link in self._links for p in (link.from_, link.to)))

    @cached_property
    def _nodes(self) -> dict[str, int]:
        return {place: k for k, place in enumerate(self._names)}

    @cached_property
    def _arc_table(self) -> np.ndarray:
        """Tail, head, link of every arc; the arcs into one node stand together."""
        arcs = []
        for k, (_, link) in enumerate(self._links):
            a, b = self._nodes[link.from_], self._nodes[link.to]
            arcs += [(a, b, k)] if link.one_way else [(a, b, k), (b, a, k)]
        table = np.array(arcs, dtype=np.int32).reshape(-1, 3)
        return table[np.argsort(table[:, 1], kind="stable")]

    @cached_property
    def _of(self) -> list[int]:
        return self._arc_table[:, 2].tolist()  # type: ignore[no-any-return]

    @cached_property
    def _arcs(self) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = {}
        for k, (a, b, _) in enumerate(self._arc_table.tolist()):
            found.setdefault((a, b), []).append(k)
        return found

    def _times(self, state: Condition, slot: int, who: Traveller) -> np.ndarray:
        """Return the seconds of every arc, infinite where it is closed to this traveller."""
        times = state.times.get((who, slot))
        if times is None:
            links = np.array([self._link_seconds(k, slot, who) for k in range(len(self._links))])
            for link, factor in state.slowed:
                links[link] = links[link] / factor if factor else np.inf
            times = np.maximum(np.floor(links + 0.5), 1.0)[self._arc_table[:, 2]]
            state.times[who, slot] = times
        return times

    def _link_seconds(self, k: int, slot: int, who: Traveller) -> float:
        """Return the seconds of an open link."""
        key, link = self._links[k]
        if link.mode not in who.modes:
            return float("inf")
        usual = link.speed or self._speed(link.kind)
        speed = min((s for s in (usual, who.speed) if s), default=self._travel.speed)
        seconds = link.time if link.time else (link.length or 0) * 3600 / speed
        lane = self._travel.fast_lane
        factor = lane.factor if lane is not None and who.entitled and lane.covers(key, link) else 1
        return seconds * factor / _share(self._hours[k], self.edges[slot])

    def _speed(self, kind: str) -> int | None:
        return self._travel.speeds.get(kind, SPEEDS.get(kind))  # type: ignore[call-overload,no-any-return]

    def _tree(self, state: Condition, slot: int, end: int, who: Traveller) -> _Tree:
        tree = state.trees.get((who, slot, end))
        if tree is None:
            self._trees += 1
            tree = state.trees[who, slot, end] = self._shortest(self._times(state, slot, who), end)
        return tree

    def _shortest(self, times: np.ndarray, end: int) -> _Tree:
        """Return the tree of quickest ways to a node, over arcs of finite time."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        usable = np.isfinite(times)
        tails, heads, _ = self._arc_table[usable].T
        size = len(self._names)
        begins = np.searchsorted(heads, np.arange(size + 1)).astype(np.int32)
        backwards = csr_array((times[usable], tails, begins), shape=(size, size))
        return _Tree(*dijkstra(backwards, indices=end, return_predecessors=True))


def _share(hours: SlowHours, second: int) -> float:
    """Return the part of the speed that is driven at a second of the day."""
    found: Sequence[float] = [
        share
        for spans, share in hours.items()
        for begin, end in spans
        if (begin <= second < end if begin < end else second >= begin or second < end)
    ]
    return min(found, default=1.0)
