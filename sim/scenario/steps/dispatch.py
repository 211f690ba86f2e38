"""Order teams out."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Dispatch(Work):
    """Order `number` teams that have all `skills` to the incident's place, or to its `task`.

    With a `task` and no `skills`, one team is ordered for each that the task still lacks: of
    what it needs, those that are neither there nor under way nor ordered already.
    The officer is held for `time`; then every order waits until a suitable team is idle, at
    most `patience`.  The step ends when the orders are placed, not when the teams arrive.
    """

    kind: ClassVar[str] = "dispatch"
    skills: list[str] = []
    task: str | None = None
    number: Annotated[int, Field(ge=1)] = 1
    patience: Duration | None = None
