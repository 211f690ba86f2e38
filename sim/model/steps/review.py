"""Somebody other than the author goes through the draft."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def review(act: Act, step: Bound) -> Steps:
    """Review the draft."""
    return hold(act, step, "reviewing")
