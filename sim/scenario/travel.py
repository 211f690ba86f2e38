"""How teams and vehicles travel."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import RefersTo, Thing
from sim.scenario.places import Kind, Link, LinkKey, RoadClass, Share, SlowHours
from sim.scenario.units import Speed


class Entitled(BaseModel):
    """Who may use the fast lane: teams by name or by skill, vehicles by kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    teams: list[Annotated[str, RefersTo("teams")]] = []
    skills: list[str] = []
    vehicles: list[Annotated[str, RefersTo("vehicles")]] = []


class FastLane(Thing):
    """The lane kept free for emergency transport (紧急快速运输通道).

    Entitled vehicles take `factor` times the time on its links; where neither links nor
    classes are named, on every way.
    """

    factor: Share
    links: list[LinkKey] = []
    classes: list[RoadClass] = []
    entitled: Entitled

    @property
    def everywhere(self) -> bool:
        """Whether the lane is not bound to single links."""
        return not (self.links or self.classes)

    def covers(self, key: str, link: Link) -> bool:
        """Return whether a link belongs to the lane."""
        return self.everywhere or key in self.links or link.class_ in self.classes


class Travel(Thing):
    """Ways without links take great-circle distance × `detour` ÷ `speed`; by air no detour.

    `speeds` and `hours` hold for links by class or mode.  A vehicle on a link that closes
    under it drives on to its end (`finish`) or turns back, if the link is not one-way.
    """

    detour: Annotated[float, Field(ge=1)] = 1.4
    speed: Speed = 50_000
    speeds: dict[Kind, Speed] = {}
    hours: dict[Kind, SlowHours] = {}
    on_closure: Literal["finish", "turn_back"] = "finish"
    fast_lane: FastLane | None = None
