"""The crew picks the goods; what is not there is short."""

from __future__ import annotations

from typing import Any

from simpy import Event

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._goods import by_weight, give_back, take, tell, wages
from sim.model.steps._work import hold
from sim.model.supply.consign import comes
from sim.model.supply.set_aside import set_damaged_aside, set_expired_aside
from sim.model.supply.shelf import Shelf, total
from sim.model.things import Consignment


def pick(act: Act, step: Bound) -> Steps:
    """Take what was promised off the shelf, the oldest usable pieces first.

    What has expired lies in front and is set aside, what is damaged when it is met with, after
    the last usable piece.  A depot that waits for stock picks when all of it is there.
    """
    goods = act.matter
    if not goods.promised:
        return
    if act.world.scenario.depots[act.actor].waits:
        yield from _until_there(act, goods)
    forklift = yield from take(act, f"{act.actor}/forklifts", "waiting_forklift")
    items = act.world.scenario.items
    grams = sum(items[item].weight * quantity for item, quantity in goods.promised.items())
    begun = act.world.now

    def result() -> dict[str, Any]:
        return {"order": goods.order.id} | wages(act, begun)

    yield from hold(act, by_weight(act, step, grams), "loading", result=result)
    give_back([forklift], act.last)
    short: dict[str, int] = {}
    for item, quantity in goods.promised.items():
        missing = _off_the_shelf(act, goods, item, quantity)
        if missing:
            short[item] = missing
    goods.promised = {}
    if short and goods.sourcing is not None:
        goods.sourcing.fall_short(short, act.last)


def _until_there(act: Act, goods: Consignment) -> Steps:
    """Wait until every line is there, in the order of asking, line by line.

    What the books show and the crew does not find is counted at once, so that more of it comes;
    nobody waits where nothing can come.
    """
    world = act.world
    for item, quantity in goods.promised.items():
        shelf = world.shelves[act.actor][item]
        there = Event(world.env)
        if shelf.shows(quantity) and shelf.there(world.now) - shelf.claimed < quantity:
            _count(act, item, goods.id)
            if not comes(world, act.actor, item):
                shelf.claimed += quantity
                continue
        shelf.wait_for(quantity, there, world.now)
        if there.triggered:
            continue
        act.doing = "stock"
        extra = {"order": goods.order.id, "item": item, "quantity": quantity}
        act.write("wait", "started", "", goods.id, extra=extra)
        row = yield there
        act.write("wait", "ended", "stock", goods.id, held_by=row, extra=extra)


def _count(act: Act, item: str, thing: str) -> None:
    """Set aside what cannot be used, and make the books say what is there."""
    set_expired_aside(act, item, thing)
    set_damaged_aside(act, item, thing)
    shelf: Shelf = act.world.shelves[act.actor][item]
    if shelf.record != shelf.in_fact():
        act.write("stock_counted", extra={"item": item, "quantity": shelf.in_fact()})
        shelf.correct(shelf.in_fact())


def _off_the_shelf(act: Act, goods: Consignment, item: str, quantity: int) -> int:
    """Take one line; return how much of it is short."""
    world = act.world
    shelf: Shelf = world.shelves[act.actor][item]
    if world.scenario.depots[act.actor].waits:
        shelf.claimed -= quantity
    expired = set_expired_aside(act, item, goods.id)
    lots = shelf.take(quantity, world.now)
    taken = total(lots)
    if taken:
        goods.picked[item] = lots
        tell(act, "picked", goods, "", item, taken)
    damaged = 0 if shelf.lots else set_damaged_aside(act, item, goods.id)
    shelf.issue(taken)
    if taken == quantity:
        return 0
    shelf.unreserve(quantity - taken)
    _tell_short(act, goods, item, quantity - taken, expired, damaged)
    if shelf.record:
        shelf.correct(0)
        act.write("stock_counted", extra={"item": item, "quantity": 0})
    return quantity - taken


def _tell_short(
    act: Act, goods: Consignment, item: str, short: int, expired: int, damaged: int
) -> None:
    """Say why pieces are short: expired, damaged, and else the books were wrong."""
    for part, reason in ((expired, "expired"), (damaged, "damaged"), (short, "record_wrong")):
        part = min(part, short)
        if part:
            short -= part
            tell(act, "shortage", goods, goods.sender, item, part, reason=reason)
