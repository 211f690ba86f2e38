"""Places, the links between them, and how long a way takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Place as PlaceKey
from sim.scenario.base import Thing
from sim.scenario.units import Duration, Length, Speed


class Place(Thing):
    """A point: `at` = [longitude, latitude] in degrees, or `adcode` of a Guangxi place."""

    at: tuple[float, float] | None = None
    adcode: str | None = None


class Link(Thing):
    """A road between two places, both ways; its time is `length` ÷ `speed`, or `time`."""

    from_: Annotated[PlaceKey, Field(alias="from")]
    to: PlaceKey
    length: Length | None = None
    speed: Speed | None = None
    time: Duration | None = None
