"""A scenario as the checks see it: bound procedures, who sends what to whom, who is there when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from sim.files.yamlfile import Node
from sim.model import Plan
from sim.model.plan import Bound, BoundProcedure
from sim.rules import Pack, load_pack
from sim.scenario import Scenario
from sim.scenario.merge import LIBRARY, merged
from sim.scenario.plans import ResponsePlan

PACK = "guangxi-2012-65"
"""The rule pack that is meant where none is named."""
Own = Mapping[str, Collection[str]]
"""Section -> keys that the author wrote himself, not those taken from a library."""
Spans = list[tuple[int, int]]


class Sending(NamedTuple):
    """A step by which an actor sends a report of a kind; `to` is an office, or `sender`."""

    actor: str
    procedure: BoundProcedure
    step: Bound
    kind: str
    to: str


class House:
    """What all checks share; `plan` binds every actor's procedures as the model does.

    `pack` is the rule pack whose limits are looked at.
    """

    def __init__(self, scenario: Scenario, own: Own | None = None, pack: Pack | None = None):
        self.scenario = scenario
        self.pack = pack or load_pack(PACK)
        self.plan = Plan(scenario)
        self.own = own if own is not None else _not_shipped(scenario)
        self.sendings = list(self._sendings())

    def procedures(self, actor: str) -> Iterator[BoundProcedure]:
        """Yield an actor's procedures."""
        for group in self.plan.procedures.get(actor, {}).values():
            yield from group

    def everywhere(self) -> Iterator[tuple[str, BoundProcedure, Bound]]:
        """Yield (actor, procedure, step) for every step that anybody may do."""
        for actor in self.plan.procedures:
            for procedure in self.procedures(actor):
                for step in steps_within(procedure.steps):
                    yield actor, procedure, step

    @cached_property
    def steps(self) -> list[tuple[str, Any]]:
        """(actor, step) of every step that anybody may do."""
        return [(actor, step.data) for actor, _, step in self.everywhere()]

    @cached_property
    def standby(self) -> bool:
        """Whether teams may wait away from their bases."""
        return any(getattr(data, "purpose", "") == "standby" for _, data in self.steps)

    @cached_property
    def alone(self) -> bool:
        """Whether all that happens to anybody is about one and the same incident."""
        elsewhere = any(
            procedure.on.event in ("shift", "called")
            for actor in self.plan.procedures
            for procedure in self.procedures(actor)
        )
        told = any(not inject.incident for inject in self.scenario.injects.values())
        return len(self.scenario.incidents) == 1 and not elsewhere and not told

    def doing(self, kind: str) -> list[str]:
        """Return the actors that have a step of a kind, each once."""
        return list(dict.fromkeys(actor for actor, data in self.steps if data.kind == kind))

    def _sendings(self) -> Iterator[Sending]:
        for actor in self.plan.procedures:
            for procedure in self.procedures(actor):
                drafted = ""
                for step in steps_within(procedure.steps):
                    if step.data.kind == "notify":
                        bodies = self.scenario.plans.get(step.data.plan, ResponsePlan()).bodies
                        for to in (body for body in bodies if body != actor):
                            yield Sending(actor, procedure, step, "notice", to)
                    drafted = step.data.report if step.data.kind == "draft" else drafted
                    if step.data.kind == "send":
                        kind = step.data.report or drafted or "initial"
                        wanted = step.data.to
                        for one in [wanted] if isinstance(wanted, str) else wanted:
                            to = self.address(actor, one)
                            if to:
                                yield Sending(actor, procedure, step, kind, to)

    def address(self, actor: str, to: str) -> str:
        """Return the office that `superior` or `department` means to an actor; an id is itself."""
        if to not in ("superior", "department"):
            return to
        for section in ("offices", "teams", "depots"):
            thing = getattr(self.scenario, section).get(actor)
            if thing is not None:
                return getattr(thing, to, None) or ""
        return ""

    def addressed(self) -> list[str]:
        """Return the offices that messages go to."""
        return list(dict.fromkeys(s.to for s in self.sendings if s.to in self.scenario.offices))

    def section(self, actor: str) -> str:
        """Return the section under which an actor stands."""
        sections = ("offices", "teams", "depots", "shelters")
        return next(name for name in sections if actor in getattr(self.scenario, name))

    def node(self, procedure: str, actor: str) -> Node:
        """Return where a procedure stands; where a library brought it, the actor who uses it."""
        if procedure in self.own.get("procedures", ()):
            return ("procedures", procedure)
        return (self.section(actor), actor, "procedures")

    def post_node(self, pool: str) -> Node:
        """Return where `office/post` is staffed."""
        actor, _, post = pool.partition("/")
        usual = ("duty", "leader", "crew")
        return (self.section(actor), actor, *((post,) if post in usual else ("posts", post)))

    def presence(self, pool: str) -> list[tuple[int, int, int]]:
        """Return (begin, end, persons) of everybody who stands at a post within the drill."""
        horizon = int(self.scenario.horizon)
        found = []
        for shift in self.plan.shifts:
            if pool in shift.posts:
                for span in shift.spans(horizon):
                    found += [
                        (begin, end, len(shift.members))
                        for begin, end in without(
                            (int(span[0]), int(span[1])), getattr(span, "breaks", ())
                        )
                    ]
        return found

    def gaps(self, pool: str) -> Spans:
        """Return when nobody stands at a post, within the drill."""
        return [(a, b) for a, b, persons in self.persons(pool) if not persons]

    def persons(self, pool: str) -> list[tuple[int, int, int]]:
        """Return (begin, end, persons present) over the whole drill, in order of time."""
        horizon = int(self.scenario.horizon)
        there = self.presence(pool)
        edges = {0, horizon, *(t for a, b, _ in there for t in (a, b) if 0 < t < horizon)}
        found: list[tuple[int, int, int]] = []
        times = sorted(edges)
        for begin, end in pairwise(times):
            count = sum(n for a, b, n in there if a <= begin and end <= b)
            if found and found[-1][2] == count:
                found[-1] = (found[-1][0], end, count)
            else:
                found.append((begin, end, count))
        return found


def steps_within(steps: tuple[Bound, ...]) -> Iterator[Bound]:
    """Yield steps in order, those of branches included."""
    for step in steps:
        yield step
        for inner in step.branches.values():
            yield from steps_within(inner)


def without(span: tuple[int, int], breaks: Collection[tuple[int, int]]) -> Spans:
    """Return what is left of a span without its breaks."""
    left = [span]
    for begin, end in breaks:
        pieces = [piece for a, b in left for piece in ((a, min(b, begin)), (max(a, end), b))]
        left = [(a, b) for a, b in pieces if a < b]
    return left


def _not_shipped(scenario: Scenario) -> Own:
    """Return all keys but those of the shipped libraries that the scenario uses, at any remove."""
    libraries = [_keys_of(name) for name in scenario.use]
    own = {}
    for section in ("procedures", "channels"):
        taken = {key for keys in libraries for key in keys.get(section, ())}
        own[section] = [key for key in getattr(scenario, section) if key not in taken]
    return own


@cache
def _keys_of(name: str) -> dict[str, tuple[str, ...]]:
    """Return the keys of a shipped library and of what it uses; nothing for other files."""
    path = LIBRARY / f"{name}.yaml"
    data = merged(path).data if path.is_file() else {}
    return {section: tuple(data.get(section) or ()) for section in ("procedures", "channels")}
