"""Count what is there and correct the books."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._goods import paid
from sim.model.steps._work import hold
from sim.model.supply.set_aside import set_damaged_aside, set_expired_aside


def stock_take(act: Act, step: Bound) -> Steps:
    """Count the items one after the other; what cannot be used is set aside."""
    world, depot = act.world, act.actor
    for item in step.data.items or list(world.shelves[depot]):

        def result(item: str = item) -> dict[str, Any]:
            return {"item": item} | paid(act)

        yield from hold(act, step, "counting", result=result)
        set_expired_aside(act, item)
        set_damaged_aside(act, item)
        shelf = world.shelf(depot, item)
        counted = shelf.in_fact()
        act.write("stock_counted", extra={"item": item, "quantity": counted})
        shelf.correct(counted)
