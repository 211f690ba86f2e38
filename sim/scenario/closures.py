"""Roads that close: planned, at random, with an incident, or put in by exercise control."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.geo import distance_m
from sim.scenario.places import Link, LinkKey, RoadClass
from sim.scenario.places import Place as PlaceData
from sim.scenario.units import Duration, Length


class Closure(Thing):
    """A set of links that closes together, or (`each`) every link of it by itself.

    The links: those named, and those of the `classes` or with an end `within` so far (as the
    crow flies) of the place `near`; of both where both are given.
    When: at `from`, counted from the scenario's start or, with `incident`, from its
    occurrence; or at random, `every` from the end of one to the next; or when an inject names
    it.  It ends at `until` (from the scenario's start) or after `lasts` (repair), else never.
    With a `factor` above 0 the links are only slowed down to that part of their speed.
    """

    links: list[LinkKey] = []
    classes: list[RoadClass] = []
    near: Place | None = None
    within: Length = 0
    each: bool = False
    from_: Annotated[Duration | None, Field(alias="from")] = None
    incident: Annotated[str, RefersTo("incidents")] | None = None
    every: Distribution | None = None
    until: Duration | None = None
    lasts: Distribution | None = None
    factor: Annotated[float, Field(ge=0, lt=1)] = 0.0
    reason: Literal["flooded", "landslide", "damage", "works", "control", "congestion"] = "damage"

    def concerned(self, links: dict[str, Link], places: dict[str, PlaceData]) -> list[str]:
        """Return the keys of its links, in the order of the scenario."""
        chosen = set(self.links)
        centre = places[self.near].at if self.near in places else None
        for key, link in links.items() if self.classes or centre else ():
            ends = [places[p].at for p in (link.from_, link.to) if p in places]
            is_near = centre is None or any(
                at is not None and distance_m(centre, at) <= self.within for at in ends
            )
            if is_near and (not self.classes or link.class_ in self.classes):
                chosen.add(key)
        return [key for key in links if key in chosen]
