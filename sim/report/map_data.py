"""What a map shows: who drove where, what was closed, where teams stand and things happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from sim.log.record import EventLog

Point = tuple[float, float]
Pair = tuple[str, str]
JOURNEYS = ("travel", "return", "follow")


class Closing(NamedTuple):
    """That a road was closed, or only slowed down, from second `begin` to `end` or the end."""

    case: str
    slowed: bool
    begin: int
    end: int | None


@dataclass(frozen=True)
class MapData:
    """Places are keys of `at` (longitude, latitude); pairs are two places in order of name.

    `roads`: the pairs that links join -> kind of link.  `driven`: pair -> drives in a drill, both
    ways, teams and supplies.  `closings`: pair -> when a link between the two was closed.
    `bases`: place -> teams; `depots`: place -> depots; `sites`: place -> incidents; `hidden`:
    places that belong here but have no coordinates.
    """

    cases: tuple[str, ...]
    at: dict[str, Point]
    roads: dict[Pair, str] = field(default_factory=dict)
    driven: dict[Pair, float] = field(default_factory=dict)
    closings: dict[Pair, list[Closing]] = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)
    depots: dict[str, list[str]] = field(default_factory=dict)
    sites: dict[str, list[str]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    def used(self) -> list[str]:
        """Return the places that something is drawn at, in the order of the scenario."""
        things = [*self.bases, *self.depots, *self.sites]
        wanted = {*things, *(place for pair in (*self.driven, *self.closings) for place in pair)}
        return [place for place in self.at if place in wanted]

    def share(self, pair: Pair, slowed: bool) -> float:
        """Return the share of the drills in which a road was closed, or slowed down."""
        found = {closing.case for closing in self.closings[pair] if closing.slowed == slowed}
        return len(found) / len(self.cases)


def map_data(log: EventLog, scenario: Any) -> MapData:
    """Return what the record and the scenario give for a map."""
    at = {key: place.at for key, place in scenario.places.items() if place.at is not None}
    drives, closings = _drives(log.table), closings_of(log.table, scenario.links)
    sites = {key: thing.place for key, thing in scenario.incidents.items() if thing.occurs}
    things = {
        "bases": _by_place((team.base, key) for key, team in scenario.teams.items()),
        "depots": _by_place((depot.place, key) for key, depot in scenario.depots.items()),
        "sites": _by_place((place, key) for key, place in sites.items()),
    }
    wanted = [place for part in things.values() for place in part]
    wanted += [place for pair in (*drives, *closings) for place in pair]
    ends = {pair_of(link.from_, link.to): link.kind for link in scenario.links.values()}
    return MapData(
        log.cases,
        at,
        {pair: kind for pair, kind in ends.items() if set(pair) <= set(at)},
        {pair: n / len(log.cases) for pair, n in drives.items() if set(pair) <= set(at)},
        {pair: found for pair, found in closings.items() if set(pair) <= set(at)},
        **{name: {p: keys for p, keys in part.items() if p in at} for name, part in things.items()},
        hidden=tuple(place for place in dict.fromkeys(wanted) if place not in at),
    )


def _by_place(things: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place, key in things:
        found.setdefault(place, []).append(key)
    return found


def _drives(table: pd.DataFrame) -> Counter[Pair]:
    """Return how often each stretch was driven, in all cases together."""
    found: Counter[Pair] = Counter()
    last: dict[tuple[str, str, str], str] = {}
    row: Any
    for row in table[table["activity"].isin(JOURNEYS) | table["way"].ne("")].itertuples():
        who = (row.case, row.actor, row.object)
        before = last.get(who, row.place)
        passed = row.way.split("|") if row.way else [before, row.place]
        if row.phase == "started":
            passed = [row.place]
        elif row.way or row.phase == "ended":
            found.update(pair_of(*pair) for pair in pairwise(passed) if len(set(pair)) > 1)
        last[who] = passed[-1]
    return found


def closings_of(table: pd.DataFrame, links: Mapping[str, Any]) -> dict[Pair, list[Closing]]:
    """Return when the roads closed or slowed down, in all cases, in the order of the rows."""
    found: dict[Pair, list[Closing]] = {}
    row: Any
    opened = table[table["activity"] == "road_opened"]
    ends = dict(zip(zip(opened["case"], opened["cause"], strict=True), opened["time"], strict=True))
    for row in table[table["activity"].isin(["road_closed", "road_slowed"])].itertuples():
        end = ends.get((row.case, row.row))
        slowed, until = row.activity == "road_slowed", None if end is None else int(end)
        closing = Closing(row.case, slowed, int(row.time), until)
        for link in [links[key] for key in row.links.split("|") if key in links]:
            found.setdefault(pair_of(link.from_, link.to), []).append(closing)
    return found


def pair_of(a: str, b: str) -> Pair:
    """Return two places in the order of their names."""
    return (a, b) if a <= b else (b, a)
