"""Who is there when: calendars, staffing, persons shared between posts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.base import RefersTo, Thing
from sim.scenario.units import DayTimes

Count = Annotated[int, Field(ge=0)]
Staffing = Count | dict[str, Count]
"""Persons on a post: one number for all hours, or a number per shift of the calendar."""


class Calendar(Thing):
    """Shifts of the day: `day: "08:00-18:00"`, `night: "18:00-08:00"`; they may overlap."""

    shifts: dict[str, DayTimes]


class Person(Thing):
    """One officer who holds several posts, `office/post`, and is busy in all of them at once.

    Present in the named shifts of the calendar; without a calendar, always.
    """

    posts: list[str]
    calendar: Annotated[str, RefersTo("calendars")] | None = None
    shifts: list[str] = []
