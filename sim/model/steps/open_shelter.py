"""Open shelters."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def open_shelter(act: Act, step: Bound) -> Steps:
    """Open them one after the other; what is open already takes no time."""
    evacuees = act.world.evacuees
    for key in step.data.shelters:
        if evacuees.refuges[key].open:
            continue
        yield from hold(act, step, "opening", to=key)
        if not evacuees.refuges[key].open:
            evacuees.open(key, act.last)
