"""Load the goods on vehicles."""

from __future__ import annotations

from typing import Any

from simpy import Event

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, give_up, happen, release
from sim.model.steps._goods import by_weight, give_back, take, tell, wages, weight
from sim.model.supply.fleet import best_now, call_up, fits, room_for, stow
from sim.model.supply.shelf import Lot, total
from sim.model.things import Consignment, Trip


def load(act: Act, step: Bound) -> Steps:
    """Take vehicles until all is on the way, cooled goods first, one vehicle at each dock.

    Other orders that wait at the depot for vehicles to the same recipient go along as far as there
    is room.  What no vehicle of the depot can carry is put back and refused.
    """
    goods, world = act.matter, act.world
    bay = world.bays[act.actor]
    bay.append(goods)
    loaded: list[Trip] = []
    for cold in (True, False):
        if _left(act, goods, cold):
            _put_back(act, goods, cold)
        if _left(act, goods, cold):
            yield from _at_all_docks(act, step, cold, loaded)
    bay.remove(goods)
    if step.data.together and loaded:
        first = loaded[0]
        for trip in loaded[1:]:
            first.vehicles += trip.vehicles
            first.goods += trip.goods
        world.happens("loaded", act.actor, first, act.last)


def _at_all_docks(act: Act, step: Bound, cold: bool, loaded: list[Trip]) -> Steps:
    """Load at as many docks as there are, or as many vehicles as it takes; wait for the last."""
    world = act.world
    docks = len(world.pools[f"{act.actor}/docks"].members)
    through: list[int] = []
    joined = Event(world.env)
    number = min(docks, _vehicles_needed(act, cold))

    def run(thread: Act) -> Steps:
        yield from _load_on(thread, step, cold, loaded)
        del world.running[thread]
        through.append(thread.last)
        if len(through) == number:
            happen(joined, 0)  # goes on before a dock that it has freed is given away

    for _ in range(number):
        thread = act.branch()
        world.running[thread] = None
        world.env.process(run(thread))
    del world.running[act]
    yield joined
    world.running[act] = None
    act.last = max(through)


def _load_on(act: Act, step: Bound, cold: bool, loaded: list[Trip]) -> Steps:
    """Load one vehicle after the other, until nothing is left."""
    goods, world = act.matter, act.world
    while _left(act, goods, cold):
        vehicle = yield from _vehicle(act, goods, cold)
        if vehicle is None:
            break
        trip = yield from _load_one(act, step, vehicle, cold)
        loaded.append(trip)
        if not step.data.together:
            world.happens("loaded", act.actor, trip, act.last)


def _vehicle(act: Act, goods: Consignment, cold: bool) -> Steps:
    """Return a vehicle that fits; None if all went along with others while it was waited for."""
    world, pool = act.world, f"{act.actor}/vehicles"

    def suits(one: Member) -> bool:
        there = fits(world, one, goods.place, cold)
        return there and any(room_for(world, one, item) for item in _part(act, goods, cold))

    grant = world.pools[pool].ask(
        act.priority, fits=lambda one: best_now(world, one, goods.place, suits)
    )
    if grant.event is None:
        return grant.member
    act.doing = "waiting_vehicle"
    act.write("wait", "started", "", pool, extra={"order": goods.order.id})
    goods.asking.append(grant)
    yield grant.event
    goods.asking.remove(grant)
    if grant.gave_up:
        act.write("wait", "ended", "waiting_vehicle", pool, extra={"reason": "consolidated"})
        return None
    act.write("wait", "ended", "waiting_vehicle", grant.member.id, held_by=grant.held_by)
    if _left(act, goods, cold):
        return grant.member
    release(grant.member, act.last)
    return None


