"""Open shelters."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def open_shelter(act: Act, step: Bound) -> Steps:
    """Open them one after the other."""
    for _ in step.data.shelters:
        yield from hold(act, step, "opening")
