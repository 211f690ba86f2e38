"""Activate the response."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Activate(Work):
    """Activate `plan` at `level` (default: the level of the grade that was confirmed)."""

    kind: ClassVar[str] = "activate"
    plan: str = "general-plan"
    level: str | None = None
