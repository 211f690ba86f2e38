"""Rules of kind `deadline`: something is owed until so long after a start."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from sim.rules.acts import Act
from sim.rules.clocks import Stamps, contradictory, in_period
from sim.rules.decide import Clock, Result, decide
from sim.rules.directory import Directory
from sim.rules.grading import Grading, Period, periods
from sim.rules.instance import OWN, Duty, Instance
from sim.rules.patterns import short_of
from sim.rules.recurring import judge_recurring
from sim.rules.scene import Scene
from sim.rules.spans import complete_until
from sim.rules.stamps import INF, Stamp, earlier

Window = list[tuple[int, int]]


def judge(duty: Duty, scene: Scene, case: int, incident: str, true: bool) -> list[Instance]:
    """Return the instances of a deadline rule in one incident.

    `true` judges as if the true grade had been confirmed.
    """
    rule = duty.rule
    occurrence = scene.occurrence(case, incident)
    directory = scene.book.directory(case)
    owners = directory.owners(rule.owner, occurrence.hazard, occurrence.areas)
    if rule.hazards and occurrence.hazard not in ("", *rule.hazards):
        result = Result("not_applicable", "other_hazard")
        return [_alike(duty, case, incident, owner, result) for owner in owners or ("",)]
    found: list[Instance] = []
    for owner in owners or ("",):
        found += _judge_owner(duty, scene, case, incident, owner, directory, true)
    return found


def _alike(duty: Duty, case: int, incident: str, owner: str, result: Result) -> Instance:
    """Return an instance with one and the same result in every reading."""
    instance = duty.instance(case, incident, owner, "")
    instance.results = dict.fromkeys(duty.readings, result)
    return instance


def _judge_owner(
    duty: Duty,
    scene: Scene,
    case: int,
    incident: str,
    owner: str,
    directory: Directory,
    true: bool,
) -> list[Instance]:
    rule = duty.rule
    grades = (scene.truly_graded if true else scene.graded)(case, incident, owner, rule)
    applies = _periods(duty, grades)
    if isinstance(applies, Result):
        if applies.verdict == "unproven" and not owner:
            applies = Result("unproven", "no_obligor")
        return [_graded(_alike(duty, case, incident, owner, applies), grades, None)]
    if not owner:
        return [_alike(duty, case, incident, owner, Result("unproven", "no_obligor"))]
    if duty.excluded and duty.excluded.of(case, incident, (owner,), directory):
        return [_alike(duty, case, incident, owner, Result("not_applicable", "exception"))]
    recipients = directory.recipients(rule.recipient, owner)
    stamps = scene.stamps(case, incident, owner, rule)
    if recipients == () or contradictory(stamps):
        reason = "no_recipient" if recipients == () else "contradictory_stamps"
        instance = _alike(duty, case, incident, owner, Result("unproven", reason))
        instance.recipient = "|".join(recipients or ())
        return [_graded(instance, grades, applies[0])]
    actors = _who_may(duty, directory, owner, scene, case, incident)
    acts = duty.acts.of(case, incident, actors, directory)
    if recipients is not None:
        acts = [act for act in acts if act.recipient in recipients]
    spans = scene.spans(case, incident, {*actors, *(recipients or ())}, rule)
    instance = duty.instance(case, incident, owner, "|".join(recipients or ()))
    _graded(instance, grades, applies[0])
    if rule.every is not None:
        return judge_recurring(duty, scene, instance, stamps, acts, spans, directory)
    _judge_readings(duty, scene, instance, stamps, grades, applies, acts, spans, directory)
    return [instance]


def _periods(duty: Duty, grades: Grading) -> list[Period] | Result:
    """Return when the rule applied, or the verdict if it never did."""
    if not duty.grades:
        last = grades.timeline[-1][1] if grades.timeline else ""
        return [Period(None, None, last)]
    if not grades.timeline:
        if "unknown" in duty.grades:
            return [Period(None, None, "")]
        return Result("unproven", "grade_unknown")
    found = periods(grades.timeline, duty.grades, duty.rule.regrade)
    return found or Result("not_applicable", "other_grade")


def _graded(instance: Instance, grades: Grading, period: Period | None) -> Instance:
    """Write down which grade counted and whose it was."""
    last = grades.timeline[-1][1] if grades.timeline else ""
    instance.grade = period.grade if period else last
    if grades.origin in ("derived", "others"):
        instance.flags["derived" if grades.origin == "derived" else "others_grade"] = None
    return instance


def _who_may(
    duty: Duty, directory: Directory, owner: str, scene: Scene, case: int, incident: str
) -> tuple[str, ...]:
    """Return whose acts discharge the duty: the owner's, or those of `by`."""
    if duty.rule.by is None:
        return (owner,)
    occurrence = scene.occurrence(case, incident)
    return directory.owners(duty.rule.by, occurrence.hazard, occurrence.areas)


