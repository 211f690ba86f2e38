"""The crew picks the goods."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def pick(act: Act, step: Bound) -> Steps:
    """Take from the shelf what was asked for; the part that is not there is refused.

    The stock goes down when picking begins, so that two orders never pick the same piece.
    """
    supply, world = act.matter, act.world
    shelf = world.stock[act.actor]
    short = {}
    for item, quantity in supply.items.items():
        taken = min(quantity, shelf.get(item, 0))
        shelf[item] = shelf.get(item, 0) - taken
        supply.picked[item] = taken
        if taken < quantity:
            short[item] = quantity - taken
    yield from hold(act, step, "loading")
    for item, quantity in supply.picked.items():
        if quantity:
            act.write("pick", "", "", supply.id, extra={"item": item, "quantity": quantity})
    for item, quantity in short.items():
        extra = {"item": item, "quantity": quantity, "reason": "no_stock"}
        act.write("refused", "", "", supply.id, supply.sender, extra=extra)
