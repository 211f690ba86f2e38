"""Go back to base."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.convoy import go, home
from sim.model.plan import Bound, Steps
from sim.model.pool import release
from sim.model.things import Supply


def return_(act: Act, step: Bound) -> Steps:
    """Go back; vehicles are free again, a team is when its procedure ends."""
    yield from go(act, "return", home(act), 1.0)
    if isinstance(act.matter, Supply):
        for vehicle in act.matter.vehicles:
            release(vehicle, act.last)
        act.matter.vehicles = []