def _judge_readings(
    duty: Duty,
    scene: Scene,
    instance: Instance,
    stamps: Stamps,
    grades: Grading,
    applies: Sequence[Period],
    acts: list[Act],
    spans: Window,
    directory: Directory,
) -> None:
    """Set the result of every reading: that of the first period that did not lapse."""
    for reading in duty.readings:
        for period in applies:
            held = in_period(stamps, grades, duty.grades, period, duty.rule.regrade)
            if reading == OWN:
                start, known = _own_start(duty, instance, directory)
            else:
                start, known = held.start(reading)
            clock = Clock(start, known, duty.rule.limit, duty.rule.soft or 0, duty.rule.strict)
            counting = _counting(duty, acts, period, held)
            result = _decide(duty, instance, clock, counting, spans, held)
            instance.grade = period.grade
            if period.enter:
                instance.evidence[period.enter.row] = None
            if period.leave is None or not _lapsed(clock, counting, period.leave):
                break
            result = _lapse(clock, counting, period.leave)
        instance.results[reading] = result


def _own_start(duty: Duty, instance: Instance, directory: Directory) -> tuple[Stamp, bool]:
    """Return the first row that matches the rule's own start."""
    assert duty.starts is not None
    found = duty.starts.of(instance.case, instance.incident, (instance.owner,), directory)
    if not found:
        return Stamp(-INF, INF), False
    return reduce(earlier, (act.stamp for act in found)), True


def _counting(duty: Duty, acts: list[Act], period: Period, held: Stamps) -> list[Act]:
    """Keep the acts that count in a period.

    A duty that a rise of the grade began is not discharged by an earlier report, unless
    that report already stated a grade of the list.
    """
    enter = period.enter
    if enter is not None:
        acts = [a for a in acts if a.stamp.hi >= enter.lo or a.grade in duty.grades]
    if duty.rule.before_confirm == "not" and held.confirm is not None:
        since = held.confirm.lo
        acts = [a for a in acts if a.stamp.hi >= since]
    return acts


def _decide(
    duty: Duty,
    instance: Instance,
    clock: Clock,
    acts: list[Act],
    spans: Window,
    held: Stamps,
) -> Result:
    fitting = [act for act in acts if act.fits]
    end = reduce(earlier, (act.stamp for act in fitting)) if fitting else None
    result = decide(clock, end, complete_until(spans, _since(clock, held)))
    if end is None:
        lacking = [act for act in acts if not act.fits]
        if lacking and result.verdict in ("late", "open", "unproven"):
            result = result._replace(reason="missing_elements")
            _name_missing(duty, instance, lacking)
    else:
        instance.evidence[end.row] = None
        _mark_end(duty, instance, clock, fitting, result)
        instance.deciding = next(act.number for act in fitting if act.stamp.row == end.row)
    if clock.start.row:
        instance.evidence[clock.start.row] = None
    for flag in result.flags:
        instance.flags[flag] = None
    return result


def _since(clock: Clock, held: Stamps) -> int:
    """Return from when on the record must be complete to prove that nothing was reported.

    Nobody reports before his own first notice, nor before the occurrence.
    """
    for stamp in (held.receive, held.occur):
        if stamp is not None and stamp.lo > -INF:
            return max(stamp.lo, held.floor.lo) if held.floor else stamp.lo
    return clock.start.lo


def _name_missing(duty: Duty, instance: Instance, lacking: list[Act]) -> None:
    """Name the elements that the fullest report lacks."""
    wanted = duty.rule.need["elements"]
    shortest = min((short_of(wanted, act.elements) for act in lacking), key=len)
    for word in shortest:
        instance.facts[f"missing_element:{word}"] = None
    for act in lacking:
        instance.evidence[act.stamp.row] = None


def _mark_end(
    duty: Duty, instance: Instance, clock: Clock, fitting: list[Act], result: Result
) -> None:
    """Flag verdicts that another end of the clock, or a demand for writing, would change."""
    if clock.limit is None:
        return
    if isinstance(duty.rule.end, str) and result.verdict in ("met", "late", "unproven"):
        sent = duty.rule.end == "sent"
        ends = [act.arrived if sent else act.sent for act in fitting]
        other = decide(clock, reduce(earlier, ends), -INF)
        if {result.verdict, other.verdict} == {"met", "late"}:
            instance.flags["end_sensitive"] = None
    written = [act.stamp for act in fitting if act.written]
    if duty.rule.written and written:
        if decide(clock, reduce(earlier, written), -INF).verdict == "late":
            instance.flags["written_late"] = None


def _end(acts: list[Act]) -> Stamp | None:
    fitting = [act.stamp for act in acts if act.fits]
    return reduce(earlier, fitting) if fitting else None


def _lapsed(clock: Clock, acts: list[Act], leave: Stamp) -> bool:
    """Whether the duty may have lapsed: not discharged, not breached before the downgrade."""
    end = _end(acts)
    if end is not None and end.hi <= leave.lo:
        return False
    return clock.limit is None or clock.start.hi + clock.limit >= leave.lo


def _lapse(clock: Clock, acts: list[Act], leave: Stamp) -> Result:
    """Return not applicable, or unproven where intervals leave the lapse open."""
    end = _end(acts)
    undone = end is None or end.lo > leave.hi
    unbreached = clock.limit is None or clock.start.lo + clock.limit >= leave.hi
    if (undone and unbreached) or (
        leave.exact and clock.start.exact and (end is None or end.exact)
    ):
        return Result("not_applicable", "downgraded")
    return Result("unproven", "interval_straddles")
