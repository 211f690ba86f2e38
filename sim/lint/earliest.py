"""When each thing can happen at the earliest, if nobody ever waits for a person or a line.

The procedures of all actors are walked from what begins them.  What happens to an actor is kept
with the least time at which it can happen, and begins his procedures anew whenever that time
falls, until nothing changes: shortest paths, where "one of several" takes the least time, "all
of them" the greatest.  Guards over figures are taken to hold, so the times are lower bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil, inf
from typing import NamedTuple

from sim.lint.grades import tells
from sim.lint.house import House
from sim.lint.timing import Timing
from sim.lint.transit import Transit
from sim.model.plan import Bound, BoundProcedure
from sim.model.shifts import DAY

BY_ITSELF = ("needed", "requested", "loaded")
"""Happenings that hang on people and goods: nothing is said here of how early they are."""
WITHOUT_INCIDENT = ("shift", "called", "started")


class Leg(NamedTuple):
    """The last piece of a path: who spent so many seconds on what, and the pieces before."""

    actor: str
    what: str
    seconds: float
    before: Leg | None


class At(NamedTuple):
    """An instant: seconds from the clock's start (-inf: maybe long before), and the path to it."""

    time: float
    leg: Leg | None = None

    def after(self, seconds: float, actor: str, what: str) -> At:
        """Return the instant so many seconds later, spent by somebody on something."""
        if not seconds or self.time == -inf:
            return self
        return At(self.time + seconds, Leg(actor, what, seconds, self.leg))

    def path(self) -> list[Leg]:
        """Return the pieces in the order of time."""
        legs, leg = [], self.leg
        while leg is not None:
            legs.append(leg)
            leg = leg.before
        return legs[::-1]


def by_time(at: At) -> float:
    """Return the key by which instants are compared."""
    return at.time


LONG_BEFORE = At(-inf)
NEVER = At(inf)


class Fact(NamedTuple):
    """Something that happens to an actor, as its procedures see it.

    What a step `start` begins on the same matter is an event of its own: `received explain-delay`.
    """

    actor: str
    event: str
    kind: str = ""
    sender: str = ""


class Report(NamedTuple):
    """What of a report is known before it is written."""

    kind: str
    elements: tuple[str, ...] = ()
    reason: bool = False


class Row(NamedTuple):
    """Something that is recorded, as far as it is known beforehand; rules look for such rows."""

    activity: str
    actor: str
    recipient: str = ""
    report: Report | None = None
    channel: str = ""
    object: str = ""


@dataclass(frozen=True)
class Gate:
    """What cannot happen to the owner before his clock has started.

    `facts` says it of a happening, `begins` of a procedure's beginning, `step` of what follows a
    step of a thread that works on a kind of report.
    """

    owner: str = ""
    facts: Callable[[Fact], bool] = lambda _: False
    begins: Callable[[BoundProcedure], bool] = lambda _: False
    step: Callable[[Bound, str], bool] = lambda _step, _kind: False


