"""Places, and the links of the network between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Place as PlaceKey
from sim.scenario.base import RefersTo, Thing
from sim.scenario.units import DayTimes, Duration, Length, Speed

RoadClass = Literal["motorway", "trunk", "primary", "secondary", "tertiary", "local", "track"]
"""高速公路, 一级, 二级, 三级, 四级公路, other roads with a surface, tracks."""
Mode = Literal["road", "water", "air", "rail"]
Kind = RoadClass | Literal["water", "air", "rail"]
Share = Annotated[float, Field(gt=0, le=1)]
SlowHours = dict[DayTimes, Share]
"""Part of the speed that is driven in hours of the day; the least where ranges overlap."""
LinkKey = Annotated[str, RefersTo("links")]

SPEEDS: dict[str, int] = {
    "motorway": 90_000,
    "trunk": 70_000,
    "primary": 60_000,
    "secondary": 50_000,
    "tertiary": 40_000,
    "local": 30_000,
    "track": 15_000,
    "water": 25_000,
    "air": 200_000,
    "rail": 80_000,
}
"""Metres per hour on links without a speed of their own, by class, else by mode (assumed)."""


class Place(Thing):
    """A point: `at` = [longitude, latitude] in degrees, or `adcode` of a Guangxi place."""

    at: tuple[float, float] | None = None
    adcode: str | None = None


class Link(Thing):
    """A way between two places, both ways unless `one_way`, for vehicles of its `mode`.

    Its time is `time`, else `length` ÷ the speed that is driven on it: its own, else that of
    its class or mode, never above the vehicle's; a road with neither is driven at the
    vehicle's speed.  `hours` slows it down; without them the hours of its class hold.
    """

    from_: Annotated[PlaceKey, Field(alias="from")]
    to: PlaceKey
    length: Length | None = None
    speed: Speed | None = None
    time: Duration | None = None
    class_: Annotated[RoadClass | None, Field(alias="class")] = None
    one_way: bool = False
    mode: Mode = "road"
    hours: SlowHours = {}

    @property
    def kind(self) -> str:
        """What its usual speed hangs on: its class, its mode, or nothing for a plain road."""
        return self.class_ or ("" if self.mode == "road" else self.mode)
