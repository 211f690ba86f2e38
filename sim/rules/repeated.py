"""Duties that every start begins anew: B within an hour of each A (`each: start`).

The rows that match `end` at or after a start discharge it; one may discharge several.  Starts
and ends that share the columns `same` belong together.
"""

from __future__ import annotations

from bisect import bisect_left

from sim.rules.acts import Rows
from sim.rules.decide import Clock, Result, decide
from sim.rules.instance import OWN, Instance, Owed
from sim.rules.limits import NONE, Limits
from sim.rules.spans import complete_until
from sim.rules.stamps import INF, Stamp

Key = tuple[str, ...]


def judge_each(owed: Owed, limits: Limits) -> list[Instance]:
    """Return one instance per row that starts the clock; one that is not triggered for none."""
    duty, first = owed.duty, owed.instance
    assert isinstance(duty.starts, Rows)
    starts = _rows(owed, duty.starts, (first.owner,))
    if not starts:
        known = bool(owed.spans)
        first.results[OWN] = (
            Result("not_applicable", "not_triggered")
            if known
            else Result("unproven", "not_observed")
        )
        return [first]
    assert isinstance(duty.acts, Rows)
    ends: dict[Key, _Ends] = {}
    for p, stamp, key in _rows(owed, duty.acts, owed.actors):
        ends.setdefault(key, _Ends()).add(p, stamp)
    found = []
    for k, (p, start, key) in enumerate(starts, start=1):
        number = k if len(starts) > 1 else 0
        one = duty.instance(first.case, first.incident, first.owner, first.recipient, number)
        one.grade, one.flags = first.grade, dict(first.flags)
        end = ends[key].after(p, start) if key in ends else None
        one.results[OWN] = _judge(owed, one, start, end, limits)
        found.append(one)
    return found


def _rows(owed: Owed, rows: Rows, actors: tuple[str, ...]) -> list[tuple[int, Stamp, Key]]:
    """Return position, instant and shared columns of the rows that match."""
    one, sheet = owed.instance, owed.scene.sheet
    texts = [sheet.text(column) for column in owed.duty.rule.same]
    at = rows.positions(one.case, one.incident, actors, owed.directory)
    return [(p, sheet.stamp(p), tuple(text[p] for text in texts)) for p in at]


class _Ends:
    """Rows that end a clock, in the order of their earliest instant."""

    def __init__(self) -> None:
        self.at: list[int] = []
        self.stamps: list[Stamp] = []
        self.los: list[int] = []
        self.exact = True

    def add(self, p: int, stamp: Stamp) -> None:
        """Add the next row of the sheet, which is sorted by `lo`."""
        self.at.append(p)
        self.stamps.append(stamp)
        self.los.append(stamp.lo)
        self.exact &= stamp.exact

    def after(self, p: int, start: Stamp) -> Stamp | None:
        """Return the first end that is not before a start; the start itself is none."""
        if not (self.exact and start.exact):
            return self._possible(p, start)
        k = bisect_left(self.los, start.lo)
        while k < len(self.at) and self.at[k] == p:
            k += 1
        return self.stamps[k] if k < len(self.at) else None

    def _possible(self, p: int, start: Stamp) -> Stamp | None:
        """Return the first end as an interval, where stamps leave open what came first."""
        others = [s for q, s in zip(self.at, self.stamps, strict=True) if q != p]
        later = [s for s in others if s.hi >= start.lo]
        if not later:
            return None
        certain = [s for s in later if s.lo >= start.hi]
        lead = min(later, key=lambda s: (s.lo, s.hi))
        hi = min((s.hi for s in certain), default=INF)
        return Stamp(max(lead.lo, start.lo), hi, lead.res, lead.row)


def _judge(owed: Owed, one: Instance, start: Stamp, end: Stamp | None, limits: Limits) -> Result:
    rule = owed.duty.rule
    limit = limits.of(one.case, one.incident, start.row)
    one.evidence[start.row] = None
    if rule.limit_in and limit is NONE:
        return Result("unproven", "no_limit", start.lo if start.exact else start.hi)
    clock = Clock(start, True, limit.seconds, rule.soft or 0, rule.strict, limit.due)
    if end is None:
        result = decide(clock, None, complete_until(owed.spans, start.lo))
    else:
        result = decide(clock, end, -INF)
        one.evidence[end.row] = None
        one.end = end
    for flag in result.flags:
        one.flags[flag] = None
    return result
