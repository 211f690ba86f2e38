"""How long a way takes: over the links where both ends are linked, else as the crow flies."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.scenario import Scenario
from sim.scenario.geo import distance_m


class Roads:
    """Travel times in whole seconds between places.

    A link's time is its `time`, or `length` ÷ its own speed or the general one.  Without
    links: great-circle distance × `policies.travel.detour` ÷ speed.
    """

    def __init__(self, scenario: Scenario):
        self._scenario = scenario
        self._travel = scenario.policies.travel
        self._known: dict[tuple[str, str, int], int] = {}

    def seconds(self, start: str, end: str, speed: int | None = None) -> int:
        """Return the time from one place to another at `speed` (m/h; default: the policy's)."""
        if start == end:
            return 0
        pace = speed or self._travel.speed
        key = (start, end, pace)
        if key not in self._known:
            self._known[key] = self._by_links(start, end, pace) or self._straight(start, end, pace)
        return self._known[key]

    def _straight(self, start: str, end: str, pace: int) -> int:
        places = self._scenario.places
        a, b = places[start].at, places[end].at
        if a is None or b is None:
            raise ValueError(f"no way from {start} to {end}: no links and no coordinates")
        return int(distance_m(a, b) * self._travel.detour * 3600 / pace + 0.5)

    def _by_links(self, start: str, end: str, pace: int) -> int | None:
        if start not in self._index or end not in self._index:
            return None
        time = self._shortest(pace)[self._index[start], self._index[end]]
        return int(time + 0.5) if np.isfinite(time) else None

    @cached_property
    def _index(self) -> dict[str, int]:
        ends = {p: None for link in self._scenario.links.values() for p in (link.from_, link.to)}
        return {place: k for k, place in enumerate(ends)}

    def _shortest(self, pace: int) -> np.ndarray:
        """Return the matrix of shortest times (s) by Dijkstra, for vehicles of one speed."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        best: dict[tuple[int, int], float] = {}
        for link in self._scenario.links.values():
            seconds = link.time or (link.length or 0) * 3600 / (link.speed or pace)
            a, b = self._index[link.from_], self._index[link.to]
            pair = (min(a, b), max(a, b))
            best[pair] = min(best.get(pair, float("inf")), max(seconds, 1e-9))
        rows, columns = zip(*best, strict=True)
        size = len(self._index)
        graph = csr_array((list(best.values()), (rows, columns)), shape=(size, size))
        return dijkstra(graph, directed=False)
