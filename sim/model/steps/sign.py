"""The leader signs off."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def sign(act: Act, step: Bound) -> Steps:
    """The leader signs off."""
    return hold(act, step, "signing")
