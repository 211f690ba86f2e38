"""Enter it in the duty ledger."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def record(act: Act, step: Bound) -> Steps:
    """Enter it in the duty ledger."""
    return hold(act, step, "recording")
