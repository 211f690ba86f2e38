"""Goods that expire on the shelf of a depot while the drill runs: the truth, not the books."""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING, Any

from simpy import Event

from sim.model.supply.shelf import total

if TYPE_CHECKING:
    from sim.model.world import World


def watch_dates(world: World, depot: str, item: str) -> None:
    """Write down when pieces of an item pass their last second in a depot.

    That comes before anything else that happens in the second: whoever picks then finds them
    expired.  What had expired before the drill began is not written down again.
    """
    shelf = world.shelves[depot][item]
    known: set[float] = set()

    def dated(expires: float) -> None:
        if expires in known or expires <= world.now:
            return
        known.add(expires)
        event = Event(world.env)
        event._ok, event._value = True, None
        event.callbacks.append(lambda _: _expired(world, depot, item, expires))
        world.env.schedule(event, priority=0, delay=ceil(expires - world.now))

    shelf.dated = dated
    for lot in shelf.lots:
        if lot.expires < inf:
            dated(lot.expires)


def _expired(world: World, depot: str, item: str, expires: float) -> None:
    lots = [lot for lot in world.shelves[depot][item].lots if lot.expires == expires]
    if not lots:
        return
    extra: dict[str, Any] = {"item": item, "quantity": total(lots)}
    loss = total(lots) * world.scenario.items[item].price
    if loss and world.scenario.depots[depot].paid_for:
        extra["yuan"] = loss
    world.rows.append((world.now, "expired", "", depot, "", "", "", None, None, "", extra))
