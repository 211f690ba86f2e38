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
    rate = DailyRate(source.by_hour or {0: 1.0}, world.scenario.second_of_day)
    places, total = list(source.places), sum(source.places.values())
    bounds = [upto / total for upto in accumulate(source.places.values())]
    procedures = world.plan.procedures[source.to].get("called", ())
    load = number = 0
    while True:
        load += world.sampler.seconds(source.gap, f"{line}/gap", number)
        yield world.pause(rate.moment(load) - world.now)
        matter = Matter("", line, number, kind=key, priority=source.priority)
        extra = None
        if places:
            matter.place = places[world.sampler.pick(bounds, f"{line}/place", number)]
            extra = {"place": matter.place}
        row = len(world.rows)
        world.rows.append((world.now, "call", "", "", source.to, line, "", None, None, "", extra))
        for procedure in procedures:
            if procedure.key == source.procedure:
                world.start(source.to, procedure, matter, row)
        number += 1
