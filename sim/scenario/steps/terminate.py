"""End the response."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.plans import PlanKey
from sim.scenario.steps.base import Work


class Terminate(Work):
    """End the response of `plan`; what follows an end (a final report) starts on `terminated`."""

    kind: ClassVar[str] = "terminate"
    plan: PlanKey = "general-plan"
