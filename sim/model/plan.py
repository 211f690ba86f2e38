"""A scenario made ready to run: once for all replications.

Procedures are bound to their actors (times, stream names, posts, acts looked up), shifts are
laid out in seconds, ways are remembered.  Nothing here changes while drills run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from sim.model.roads import Roads
from sim.model.shifts import ALONE, Shift, shifts_of
from sim.scenario import Scenario
from sim.scenario.distributions import Distribution
from sim.scenario.people import Post
from sim.scenario.procedures import Event, Priorities, Procedure
from sim.scenario.steps import StepData
from sim.scenario.steps.open_shelter import OpenShelter
from sim.scenario.teams import rosters

if TYPE_CHECKING:
    pass

Steps = Generator[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """One step of one actor's procedure: its act, its data, its time, its stream, its post.

    `timing` is the stream of its time.
    """

    act: Any
    data: Any
    time: Distribution | None
    stream: str
    pool: str
    branches: dict[str, tuple[Bound, ...]] = field(default_factory=dict)
    timing: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "timing", f"{self.stream}/time")


@dataclass(frozen=True, slots=True)
class BoundProcedure:
    """A procedure of one actor."""

    key: str
    on: Event
    guard: tuple[tuple[str, Any], ...]
    pool: str
    hold: bool
    priority: int
    priorities: dict[str, int]
    interruptible: bool
    steps: tuple[Bound, ...]


class Plan:
    """`procedures[actor][event]` are the bound procedures in the order of the scenario.

    `posts` are the posts in full, by the name of their pool; a shared person's rules by his key;
    `plain` if none of them takes work away, is on call or tires; `rosters` the persons of each
    team, `shared` those of several teams; `closed` the shelters that somebody has to open;
    `fitting` remembers of (vehicle, place) whether it can go there at all.
    """

    def __init__(self, scenario: Scenario):
        self.scenario = scenario
        self.roads = Roads(scenario)
        self.shifts: tuple[Shift, ...] = shifts_of(scenario)
        self.posts: dict[str, Post] = {
            s.members[0] if s.shared else s.posts[0]: s.post for s in self.shifts if s.post != ALONE
        }
        self.plain = all(post.is_plain for post in self.posts.values())
        self.rosters = rosters(scenario.teams)
        times = Counter(person for people in self.rosters.values() for person in people)
        self.shared = frozenset(person for person, n in times.items() if n > 1)
        self.closed: set[str] = set()
        self.fitting: dict[tuple[str, str], bool] = {}
        self.procedures: dict[str, dict[str, list[BoundProcedure]]] = {}
        for section, actors in _actors(scenario):
            for key, actor in actors.items():
                self.procedures[key] = self._bind_actor(section, key, actor)

    def _bind_actor(self, section: str, key: str, actor: Any) -> dict[str, list[BoundProcedure]]:
        by_event: dict[str, list[BoundProcedure]] = {}
        called = [b.procedure for b in self.scenario.background.values() if b.to == key]
        for name in dict.fromkeys([*actor.procedures, *called]):
            bound = self._bind(section, key, actor, name)
            by_event.setdefault(bound.on.event, []).append(bound)
        return by_event

    def _bind(self, section: str, key: str, actor: Any, name: str) -> BoundProcedure:
        procedure: Procedure = self.scenario.procedures[name]
        prefix = f"{section}/{key}/{name}"
        default = "crew" if section == "depot" and procedure.by == "duty" else procedure.by

        def bind(step: StepData) -> Bound:
            from sim.model.steps import ACTS

            time = actor.times.get(f"{name}/{step.id}", getattr(step, "time", None))
            branches = {
                branch: tuple(bind(inner) for inner in steps)
                for branch, steps in _inner(step).items()
            }
            if isinstance(step, OpenShelter):
                self.closed.update(step.shelters)
            post = self.pool_of(key, step.by or default) if section != "team" else ""
            return Bound(ACTS[step.kind], step, time, f"{prefix}/{step.id}", post, branches)

        given = procedure.priority
        priority = Priorities(default=given) if isinstance(given, int) else given
        return BoundProcedure(
            key=name,
            on=procedure.on,
            guard=tuple(procedure.when.items()),
            pool=self.pool_of(key, default) if section != "team" else "",
            hold=procedure.hold == "procedure",
            priority=priority.default,
            priorities=priority.by_grade(),
            interruptible=procedure.interruptible,
            steps=tuple(bind(step) for step in cast(list[Any], procedure.steps)),
        )

    def pool_of(self, key: str, post: str) -> str:
        """Return the pool of a post: `leader`, `superior.leader`, `superior.superior.leader`."""
        whose, _, name = post.rpartition(".")
        while whose.startswith("superior"):
            actor: Any = self.scenario.offices.get(key) or self.scenario.depots.get(key)
            key = (actor.superior if actor else None) or ""
            whose = whose.removeprefix("superior").removeprefix(".")
            if not key:
                return ""
        return f"{whose or key}/{name}"


def _actors(scenario: Scenario) -> list[tuple[str, dict[str, Any]]]:
    return [("office", scenario.offices), ("team", scenario.teams), ("depot", scenario.depots)]


def _inner(step: Any) -> dict[str, list[Any]]:
    """Return the steps inside a step of control, by branch."""
    if hasattr(step, "branches"):
        return dict(step.branches)
    if hasattr(step, "else_"):
        return {"else": step.else_}
    if hasattr(step, "steps"):
        return {"steps": step.steps}
    return {}
