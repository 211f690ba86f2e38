"""Shelves as a scenario fills them (dates become seconds from the start), and what comes on top."""

from __future__ import annotations

from datetime import date, datetime, time
from math import inf
from typing import TYPE_CHECKING, Any

from sim.model.supply.shelf import Lot, Shelf
from sim.scenario.items import ItemOfSupply
from sim.scenario.scenario import Scenario
from sim.scenario.stocks import Batch, Stock

if TYPE_CHECKING:
    from sim.model.act import Act


def shelf_of(scenario: Scenario, item: str, stock: Stock) -> Shelf:
    """Return the shelf of an item as it stands when the drill begins."""
    kind = scenario.items[item]
    batches = stock.batches or [Batch(quantity=stock.quantity)]
    lots = [_lot(scenario.start, kind, batch) for batch in batches if batch.quantity]
    shelf = Shelf(record=stock.record, lots=sorted(lots))
    damaged = stock.damaged
    shelf.damaged = damaged
    for lot in list(reversed(shelf.lots)):  # of the newest batch, for what is oldest goes first
        part = min(damaged, lot.quantity)
        damaged -= part
        shelf.lots.remove(lot)
        if part < lot.quantity:
            shelf.lots.append(lot._replace(quantity=lot.quantity - part))
            shelf.lots.sort()
    return shelf


def _lot(start: datetime, item: ItemOfSupply, batch: Batch) -> Lot:
    """Return a batch with its dates in seconds; it can be used until the end of its last day."""
    made = _midnight(start, batch.made) if batch.made else 0.0
    expires = inf
    if batch.expires:
        expires = _midnight(start, batch.expires) + 86_400
    elif batch.made and item.shelf_life is not None:
        expires = made + item.shelf_life
    return Lot(expires, made, batch.quantity)


def _midnight(start: datetime, day: date) -> float:
    """Return the beginning of a day at the drill's place, in seconds from its start."""
    return (datetime.combine(day, time(), start.tzinfo) - start).total_seconds()


def expiry(item: ItemOfSupply, now: int) -> float:
    """Return when pieces that are made now expire."""
    return inf if item.shelf_life is None else now + item.shelf_life


def put_in_stock(
    act: Act, item: str, quantity: int, reason: str, span: str = "", bought: bool = False
) -> None:
    """Put new pieces in a depot's stock; the government pays at once for its own.

    What belongs to others is paid when they hand it over.
    """
    world, depot = act.world, act.actor
    kind = world.scenario.items[item]
    extra: dict[str, Any] = {"item": item, "quantity": quantity, "reason": reason}
    if reason == "replenished":
        extra["order"] = act.matter.id
    if bought and kind.price and world.scenario.depots[depot].paid_for:
        extra["yuan"] = kind.price * quantity
    row = act.write("put_in_stock", "", span, act.matter.id, extra=extra)
    world.shelf(depot, item).put(Lot(expiry(kind, world.now), world.now, quantity), world.now, row)
