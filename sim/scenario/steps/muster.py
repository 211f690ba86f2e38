"""A team gathers until it can leave."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Muster(Work):
    """A team gathers until it can leave."""

    kind: ClassVar[str] = "muster"
