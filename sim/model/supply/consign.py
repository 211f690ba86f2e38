"""A depot is asked for goods: what it offers by its books, what it promises and owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.model.things import Consignment, SupplyOrder

if TYPE_CHECKING:
    from sim.model.act import Act
    from sim.model.world import World


def offers(world: World, depot: str, item: str, quantity: int) -> int:
    """Return how much of a quantity a depot promises by its books.

    One that waits for stock owes what it has not got, if there is a way that it comes: without an
    end where it is replenished or `backorders`, else what its production can still make.
    """
    shelf = world.shelves[depot].get(item)
    if shelf is None:
        return 0
    kind, free = world.scenario.depots[depot], shelf.free
    if kind.waits:
        if kind.backorders or item in kind.replenish:
            return quantity
        line = world.lines.get((depot, item))
        free += line.left if line is not None else 0
    return max(0, min(quantity, free))


def comes(world: World, depot: str, item: str) -> bool:
    """Return whether more of an item may come to a depot that waits for it."""
    kind, line = world.scenario.depots[depot], world.lines.get((depot, item))
    return kind.backorders or item in kind.replenish or (line is not None and line.left > 0)


def shares(
    world: World, depot: str, missing: dict[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return what a depot can give of the missing pieces at once, and what it will owe."""
    now: dict[str, int] = {}
    later: dict[str, int] = {}
    shelves = world.shelves[depot]
    for item, quantity in missing.items():
        promised = offers(world, depot, item, quantity)
        if not promised:
            continue
        at_once = max(0, min(promised, shelves[item].free))
        if at_once:
            now[item] = at_once
        if promised > at_once:
            later[item] = promised - at_once
    return now, later


def consign(
    act: Act, order: SupplyOrder, depot: str, lines: dict[str, int], sourcing: Any
) -> Consignment:
    """Ask a depot for a part of an order: it reserves it and begins to work on it.

    `sourcing.fall_short(lines, row)` hears of what it then cannot deliver.
    """
    world = act.world
    order.consignments += 1
    number = order.consignments
    goods = Consignment(
        order.incident,
        f"{order.line}/consignment-{number}",
        order.number,
        sender=act.actor,
        place=order.place,
        id=f"{order.id}/{number}",
        order=order,
        depot=depot,
        promised=lines,
        sourcing=sourcing,
    )
    activity = "requisition" if world.scenario.depots[depot].owner == "social" else "request"
    rows, shelves = world.rows, world.shelves[depot]
    reserve = (world.now, "reserve", "", depot, act.actor, goods.id, order.incident)
    for item, quantity in lines.items():
        extra = {"order": order.id, "item": item, "quantity": quantity}
        row = act.write(activity, "", "", goods.id, depot, extra=extra)
        shelves[item].reserve(quantity)
        rows.append((*reserve, row, None, "", extra))
    world.happens("requested", depot, goods, len(rows) - 1)
    return goods
