"""Go back to base."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.convoy import go, home
from sim.model.plan import Bound, Steps
from sim.model.pool import release
from sim.model.stops import come_back
from sim.model.supply.fleet import give_back
from sim.model.things import Trip


def return_(act: Act, step: Bound) -> Steps:
    """Go back; vehicles are free again, a team is when its procedure ends."""
    yield from go(act, "return", home(act), 1.0)
    if isinstance(act.matter, Trip):
        for vehicle in act.matter.vehicles:
            come_back(act.world, vehicle)
            give_back(act, vehicle, act.matter.id)
            release(vehicle, act.last)
        act.matter.vehicles = []
