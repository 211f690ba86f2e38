"""Let time pass without holding anybody."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.distributions import Distribution
from sim.scenario.steps.base import StepData


class Wait(StepData):
    """Wait for `time`; nobody is held."""

    kind: ClassVar[str] = "wait"
    time: Distribution
