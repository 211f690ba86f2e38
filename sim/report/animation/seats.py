"""Where actors and places stand: by the scenario, by the record's directory, by known names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.report.map_base import city_names
from sim.scenario.geo import guangxi
from sim.texts import in_language, language

Point = tuple[float, float]
CAPITAL = "450100"
FORMER = {"横县": "450181"}
"""Names that are no longer in force, where the stem alone would not tell."""
_KIND = re.compile(r"(?:[壮瑶苗侗]族|仫佬族|毛南族|各族)*自治县$|[市县区]$")


@dataclass(frozen=True)
class Seats:
    """`at`: place -> (longitude, latitude) in degrees; `of`: actor -> the place where it sits.

    `by_name`: place -> code of the city or county of Guangxi that it was taken to be, where its
    coordinates are not given.
    """

    at: Mapping[str, Point]
    of: Mapping[str, str]
    by_name: Mapping[str, str] = field(default_factory=dict)

    def point(self, actor: str) -> Point | None:
        """Return where an actor sits, `None` where nobody knows."""
        return self.at.get(self.of.get(actor, ""))


def find_seats(table: pd.DataFrame, scenario: Any = None) -> Seats:
    """Return the seats of the actors in the directory of one case's `table`.

    A place is where the scenario says; else where its id (a code, or a city's English name) or
    the name of who stands there says, offices first.  What is not found is in no seat.
    """
    places = scenario.places if scenario is not None else {}
    at = {key: place.at for key, place in places.items() if place.at is not None}
    of: dict[str, str] = {}
    named: dict[str, str] = {}
    rows = table[table["activity"].eq("role")].to_dict("records")
    for row in sorted(rows, key=lambda row: not row["actor_role"].endswith(("_gov", "_dept"))):
        place = row["place"] or row["jurisdiction"].split("|")[0] or row["actor"]
        of[row["actor"]] = place
        if place in at or place in named:
            continue
        code = known_place(place) or (_by_office(row) if _governs(row) else "")
        if code:
            named[place] = code
    for place in _mentioned(table) - {*at, *named}:
        if code := known_place(place):
            named[place] = code
    return Seats(at | {place: guangxi()[code][1] for place, code in named.items()}, of, named)


def _mentioned(table: pd.DataFrame) -> set[str]:
    return {place for place in table["place"].unique() if place}


def _governs(row: Mapping[Any, Any]) -> bool:
    """Return whether an actor's name may tell its place: of offices, teams and depots."""
    return str(row["actor_role"]).endswith(("_gov", "_dept", "team", "depot", "military"))


def _by_office(row: Mapping[Any, Any]) -> str:
    name = str(row["note"])
    if str(row["actor_role"]).startswith("region_") and row["jurisdiction"] == "guangxi":
        return CAPITAL
    return known_place(name) or (CAPITAL if name.startswith("广西") else "")


def known_place(text: str) -> str:
    """Return the code of the city or county of Guangxi that a text names, `""` for none.

    A code itself, a city's English name, a full Chinese name anywhere (counties before cities, the
    longest, then the first), or at the beginning the name of a city or county without its last
    word.
    """
    if text in guangxi():
        return text
    lower = text.lower()
    if lower in _english():
        return _english()[lower]
    names = {name: code for code, (name, _) in guangxi().items()} | FORMER
    found = [name for name in names if name in text]
    if found:
        county = {name: not names[name].endswith("00") for name in found}
        return names[max(found, key=lambda name: (county[name], len(name), -text.index(name)))]
    stems = {_KIND.sub("", name): code for name, code in names.items() if name[-1] != "区"}
    found = [stem for stem in stems if len(stem) > 1 and text.startswith(stem)]
    return stems[max(found, key=len)] if found else ""


def place_names(seats: Seats) -> dict[str, str]:
    """Return the official names of the places found by name, in the language in force.

    In English the places keep their ids.
    """
    if language() != "zh":
        return {}
    return {place: guangxi()[code][0] for place, code in seats.by_name.items()}


def _english() -> dict[str, str]:
    with in_language("en"):
        cities = {name.lower(): code for code, name in city_names().items()}
    return cities | {"guangxi": CAPITAL}
