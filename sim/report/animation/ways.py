"""Who was where when: the journeys of teams and of vehicles with supplies, from the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

from sim.report.map_data import JOURNEYS
from sim.report.names import roles


@dataclass(frozen=True)
class Leg:
    """A stretch of a journey between two stamps, along `places`, in seconds.

    How fast it was driven in between is not on record; it is drawn at an even pace.
    """

    start: int
    end: int
    places: tuple[str, ...]


@dataclass
class Mover:
    """A team (`supply` false; also its late members) or a vehicle, `home`: where it stands first.

    `open_since`: when it left on a journey whose end is not on record.
    """

    actor: str
    vehicle: str
    supply: bool
    home: str
    legs: list[Leg] = field(default_factory=list)
    open_since: int | None = None

    def places(self) -> Iterable[str]:
        """Yield the places on its ways, those driven through too."""
        for leg in self.legs:
            yield from leg.places


def find_movers(table: pd.DataFrame) -> list[Mover]:
    """Return who moved in one case, teams first, each in the order of its first row."""
    role = roles(table)
    base = _homes(table)
    found: dict[tuple[str, str], Mover] = {}
    last: dict[tuple[str, str], tuple[int, str]] = {}
    here = (table["activity"].isin(JOURNEYS) | table["way"].ne("")) & table["time"].notna()
    for row in table[here].sort_values(["time", "seq"], kind="stable").to_dict("records"):
        supply = role.get(row["actor"]) == "depot" or bool(row["vehicle"])
        what = (row["vehicle"] or row["object"]) if supply else _crew(row)
        key = (row["actor"], what)
        if key not in found:
            found[key] = Mover(*key, supply, base.get(row["actor"], "") or row["place"])
        _take(found[key], row, key, last)
    for mover in found.values():
        mover.open_since = last.get((mover.actor, mover.vehicle), (None, ""))[0]
    return sorted(found.values(), key=lambda mover: mover.supply)


def _homes(table: pd.DataFrame) -> dict[str, str]:
    rows = table[table["activity"].eq("role")]
    return dict(zip(rows["actor"], rows["place"], strict=True))


def _crew(row: dict[Any, Any]) -> str:
    """Return what tells members who follow later from their team, `""` for the team itself."""
    return "follow" if row["activity"] == "follow" else ""


def _take(
    mover: Mover,
    row: dict[Any, Any],
    key: tuple[str, str],
    last: dict[tuple[str, str], tuple[int, str]],
) -> None:
    """Add what a row tells: a leg from the last stamp of the journey to this one."""
    time, place = int(row["time"]), row["place"]
    passed = tuple(row["way"].split("|")) if row["way"] else ()
    ends = row["phase"] == "ended" and row["activity"] in JOURNEYS
    if row["phase"] == "started":
        last[key] = (time, place)
        return
    if key not in last or not (passed or ends):
        return
    begun, before = last[key]
    passed = passed or (before, place)
    if all(passed):
        mover.legs.append(Leg(begun, time, passed))
    if ends:
        del last[key]
    else:
        last[key] = (time, passed[-1])


def stretches(movers: Iterable[Mover]) -> set[tuple[str, str]]:
    """Return the pairs of places that somebody drove between, each in order of name."""
    found = {pair for mover in movers for leg in mover.legs for pair in pairwise(leg.places)}
    return {(min(pair), max(pair)) for pair in found if len(set(pair)) > 1}
