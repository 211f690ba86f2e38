"""Judge the grade from what has been told."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.scenario.grade import grade as grade_of
from sim.scenario.grade import table_for


def grade(act: Act, step: Bound) -> Steps:
    """Judge the grade; one that differs from what was confirmed before is confirmed."""
    yield from hold(act, step, "deciding")
    known = act.dossier
    incident = act.world.scenario.incidents[act.matter.incident]
    found = grade_of(known.fields, table_for(incident.hazard))
    if found and found != known.confirmed:
        known.grade = known.confirmed = found
        row = act.write("confirm", extra={"grade": found})
        act.world.happens("confirmed", act.actor, act.matter, row)
