"""Ask a depot for supplies."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import Actor, RefersTo
from sim.scenario.steps.base import Work

Pieces = Annotated[int, Field(gt=0)]


class Request(Work):
    """Request `items` (pieces) from `depot`, to be handed over to the actor `to`.

    Without `to` they go to the incident's place.
    """

    kind: ClassVar[str] = "request"
    items: dict[Annotated[str, RefersTo("items")], Pieces]
    depot: Annotated[str, RefersTo("depots")]
    to: Actor | None = None
