"""Goods that arrive unasked: they take docks and hands like any others."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.steps._goods import give_back, take, wages
from sim.model.supply.errand import errand, set_out
from sim.model.supply.stocking import put_in_stock
from sim.model.world import World
from sim.scenario.stocks import Donation


def donate(world: World, depot: str, key: str, donation: Donation) -> Steps:
    """Let donations arrive one after the other; none waits for the one before."""
    line = f"depot/{depot}/donation/{key}"
    for number in range(donation.number):
        seconds = world.sampler.seconds(donation.gap, f"{line}/gap", number)
        if seconds:
            yield world.pause(seconds)
        for item, quantity in donation.items.items():
            extra = {"item": item, "quantity": quantity}
            by = (world.now, "donation", "", "", depot, f"{line}-{number + 1}", "", None)
            world.rows.append((*by, None, "", extra))
        act = errand(world, depot, line, number, len(world.rows) - 1)
        set_out(act, _take_in(act, donation))


def _take_in(act: Act, donation: Donation) -> Steps:
    """Unload at a dock and put it in stock."""
    world, depot, thing = act.world, act.actor, act.matter.id
    act.write("unload", "asked", "", thing)
    dock = yield from take(act, f"{depot}/docks", "waiting_dock")
    crew = yield from take(act, f"{depot}/crew", "waiting_person")
    act.write("unload", "started", "", thing)
    begun, act.doing = world.now, "unloading"
    seconds = world.sampler.seconds(donation.time, f"{act.matter.line}/time", act.matter.number)
    if seconds:
        yield world.pause(seconds)
    row = act.write("unload", "ended", "unloading", thing, extra=wages(act, world.now - begun))
    give_back([dock, crew], row)
    for item, quantity in donation.items.items():
        put_in_stock(act, item, quantity, "donated")
