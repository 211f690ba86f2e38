"""Write a report from what is known."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._public import written
from sim.model.steps._work import hold


def draft(act: Act, step: Bound) -> Steps:
    """Draft a report; it holds what the actor knows at the end of drafting."""
    yield from hold(act, step, "drafting")
    data = step.data
    act.dossier.heed(data.warning, act.world.now)
    act.report = written(act, data.report, data.elements, data.pending, data.reason)
