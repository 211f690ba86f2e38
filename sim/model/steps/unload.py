"""Unload at the destination."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._goods import by_weight, give_back, take, wages
from sim.model.supply.shelf import total


def unload(act: Act, step: Bound) -> Steps:
    """Unload each vehicle at a dock of the depot that it comes to; elsewhere the drivers do it."""
    trip, world = act.matter, act.world
    items = world.scenario.items
    grams = sum(items[item].weight * total(lots) for _, item, lots in trip.goods)
    at_depot = trip.recipient in world.scenario.depots
    for vehicle in trip.vehicles:
        car = {"vehicle": vehicle.id}
        act.write("unload", "asked", "", trip.id, extra=car)
        dock = crew = None
        if at_depot:
            dock = yield from take(act, f"{trip.recipient}/docks", "waiting_dock")
            crew = yield from take(act, f"{trip.recipient}/crew", "waiting_person")
        act.write("unload", "started", "", trip.id, extra=car)
        begun, act.doing = world.now, "unloading"
        seconds = act.seconds(by_weight(act, step, grams // len(trip.vehicles)))
        if seconds:
            yield world.pause(seconds)
        done = car | (wages(act, world.now - begun, trip.recipient) if crew else {})
        row = act.write("unload", "ended", "unloading", trip.id, extra=done)
        give_back([dock, crew], row)
