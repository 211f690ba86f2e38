"""Activate the response, or change its level."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.response import plan_of, responds
from sim.model.steps._work import hold
from sim.model.things import Message
from sim.model.world import perform
from sim.scenario.grade import RANK


def activate(act: Act, step: Bound) -> Steps:
    """Decide on the level, and activate the plan at it if the actor may.

    What is active at that level already stays as it is.
    """
    plan, known = step.data.plan, act.dossier
    responds(act, plan)
    yield from hold(act, step, "deciding")
    level = _level(act, step)
    columns = {"level": level, "grade": known.grade}
    refusal = _refusal(act, step, level)
    if refusal:
        known.wanted = level
        to = act.matter.sender if refusal == "declined" else ""
        act.write("refused", "", "", plan, to, extra=columns | {"reason": refusal})
        yield from perform(act, step.branches["else"])
        return
    response = responds(act, plan)
    if response.level == level:
        act.write("cancelled", "", "", plan, extra=columns | {"reason": "not_needed"})
        return
    if response.level:
        up = RANK[level] > RANK[response.level]
        columns["reason"] = "raised" if up else "lowered"
    response.level = level
    known.stand()
    row = act.write("activate", "", "", plan, extra=columns)
    act.world.happens("activated", act.actor, act.matter, row)


def _level(act: Act, step: Bound) -> str:
    """Return the level that the step names, that the message says, or that of the grade."""
    if step.data.level == "asked":
        asked = act.matter.report.level if isinstance(act.matter, Message) else ""
        return asked or act.dossier.grade
    return step.data.level or act.dossier.grade


def _refusal(act: Act, step: Bound, level: str) -> str:
    """Return why the plan is not activated, empty if it may be."""
    data = step.data
    office: Any = act.world.scenario.offices.get(act.actor)
    if not level:
        return "grade_unknown"
    plan = plan_of(act, data.plan)
    if level != act.dossier.allowed and not plan.authorises(
        act.actor, office.role if office else "", level
    ):
        return "not_authorised"
    if data.granted < 1.0 and not act.chance(data.granted, step.stream + "/granted"):
        return "declined"
    return ""
