"""The crew picks the goods."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def pick(act: Act, step: Bound) -> Steps:
    """Reserve what was asked for, refuse the part that is not there, then pick.

    The stock goes down with the reservation, so that two orders never pick the same piece.
    """
    supply, shelf = act.matter, act.world.stock[act.actor]
    for item, quantity in supply.items.items():
        taken = min(quantity, shelf.get(item, 0))
        shelf[item] = shelf.get(item, 0) - taken
        if taken:
            supply.picked[item] = taken
            act.write("reserve", "", "", supply.id, extra={"item": item, "quantity": taken})
        if taken < quantity:
            extra = {"item": item, "quantity": quantity - taken, "reason": "no_stock"}
            act.write("refused", "", "", supply.id, supply.sender, extra=extra)
    if supply.picked:
        yield from hold(act, step, "loading")
