"""The team works on site."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def work(act: Act, step: Bound) -> Steps:
    """The team works on site."""
    return hold(act, step, "working")
