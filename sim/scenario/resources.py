"""Items, depots, vehicles and shelters."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Office, Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.offices import Procedures
from sim.scenario.people import Count, Staffing
from sim.scenario.places import Mode
from sim.scenario.units import Mass, Speed

Depot = Annotated[str, RefersTo("depots")]
Item = Annotated[str, RefersTo("items")]
CalendarKey = Annotated[str, RefersTo("calendars")]


class ItemOfSupply(Thing):
    """An item of the catalogue; quantities are whole numbers of `unit`."""

    unit: str
    weight: Mass = 0


class DepotOfSupply(Thing):
    """A depot: stock in pieces, crew, docks, and the office whose leader approves issues."""

    place: Place
    superior: Office | None = None
    stock: dict[Item, Count] = {}
    calendar: CalendarKey | None = None
    crew: Staffing = 2
    docks: Annotated[int, Field(ge=1)] = 1
    procedures: Procedures = ["issue-stock"]
    times: dict[str, Distribution] = {}


class Vehicle(Thing):
    """`number` vehicles of one kind at a depot, each carrying up to `capacity`."""

    depot: Depot
    number: Annotated[int, Field(ge=1)] = 1
    capacity: Mass
    speed: Speed | None = None
    modes: list[Mode] = ["road"]


class Shelter(Thing):
    """A place where people are taken in and supplies are handed over."""

    place: Place
