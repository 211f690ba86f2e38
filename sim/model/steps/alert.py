"""The team takes the order and turns out."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def alert(act: Act, step: Bound) -> Steps:
    """The team takes the order and turns out."""
    return hold(act, step, "mustering")
