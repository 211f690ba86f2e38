"""Write a report from what is known."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._public import written
from sim.model.steps._work import hold


def draft(act: Act, step: Bound) -> Steps:
    """Draft a report; it holds what the actor knows at the end of drafting."""
    data = step.data
    yield from hold(act, step, "drafting", result=lambda: _zeros(act, data.zero))
    act.dossier.heed(data.warning, act.world.now)
    act.report = written(act, data.report, data.elements, data.pending, data.reason)


LONG_AGO = -(1 << 62)
"""Older than any news: who states that there is nothing has seen nothing."""


def _zeros(act: Act, names: list[str]) -> dict[str, float]:
    """State 0 where nothing is known: from now on the actor holds it to be so."""
    known = act.dossier
    zeros = {name: 0.0 for name in names if name not in known.fields}
    known.learn(zeros, dict.fromkeys(zeros, LONG_AGO))
    return zeros
