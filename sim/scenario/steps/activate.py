"""Activate the response, or change its level."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.scenario.plans import Level, PlanKey
from sim.scenario.steps.base import Step, Work


class Activate(Work):
    """Activate `plan` at `level`; once it is active, raise or lower its level.

    Without `level` it is that of the grade at hand; `asked` is the one in the message at hand: a
    request (`activation_request`), which is granted with probability `granted`, or a notice.
    At a level that the superior's last notice has told of, anybody may activate; else those whom
    the plan names.  Who may not, or does not grant it, does the steps of `else`: he asks his
    superior (`send: {to: superior, report: activation_request, …}`), or tells the one who asked.
    """

    kind: ClassVar[str] = "activate"
    plan: PlanKey = "general-plan"
    level: Level | Literal["asked"] | None = None
    granted: Annotated[float, Field(ge=0, le=1)] = 1.0
    else_: Annotated[list[Step], Field(alias="else")] = []
