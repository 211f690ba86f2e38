"""The crew picks the goods; what is not there is short."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Pick(Work):
    """Pick the goods, the oldest usable ones first: `time`, and `per_tonne` on top.

    One of the crew and, where the depot has forklifts, one of these.
    """

    kind: ClassVar[str] = "pick"
    per_tonne: Duration = 0
