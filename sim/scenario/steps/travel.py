"""Go somewhere."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.scenario.steps.base import StepData
from sim.scenario.units import Duration


class Travel(StepData):
    """Travel to the order's place (`site`) by the road network, `factor` times the road's time.

    Goods may have an `escort`: a team with all these skills.  It is ordered to the depot by its
    own procedure on `ordered`, and the vehicles wait for it; they leave without it when no team
    is free within `patience`, or none can come at all.  Escorted vehicles may use the fast lane.
    When the goods have arrived the team goes home.
    """

    kind: ClassVar[str] = "travel"
    to: Literal["site"] = "site"
    factor: Annotated[float, Field(gt=0)] = 1.0
    escort: list[str] = []
    patience: Duration | None = None
