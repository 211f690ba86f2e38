"""Shortest ways against networkx on random graphs with random closures (the oracle)."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

from sim.model.graph import Traveller
from sim.model.roads import NEVER, Roads
from sim.scenario import Scenario

SPEED = {"motorway": 90, "primary": 60, "local": 30, "water": 25}
"""km/h, as stated for these classes."""


def random_links(rng: np.random.Generator, size: int) -> dict[str, dict[str, Any]]:
    """About three links a node: some one-way, some side by side, some rivers."""
    links = {}
    for k in range(3 * size):
        a, b = rng.choice(size, 2, replace=False)
        kind = rng.choice([*SPEED, ""])
        link = {
            "from": f"p{a}",
            "to": f"p{b}",
            "one_way": bool(rng.random() < 0.3),
            "length": f"{rng.integers(200, 9000)} m",
            "mode": "water" if kind == "water" else "road",
        }
        if kind in ("motorway", "primary", "local"):
            link["class"] = str(kind)
        if rng.random() < 0.2:
            link["speed"] = f"{rng.integers(10, 99)} km/h"
        links[f"l{k}"] = link
    return links


def twin(links: dict[str, Any], slowed: dict[str, float], who: Traveller) -> nx.MultiDiGraph:
    """The same network as a graph of networkx, weights by the rule that the scenario states."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(end for link in links.values() for end in (link["from"], link["to"]))
    for key, link in links.items():
        left = slowed.get(key, 1.0)
        if link["mode"] not in who.modes or left == 0:
            continue
        usual = float(link["speed"].split()[0]) if "speed" in link else None
        usual = usual or SPEED.get(link.get("class", link["mode"]))
        own = who.speed / 1000 if who.speed else None
        speed = min([s for s in (usual, own) if s], default=50.0)
        seconds = int(link["length"].split()[0]) * 3.6 / speed / left
        weight = max(1, int(np.floor(seconds + 0.5)))
        graph.add_edge(link["from"], link["to"], weight=weight)
        if not link["one_way"]:
            graph.add_edge(link["to"], link["from"], weight=weight)
    return graph


@pytest.mark.parametrize("seed", range(200))
def test_times_and_ways_are_those_of_networkx(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(4, 12))
    links = random_links(rng, size)
    scenario = Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": "1 h",
            "places": {f"p{k}": {"at": [108.0, 24.0]} for k in range(size)},
            "links": links,
        }
    )
    roads = Roads(scenario)
    modes = [("road",), ("road", "water")][seed % 2]
    who = Traveller([None, 40_000][seed // 2 % 2], modes, False)
    whole = twin(links, {}, who)
    for _ in range(2):
        shut = rng.choice(list(links), size=int(rng.integers(0, size)), replace=False)
        slowed = {str(key): float(rng.choice([0.0, 0.0, 0.5])) for key in shut}
        state = roads.condition({roads.number[key]: part for key, part in slowed.items()})
        graph = twin(links, slowed, who)
        for end in graph:
            expected = nx.single_source_dijkstra_path_length(graph.reverse(), end)
            for start in graph:
                assert roads.linked(start, end, who) == nx.has_path(whole, start, end)
                if start == end or not roads.linked(start, end, who):
                    continue
                found = roads.seconds(state, 0, start, end, who)
                assert found == expected.get(start, NEVER)
                way = roads.way(state, 0, start, end, who)
                assert (way is None) == (start not in expected)
                if way is not None:
                    legs = way.legs
                    assert [leg.start for leg in legs] == [start, *(leg.end for leg in legs[:-1])]
                    assert legs[-1].end == end
                    assert sum(leg.seconds for leg in legs) == found
                    assert all(slowed.get(leg.link, 1.0) for leg in legs)


def test_the_least_time_takes_every_link_at_its_quickest_hour() -> None:
    """36 km at 36 km/h are an hour; each link is slow at another time of day, but not for `least`.

    Over p–m–q: 2 h; at no hour of the day, since one of the two always takes twice as long.  As the
    crow flies where no link leads: 1 h for 36 km without detour.
    """
    half = {"12:00-24:00": 0.5}, {"00:00-12:00": 0.5}
    links = {
        f"l{k}": {"from": a, "to": b, "length": "36 km", "speed": "36 km/h", "hours": half[k]}
        for k, (a, b) in enumerate((("p", "m"), ("m", "q")))
    }
    at = {"p": 24.0, "m": 24.2, "q": 24.4, "x": 24.0 + 36_000 / 111_195}
    scenario = Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": "1 h",
            "places": {key: {"at": [108.0, lat]} for key, lat in at.items()},
            "links": links,
            "policies": {"travel": {"speed": "36 km/h", "detour": 1}},
        }
    )
    roads, who = Roads(scenario), Traveller(None, ("road",), False)
    by_the_hour = [
        roads.seconds(roads.all_open, slot, "p", "q", who) for slot in range(len(roads.edges))
    ]
    assert by_the_hour == [3 * 3600, 3 * 3600]
    assert roads.least("p", "q", who) == 2 * 3600
    assert roads.least("p", "p", who) == 0
    assert roads.least("p", "x", who) == pytest.approx(3600, abs=3)
