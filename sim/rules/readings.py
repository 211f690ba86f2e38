"""The readings of one duty: each clock start against the acts that count."""

from __future__ import annotations

from functools import reduce

from sim.rules.acts import Act
from sim.rules.clocks import Stamps, in_period
from sim.rules.decide import Clock, Result, decide
from sim.rules.grading import Period
from sim.rules.instance import OWN, Duty, Instance, Owed
from sim.rules.patterns import short_of
from sim.rules.spans import complete_until
from sim.rules.stamps import ANY, INF, Stamp, earlier

Window = list[tuple[int, int]]


def judge_readings(owed: Owed, acts: list[Act], spans: Window) -> None:
    """Set the result of every reading: that of the first period that did not lapse."""
    one, rule = owed.instance, owed.duty.rule
    for period in owed.periods:
        held = in_period(owed.stamps, owed.grades, owed.duty.grades, period, rule.regrade)
        counting = _counting(owed.duty, acts, period, held)
        end = _end(counting)
        if period.enter:
            one.evidence[period.enter.row] = None
        for reading in owed.duty.readings:
            if reading in one.results and one.results[reading].reason != "downgraded":
                continue
            start, known = own_start(owed) if reading == OWN else held.start(reading)
            clock = Clock(start, known, rule.limit, rule.soft or 0, rule.strict)
            if period.leave is not None and _may_lapse(clock, end, period.leave):
                one.results[reading] = _lapse(clock, end, period.leave)
                continue
            one.grade = period.grade
            until = complete_until(spans, _since(clock, held))
            one.results[reading] = _judge(owed, clock, counting, end, until)


def own_start(owed: Owed) -> tuple[Stamp, bool]:
    """Return (the first row that matches the rule's own start, whether there is one)."""
    assert owed.duty.starts is not None
    one = owed.instance
    found = owed.duty.starts.of(one.case, one.incident, (one.owner,), owed.directory)
    if not found:
        return ANY, False
    return reduce(earlier, [act.stamp for act in found]), True


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


def _end(acts: list[Act]) -> Stamp | None:
    """Return when the duty was discharged: at the earliest act that fits."""
    fitting = [act.stamp for act in acts if act.fits]
    return reduce(earlier, fitting) if fitting else None


def _since(clock: Clock, held: Stamps) -> int:
    """Return from when on the record must be complete to prove that nothing was reported.

    Nobody reports before his own first notice, nor before the occurrence.
    """
    for stamp in (held.receive, held.occur):
        if stamp is not None and stamp.lo > -INF:
            return max(stamp.lo, held.floor.lo) if held.floor else stamp.lo
    return clock.start.lo


def _judge(owed: Owed, clock: Clock, acts: list[Act], end: Stamp | None, until: int) -> Result:
    """Return the result of one reading; note proofs, flags and missing elements."""
    one = owed.instance
    result = decide(clock, end, until)
    if clock.start.row:
        one.evidence[clock.start.row] = None
    if end is not None:
        one.evidence[end.row] = None
        _mark_end(owed.duty, one, clock, acts, end, result)
    elif acts and result.verdict in ("late", "open", "unproven"):
        result = result._replace(reason="missing_elements")
        _name_missing(owed.duty, one, acts)
    for flag in result.flags:
        one.flags[flag] = None
    return result


def _name_missing(duty: Duty, one: Instance, lacking: list[Act]) -> None:
    """Name the elements that the fullest report lacks."""
    wanted = duty.rule.need["elements"]
    for word in min((short_of(wanted, act.elements) for act in lacking), key=len):
        one.facts[f"missing_element:{word}"] = None
    for act in lacking:
        one.evidence[act.stamp.row] = None


def _mark_end(
    duty: Duty, one: Instance, clock: Clock, acts: list[Act], end: Stamp, result: Result
) -> None:
    """Note the report that decides, and flag what another end of the clock would change."""
    fitting = [act for act in acts if act.fits]
    one.deciding = next(act.number for act in fitting if act.stamp.row == end.row)
    if clock.limit is None:
        return
    if isinstance(duty.rule.end, str):
        sent = duty.rule.end == "sent"
        other = reduce(earlier, [act.arrived if sent else act.sent for act in fitting])
        if other[:2] != end[:2]:
            verdicts = {result.verdict, decide(clock, other, -INF).verdict}
            if verdicts == {"met", "late"}:
                one.flags["end_sensitive"] = None
    if duty.rule.written:
        written = [act.stamp for act in fitting if act.written]
        if written and decide(clock, reduce(earlier, written), -INF).verdict == "late":
            one.flags["written_late"] = None


def _may_lapse(clock: Clock, end: Stamp | None, leave: Stamp) -> bool:
    """Whether the duty may have lapsed: not discharged, not breached before the downgrade."""
    if end is not None and end.hi <= leave.lo:
        return False
    return clock.limit is None or clock.start.hi + clock.limit >= leave.lo


def _lapse(clock: Clock, end: Stamp | None, leave: Stamp) -> Result:
    """Return not applicable, or unproven where intervals leave open whether it lapsed."""
    undone = end is None or end.lo > leave.hi
    unbreached = clock.limit is None or clock.start.lo + clock.limit >= leave.hi
    exact = leave.exact and clock.start.exact and (end is None or end.exact)
    if (undone and unbreached) or exact:
        return Result("not_applicable", "downgraded")
    return Result("unproven", "interval_straddles")
