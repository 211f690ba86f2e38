"""The team works on site."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.dispatching.relief import in_turns
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.things import Order


def work(act: Act, step: Bound) -> Steps:
    """The team works on site; where teams relieve each other, until it is relieved."""
    relief = act.world.scenario.policies.relief
    if relief is not None and isinstance(act.matter, Order):
        return in_turns(act, step, relief.after)
    return hold(act, step, "working")
