"""Unload at the destination."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Unload(Work):
    """Unload each vehicle: `time`, and `per_tonne` on top.

    At a depot it takes one of its docks and one of its crew, elsewhere the drivers do it.
    """

    kind: ClassVar[str] = "unload"
    per_tonne: Duration = 0
