"""Procedures are data: on which event, under which guard, by which post, which steps."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.scenario.base import Thing
from sim.scenario.comparisons import Comparison
from sim.scenario.steps import Step
from sim.scenario.units import TimeOfDay

Happening = Literal[
    "noticed",
    "arrived",
    "received",
    "confirmed",
    "activated",
    "ordered",
    "requested",
    "loaded",
    "needed",
    "called",
    "inject",
    "shift",
    "changed",
    "terminated",
    "task_done",
    "commanded",
    "time",
    "started",
]
"""What can start a procedure of an actor, from the actor's own point of view: it noticed an
incident, a message arrived (the phone rings), it received a report, confirmed a grade,
activated a response, was ordered out (team), was asked for supplies or has a vehicle loaded
(depot), hears that a shelter needs something (`needed`), was called (background), got an inject,
begins a shift, knows another figure than it has reported (`changed`), ended a response, sees a
task done that it had ordered teams to (`task_done`), took the on-site command (`commanded`),
reaches a time of day (`time`, for every incident it knows of); `started` = only by another
procedure's step `start`."""


class Event(BaseModel):
    """A happening, and which ones of it.

    `kind`: kinds of report or names of shifts; `incident`: which ones; `fields`: figures that
    changed; `task`: tasks that were done; `at`: times of day such as "09:00"; `first`: only the
    first time for an incident.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    event: Happening
    kind: list[str] = []
    incident: list[str] = []
    fields: list[str] = []
    task: list[str] = []
    at: list[TimeOfDay] = []
    first: bool = False


def _one_word(value: Any) -> Any:
    return {"event": value} if isinstance(value, str) else value


Trigger = Annotated[Event, BeforeValidator(_one_word)]
"""`on: received`, or `on: {event: received, kind: [initial], first: true}`."""

Guard = dict[str, Comparison]
"""What the actor must have been told: `{grade: ">= III", dead: ">= 3", hazard: flood}`."""


class Priorities(BaseModel):
    """Priorities by the grade that the actor knows: `{default: 5, III: 2, II: 1, I: 0}`.

    `default` holds while he knows none, and for grades that are not named.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    default: int = 5
    I: int | None = None  # noqa: E741
    II: int | None = None
    III: int | None = None
    IV: int | None = None

    def by_grade(self) -> dict[str, int]:
        """Return the priorities of the grades that are named."""
        given = {grade: getattr(self, grade) for grade in ("I", "II", "III", "IV")}
        return {grade: number for grade, number in given.items() if number is not None}


class Procedure(Thing):
    """Steps in order.  `hold: procedure` keeps one officer throughout, `step` takes one per step.

    `priority`: smaller is served first; one number, or `Priorities` by grade.  With
    `interruptible` an officer at work on a step leaves it when a request of smaller priority
    finds nobody idle (routine work; not with `hold: procedure`); the step says by
    `interrupted` what becomes of it.  Calls that are being made are not broken off, but who
    waits for a line or to dial again leaves too, and goes on with that later.
    """

    on: Trigger
    when: Guard = {}
    by: str = "duty"
    hold: Literal["step", "procedure"] = "step"
    priority: int | Priorities = 5
    interruptible: bool = False
    steps: Annotated[list[Step], Field(min_length=1)]
