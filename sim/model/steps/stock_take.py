"""Count what is there and correct the books."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def stock_take(act: Act, step: Bound) -> Steps:
    """Count the items one after the other."""
    for item in step.data.items or act.world.shelves[act.actor]:
        yield from hold(act, step, "counting")
        shelf = act.world.shelves[act.actor][item]
        shelf.set_expired_aside(act.world.now)
        shelf.set_damaged_aside()
        shelf.correct(shelf.there(act.world.now))
        act.write("stock_counted", extra={"item": item, "quantity": shelf.record})
