"""Shelters: who finds room in them, and what they need."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import Office, Origin, Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.items import Item
from sim.scenario.stocks import Stock, StockOfItem
from sim.scenario.units import Duration

__all__ = ["Filling", "Shelter", "ShelterKey", "Stock"]

ShelterKey = Annotated[str, RefersTo("shelters")]


class Filling(BaseModel):
    """Whom an incident sends to shelters: the `share` of those evacuated, to the first with room.

    `to` are shelters in the order of preference; who finds no room in one goes on to the next.
    Newcomers arrive in equal parts `every` so often over the time `over` after the figure of
    evacuees has risen (at once where `over` is 0).  Who finds no room anywhere waits for it.  When
    the figure falls, people go home: those still on the way first, then those who wait.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    to: Annotated[list[ShelterKey], Field(min_length=1)]
    over: Duration = 0
    every: Annotated[Duration, Field(gt=0)] = 600
    source: Origin | None = None


class Shelter(Thing):
    """A place where people are taken in and supplies are handed over and given out.

    `capacity`: room for so many (not given: for all).  `superior` is the office that hears of
    its needs.  `items` are those that its people need, by the norms of the catalogue; `stock` is
    what lies there from the beginning.  Goods are given out at once to those who lack them, or
    after the time `giving_out`, all that is there together.  A shelter that somebody opens by a
    step `open_shelter` is closed until then, others are open.
    """

    place: Place
    capacity: Annotated[int, Field(ge=1)] | None = None
    superior: Office | None = None
    items: list[Item] = []
    stock: dict[Item, StockOfItem] = {}
    giving_out: Distribution | None = None
