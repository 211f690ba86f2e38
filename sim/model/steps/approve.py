"""The request is approved."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def approve(act: Act, step: Bound) -> Steps:
    """The request is approved."""
    return hold(act, step, "deciding")
