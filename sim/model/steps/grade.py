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
    if found and step.data.accuracy < 1.0:
        found = _mistaken(act, step, found)
    if found and found != known.confirmed:
        known.grade = known.confirmed = found
        row = act.write("confirm", extra={"grade": found})
        act.world.happens("confirmed", act.actor, act.matter, row)


GRADES = ("IV", "III", "II", "I")


def _mistaken(act: Act, step: Bound, right: str) -> str:
    """Return the grade that is judged: the right one, or by mistake the one beside it."""
    wrong = act.chance(1.0 - step.data.accuracy, step.stream + "/mistake")
    low = act.chance(step.data.too_low, step.stream + "/too-low")
    place = GRADES.index(right) + (0 if not wrong else -1 if low else 1)
    return GRADES[min(max(place, 0), len(GRADES) - 1)]
