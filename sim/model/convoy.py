"""Teams and vehicles on the way."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.journey import Journey
from sim.model.plan import Steps
from sim.model.things import Trip


def go(act: Act, activity: str, place: str, factor: float) -> Steps:
    """Travel from where the team or convoy stands to `place`, or to where it is diverted."""
    world = act.world
    goods = isinstance(act.matter, Trip)
    members = act.matter.vehicles if goods else [world.members[act.actor]]
    journey = Journey(act, members, place, factor)
    act.doing = "travel"
    act.write(activity, "started", "", act.matter.id, extra={"place": journey.node})
    yield from journey.run()
    journey.tell(activity, "ended", journey.to)


def home(act: Act) -> str:
    """Return where a team or a convoy belongs."""
    scenario = act.world.scenario
    if act.actor in scenario.teams:
        return scenario.teams[act.actor].base
    return scenario.depots[act.actor].place