@dataclass
class Earliest:
    """Least times of one incident, counted from its occurrence or, with a gate, from its opening.

    `facts` and `rows` hold them; `sent` are (actor, trigger, kind of report) of what is sent.
    """

    house: House
    incident: str
    timing: Timing
    grades: frozenset[str]
    gate: Gate | None = None
    facts: dict[Fact, At] = field(default_factory=dict)
    rows: dict[Row, At] = field(default_factory=dict)
    sent: set[tuple[str, str, str]] = field(default_factory=set)
    judged: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Find all times."""
        from sim.lint.walk import Walk

        self.transit = Transit(self.house.scenario, self.timing)
        self._due: dict[Fact, None] = {}
        self._waiting: dict[tuple[str, str], dict[Fact, None]] = {}
        self._answers: dict[str, float] = {}
        self._roots()
        while self._due:
            fact = next(iter(self._due))
            del self._due[fact]
            for procedure, at in self._begun(fact):
                Walk(self, fact, procedure).run(at)

    # -- what begins by itself ---------------------------------------------------------
    def _roots(self) -> None:
        scenario = self.house.scenario
        about = scenario.incidents[self.incident]
        origin = LONG_BEFORE if self.gate else At(0.0)
        for actor, delay in about.noticed.items():
            self.happens(Fact(actor, "noticed"), self._later(self.timing(delay), actor))
            if actor in scenario.teams:
                self.happens(Fact(actor, "ordered"), self._later(self.timing(delay), actor))
        for key, inject in scenario.injects.items():
            if not tells(inject) or inject.incident != self.incident:
                continue
            at = LONG_BEFORE
            if not self.gate and inject.timed and inject.at is not None:
                at = At(self.timing(inject.at) - about.at)
                if at.time > 0:
                    at = At(0.0).after(at.time, inject.recipients[0], f"inject {key}")
            for actor in inject.recipients:
                self.happens(Fact(actor, "inject", inject.kind), at)
                self.received(actor, inject.kind, "", at)
        for actor, groups in self.house.plan.procedures.items():
            for event in BY_ITSELF:
                if event in groups:
                    self.happens(Fact(actor, event), origin)

    def _later(self, seconds: float, actor: str) -> At:
        return LONG_BEFORE if self.gate else At(0.0).after(seconds, actor, "notice")

    # -- what happens ------------------------------------------------------------------
    def happens(self, fact: Fact, at: At) -> None:
        """Something can happen to an actor at this time."""
        gate = self.gate
        if gate and fact.actor == gate.owner and at.time < 0 and gate.facts(fact):
            at = At(0.0)
        if at.time >= self.facts.get(fact, NEVER).time:
            return
        self.facts[fact] = at
        self._due[fact] = None
        for waiting in self._waiting.get((fact.actor, fact.event), ()):
            self._due[waiting] = None
        if fact.event in ("noticed", "received", "inject"):
            self._clock(fact.actor, self.facts[fact])

    def received(self, actor: str, kind: str, sender: str, at: At) -> None:
        """A report can be received by an actor."""
        self.happens(Fact(actor, "received", kind, sender), at)
        self.happens(Fact(actor, "changed", "changed", sender), at)

    def _clock(self, actor: str, at: At) -> None:
        """Who knows of the incident does what he does at times of day."""
        for procedure in self.house.plan.procedures.get(actor, {}).get("time", ()):
            scenario = self.house.scenario
            for time in procedure.on.at:
                first = (time - scenario.second_of_day) % DAY - scenario.incidents[self.incident].at
                due = at
                if not self.gate and at.time > -inf:
                    days = max(0, ceil((at.time - first) / DAY))
                    due = at.after(first + days * DAY - at.time, actor, procedure.key)
                self.happens(Fact(actor, "time", "time"), due)

    def written(self, row: Row, at: At) -> None:
        """A row can be written at this time."""
        if at.time < self.rows.get(row, NEVER).time:
            self.rows[row] = at

    # -- which procedures that begins --------------------------------------------------
    def _begun(self, fact: Fact) -> Iterator[tuple[BoundProcedure, At]]:
        at, gate = self.facts[fact], self.gate
        event, _, key = fact.event.partition(" ")
        groups = self.house.plan.procedures.get(fact.actor, {})
        if key:  # begun by a step `start`
            yield from ((p, at) for group in groups.values() for p in group if p.key == key)
            return
        for procedure in groups.get(event, ()):
            if not self._may_begin(procedure, fact):
                continue
            if gate and fact.actor == gate.owner and at.time < 0 and gate.begins(procedure):
                yield procedure, At(0.0)
            else:
                yield procedure, at

    def _may_begin(self, procedure: BoundProcedure, fact: Fact) -> bool:
        on = procedure.on
        if on.kind and fact.kind not in on.kind:
            return False
        if on.incident and self.incident not in on.incident:
            return False
        hazard = self.house.scenario.incidents[self.incident].hazard
        for name, comparison in procedure.guard:
            if name == "hazard" and not comparison.holds(hazard):
                return False
            if name in ("grade", "confirmed") and not any(map(comparison.holds, self.grades)):
                return False
        return True

    # -- waiting and answering ---------------------------------------------------------
    def heard(self, fact: Fact, actor: str, event: str, kinds: list[str]) -> At:
        """Return the earliest time of a happening that the procedures begun by `fact` wait for."""
        self._waiting.setdefault((actor, event), {})[fact] = None
        if not self.house.alone or event in (*BY_ITSELF, *WITHOUT_INCIDENT):
            return LONG_BEFORE
        found = [
            at
            for other, at in self.facts.items()
            if other[:2] == (actor, event) and (not kinds or other.kind in kinds)
        ]
        return min(found, key=by_time, default=NEVER)

    def answering(self, actor: str, kind: str) -> float:
        """Return the least seconds from a message's arrival to its receipt, `inf` if never."""
        groups = self.house.plan.procedures.get(actor, {}).get("arrived", ())
        fitting = [p for p in groups if self._may_begin(p, Fact(actor, "arrived", kind))]
        if not fitting:
            return 0.0
        from sim.lint.walk import until_answered

        key = f"{actor}/{kind}"
        if key not in self._answers:
            times = [until_answered(self, actor, kind, procedure) for procedure in fitting]
            self._answers[key] = min(times)
        return self._answers[key]
