"""Load the goods on vehicles."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.convoy import weight
from sim.model.plan import Bound, Steps
from sim.model.pool import release


def load(act: Act, step: Bound) -> Steps:
    """Take vehicles until the weight is carried, one after the other at a dock with a crew.

    A depot whose whole fleet cannot carry the weight sends what the fleet carries; the rest
    is put back on the shelf and refused.
    """
    supply, world = act.matter, act.world
    if not supply.picked:
        return
    carried = 0
    for _ in range(len(world.pools[f"{act.actor}/vehicles"].members)):
        if carried and carried >= weight(act):
            break
        vehicle = yield from _take(act, f"{act.actor}/vehicles", "waiting_vehicle")
        supply.vehicles.append(vehicle)
        carried += vehicle.traits.capacity
        dock = yield from _take(act, f"{act.actor}/docks", "waiting_vehicle")
        crew = yield from _take(act, step.pool, "waiting_person")
        act.doing = "loading"
        act.write("load", "started", "", vehicle.id)
        seconds = act.seconds(step)
        if seconds:
            yield world.pause(seconds)
        row = act.write("load", "ended", "loading", vehicle.id)
        release(crew, row)
        release(dock, row)
    _put_back(act, carried)


def _take(act: Act, pool: str, span: str) -> Steps:
    act.doing = span
    act.write("load", "asked", "", pool)
    grant = act.ask(pool)
    if grant.event is not None:
        yield grant.event
        act.write("wait", "ended", span, grant.member.id, held_by=grant.held_by)
    return grant.member


def _put_back(act: Act, carried: int) -> None:
    """Unload what is too heavy for the fleet, last item first."""
    supply, world = act.matter, act.world
    for item in reversed(supply.picked):
        each = world.scenario.items[item].weight
        over = weight(act) - carried
        if over <= 0 or not each:
            continue
        back = min(supply.picked[item], -(-over // each))
        supply.picked[item] -= back
        world.stock[act.actor][item] += back
        extra = {"item": item, "quantity": back, "reason": "no_vehicle"}
        act.write("put_back", "", "", supply.id, extra=extra)
        act.write("refused", "", "", supply.id, supply.sender, extra=extra)
