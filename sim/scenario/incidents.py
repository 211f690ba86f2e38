"""What happens in truth, and what the exercise control puts in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Actor, Name, Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.procedures import Event, Guard
from sim.scenario.units import Duration

IncidentKey = Annotated[str, RefersTo("incidents")]
Number = Annotated[float, Field(ge=0)]


class State(Thing):
    """The true state from `after` the incident's beginning on; absent fields keep their value."""

    after: Duration = 0
    dead: Number | None = None
    missing: Number | None = None
    injured: Number | None = None
    poisoned: Number | None = None
    trapped: Number | None = None
    at_risk: Number | None = None
    evacuated: Number | None = None
    loss_wan: Number | None = None


class Incident(Thing):
    """One incident: hazard, place, areas concerned, its true course, and who notices it when.

    Its grade is judged by the usual table of its hazard (`sim/scenario/grades.yaml`).
    """

    hazard: str
    place: Place
    jurisdiction: list[str] = []
    parent: IncidentKey | None = None
    at: Duration = 0
    course: list[State]
    noticed: dict[Actor, Distribution]


COMMS_CHECK = "comms_check"
"""The kind of inject that calls offices to see whether they answer."""


class Inject(Thing):
    """Information or an event that exercise control puts in, at a time or on an event.

    Of kind `comms_check` it says nothing: every office in `to` is called over `channel` and
    answers within `limit` or not.
    """

    at: Duration | None = None
    on: Event | None = None
    when: Guard = {}
    incident: IncidentKey
    to: Actor | Annotated[list[Actor], Field(min_length=1)]
    limit: Duration | None = None
    channel: str = "person"
    kind: str = "initial"
    text: Name | None = None
    fields: dict[str, Number] = {}
    elements: list[str] = []

    @property
    def recipients(self) -> list[str]:
        """Whom it goes to; the first one's knowledge decides about `on` and `when`."""
        return [self.to] if isinstance(self.to, str) else self.to


class Background(Thing):
    """Routine load: calls that arrive at an office and run one of its procedures."""

    to: Actor
    gap: Distribution
    procedure: Annotated[str, RefersTo("procedures")]
