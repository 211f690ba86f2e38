"""Somebody other than the author goes through the draft."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.world import perform


def review(act: Act, step: Bound) -> Steps:
    """Review the draft; what is sent back is drafted anew and reviewed again."""
    data = step.data
    yield from hold(act, step, "reviewing")
    if not data.sent_back:
        return
    for _ in range(data.most):
        if not act.chance(data.sent_back, step.stream + "/sent-back"):
            return
        act.write("sent_back", extra={"report": act.report.id} if act.report else None)
        yield from perform(act, step.branches["steps"])
        if act.over:
            return
        yield from hold(act, step, "reviewing")
