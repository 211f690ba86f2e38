"""The same steps again."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.world import perform


def repeat(act: Act, step: Bound) -> Steps:
    """Repeat the steps so many times, or until the actor has been told what `until` says."""
    until = tuple(step.data.until.items())
    for _ in range(step.data.times):
        if until and act.world.holds(until, act.actor, act.matter.incident):
            return
        yield from perform(act, step.branches["steps"])
