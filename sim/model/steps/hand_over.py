"""Goods are counted and signed for."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._goods import tell
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
    quantity = sent - int(sent * kind.breaks + 0.5)
    accepted, broken = split(lots, quantity) if quantity < sent else (lots, [])
    if accepted:
        depot = world.scenario.depots[goods.depot]
        more: dict[str, Any] = {}
        if kind.price and depot.owner in ("agreement", "production"):
            more = {"yuan": kind.price * quantity, "reason": "bought"}
        place = act.matter.place or goods.place
        tell(act, "hand_over", goods, recipient, item, quantity, place=place, **more)
        if depot.owner == "social":
            yuan = kind.price * quantity * depot.compensation
            owed = {"yuan": yuan, "reason": "compensation"} if yuan else {}
            tell(act, "receipt", goods, goods.sender, item, quantity, **owed)
    if broken:
        loss = {"yuan": total(broken) * kind.price} if kind.price else {}
        tell(act, "difference", goods, recipient, item, total(broken), reason="damaged", **loss)
    if recipient in world.shelves:
        _put_away(act, goods, item, accepted, sent)


def _put_away(act: Act, goods: Consignment, item: str, lots: list[Lot], sent: int) -> None:
    """Put what was accepted on the shelf of the depot or shelter that it came to."""
    world, recipient = act.world, goods.order.recipient
    shelf = world.shelf(recipient, item)
    shelf.off_order(sent)
    for lot in lots:
        extra = {"order": goods.order.id, "item": item, "quantity": lot.quantity}
        extra["reason"] = "replenished"
        by = ("put_in_stock", "", recipient, "", goods.id, goods.incident, act.last)
        world.rows.append((world.now, *by, None, "", extra))
        shelf.put(lot, world.now, len(world.rows) - 1)
    if lots and recipient in world.scenario.shelters:
        world.evacuees.refuges[recipient].stored(item, len(world.rows) - 1)
