"""The crew picks the goods; what is not in stock is refused."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Pick(Work):
    """The crew picks the goods; what is not in stock is refused."""

    kind: ClassVar[str] = "pick"
