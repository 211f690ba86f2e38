"""Stand up working groups."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.plans import PlanKey
from sim.scenario.steps.base import Work


class StandUp(Work):
    """Stand up a working group of the command, such as the press group (`group: press`).

    With `plan`: instead of `group`, all groups that the plan calls for at the present level.
    """

    kind: ClassVar[str] = "stand_up"
    group: str = "press"
    plan: PlanKey | None = None
