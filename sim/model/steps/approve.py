"""The request is approved, by whom depends on what it is worth."""

from __future__ import annotations

from dataclasses import replace

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._goods import fall_short, tell_all
from sim.model.steps._work import hold
from sim.model.things import Consignment


def approve(act: Act, step: Bound) -> Steps:
    """Let the post that may decide on so much approve it; without it in time it is refused."""
    goods, data = act.matter, step.data
    if not isinstance(goods, Consignment):
        yield from hold(act, step, "deciding", patience=data.patience)
        return
    if data.levels:
        step = replace(step, pool=act.world.plan.pool_of(act.actor, _post(act, step, goods)))
    if not (yield from hold(act, step, "deciding", patience=data.patience)):
        act.write("given_up", "", "waiting_person", goods.id, extra={"reason": "patience"})
        fall_short(act, goods, goods.promised, "not_approved")
        goods.promised = {}
        act.over = True
        return
    tell_all(act, "approved", goods, goods.sender, goods.promised)


def _post(act: Act, step: Bound, goods: Consignment) -> str:
    """Return the post of the first level that covers what the goods are worth."""
    items = act.world.scenario.items
    value = sum(items[item].price * quantity for item, quantity in goods.promised.items())
    levels = step.data.levels
    covering = (one.by for one in levels if one.up_to is None or value <= one.up_to)
    return str(next(covering, levels[-1].by))
