"""What a depot has of an item: on paper and on the shelf, and how it fills up again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sim.scenario.base import Origin, RefersTo
from sim.scenario.distributions import Constant, Distribution
from sim.scenario.items import Pieces
from sim.scenario.people import Count
from sim.scenario.units import Duration, unfit
from sim.texts import t


class Batch(BaseModel):
    """Goods that came in together: `quantity` there in fact, when `made` and when they expire.

    `expires` is the last day on which they may be used.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    quantity: Count
    made: date | None = None
    expires: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Batch:
        if self.made and self.expires and self.expires < self.made:
            raise unfit(t("expires no earlier than made"))
        return self


class Stock(BaseModel):
    """One item in one depot: `{record: 500, batches: [...], damaged: 12}`, or `500` for short.

    `record` is what the books say, expired and damaged goods included.  What is there in fact is
    the sum of its `batches`; without them it is `fact`, else the record.  `damaged` of it cannot
    be issued.  The oldest batch is issued first: the one that expires first, then the one made
    first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    record: Count
    fact: Count | None = None
    damaged: Count = 0
    batches: list[Batch] = []
    source: Origin | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Stock:
        if self.fact is not None and self.batches:
            raise unfit(t("either fact or batches"))
        if self.damaged > self.quantity:
            raise unfit(t("no more damaged pieces than there are"))
        return self

    @property
    def quantity(self) -> int:
        """How much is there in fact, damaged and expired goods included."""
        if self.batches:
            return sum(batch.quantity for batch in self.batches)
        return self.record if self.fact is None else self.fact


def _short(value: Any) -> Any:
    plain = isinstance(value, int) and not isinstance(value, bool)
    return {"record": value} if plain else value


StockOfItem = Annotated[Stock, BeforeValidator(_short, json_schema_input_type=Count | Stock)]


class Replenishment(BaseModel):
    """How a stock is filled up again, by its position: free on record and on order, less owed.

    `{below: s, up_to: S}`: once the position is at `below` or lower, order up to `up_to`
    ((s, S)).  `{below: R, order: Q}`: order `order`, as many times as brings it above `below`
    ((R, Q)).  `{up_to: S}`: order whatever has gone (base stock).  It is looked at when the drill
    begins and whenever it has changed, behind everything else of that second; or when the drill
    begins and then `every` so often.  Goods come from another depot, `from`, like any order: what
    that one refuses is asked again with the next look.  Else they come from outside, `lead`
    after the order, at the item's price.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    below: Count | None = None
    up_to: Pieces | None = None
    order: Pieces | None = None
    every: Annotated[Duration, Field(gt=0)] | None = None
    from_: Annotated[str | None, RefersTo("depots"), Field(alias="from")] = None
    lead: Distribution = Constant(0)
    source: Origin | None = None

    @model_validator(mode="after")
    def _one_policy(self) -> Replenishment:
        if (self.up_to is None) == (self.order is None):
            raise unfit(t("either up_to or order"))
        if self.order is not None and self.below is None:
            raise unfit(t("below beside order"))
        if self.below is not None and self.up_to is not None and self.below >= self.up_to:
            raise unfit(t("below less than up_to"))
        if self.from_ is not None and "lead" in self.model_fields_set:
            raise unfit(t("either from or lead"))
        return self


class Production(BaseModel):
    """Capacity held in reserve, used while the depot owes more than it has.

    The line runs from `after` the first such request on, later ones find it set up; `quantity`
    comes out at the end of each stretch of `every`, until nothing is owed.  It makes at most
    `up_to` pieces in all, at the item's price.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    after: Distribution
    every: Annotated[Duration, Field(gt=0)]
    quantity: Pieces
    up_to: Pieces | None = None
    source: Origin | None = None


class Donation(BaseModel):
    """Goods that arrive unasked: the first after `gap`, then every `gap`, at most `number` times.

    Each takes a dock and one of the crew for `time` to unload, whether it is needed or not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    gap: Distribution
    items: dict[Annotated[str, RefersTo("items")], Pieces]
    time: Distribution
    number: Pieces = 1
    source: Origin | None = None
