"""Load the goods on vehicles."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Load(Work):
    """Load at a dock, as many vehicles as weight and volume need: `time` for each, and `per_tonne`.

    Each vehicle leaves when it is loaded (event `loaded`); `together` they leave when all are that
    are at hand: the rest of the goods follows with those that come back.
    """

    kind: ClassVar[str] = "load"
    per_tonne: Duration = 0
    together: bool = False
