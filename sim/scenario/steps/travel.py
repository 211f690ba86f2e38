"""Go somewhere."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.scenario.steps.base import StepData


class Travel(StepData):
    """Travel to the order's place (`site`) by the road network, `factor` times the road's time."""

    kind: ClassVar[str] = "travel"
    to: Literal["site"] = "site"
    factor: Annotated[float, Field(gt=0)] = 1.0
