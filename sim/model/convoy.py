"""Teams and vehicles on the way."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.journey import Journey
from sim.model.plan import Steps
from sim.model.stops import names
from sim.model.things import Trip


def go(act: Act, activity: str, place: str, factor: float, escorted: bool = False) -> Steps:
    """Travel from where the team or convoy stands to `place`, or to where it is diverted."""
    matter, whose = act.matter, about(act)
    members = matter.vehicles if isinstance(matter, Trip) else [act.world.members[act.actor]]
    journey = Journey(act, members, place, factor, whose, escorted)
    act.doing = "travel"
    act.write(activity, "started", "", matter.id, extra={"place": journey.node} | whose)
    return journey.run(activity)


def about(act: Act) -> dict[str, Any]:
    """Return the column that names the vehicles of a convoy, nothing for a team."""
    return {"vehicle": names(act.matter.vehicles)} if isinstance(act.matter, Trip) else {}


def home(act: Act) -> str:
    """Return where a team or a convoy belongs."""
    scenario = act.world.scenario
    if act.actor in scenario.teams:
        return scenario.teams[act.actor].base
    return scenario.depots[act.actor].place
