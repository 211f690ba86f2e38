"""Stand up a working group."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class StandUp(Work):
    """Stand up a working group of the command, such as the press group (`group: press`)."""

    kind: ClassVar[str] = "stand_up"
    group: str = "press"
