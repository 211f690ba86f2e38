"""What happens in truth, and what the exercise control puts in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Actor, Name, Office, Place, RefersTo, Thing, WarningLevel
from sim.scenario.distributions import Constant, Distribution
from sim.scenario.expected import Expected, Script
from sim.scenario.procedures import Event, Guard
from sim.scenario.rates import ByHour
from sim.scenario.shelters import Filling
from sim.scenario.tasks import Task
from sim.scenario.units import Duration

IncidentKey = Annotated[str, RefersTo("incidents")]
InjectKey = Annotated[str, RefersTo("injects")]
Number = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]


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
    sick: Number | None = None
    participants: Number | None = None
    burned_ha: Number | None = None
    magnitude: Number | None = None
    load_lost: Percent | None = None
    users_out: Percent | None = None
    outbreaks: Number | None = None
    counties_hit: Number | None = None
    cities_hit: Number | None = None


class Incident(Thing):
    """One incident: hazard, place, areas concerned, its true course, and who notices it when.

    Its grade is judged by the usual table of its hazard (`sim/scenario/grades.yaml`).  One that
    never `occurs` is only feared: signals and warnings may name it, there is no truth behind it.
    `tasks` are what teams have to do there, `shelters` where those evacuated go.
    """

    hazard: str
    place: Place
    jurisdiction: list[str] = []
    parent: IncidentKey | None = None
    at: Duration = 0
    occurs: bool = True
    course: list[State] = []
    noticed: dict[Actor, Distribution] = {}
    tasks: dict[str, Task] = {}
    shelters: Filling | None = None


ANSWER_LIMIT = 60
"""Seconds for a roll call to be answered, where the inject does not say (assumed)."""
COMMS_CHECK = "comms_check"
"""The kind of inject that calls offices to see whether they answer."""
OUTAGE = "outage"
"""The kind of inject that cuts a channel."""


class Inject(Thing):
    """Information or an event that exercise control puts in, at a time or on an event.

    `at` may be drawn by chance (突击检查, an inspection that nobody expects):
    `{uniform: {low: 0 h, high: 8 h}}`.

    It goes to one actor or to several; `on` and `when` look at the first of them.  Kinds are
    those of reports, and five more: `roll_call` calls the officers of a `post` over video,
    `tries` times, each waiting up to `limit` (60 s) for one who is free, who then answers for
    `time`; `inspection` looks who is there; `closure` closes the roads of the closure named;
    `comms_check` calls every office in `to` over `channel`, and it answers within `limit` or not;
    `outage` cuts the `channel` `for` a time, of it only the `lines_of` some offices where they
    are named (calls to them and from them), and needs a `to` only for `on` and `when`.
    `warning` is the level that a signal calls for (`lifted`: it may be lifted).
    """

    at: Distribution | None = None
    on: Event | None = None
    unless_done: InjectKey | None = None
    if_done: InjectKey | None = None
    when: Guard = {}
    incident: IncidentKey | None = None
    from_: Annotated[Name | None, Field(alias="from")] = None
    to: Actor | Annotated[list[Actor], Field(min_length=1)] = []
    for_: Annotated[Duration | None, Field(alias="for")] = None
    lines_of: list[Office] = []
    limit: Duration | None = None
    channel: str = "person"
    kind: str = "initial"
    text: Name | None = None
    fields: dict[str, Number] = {}
    elements: list[str] = []
    warning: WarningLevel | None = None
    closure: Annotated[str, RefersTo("closures")] | None = None
    post: str = "duty"
    tries: Annotated[int, Field(ge=1)] = 3
    time: Distribution = Constant(15)
    expect: Expected | None = None
    tests: list[str] = []
    controller: Name | None = None
    watch: Name | None = None
    contingency: Name | None = None
    script: Script | None = None

    @property
    def awaits(self) -> str:
        """The inject on whose expected action this one hangs, `""` if on none."""
        return self.unless_done or self.if_done or ""

    @property
    def timed(self) -> bool:
        """Whether it comes at a time of its own, and hangs on nothing that happens."""
        return self.on is None and not self.awaits

    @property
    def expected_of(self) -> list[str]:
        """Who should act about it: those named, else those to whom it goes."""
        return (self.expect.actors if self.expect else []) or self.recipients

    @property
    def recipients(self) -> list[str]:
        """To whom it goes, each once, in the order of the file."""
        return [self.to] if isinstance(self.to, str) else list(dict.fromkeys(self.to))


class Background(Thing):
    """Calls that arrive at an office and run one of its procedures: routine, or emergencies.

    `gap` is the time between two calls; `by_hour` multiplies their rate by the clock of the
    drill's place: `{"08:00": 1.5, "18:00": 0.3}` from each time until the next.
    `places` gives each call a place, drawn by these weights; teams are then ordered there.
    `priority` replaces that of the procedure for these calls and for what is ordered for them.
    """

    to: Actor
    gap: Distribution
    by_hour: ByHour = {}
    procedure: Annotated[str, RefersTo("procedures")]
    places: dict[Place, Annotated[float, Field(gt=0)]] = {}
    priority: int | None = None
