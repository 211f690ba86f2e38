"""End the response."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def terminate(act: Act, step: Bound) -> Steps:
    """End the response: from now on the actor stands at no level."""
    yield from hold(act, step, "deciding")
    act.dossier.level = ""
    row = act.write("terminate", "", "", step.data.plan)
    act.world.happens("terminated", act.actor, act.matter, row)
