"""Order teams out."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Dispatch(Work):
    """Order `number` teams that have all `skills` to the place of the incident, or of the call.

    Only the office's own teams, or those of the offices below it too (`from`).
    The officer is held for `time`; then every order waits until a suitable team is idle, at
    most `patience`.  The step ends when the orders are placed, not when the teams arrive.
    """

    kind: ClassVar[str] = "dispatch"
    skills: list[str]
    number: Annotated[int, Field(ge=1)] = 1
    from_: Annotated[Literal["own", "subordinate"], Field(alias="from")] = "subordinate"
    patience: Duration | None = None
