"""Serve a routine call."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Serve(Work):
    """Serve a caller who gives up after `patience` (none: he waits as long as it takes)."""

    kind: ClassVar[str] = "serve"
    patience: Duration | None = None
