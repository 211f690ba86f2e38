"""The same steps again."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.comparisons import Comparison
from sim.scenario.steps.base import Step, StepData


class Repeat(StepData):
    """Run the steps up to `times` times, or until the actor has been told what `until` says."""

    kind: ClassVar[str] = "repeat"
    times: Annotated[int, Field(ge=1)]
    until: dict[str, Comparison] = {}
    steps: Annotated[list[Step], Field(min_length=1)]
