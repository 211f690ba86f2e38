"""Goods are counted and signed for."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.supply.shelf import Lot, split, total
from sim.model.things import Consignment, Trip


def hand_over(act: Act, step: Bound) -> Steps:
    """Count and sign, the drivers do it; at the depot itself for what is collected there."""
    matter = act.matter
    goods: list[tuple[Consignment, str, list[Lot]]]
    if isinstance(matter, Trip):
        goods, recipient = matter.goods, matter.recipient
    else:
        goods = [(matter, item, lots) for item, lots in matter.picked.items()]
        recipient = matter.order.recipient
    if not goods:
        return
    yield from hold(act, step, "handing_over", alone=isinstance(matter, Trip))
    for part, item, lots in goods:
        _sign(act, part, item, lots, recipient)
    if isinstance(matter, Trip):
        matter.goods = []
    else:
        matter.picked = {}


def _sign(act: Act, goods: Consignment, item: str, lots: list[Lot], recipient: str) -> None:
    """Accept what is whole, note what is broken, and put it where it belongs."""
    world = act.world
    kind = world.scenario.items[item]
    sent = total(lots)
    accepted, broken = split(lots, sent - int(sent * kind.breaks + 0.5))
    line: dict[str, Any] = {"order": goods.order.id, "item": item}
    if accepted:
        extra = line | {"quantity": total(accepted), "place": act.matter.place or goods.place}
        extra |= _paid(world.scenario.depots[goods.depot], kind.price, total(accepted))
        act.write("hand_over", "", "", goods.id, recipient, extra=extra)
    if broken:
        loss = {"yuan": total(broken) * kind.price} if kind.price else {}
        extra = line | {"quantity": total(broken), "reason": "damaged"} | loss
        act.write("difference", "", "", goods.id, recipient, extra=extra)
    if recipient in world.shelves:
        shelf = world.shelf(recipient, item)
        shelf.on_order -= sent if recipient in world.scenario.depots else 0
        for lot in accepted:
            extra = {"item": item, "quantity": lot.quantity, "reason": "replenished"}
            by = ("put_in_stock", "", recipient, "", goods.id, act.matter.incident, act.last)
            world.rows.append((world.now, *by, None, "", line | extra))
            shelf.put(lot, world.now)


def _paid(depot: Any, price: float, quantity: int) -> dict[str, Any]:
    """Return what is owed to the owner of the goods, as columns."""
    if not price or depot.owner == "government":
        return {}
    if depot.owner == "social":
        return {"yuan": price * quantity * depot.compensation, "reason": "compensation"}
    return {"yuan": price * quantity, "reason": "bought"}
