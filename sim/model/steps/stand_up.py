"""Stand up working groups."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.response import executes, plan_of
from sim.model.steps._work import hold
from sim.scenario.grade import RANK


def stand_up(act: Act, step: Bound) -> Steps:
    """The group, or those that the plan calls for at the present level, stand at the end."""
    yield from hold(act, step, "deciding")
    level = act.dossier.level
    groups = [step.data.group]
    if step.data.plan is not None:
        called = plan_of(act, step.data.plan).groups.items()
        groups = [g for g, least in called if RANK[level] >= RANK[least]]
    for group in groups:
        executes(act)
        act.write("stand_up", "", "", group, extra={"level": level})
