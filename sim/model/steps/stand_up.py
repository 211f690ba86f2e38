"""Stand up a working group."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def stand_up(act: Act, step: Bound) -> Steps:
    """The group stands at the end of the step."""
    yield from hold(act, step, "deciding")
    act.write("stand_up", "", "", step.data.group, extra={"level": act.dossier.level})
