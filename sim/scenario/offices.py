"""Offices and their posts."""

from __future__ import annotations

from typing import Annotated, Literal

from sim.scenario.base import Office as OfficeKey
from sim.scenario.base import Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.people import Staffing

Role = Literal[
    "unit",
    "grassroots",
    "public",
    "press",
    "township_gov",
    "county_gov",
    "county_dept",
    "city_gov",
    "city_dept",
    "region_gov",
    "region_dept",
    "state",
    "military",
    "site",
]
Procedures = list[Annotated[str, RefersTo("procedures")]]


class Office(Thing):
    """A duty office or any other body that acts.

    `neighbours` are the offices beside it that it may ask for support; not given, those of the
    same role under the same superior.  An army command is an office of role `military`: it is
    asked like any other.

    `duty` and `leader` are its two usual posts, `posts` further ones.  `times` replaces the
    time of single steps of its procedures: `relay/verify: {constant: 10 min}`.
    """

    role: Role
    place: Place | None = None
    jurisdiction: list[str] = []
    superior: OfficeKey | None = None
    department: OfficeKey | None = None
    neighbours: list[OfficeKey] | None = None
    supervises: list[str] = []
    calendar: Annotated[str, RefersTo("calendars")] | None = None
    duty: Staffing = 1
    leader: Staffing = 1
    posts: dict[str, Staffing] = {}
    procedures: Procedures = []
    times: dict[str, Distribution] = {}
