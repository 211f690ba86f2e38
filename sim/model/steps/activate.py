"""Activate the response."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def activate(act: Act, step: Bound) -> Steps:
    """Activate the plan; its level is the step's own, or that of the grade at hand."""
    yield from hold(act, step, "deciding")
    known = act.dossier
    known.level = step.data.level or known.grade
    row = act.write(
        "activate", "", "", step.data.plan, extra={"level": known.level, "grade": known.grade}
    )
    act.world.happens("activated", act.actor, act.matter, row)
