"""The links as a graph: how long each takes for whom, and the shortest ways over them."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.scenario import Scenario
from sim.scenario.places import SPEEDS, Link, SlowHours


class Traveller(NamedTuple):
    """What ways depend on: own speed (m/h, `None`: the policy's), modes, fast lane."""

    speed: int | None
    modes: tuple[str, ...]
    entitled: bool


class Tree(NamedTuple):
    """The shortest times to one node: seconds from every node, and the node after every node."""

    seconds: list[float]
    after: list[int]


class Graph:
    """Nodes are numbered in the order of the links, arcs so that those into a node are together.

    `arcs` has one row (tail, head, link) for each direction in which a link may be travelled.
    """

    def __init__(self, scenario: Scenario):
        self.links: list[tuple[str, Link]] = list(scenario.links.items())
        self.number = {key: k for k, (key, _) in enumerate(self.links)}
        ends = dict.fromkeys(p for _, link in self.links for p in (link.from_, link.to))
        self.names = list(ends)
        self.nodes = {place: k for k, place in enumerate(ends)}
        self._travel: Any = scenario.policies.travel
        usual: Any = self._travel.hours
        self._backwards: Any = None
        self._open: dict[tuple[Traveller, int], np.ndarray] = {}
        self.hours: list[SlowHours] = [
            link.hours or usual.get(link.kind, {}) for _, link in self.links
        ]

    @cached_property
    def arcs(self) -> np.ndarray:
        """Tail, head and link of every arc."""
        rows = []
        for k, (_, link) in enumerate(self.links):
            a, b = self.nodes[link.from_], self.nodes[link.to]
            rows += [(a, b, k)] if link.one_way else [(a, b, k), (b, a, k)]
        table = np.array(rows, dtype=np.int32).reshape(-1, 3)
        return table[np.argsort(table[:, 1], kind="stable")]

    @cached_property
    def between(self) -> dict[tuple[int, int], list[tuple[int, str]]]:
        """(tail, head) -> (arc, key of its link), several where links lie side by side."""
        found: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for arc, (a, b, k) in enumerate(self.arcs.tolist()):
            found.setdefault((a, b), []).append((arc, self.links[k][0]))
        return found

    def speed_of(self, kind: str) -> int | None:
        """Return the usual speed of a class or mode (m/h), `None` where there is none."""
        found: int | None = self._travel.speeds.get(kind, SPEEDS.get(kind))
        return found

    def times(
        self, who: Traveller, second: int, slowed: tuple[tuple[int, float], ...]
    ) -> np.ndarray:
        """Return the whole seconds of every arc at a second of the day, at least one each.

        `slowed` gives the part of their speed that links have left.  Infinite where a link is
        closed, or not for this traveller.
        """
        if (who, second) not in self._open:
            seconds = [self._seconds(k, second, who) for k in range(len(self.links))]
            self._open[who, second] = np.array(seconds)
        links = self._open[who, second].copy()
        for k, factor in slowed:
            links[k] = links[k] / factor if factor else np.inf
        whole: np.ndarray = np.maximum(np.floor(links + 0.5), 1.0)[self.arcs[:, 2]]
        return whole

    def _seconds(self, k: int, second: int, who: Traveller) -> float:
        """Return the seconds of an open link."""
        key, link = self.links[k]
        if link.mode not in who.modes:
            return float("inf")
        usual = link.speed or self.speed_of(link.kind)
        speed = min((s for s in (usual, who.speed) if s), default=self._travel.speed)
        seconds = link.time if link.time else (link.length or 0) * 3600 / speed
        lane = self._travel.fast_lane
        factor = lane.factor if lane is not None and who.entitled and lane.covers(key, link) else 1
        return float(seconds * factor / _share(self.hours[k], second))

    def shortest(self, times: np.ndarray, end: int) -> Tree:
        """Return the shortest ways to a node: Dijkstra's algorithm against the arcs.

        Arcs of infinite time never shorten a way, so closed ones need not be taken out.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        if self._backwards is None:
            size = len(self.names)
            begins = np.searchsorted(self.arcs[:, 1], np.arange(size + 1)).astype(np.int32)
            table = (np.zeros(len(self.arcs)), self.arcs[:, 0].copy(), begins)
            self._backwards = csr_array(table, shape=(size, size))
        backwards = self._backwards
        backwards.data = times
        seconds, after = dijkstra(backwards, indices=[end], return_predecessors=True)
        return Tree(seconds[0].tolist(), after[0].tolist())


def _share(hours: SlowHours, second: int) -> float:
    """Return the part of the speed that is driven at a second of the day."""
    found = [
        share
        for spans, share in hours.items()
        for begin, end in spans
        if (begin <= second < end if begin < end else second >= begin or second < end)
    ]
    return min(found, default=1.0)
