"""Serve a routine call."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def serve(act: Act, step: Bound) -> Steps:
    """Serve a caller, who gives up after his patience."""
    patience = step.data.patience
    limit = None if patience is None else act.sample(patience, step.stream + "/patience")
    if not (yield from hold(act, step, "recording", patience=limit)):
        act.write("given_up", "", "waiting_person", extra={"reason": "patience"})
