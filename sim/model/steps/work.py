"""The team works on site."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.crew import supplied_for, while_supplied
from sim.model.dispatching.relief import Turn, in_turns
from sim.model.plan import Bound, Steps
from sim.model.site import no_site
from sim.model.steps._work import hold
from sim.model.steps.travel import travel
from sim.model.things import Order
from sim.scenario.steps.travel import Travel

WAY = Bound(travel, Travel(), None, "", "")


def work(act: Act, step: Bound) -> Steps:
    """The team works on site: for the step's time, or on a task until it is done.

    Where teams relieve each other (`policies.relief`), until it is relieved.
    """
    if step.time is None:
        return _on_task(act, step)
    relief = act.world.scenario.policies.relief
    if relief is not None and isinstance(act.matter, Order):
        return in_turns(act, while_supplied(act, step))
    return hold(act, while_supplied(act, step), "working")


def _on_task(act: Act, step: Bound) -> Steps:
    """Join the others at the task; an order without a task has nothing to work on."""
    world, order = act.world, act.matter
    key = step.data.task or order.task
    site = world.tasks.get((order.incident, key))
    if site is None:
        act.write("work", "asked")
        reason = no_site(world, order.incident, key)
        act.write("cancelled", "", "", act.actor, extra={"reason": reason})
        return
    order.task = key
    if world.places[act.actor] != site.place:
        order.place = site.place
        yield from travel(act, WAY)
    limits = [limit for limit in (step.data.at_most, supplied_for(act)) if limit is not None]
    turn = Turn(act, site.arrive(act, min(limits, default=None)).over)
    if order.relieves is not None:
        order.relieves.hand_over()
    yield turn.over
    turn.finish()
