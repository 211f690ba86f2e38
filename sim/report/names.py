"""Display names of actors, and the order in which they stand in a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.log import EventLog

ROLE_ORDER = (
    *("unit", "grassroots", "public", "press", "site"),
    *("township_gov", "county_gov", "city_gov", "county_dept", "city_dept"),
    *("region_dept", "region_gov", "state", "team", "depot"),
)
"""Lanes from the incident upwards, then departments, region, teams and depots."""


def roles(table: pd.DataFrame) -> dict[str, str]:
    """Return actor -> role, as the directory rows of a record state it."""
    rows = table[table["activity"] == "role"]
    return dict(zip(rows["actor"], rows["actor_role"], strict=True))


def display_names(source: Any, lang: str = "zh") -> dict[str, str]:
    """Return id -> display name of all that a scenario or a record names.

    A record carries Chinese names only (the remarks of its directory rows): in English its
    actors go by their ids.  Without a source the answer is empty.
    """
    found: dict[str, str] = {}
    if source is None:
        return found
    if isinstance(source, EventLog):
        return record_names(source.table) if lang == "zh" else found
    kinds = ("places", "items", "vehicles", "shelters", "depots", "teams", "incidents", "offices")
    for section in kinds:
        for key, thing in getattr(source, section, {}).items():
            found[key] = thing.title(key, lang)
    return found


def record_names(table: pd.DataFrame) -> dict[str, str]:
    """Return actor -> display name as the directory rows of a record remark it; may be empty."""
    rows = table[(table["activity"] == "role") & (table["note"] != "")]
    return dict(zip(rows["actor"], rows["note"], strict=True))


def named(names: Mapping[str, str] | None, key: str) -> str:
    """Return the display name of an id, or the id itself."""
    return (names or {}).get(key) or key


def lane_order(table: pd.DataFrame, actors: list[str]) -> list[str]:
    """Return `actors` from the incident upwards; equal roles by first appearance."""
    role = roles(table)
    rank = {name: k for k, name in enumerate(ROLE_ORDER)}
    place = {actor: k for k, actor in enumerate(actors)}
    return sorted(actors, key=lambda a: (rank.get(role.get(a, ""), len(rank)), place[a]))
