"""Rules of kind `deadline`: something is owed until so long after a start.

This file says who owes it and whether the rule applies; `readings.py` judges the clocks,
`recurring.py` duties that recur.
"""

from __future__ import annotations

from sim.rules.decide import Result
from sim.rules.grading import Grading, Period, order_unknown, periods
from sim.rules.instance import OWN, Duty, Instance, Owed
from sim.rules.readings import judge_readings
from sim.rules.recurring import judge_recurring
from sim.rules.repeated import judge_each
from sim.rules.scene import Place, Scene

_ALWAYS = [Period(None, None, "")]
_FLAGS = {"derived": "derived", "others": "others_grade"}
_NO_OBLIGOR = Result("unproven", "no_obligor")


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return the instances of a deadline rule in one incident.

    `true` judges as if the true grade had been confirmed.
    """
    occurrence = place.occurrence
    owners = place.directory.owing(duty.rule.owner, occurrence.hazard, occurrence.areas)
    found: list[Instance] = []
    for owner in owners or (None,):
        instance = duty.instance(place.case, place.incident, owner or "")
        applies = _applies(duty, scene, instance, place, true, owner is not None)
        if isinstance(applies, Result):
            instance.results = dict.fromkeys(duty.readings, applies)
            found.append(instance)
        else:
            found += _judge_owed(applies, place)
    return found


def _applies(
    duty: Duty, scene: Scene, instance: Instance, place: Place, true: bool, owned: bool
) -> Owed | Result:
    """Return what is owed, or the one verdict where nothing is or can be judged."""
    rule, owner = duty.rule, instance.owner
    if rule.hazards and place.occurrence.hazard not in ("", *rule.hazards):
        return Result("not_applicable", "other_hazard")
    if not owned and not duty.grades:
        return _NO_OBLIGOR
    about = (place.case, place.incident, owner, rule)
    grades = (scene.truly_graded if true else scene.graded)(*about)
    found = _periods(duty, instance, grades)
    if isinstance(found, Result):
        return found if owned or found.verdict == "not_applicable" else _NO_OBLIGOR
    if not owned:
        return _NO_OBLIGOR
    directory = place.directory
    if duty.excluded and duty.excluded.of(place.case, place.incident, (owner,), directory):
        return Result("not_applicable", "exception")
    recipients = directory.recipients(rule.recipient, owner)
    if recipients == ():
        return Result("unproven", "no_recipient")
    instance.recipient = "|".join(recipients or ())
    by_stamps = duty.readings != (OWN,)  # receipt and confirmation are clocks of this duty
    if by_stamps and scene.contradicts_himself(place.case, place.incident, owner):
        return Result("unproven", "contradictory_stamps")
    stamps = scene.stamps(*about)
    return Owed(duty, scene, instance, directory, recipients, grades, found, stamps)


def _periods(duty: Duty, instance: Instance, grades: Grading) -> list[Period] | Result:
    """Return when the rule applied, or the verdict if it never did; note which grade counted."""
    if not duty.grades:
        return _ALWAYS
    if not grades.timeline:
        known = "unknown" in duty.grades
        return _ALWAYS if known else Result("unproven", "grade_unknown")
    if grades.origin in _FLAGS:
        instance.flags[_FLAGS[grades.origin]] = None
    found = periods(grades.timeline, duty.grades, duty.rule.regrade)
    instance.grade = found[0].grade if found else grades.timeline[-1][1]
    if found and order_unknown(grades.timeline, duty.grades, duty.rule.regrade):
        return Result("unproven", "order_unknown")
    return found or Result("not_applicable", "other_grade")


def _judge_owed(owed: Owed, place: Place) -> list[Instance]:
    """Judge what is owed by the acts of the owner, or of those that may act for him."""
    rule, one = owed.duty.rule, owed.instance
    actors: tuple[str, ...] = (one.owner,)
    if rule.by is not None:
        occurrence = place.occurrence
        actors = place.directory.owners(rule.by, occurrence.hazard, occurrence.areas)
    to = owed.recipients
    owed.actors = actors + (to or ())
    if rule.each == "start":
        return judge_each(owed, owed.duty.limits)
    acts = owed.duty.acts.of(place.case, place.incident, actors, place.directory)
    if to is not None:
        acts = [act for act in acts if act.recipient in to]
    if rule.every is not None:
        return judge_recurring(owed, acts, owed.spans)
    judge_readings(owed, acts)
    return [one]
