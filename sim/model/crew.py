"""The people of a team: who is out with it, how long it has worked, what it lives on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.scenario.distributions import Constant

if TYPE_CHECKING:
    from sim.model.world import World


LATE = "late-"
"""Those who came late and follow their team on its k-th trip travel as `TEAM/late-k`."""


@dataclass(slots=True)
class Crew:
    """The state of one team.

    `strength` persons are with it; `shared` are those of them who belong to other teams too.
    `left`: the second at which it left its base, None while it is there.  `worked`: seconds away
    since its last rest, `back`: when it came home last.  `trip` counts its orders.  `late` is the
    thread of those who came late, until they have reached the team.
    """

    strength: int
    shared: list[str] = field(default_factory=list)
    left: int | None = None
    worked: int = 0
    back: int = 0
    trip: int = 0
    late: Act | None = None


def call_up(world: World, team: str) -> Sequence[str]:
    """Return the persons of a team who are not out with another one; from now on they are."""
    if not world.called and not world.plan.shared:
        return world.plan.rosters[team]
    called = [person for person in world.plan.rosters[team] if person not in world.called]
    world.called.update(world.plan.shared.intersection(called))
    return called


def let_go(world: World, persons: Iterable[str]) -> None:
    """Let persons be called up again."""
    world.called.difference_update(persons)


def depart(act: Act) -> None:
    """The team leaves its base with those who are there; nothing if it has left already."""
    world, crew = act.world, act.world.crews[act.actor]
    if crew.left is not None:
        return
    team = world.scenario.teams[act.actor]
    here = {"place": world.places[act.actor], "persons": crew.strength}
    act.write("depart", object=act.matter.id, extra=here)
    if team.rest and world.now - crew.back >= team.rest.for_:
        crew.worked = 0
    crew.left = world.now
    if team.self_sufficient:
        world.env.process(_run_out(act.branch(), crew, team.self_sufficient.for_))


def _run_out(act: Act, crew: Crew, seconds: int) -> Steps:
    """Say when what the team carries is used up, unless it is back by then."""
    trip = crew.trip
    yield act.world.pause(seconds)
    if crew.trip == trip and crew.left is not None:
        act.write("supplies_end", "", "planned", act.matter.id, extra={"persons": crew.strength})


def supplied_for(act: Act) -> int | None:
    """Return for how long a team may still work before it goes home for want of supplies."""
    crew = act.world.crews.get(act.actor)
    limit = act.world.scenario.teams[act.actor].self_sufficient if crew else None
    if crew is None or crew.left is None or limit is None or limit.then == "stay":
        return None
    return max(0, crew.left + limit.for_ - act.world.now)


def while_supplied(act: Act, step: Bound) -> Bound:
    """Return a step of work that ends when a team has to go home for want of supplies."""
    left = supplied_for(act)
    return step if left is None else replace(step, time=Constant(min(act.seconds(step), left)))


def stand_down(act: Act) -> Steps:
    """The team is back: it rests if it has worked long enough, and its people are free."""
    world, crew = act.world, act.world.crews[act.actor]
    team = world.scenario.teams[act.actor]
    crew.trip += 1
    if crew.left is not None:
        crew.worked += world.now - crew.left
        crew.back, crew.left = world.now, None
    if team.rest and crew.worked >= team.rest.after:
        act.write("rest", "started", object=act.actor, extra={"persons": crew.strength})
        act.doing = "resting"
        yield world.pause(team.rest.for_)
        act.write("rest", "ended", "resting", act.actor)
        crew.worked = 0
    let_go(world, crew.shared)
    crew.shared, crew.strength = [], team.strength
