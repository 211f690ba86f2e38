"""Wait for a happening."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.steps.base import Step, StepData
from sim.scenario.units import Duration


class WaitFor(StepData):
    """Wait until `event` happens to the actor; after `timeout` do the steps of `else` instead."""

    kind: ClassVar[str] = "wait_for"
    event: str
    kinds: list[str] = []
    timeout: Duration | None = None
    else_: Annotated[list[Step], Field(alias="else")] = []
