"""Vehicles of a depot: which fit, how much they carry, hired ones called and given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from sim.model.graph import Traveller
from sim.model.pool import Member, come_on_duty
from sim.model.roads import NEVER
from sim.model.supply.shelf import Lot, split, total
from sim.scenario.items import ItemOfSupply
from sim.scenario.places import Mode

if TYPE_CHECKING:
    from sim.model.act import Act
    from sim.model.plan import Steps
    from sim.model.world import World


ANYHOW = Traveller(None, get_args(Mode), False)
"""Whoever travels by all modes."""


def fits(world: World, vehicle: Member, place: str, cold: bool) -> bool:
    """Return whether a vehicle can carry such goods there: cooled, and by a way of its modes.

    By road it goes as the crow flies where no links lead, of whatever mode; by air anywhere.
    """
    kind, known = vehicle.traits, world.plan.fitting
    if cold and not kind.cold:
        return False
    found = known.get((vehicle.id, place))
    if found is None:
        found = known[vehicle.id, place] = _gets_to(world, vehicle, place)
    return found


def _gets_to(world: World, vehicle: Member, place: str) -> bool:
    kind = vehicle.traits
    if "air" in kind.modes:
        return True
    who, depot = world.plan.roads.traveller(vehicle.id, kind), world.scenario.depots[kind.depot]
    if depot.place == place or world.roads.linked(depot.place, place, who):
        return True
    return "road" in kind.modes and not world.roads.linked(depot.place, place, ANYHOW)


def best_now(world: World, vehicle: Member, place: str, suits: Callable[[Member], bool]) -> bool:
    """Return whether to send a vehicle that suits while the roads are as they are.

    One whose way is closed is sent only if that holds for all of its depot's that suit.
    """
    if not suits(vehicle):
        return False
    return _is_open(world, vehicle, place) or not any(
        suits(one) and _is_open(world, one, place) for one in world.kinds[vehicle.traits.depot]
    )


def _is_open(world: World, vehicle: Member, place: str) -> bool:
    if world.roads.all_open:
        return True
    depot = world.scenario.depots[vehicle.traits.depot].place
    who = world.plan.roads.traveller(vehicle.id, vehicle.traits)
    return not world.roads.linked(depot, place, who) or bool(world.roads.way(depot, place, who))


def offer_again(world: World, row: int) -> None:
    """The roads have changed by `row`: goods that wait may go with what was no use before."""
    for depot in world.scenario.depots:
        for vehicle in world.pools[f"{depot}/vehicles"].members:
            if not vehicle.busy:
                come_on_duty(vehicle, row)


def room_for(world: World, vehicle: Member, item: str) -> int:
    """Return how many pieces of an item an empty vehicle carries."""
    return _most(vehicle.traits.capacity, vehicle.traits.volume, world.scenario.items[item])


def stow(
    world: World, vehicle: Member, goods: dict[str, list[Lot]], grams: int, litres: int
) -> tuple[dict[str, list[Lot]], int, int]:
    """Take as much of the goods as still fits beside `grams` and `litres` (mL) that it carries.

    Returns what is taken, and the grams and `litres` that it carries then.
    """
    loaded: dict[str, list[Lot]] = {}
    kind = vehicle.traits
    for item in list(goods):
        thing = world.scenario.items[item]
        volume = None if kind.volume is None else kind.volume - litres
        first, rest = split(goods[item], _most(kind.capacity - grams, volume, thing))
        if first:
            loaded[item], pieces = first, total(first)
            grams += thing.weight * pieces
            litres += thing.volume * pieces
        if rest:
            goods[item] = rest
        else:
            del goods[item]
    return loaded, grams, litres


def _most(capacity: int, volume: int | None, item: ItemOfSupply) -> int:
    most = NEVER
    if item.weight:
        most = min(most, capacity // item.weight)
    if volume is not None and item.volume:
        most = min(most, volume // item.volume)
    return max(0, most)


def call_up(act: Act, vehicle: Member, trip: str) -> Steps:
    """Wait until a hired or military vehicle is at the depot; nothing for one of its own."""
    kind, world = vehicle.traits, act.world
    if kind.whose == "own":
        return
    book = world.logbooks[vehicle.id]
    stream = f"vehicle/{vehicle.id}/call-up"
    seconds = world.sampler.seconds(kind.call_up, stream, book.calls)
    book.calls += 1
    book.called = world.now
    called = {"vehicle": vehicle.id}
    act.write("hire", "started", "", trip, extra=called)
    act.doing = "calling_up"
    if seconds:
        yield world.pause(seconds)
    act.write("wait", "ended", "calling_up", trip, extra=called)


def give_back(act: Act, vehicle: Member, trip: str) -> None:
    """Let a hired or military vehicle go: what it costs is written down."""
    kind = vehicle.traits
    if kind.whose == "own":
        return
    hours = (act.world.now - act.world.logbooks[vehicle.id].called) / 3600
    extra = {"vehicle": vehicle.id, "yuan": kind.fee + kind.hire * hours}
    act.write("hire", "ended", "", trip, extra=extra)
