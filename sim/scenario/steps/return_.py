"""Go back to base."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import StepData


class Return(StepData):
    """Go back: a team to its base, vehicles to their depot; they are free again at the end."""

    kind: ClassVar[str] = "return"
