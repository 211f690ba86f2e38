"""Order teams out."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.scenario.base import Place
from sim.scenario.items import Item
from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Dispatch(Work):
    """Order `number` teams to the place of the incident, or of the call.

    A team must have all `skills`, and of every item of `equipment` at least so many.  `to` is
    another place.  With a `task` they go there; without `skills`, one team is then ordered for
    each that the task still lacks: of what it needs, those that are neither there nor under way
    nor ordered already.  Only the office's own teams, or those of the offices below it
    too (`from`).  The officer is held for `time`; then every order waits until a suitable team
    is idle, at most `patience`.  The step ends when the orders are placed.

    `purpose: standby`: teams wait at the place, idle and at hand, until they are ordered on or,
    after the time in `for`, go home.  `purpose: release` sends home those that the office has
    waiting there (or anywhere, without `to`).  With `as_asked` an office that was asked for
    support promises as many teams as it can send at once, for what they are asked for.
    """

    kind: ClassVar[str] = "dispatch"
    skills: list[str] = []
    equipment: dict[Item, Annotated[int, Field(ge=1)]] = {}
    task: str | None = None
    number: Annotated[int, Field(ge=1)] = 1
    from_: Annotated[Literal["own", "subordinate"], Field(alias="from")] = "subordinate"
    patience: Duration | None = None
    purpose: Literal["respond", "standby", "release"] = "respond"
    to: Place | None = None
    for_: Annotated[Duration | None, Field(alias="for")] = None
    as_asked: bool = False
