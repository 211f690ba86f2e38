"""Calls that arrive all the time, more in busy hours: routine load, or emergencies."""

from __future__ import annotations

from itertools import accumulate

from sim.model.plan import Steps
from sim.model.things import Matter
from sim.model.world import World
from sim.scenario.incidents import Background
from sim.scenario.rates import DailyRate


def play_background(world: World) -> None:
    """Let routine calls arrive until the end of the record."""
    for key, source in world.scenario.background.items():
        world.env.process(_calls(world, key, source))


def _calls(world: World, key: str, source: Background) -> Steps:
    line = f"background/{key}"
    gap, where = f"{line}/gap", f"{line}/place"
    hours = source.by_hour
    rate = DailyRate(hours, world.scenario.second_of_day) if hours else None
    places, total = list(source.places), sum(source.places.values())
    bounds = [upto / total for upto in accumulate(source.places.values())]
    called = world.plan.procedures[source.to].get("called", ())
    procedures = [procedure for procedure in called if procedure.key == source.procedure]
    load = number = 0
    while True:
        load += world.sampler.seconds(source.gap, gap, number)
        yield world.pause((rate.moment(load) if rate else load) - world.now)
        matter = Matter("", line, number, kind=key, priority=source.priority)
        extra = None
        if places:
            matter.place = places[world.sampler.pick(bounds, where, number)]
            extra = {"place": matter.place}
        row = len(world.rows)
        world.rows.append((world.now, "call", "", "", source.to, line, "", None, None, "", extra))
        for procedure in procedures:
            world.start(source.to, procedure, matter, row)
        number += 1
