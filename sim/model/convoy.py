"""Teams and vehicles on the way."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.things import Supply


def go(act: Act, activity: str, place: str, factor: float) -> Steps:
    """Travel from where the team or convoy stands to `place`."""
    world = act.world
    vehicles = act.matter.vehicles if isinstance(act.matter, Supply) else []
    if isinstance(act.matter, Supply) and not vehicles:
        return
    names = [vehicle.id for vehicle in vehicles] or [act.actor]
    speeds = [v.traits.speed for v in vehicles] or [world.scenario.teams[act.actor].speed]
    here = world.places[names[0]]
    pace = min((s for s in speeds if s), default=None)
    thing = act.matter.id
    act.doing = "travel"
    act.write(activity, "started", "", thing, extra={"place": here})
    seconds = int(world.plan.roads.seconds(here, place, pace) * factor + 0.5)
    if seconds:
        yield world.pause(seconds)
    for name in names:
        world.places[name] = place
    act.write(activity, "ended", "travel", thing, extra={"place": place})


def home(act: Act) -> str:
    """Return where a team or a convoy belongs."""
    scenario = act.world.scenario
    if act.actor in scenario.teams:
        return scenario.teams[act.actor].base
    return scenario.depots[act.actor].place


def weight(act: Act) -> int:
    """Return the weight of what has been picked, in the unit of `Mass`."""
    items = act.world.scenario.items
    return sum(items[item].weight * quantity for item, quantity in act.matter.picked.items())
