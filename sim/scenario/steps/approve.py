"""The request is approved, by whom depends on what it is worth."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.items import Yuan
from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Level(BaseModel):
    """`by` is the post that approves what is worth at most `up_to` yuan (not given: anything)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    up_to: Yuan | None = None
    by: str


class Approve(Work):
    """Approve the issue of goods.

    With `levels` the first one whose `up_to` covers the value (pieces × price) decides: its post
    must be there and free, at its own duty hours.  Nobody within `patience`: not approved.
    """

    kind: ClassVar[str] = "approve"
    levels: Annotated[list[Level], Field(max_length=9)] = []
    patience: Duration | None = None
