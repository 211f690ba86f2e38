"""The catalogue of supplies: what they are counted in, weigh, cost, and how much a person needs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.scenario.base import Origin, RefersTo, Thing
from sim.scenario.units import Duration, Mass, Volume

Item = Annotated[str, RefersTo("items")]
Yuan = Annotated[float, Field(ge=0)]
Pieces = Annotated[int, Field(ge=1)]
"""A quantity in the item's own unit."""


class Norm(BaseModel):
    """What one person needs: `{per_person: 3, every: 1 d}`, or once (`every` not given)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    per_person: Annotated[float, Field(gt=0)]
    every: Annotated[Duration, Field(gt=0)] | None = None
    source: Origin | None = None


def _short(value: Any) -> Any:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"per_person": value} if plain else value


class ItemOfSupply(Thing):
    """An item of the catalogue; quantities are whole numbers of `unit`.

    `packs` are other units that lists and orders may count in: `{case: 24}`, a case being 24 of
    `unit`.  `weight` and `volume` are those of one unit; `price` is in yuan, what a unit costs
    when it is bought.  `norm` is what a person in a shelter needs.  Without an expiry of its own
    a batch can be used for `shelf_life` from when it was made.  An item of the `cold_chain`
    travels only in vehicles that are `cold`.  Of every delivery the share `breaks` is found
    broken at the handover (rounded half up).
    """

    unit: str
    packs: dict[str, Annotated[int, Field(ge=2)]] = {}
    weight: Mass = 0
    volume: Volume = 0
    price: Yuan = 0
    norm: Annotated[Norm, BeforeValidator(_short, json_schema_input_type=float | Norm)] | None = (
        None
    )
    shelf_life: Duration | None = None
    cold_chain: bool = False
    breaks: Annotated[float, Field(ge=0, lt=1)] = 0
