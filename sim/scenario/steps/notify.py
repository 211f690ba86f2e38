"""Tell the bodies of other plans."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import RefersTo
from sim.scenario.plans import PlanKey
from sim.scenario.steps.base import StepData
from sim.scenario.units import Duration


class Notify(StepData):
    """Send a notice to every one of the `bodies` of `plan`, one after the other.

    The notice says at which level the actor stands; `channel`, `await_ack` and `tries` as in
    `send`.
    """

    kind: ClassVar[str] = "notify"
    plan: PlanKey = "general-plan"
    channel: Annotated[str, RefersTo("channels")]
    await_ack: Duration | None = None
    tries: Annotated[int, Field(ge=1)] = 2
