"""A team takes the order and turns out."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Alert(Work):
    """A team takes the order and turns out."""

    kind: ClassVar[str] = "alert"
