"""What a map shows: who drove where, what was closed, where teams stand and things happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

from sim.log.record import EventLog

Point = tuple[float, float]
Pair = tuple[str, str]
JOURNEYS = ("travel", "return", "follow")


@dataclass(frozen=True)
class MapData:
    """Places are keys of `at` (longitude, latitude); the rest names places.

    `driven`: pair of neighbouring places, in the order of their names -> drives in a drill, both
    ways, teams and supplies; `roads` are the pairs that links join, `closed` how often in a drill
    one of them was closed, or slowed.  `times` are the (second closed, second opened or None) of
    the first case.  `bases`: place -> teams; `sites`: place -> incidents; `hidden`: places that
    belong here but have no coordinates.
    """

    at: dict[str, Point]
    roads: dict[Pair, str]
    driven: dict[Pair, float] = field(default_factory=dict)
    closed: dict[Pair, float] = field(default_factory=dict)
    times: dict[Pair, list[tuple[int, int | None]]] = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)
    sites: dict[str, list[str]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    def used(self) -> list[str]:
        """Return the places that something is drawn at, in the order of the scenario."""
        pairs = [*self.driven, *self.closed]
        wanted = {*self.bases, *self.sites, *(place for pair in pairs for place in pair)}
        return [place for place in self.at if place in wanted]


def map_data(log: EventLog, scenario: Any) -> MapData:
    """Return what the record and the scenario give for a map."""
    at = {key: place.at for key, place in scenario.places.items() if place.at is not None}
    table, cases = log.table, len(log.cases)
    driven = {pair: n / cases for pair, n in _drives(table).items()}
    closed, times = _closures(log, scenario)
    bases: dict[str, list[str]] = {}
    for key, team in scenario.teams.items():
        bases.setdefault(team.base, []).append(key)
    sites: dict[str, list[str]] = {}
    for key, incident in scenario.incidents.items():
        if incident.occurs:
            sites.setdefault(incident.place, []).append(key)
    pairs = [*driven, *closed]
    wanted = dict.fromkeys([*bases, *sites, *(place for pair in pairs for place in pair)])
    return MapData(
        at,
        {
            _pair(link.from_, link.to): link.kind
            for link in scenario.links.values()
            if link.from_ in at and link.to in at
        },
        {pair: n for pair, n in driven.items() if set(pair) <= set(at)},
        closed,
        times,
        {place: teams for place, teams in bases.items() if place in at},
        {place: found for place, found in sites.items() if place in at},
        tuple(place for place in wanted if place not in at),
    )


def _drives(table: pd.DataFrame) -> Counter[Pair]:
    """Return how often each stretch was driven, in all cases together."""
    found: Counter[Pair] = Counter()
    begun: dict[tuple[str, str, str], str] = {}
    rows = table[table["activity"].isin(JOURNEYS) | table["way"].ne("")]
    row: Any
    for row in rows.itertuples(index=False):
        who = (row.case, row.actor, row.object)
        if row.way:
            found.update(
                _pair(*pair) for pair in pairwise(row.way.split("|")) if len(set(pair)) > 1
            )
        elif row.phase == "started":
            begun[who] = row.place
        elif row.phase == "ended" and row.place and begun.get(who, row.place) != row.place:
            found[_pair(begun[who], row.place)] += 1
    return found


def _closures(
    log: EventLog, scenario: Any
) -> tuple[dict[Pair, float], dict[Pair, list[tuple[int, int | None]]]]:
    """Return how often a drill each link closed or slowed down, and when in the first case."""
    cases: dict[Pair, set[str]] = {}
    times: dict[Pair, list[tuple[int, int | None]]] = {}
    table = log.table
    first = log.cases[0]
    row: Any
    for row in table[table["activity"].str.startswith("road_")].itertuples(index=False):
        for key in row.links.split("|"):
            link = scenario.links.get(key)
            if link is None:
                continue
            pair = _pair(link.from_, link.to)
            if row.activity != "road_opened":
                cases.setdefault(pair, set()).add(row.case)
            if row.case != first:
                continue
            spans = times.setdefault(pair, [])
            if row.activity == "road_opened" and spans:
                spans[-1] = (spans[-1][0], int(row.time))
            elif row.activity != "road_opened":
                spans.append((int(row.time), None))
    return {pair: len(which) / len(log.cases) for pair, which in cases.items()}, times


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
