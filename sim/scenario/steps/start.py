"""Start another procedure of the same actor."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sim.scenario.base import RefersTo
from sim.scenario.steps.base import StepData


class Start(StepData):
    """Start `procedure` on the same matter and go on without waiting for it."""

    kind: ClassVar[str] = "start"
    procedure: Annotated[str, RefersTo("procedures")]
