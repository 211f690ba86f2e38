"""A team works on site."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class WorkOnSite(Work):
    """A team works on site."""

    kind: ClassVar[str] = "work"
