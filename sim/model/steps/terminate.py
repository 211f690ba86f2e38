"""End the response."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.things import Response


def terminate(act: Act, step: Bound) -> Steps:
    """End the response of a plan; the actor stands at the level of those that go on."""
    yield from hold(act, step, "deciding")
    plan, known = step.data.plan, act.dossier
    if not known.responses.get(plan, Response()).level:
        act.write("refused", "", "", plan, extra={"reason": "not_active"})
        return
    del known.responses[plan]
    known.stand()
    row = act.write("terminate", "", "", plan)
    act.world.happens("terminated", act.actor, act.matter, row)
