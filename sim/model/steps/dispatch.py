"""Order teams out."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.dispatching.orders import new_order, place_order
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def dispatch(act: Act, step: Bound) -> Steps:
    """Decide, then place one order for each team; every order waits for its own team."""
    yield from hold(act, step, "deciding")
    data = step.data
    for _ in range(data.number):
        order = new_order(act.world, act.actor, act.matter, tuple(data.skills))
        order.reach = data.from_
        place_order(act, order, data.patience)
