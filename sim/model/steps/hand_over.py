"""Goods are counted and signed for."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def hand_over(act: Act, step: Bound) -> Steps:
    """Hand the goods over at the destination; the drivers do it, no crew of the depot is held."""
    supply = act.matter
    if not supply.vehicles:
        return
    yield from hold(act, step, "handing_over", alone=True)
    for item, quantity in supply.picked.items():
        extra = {"item": item, "quantity": quantity, "place": supply.place}
        act.write("hand_over", "", "", supply.id, supply.recipient, extra=extra)
    supply.picked = {}