def _vehicles_needed(act: Act, cold: bool) -> int:
    """Return how many of the largest fitting vehicles would carry what is left."""
    world, goods = act.world, act.matter
    fleet = world.kinds[act.actor]
    usable = [one.traits for one in fleet if fits(world, one, goods.place, cold)]
    part = _part(act, goods, cold)
    litres = sum(world.scenario.items[item].volume * total(lots) for item, lots in part.items())
    by_mass = -(-weight(act, part) // max(one.capacity for one in usable))
    volumes = [one.volume for one in usable]
    largest = None if None in volumes else max(volumes)
    return int(max(1, by_mass, -(-litres // largest) if largest else 1))


def _left(act: Act, goods: Consignment, cold: bool) -> bool:
    """Return whether anything is picked and not loaded that is cooled, or is not."""
    items = act.world.scenario.items
    return any(items[item].cold_chain == cold for item in goods.picked)


def _part(act: Act, goods: Consignment, cold: bool) -> dict[str, list[Lot]]:
    """Return what is picked and not loaded of the goods that are cooled, or are not."""
    items = act.world.scenario.items
    return {k: lots for k, lots in goods.picked.items() if items[k].cold_chain == cold}


def _load_one(act: Act, step: Bound, vehicle: Member, cold: bool) -> Steps:
    """Load one vehicle at a dock; return its trip."""
    goods, world = act.matter, act.world
    goods.trips += 1
    trip = Trip(
        goods.incident,
        f"{goods.line}/trip-{goods.trips}",
        goods.number,
        sender=goods.sender,
        place=goods.place,
        id=f"{goods.id}/{goods.trips}",
        recipient=goods.order.recipient,
        vehicles=[vehicle],
    )
    grams, share = _stow(act, trip, cold)
    yield from call_up(act, vehicle, trip.id)
    orders = {part.order.id for part, _, _ in trip.goods}
    car: dict[str, Any] = {"vehicle": vehicle.id}
    if len(orders) == 1:
        car["order"] = orders.pop()
    act.doing = "waiting_dock"
    act.write("load", "asked", "", trip.id, extra=car)
    dock = yield from take(act, f"{act.actor}/docks", "waiting_dock")
    forklift = yield from take(act, f"{act.actor}/forklifts", "waiting_forklift")
    crew = yield from take(act, step.pool, "waiting_person")
    begun = world.now
    act.write("load", "started", "", trip.id, extra=car)
    act.doing = "loading"
    seconds = act.seconds(by_weight(act, step, grams))
    if seconds:
        yield world.pause(seconds)
    done = car | {"share": share} | wages(act, begun)
    row = act.write("load", "ended", "loading", trip.id, extra=done)
    give_back([dock, forklift, crew], row)
    for part, item, lots in trip.goods:
        tell(act, "loaded", part, "", item, total(lots), vehicle=vehicle.id)
    return trip


def _stow(act: Act, trip: Trip, cold: bool) -> tuple[int, float]:
    """Decide what goes on the vehicle, the order at hand first.

    Returns the weight of it (g), and the part of the vehicle's capacity or volume that it takes.
    """
    world, goods = act.world, act.matter
    waiting = [goods]
    if world.scenario.policies.supply.consolidate:
        same = (goods.place, goods.order.recipient)
        bay = world.bays[act.actor]
        waiting += [c for c in bay if c is not goods and (c.place, c.order.recipient) == same]
    grams = litres = 0
    for part in waiting:
        left = _part(act, part, cold)
        loaded, grams, litres = stow(world, trip.vehicles[0], left, grams, litres)
        for item, lots in loaded.items():
            trip.goods.append((part, item, lots))
            if item in left:
                part.picked[item] = left[item]
            else:
                del part.picked[item]
        if part.asking and not _left(act, part, cold):
            for grant in part.asking[:]:
                give_up(grant)
    kind = trip.vehicles[0].traits
    filled = litres / kind.volume if kind.volume else 0.0
    return grams, round(min(1.0, max(grams / kind.capacity, filled)), 4)


def _put_back(act: Act, goods: Consignment, cold: bool) -> None:
    """Put back what no vehicle can carry."""
    world = act.world
    fleet = world.kinds[act.actor]
    usable = [one for one in fleet if fits(world, one, goods.place, cold)]
    short: dict[str, int] = {}
    for item, lots in _part(act, goods, cold).items():
        if any(room_for(world, one, item) for one in usable):
            continue
        del goods.picked[item]
        short[item] = total(lots)
        reason = "no_cold_vehicle" if cold and fleet else "no_vehicle"
        row = tell(act, "put_back", goods, "", item, short[item], reason=reason)
        for lot in lots:
            world.shelves[act.actor][item].put(lot, world.now, row)
        tell(act, "refused", goods, goods.sender, item, short[item], reason=reason)
    if short and goods.sourcing is not None:
        goods.sourcing.fall_short(short, act.last)
