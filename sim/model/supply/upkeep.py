"""What keeps the stocks of depots going from second 0 on."""

from __future__ import annotations

from sim.model.supply.dates import watch_dates
from sim.model.supply.donations import donate
from sim.model.supply.production import Line
from sim.model.supply.replenish import Replenisher
from sim.model.world import World


def keep_stocks(world: World) -> None:
    """Watch what expires, replenish, make ready to produce, let donations come."""
    for key, depot in world.scenario.depots.items():
        for item in world.shelves[key]:
            watch_dates(world, key, item)
        for item, production in depot.production.items():
            world.lines[key, item] = Line(world, key, item, production)
        for item, rule in depot.replenish.items():
            Replenisher(world, key, item, rule)
        for name, donation in depot.donations.items():
            world.env.process(donate(world, key, name, donation))
