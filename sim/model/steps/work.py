"""The team works on site."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.steps.travel import travel
from sim.scenario.steps.travel import Travel

WAY = Bound(travel, Travel(), None, "", "")


def work(act: Act, step: Bound) -> Steps:
    """The team works on site: for the step's time, or on a task until it is done."""
    return hold(act, step, "working") if step.time is not None else _on_task(act, step)


def _on_task(act: Act, step: Bound) -> Steps:
    """Join the others at the task; an order without a task has nothing to work on."""
    world, order = act.world, act.matter
    key = step.data.task or order.task
    site = world.tasks.get((order.incident, key))
    if site is None:
        act.write("work", "asked")
        act.write("cancelled", "", "", act.actor, extra={"reason": "no_task"})
        return
    order.task = key
    if world.places[act.actor] != site.place:
        order.place = site.place
        yield from travel(act, WAY)
    yield site.arrive(act, step.data.at_most).over
