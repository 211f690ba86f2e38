"""Who is there when: calendars, staffing, persons shared between posts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from sim.scenario.base import Origin, RefersTo, Thing
from sim.scenario.distributions import Constant, Distribution
from sim.scenario.units import DayTimes, Duration, day_times

Days = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "workday", "weekend", "holiday"]


class Hours(BaseModel):
    """One shift of the day: `{hours: "08:00-18:00", days: [workday], breaks: ["12:00-12:30"]}`.

    `days` (none = every day) are those on which the shift begins; one fitting word is enough.
    `mon` … `sun` are days of the week whatever the calendar's lists say; `holiday`, `weekend`
    and `workday` follow them.  In its `breaks` the shift is off duty: nobody is given new
    work, and who is at work finishes it first.  For `handover` after its hours the leaving
    shift stays to hand over: it takes nothing new and goes on with what it has; what is still
    not done at the end of those minutes goes by the post's `at_end`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    hours: DayTimes
    days: list[Days] = []
    breaks: DayTimes = ()
    handover: Duration = 0


def _short(value: Any) -> Any:
    """Take `"08:00-18:00"`, or a list of such texts, for hours of every day."""
    if isinstance(value, dict | Hours):
        return value
    return Hours.model_construct(hours=day_times(value))


ShiftHours = Annotated[Hours, BeforeValidator(_short, json_schema_input_type=DayTimes | Hours)]


class Calendar(Thing):
    """Shifts of the day: `day: "08:00-18:00"`, `night: "18:00-08:00"`; they may overlap.

    `holidays` are dates that are free; `workdays` are Saturdays and Sundays that are worked
    instead (调休).
    """

    shifts: dict[
        str, Annotated[Hours, BeforeValidator(_short, json_schema_input_type=DayTimes | Hours)]
    ]
    holidays: list[date] = []
    workdays: list[date] = []

    def is_on(self, hours: Hours, day: date) -> bool:
        """Return whether a shift begins on this day."""
        if not hours.days:
            return True
        week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()]
        return week in hours.days or self.kind(day) in hours.days

    def kind(self, day: date) -> str:
        """Return `workday`, `weekend` or `holiday`."""
        if day in self.workdays:
            return "workday"
        if day in self.holidays:
            return "holiday"
        return "weekend" if day.weekday() >= 5 else "workday"


class Fatigue(BaseModel):
    """Work begun later than `after` the start of one's shift takes `factor` times as long.

    `source` says where the figure comes from, or `assumed`: there is no default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    after: Duration
    factor: Annotated[float, Field(ge=1)]
    source: str


AtEnd = Literal["finish", "hand_over", "pre_empt"]
"""What becomes of work under way when a shift ends."""
Count = Annotated[int, Field(ge=0)]
Persons = Count | dict[str, Count]


class Post(BaseModel):
    """A post in full: `{persons: {day: 2, night: 1}, at_end: hand_over}`.

    `persons`: one number for all hours, or a number per shift of the calendar.

    `at_end`, work under way when the shift ends: who leaves finishes it (`finish`); the next
    one goes on with the rest (`hand_over`); it is dropped into the queue, and the step's own
    `interrupted` says whether it resumes, restarts or is left (`pre_empt`).  What is being said
    or sent and what one officer does throughout (`hold: procedure`) is always finished; who only
    waits for a line or to dial again leaves that to the next one.

    `on_call`: who is not present but reached by telephone, which takes `reach` each time
    before the work begins: `always`, the named shifts, or every person of a shift but the
    first (`second`).  Those present are taken before those on call.  So 双人双岗 is
    `{persons: 2}`, and 主副班, a main officer with a deputy on call, is
    `{persons: 2, on_call: second, reach: 5 min}`; a leader who is in the house by day and at
    home by night is `{persons: {day: 1, night: 1}, on_call: [night], reach: 10 min}`.

    `answers`: probability that anybody answers when the post is rung, drawn for every call;
    below 1 for part-time information officers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    persons: Persons
    at_end: AtEnd = "finish"
    on_call: Literal["always", "second"] | list[str] = []
    reach: Distribution = Constant(0)
    answers: Annotated[float, Field(ge=0, le=1)] = 1.0
    fatigue: Fatigue | None = None
    source: Origin | None = None
    note: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether work there is never taken away, nobody is on call and nobody gets tired."""
        return self.at_end == "finish" and not self.on_call and self.fatigue is None

    def called(self, shift: str, number: int) -> bool:
        """Return whether the person of this number (from 1) in a shift is on call."""
        if self.on_call == "second":
            return number > 1
        return self.on_call == "always" or shift in self.on_call


def _form(value: Any) -> str:
    if isinstance(value, Post):
        return "in full"
    if isinstance(value, dict):
        return "in full" if "persons" in value else "per shift"
    return "number"


Staffing = Annotated[
    Annotated[Count, Tag("number")]
    | Annotated[dict[str, Count], Tag("per shift")]
    | Annotated[Post, Tag("in full")],
    Discriminator(_form),
]
"""Persons on a post: one number for all hours, a number per shift, or a `Post` in full."""


def in_full(staffing: int | dict[str, int] | Post) -> Post:
    """Return the post that a staffing stands for."""
    return staffing if isinstance(staffing, Post) else Post(persons=staffing)


class Person(Thing):
    """One officer who holds several posts, `office/post`, and is busy in all of them at once.

    Present in the named shifts of the calendar; without a calendar, always.  `at_end` and
    `fatigue` are his own, as a post says them for its officers (`Post`); whoever is free at the
    post of the work goes on with what is taken from him.
    """

    posts: list[str]
    calendar: Annotated[str, RefersTo("calendars")] | None = None
    shifts: list[str] = []
    at_end: AtEnd = "finish"
    fatigue: Fatigue | None = None

    @property
    def rules(self) -> Post:
        """The post of one that he would be."""
        return Post(persons=1, at_end=self.at_end, fatigue=self.fatigue)
