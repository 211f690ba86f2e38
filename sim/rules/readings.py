"""The readings of one duty: each clock start against the acts that count."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

from sim.rules.acts import Act
from sim.rules.chance import chance
from sim.rules.clocks import Stamps, in_period
from sim.rules.decide import Clock, Result, decide, is_late, is_met
from sim.rules.grading import Period
from sim.rules.instance import OWN, Duty, Instance, Owed
from sim.rules.limits import NONE
from sim.rules.patterns import short_of
from sim.rules.spans import complete_until
from sim.rules.stamps import ANY, INF, Stamp, earlier


def judge_readings(owed: Owed, acts: list[Act]) -> None:
    """Set the result of every reading: that of the first period that did not lapse."""
    one, rule = owed.instance, owed.duty.rule
    limits, soft = owed.duty.limits, rule.soft or 0
    for period in owed.periods:
        held = in_period(owed.stamps, owed.grades, owed.duty.grades, period, rule.regrade)
        ends = _Ends(owed, _counting(owed.duty, acts, period, held), held)
        if period.enter:
            one.evidence[period.enter.row] = None
        for reading in owed.duty.readings:
            if reading in one.results and one.results[reading].reason != "downgraded":
                continue
            start, known = own_start(owed) if reading == OWN else held.start(reading)
            limit = limits.fixed or limits.of(one.case, one.incident, start.row if known else "")
            if limit is NONE and rule.limit_in:
                one.results[reading] = Result("unproven", "no_limit")
                continue
            clock = Clock(start, known, limit[0], soft, rule.strict, limit[1])
            if period.leave is not None and _may_lapse(clock, ends.end, period.leave):
                one.results[reading] = _lapse(clock, ends.end, period.leave)
                continue
            one.grade = period.grade
            one.results[reading] = ends.judge(clock)


def own_start(owed: Owed) -> tuple[Stamp, bool]:
    """Return (the first row that matches the rule's own start, whether there is one)."""
    assert owed.duty.starts is not None
    one = owed.instance
    found = owed.duty.starts.of(one.case, one.incident, (one.owner,), owed.directory)
    if not found:
        return ANY, False
    return _first([act.stamp for act in found]), True


def _counting(duty: Duty, acts: list[Act], period: Period, held: Stamps) -> list[Act]:
    """Keep the acts that count in a period.

    A duty that a rise of the grade began is not discharged by an earlier report, unless
    that report already stated a grade of the list.
    """
    if period.enter is not None:
        acts = _since_then(acts, period.enter, duty.grades)
    if duty.rule.before_confirm == "not" and held.confirm is not None:
        acts = _since_then(acts, held.confirm)
    return acts


def _since_then(acts: list[Act], then: Stamp, spared: Collection[str] = ()) -> list[Act]:
    """Keep the acts from an instant on; one that may have come before it may not count at all."""
    kept = []
    for act in acts:
        if act.grade in spared or act.stamp.lo >= then.hi:
            kept.append(act)
        elif act.stamp.hi >= then.lo:
            kept.append(act._replace(stamp=act.stamp._replace(hi=INF)))
    return kept


class _Ends:
    """When a duty was discharged in one period: at the earliest act that fits.

    `other` is when it would have been by the other end of the clock (sent instead of
    arrived, or the reverse), `written` when by written reports only.
    """

    def __init__(self, owed: Owed, acts: list[Act], held: Stamps):
        self.owed, self.acts, self.held = owed, acts, held
        fitting = [act for act in acts if act.fits]
        self.end = self.other = self.written = None
        self.fitting = [act.stamp for act in fitting]
        self.doubtful = [act.stamp for act in acts if act.doubtful]
        if not fitting:
            return
        rule = owed.duty.rule
        self.end = _first([act.stamp for act in fitting])
        owed.instance.deciding = _number(fitting, self.end)
        if rule.limit is not None and isinstance(rule.end, str):
            sent = rule.end == "sent"
            other = _first([act.arrived if sent else act.sent for act in fitting])
            self.other = other if other[:2] != self.end[:2] else None
            written = [act.stamp for act in fitting if act.written] if rule.written else []
            self.written = _first(written) if written else None

    def judge(self, clock: Clock) -> Result:
        """Return the result of one reading; note proofs, flags and missing elements."""
        result = self._judge(clock)
        if self.doubtful and result.verdict != "met":
            stamp = _first(self.doubtful)
            if not clock.timed or not is_late(clock, stamp):
                self.owed.instance.evidence[stamp.row] = None
                return Result("unproven", "content_unknown", *result[2:4], flags=result.flags)
        return result

    def _judge(self, clock: Clock) -> Result:
        one = self.owed.instance
        if clock.start.row:
            one.evidence[clock.start.row] = None
        if self.end is None:
            return self._missing(clock)
        result = decide(clock, self.end, -INF)
        spread = self.owed.scene.spread
        if spread and result.reason == "interval_straddles" and clock.limit is not None:
            likely = chance(clock.start, self.fitting, clock.limit, clock.strict, spread)
            result = result._replace(chance=likely)
        one.evidence[self.end.row] = None
        one.end = self.end
        for flag in result.flags:
            one.flags[flag] = None
        if self.other is not None:
            flips = is_late if result.verdict == "met" else is_met
            if result.verdict in ("met", "late") and flips(clock, self.other):
                one.flags["end_sensitive"] = None
        if self.written is not None and is_late(clock, self.written):
            one.flags["written_late"] = None
        return result

    def _missing(self, clock: Clock) -> Result:
        """Return the result where nothing in the record discharges the duty."""
        result = decide(clock, None, complete_until(self.owed.spans, _since(clock, self.held)))
        for flag in result.flags:
            self.owed.instance.flags[flag] = None
        lacking = [act for act in self.acts if not act.doubtful]
        if lacking:
            _name_missing(self.owed.duty, self.owed.instance, lacking)
            return result._replace(reason="missing_elements")
        return result


def _first(stamps: list[Stamp]) -> Stamp:
    return stamps[0] if len(stamps) == 1 else reduce(earlier, stamps)


def _number(fitting: list[Act], end: Stamp) -> int:
    """Return the number of the delivery that ends the clock."""
    return next(act.number for act in fitting if act.stamp.row == end.row)


def _since(clock: Clock, held: Stamps) -> int:
    """Return from when on the record must be complete to prove that nothing was reported.

    Nobody reports before his own first notice, nor before the occurrence.
    """
    for stamp in (held.receive, held.occur):
        if stamp is not None and stamp.lo > -INF:
            return max(stamp.lo, held.floor.lo) if held.floor else stamp.lo
    return clock.start.lo


def _name_missing(duty: Duty, one: Instance, lacking: list[Act]) -> None:
    """Name the elements that the fullest report lacks."""
    wanted = duty.rule.need["elements"]
    for word in min((short_of(wanted, act.elements) for act in lacking), key=len):
        one.facts[f"missing_element:{word}"] = None
    for act in lacking:
        one.evidence[act.stamp.row] = None


def _may_lapse(clock: Clock, end: Stamp | None, leave: Stamp) -> bool:
    """Whether the duty may have lapsed: not discharged, not breached before the downgrade."""
    if end is not None and end.hi <= leave.lo:
        return False
    return not clock.timed or clock.deadline()[1] >= leave.lo


def _lapse(clock: Clock, end: Stamp | None, leave: Stamp) -> Result:
    """Return not applicable, or unproven where intervals leave open whether it lapsed."""
    undone = end is None or end.lo > leave.hi
    unbreached = not clock.timed or clock.deadline()[0] >= leave.hi
    exact = leave.exact and clock.start.exact and (end is None or end.exact)
    if (undone and unbreached) or exact:
        return Result("not_applicable", "downgraded")
    return Result("unproven", "interval_straddles")
