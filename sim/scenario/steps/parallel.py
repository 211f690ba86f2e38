"""Several branches at once."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.scenario.steps.base import Step, StepData


class Parallel(StepData):
    """Run the branches at once; go on when `all`, the `first` or that many are through.

    Branches that are not waited for run on by themselves.
    """

    kind: ClassVar[str] = "parallel"
    branches: Annotated[dict[str, list[Step]], Field(min_length=1)]
    until: Literal["all", "first"] | Annotated[int, Field(ge=1)] = "all"
