"""What recognisers of formulas share: what a scenario may hold besides what the formula knows."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from pydantic import BaseModel

from sim.experiment.formulas import relaxation
from sim.model import Plan
from sim.model.plan import Bound, BoundProcedure
from sim.rules import Pack
from sim.scenario import Scenario
from sim.scenario.distributions import Constant, Distribution, Exponential
from sim.scenario.incidents import Background
from sim.texts import t

HAPPENS = (
    *("incidents", "injects", "background", "people"),
    *("teams", "depots", "shelters", "vehicles"),
)
"""Sections of a scenario that make something happen or take part in it."""
TOLD = ("name", "source", "note", "id")
"""Keys that change nothing."""
MEMORY, LONG = 5, 20
"""Least warm-up and least time measured, in relaxation times of the queue."""
LEAST = 60
"""Least mean of a time (s): below it whole seconds would show."""


class Refused(Exception):
    """The scenario does not reduce to the formula; its text says why."""


class Formula(NamedTuple):
    """The name of a formula and its value, in the measure's own unit (s, share, pieces)."""

    formula: str
    value: float


class Scene(NamedTuple):
    """A scenario with its plan and pack, as a point of a study runs it to `until` (s)."""

    scenario: Scenario
    plan: Plan
    pack: Pack
    until: int
    warm_up: int

    @property
    def measured(self) -> int:
        """For how long something is measured (s)."""
        return self.until - self.warm_up


def only(thing: BaseModel, where: str, *known: str) -> None:
    """Refuse a thing in which anything but the `known` keys differs from its default."""
    for name, field in type(thing).model_fields.items():
        usual = field.get_default(call_default_factory=True)
        if name not in (*known, *TOLD) and getattr(thing, name) != usual:
            key = field.alias or name
            raise Refused(t("{where}: the formula knows no `{key}`", where=where, key=key))


def happens(scenario: Scenario, *known: str) -> None:
    """Refuse a scenario in which anything but the `known` sections makes something happen."""
    for name in HAPPENS:
        if name not in known and getattr(scenario, name):
            raise Refused(t("besides the formula's own there are `{name}`", name=name))


def quiet(scene: Scene, *events: str) -> None:
    """Refuse a scenario in which actors have procedures on any but these events."""
    for actor, procedures in scene.plan.procedures.items():
        for event in procedures:
            if event not in events:
                raise Refused(t("{actor} also acts on `{event}`", actor=actor, event=event))


def poisson_source(scene: Scene) -> tuple[Background, float]:
    """Return the one source of calls and its calls per second."""
    if len(scene.scenario.background) != 1:
        n = len(scene.scenario.background)
        raise Refused(t("needs one source of calls, there are {n}", n=n))
    ((key, source),) = scene.scenario.background.items()
    only(source, f"background.{key}", "to", "gap", "procedure", "places", "priority")
    return source, 1 / exponential(source.gap, f"background.{key}.gap")


def one_procedure(scene: Scene, actor: str, event: str) -> BoundProcedure:
    """Return the one procedure of an actor on an event, without a guard and for all of them."""
    found = scene.plan.procedures[actor].get(event, [])
    if len(found) != 1:
        n = len(found)
        raise Refused(t("{actor} has {n} procedures on `{event}`", actor=actor, n=n, event=event))
    data, where = scene.scenario.procedures[found[0].key], f"procedures.{found[0].key}"
    only(data, where, "on", "by", "hold", "priority", "interruptible", "steps")
    only(data.on, f"{where}.on", "event")
    return found[0]


def one_step(scene: Scene, actor: str, event: str, kind: str) -> tuple[BoundProcedure, Bound]:
    """Return the one procedure of an actor on an event, and its one step, of this kind."""
    procedure = one_procedure(scene, actor, event)
    if [step.data.kind for step in procedure.steps] != [kind]:
        raise Refused(t("{name}: needs one step `{kind}`", name=procedure.key, kind=kind))
    return procedure, procedure.steps[0]


def exponential(time: Distribution | None, where: str) -> float:
    """Return the mean of an exponential time (s)."""
    if not isinstance(time, Exponential):
        raise Refused(t("{where}: not exponential", where=where))
    return not_short(time.mean(), where)


def not_short(seconds: float, where: str) -> float:
    """Return a mean time (s) that is long enough for whole seconds not to show."""
    if seconds < LEAST:
        raise Refused(t("{where}: so short that whole seconds show", where=where))
    return seconds


def constant(time: Any, seconds: int, where: str) -> None:
    """Refuse a time that is not constant at so many seconds."""
    if time != Constant(seconds) and time != seconds:
        raise Refused(t("{where}: not {n} s", where=where, n=seconds))


def staff(scene: Scene, pool: str) -> int:
    """Return how many are always at a post such as `desk/duty`, none of them anywhere else."""
    key, _, name = pool.partition("/")
    office = scene.scenario.offices.get(key)
    persons = None if office is None else office.posts.get(name, getattr(office, name, None))
    if office is None or not isinstance(persons, int) or isinstance(persons, bool):
        raise Refused(t("{post}: not a fixed number of persons", post=pool))
    if office.calendar is not None:
        raise Refused(t("{post}: comes and goes by a calendar", post=pool))
    return persons


def long_enough(scene: Scene, rate: float, service: float, servers: int) -> None:
    """Refuse a queue that grows, and runs too short for its long run."""
    if rate * service >= servers:
        raise Refused(t("the load is more than can be served: the queue grows"))
    settled(scene, relaxation(rate, service, servers))


def settled(scene: Scene, memory: float) -> None:
    """Refuse a warm-up or a time measured that is short beside the queue's memory (s)."""
    for have, times, what in (
        (scene.warm_up, MEMORY, t("a warm-up")),
        (scene.measured, LONG, t("a time measured")),
    ):
        if have < times * memory:
            hours = math.ceil(times * memory / 3600)
            raise Refused(t("the long run needs {what} of {hours} h", what=what, hours=hours))
