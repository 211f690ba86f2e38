"""The team gathers until it can leave."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def muster(act: Act, step: Bound) -> Steps:
    """The team gathers until it can leave."""
    return hold(act, step, "mustering")
