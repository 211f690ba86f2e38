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
    "called",
    "inject",
    "shift",
    "changed",
    "terminated",
    "time",
    "started",
]
"""What can start a procedure of an actor, from the actor's own point of view: it noticed an
incident, a message arrived (the phone rings), it received a report, confirmed a grade,
activated a response, was ordered out (team), was asked for supplies (depot), was called
(background), got an inject, begins a shift, knows another figure than it has reported
(`changed`), ended a response, reaches a time of day (`time`, for every incident it knows of);
`started` = only by another procedure's step `start`."""


class Event(BaseModel):
    """A happening, and which ones of it.

    `kind`: kinds of report or names of shifts; `incident`: which ones; `fields`: figures that
    changed; `at`: times of day such as "09:00"; `first`: only the first time for an incident.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    event: Happening
    kind: list[str] = []
    incident: list[str] = []
    fields: list[str] = []
    at: list[TimeOfDay] = []
    first: bool = False


def _one_word(value: Any) -> Any:
    return {"event": value} if isinstance(value, str) else value


Trigger = Annotated[Event, BeforeValidator(_one_word)]
"""`on: received`, or `on: {event: received, kind: [initial], first: true}`."""

Guard = dict[str, Comparison]
"""What the actor must have been told: `{grade: ">= III", dead: ">= 3", hazard: flood}`."""


class Procedure(Thing):
    """Steps in order.  `hold: procedure` keeps one officer throughout, `step` takes one per step.

    `priority`: smaller is served first.
    """

    on: Trigger
    when: Guard = {}
    by: str = "duty"
    hold: Literal["step", "procedure"] = "step"
    priority: int = 5
    steps: Annotated[list[Step], Field(min_length=1)]
