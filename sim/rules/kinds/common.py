"""What kinds that look at rows share: who owes, does it apply, where is the record complete."""

from __future__ import annotations

from collections.abc import Iterator

from sim.rules.decide import NOTHING, Result
from sim.rules.instance import OWN, Duty, Instance
from sim.rules.scene import Place, Scene
from sim.rules.stamps import INF, Stamp


def owed(duty: Duty, scene: Scene, place: Place, true: bool) -> Iterator[tuple[Instance, bool]]:
    """Yield an instance per owner, and whether it is still to be judged.

    Not applicable: another hazard, or no grade of the rule's list was ever confirmed.
    """
    occurrence, rule = place.occurrence, duty.rule
    owners = place.directory.owing(rule.owner, occurrence.hazard, occurrence.areas)
    for owner in owners or (None,):
        one = duty.instance(place.case, place.incident, owner or "")
        if rule.hazards and occurrence.hazard not in ("", *rule.hazards):
            settle(one, "not_applicable", "other_hazard")
        elif owner is None:
            settle(one, "unproven", "no_obligor")
        elif duty.grades and not _graded(duty, scene, one, true):
            pass
        else:
            yield one, True
            continue
        yield one, False


def _graded(duty: Duty, scene: Scene, one: Instance, true: bool) -> bool:
    grading = scene.truly_graded if true else scene.graded
    timeline = grading(one.case, one.incident, one.owner, duty.rule).timeline
    if not timeline:
        settle(one, "unproven", "grade_unknown")
        return False
    fitting = [grade for _, grade in timeline if grade in duty.grades]
    one.grade = fitting[0] if fitting else timeline[-1][1]
    if not fitting:
        settle(one, "not_applicable", "other_grade")
    return bool(fitting)


def settle(
    one: Instance, verdict: str, reason: str = "", start: int = NOTHING, margin: int = NOTHING
) -> Instance:
    """Give an instance its verdict; instants that are mere bounds are left out."""
    if abs(start) >= INF:
        start = NOTHING
    one.results[OWN] = Result(verdict, reason, start, NOTHING, margin)
    return one


def prove(one: Instance, *stamps: Stamp) -> None:
    """Note the rows that a verdict rests on."""
    for stamp in stamps:
        one.evidence[stamp.row] = None


def spans(scene: Scene, duty: Duty, one: Instance) -> list[tuple[int, int]]:
    """Return where the record of what the owner does is complete."""
    return scene.spans(one.case, one.incident, (one.owner,), duty.rule)


def again(one: Instance, duty: Duty, number: int) -> Instance:
    """Return a further instance of the same owner, the `number`-th."""
    twin = duty.instance(one.case, one.incident, one.owner, "", number)
    twin.grade, twin.flags = one.grade, dict(one.flags)
    return twin


def untouched(one: Instance, complete: bool) -> Instance:
    """Settle an instance for which there is no row at all: nothing was called for, if known."""
    if complete:
        return settle(one, "not_applicable", "not_triggered")
    return settle(one, "unproven", "not_observed")
