"""Duties that recur: a report every day until the disaster is stable.

The k-th recurrence is due at start + limit + (k - 1) × every, or, where the rule names times of
day (`at`), at the k-th such time after the start; 24:00 is the last second of the day.
A report discharges the recurrence in whose window it falls: after the due instant before,
up to the own one.  A window without a report is never filled by a later report.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce

from sim.rules.acts import Act
from sim.rules.decide import Clock, Result, decide
from sim.rules.instance import OWN, Duty, Instance, Owed
from sim.rules.readings import own_start
from sim.rules.spans import complete_until
from sim.rules.stamps import INF, Stamp, earlier

MOST = 10_000
"""Recurrences of one duty at most, against packs that ask for a report every second."""


def judge_recurring(owed: Owed, acts: list[Act], spans: list[tuple[int, int]]) -> list[Instance]:
    """Return one instance per recurrence.

    They go on until the first row that ends the duty (`until`), else as long as the record
    is complete or shows reports.
    """
    duty, first = owed.duty, owed.instance
    start, known = own_start(owed) if duty.anchor == OWN else owed.stamps.start(duty.anchor)
    if not known or start.lo <= -INF:
        first.results = dict.fromkeys(duty.readings, Result("unproven", "no_start"))
        return [first]
    found = []
    last, ended = _end(owed, acts, spans)
    windows = _windows(duty, start, last, owed.scene.sheet.origins[first.case])
    if ended:  # nothing is owed for a window that was still running then
        windows = [window for window in windows if window[1] <= last]
    for k, (since, due) in enumerate(windows, start=1):
        one = duty.instance(first.case, first.incident, first.owner, first.recipient, k)
        one.grade, one.flags = first.grade, dict(first.flags)
        one.results[duty.anchor] = _judge(one, acts, spans, since, due, start)
        found.append(one)
    if not found:  # it ended before anything was due
        first.results = dict.fromkeys(duty.readings, Result("not_applicable", "not_triggered"))
    return found or [first]


def _end(owed: Owed, acts: list[Act], spans: list[tuple[int, int]]) -> tuple[int, bool]:
    """Return until when the duty goes on as far as the record tells, and if it ended then."""
    one = owed.instance
    if owed.duty.until is not None:
        rows = owed.duty.until.of(one.case, one.incident, (one.owner,), owed.directory)
        ends = [act.stamp.hi for act in rows if act.stamp.hi < INF]
        if ends:
            return min(ends), True
    shown = [act.stamp.hi for act in acts if act.fits and act.stamp.hi < INF]
    return max([hi for _, hi in spans] + shown, default=-INF), False


def _windows(duty: Duty, start: Stamp, end: int, origin: datetime | None) -> list[tuple[int, int]]:
    """Return (first second, due instant) of every recurrence that begins before `end`."""
    every = duty.rule.every or 1
    if duty.rule.at:
        first = sorted({_first_at(at, start.lo, origin) for at in duty.rule.at})
    else:
        first = [start.hi + (every if duty.rule.limit is None else duty.rule.limit)]
    found = [(-INF, first[0])]
    while found[-1][1] < end and len(found) < MOST:
        day, k = divmod(len(found), len(first))
        found.append((found[-1][1] + 1, first[k] + day * every))
    return found


def _first_at(at: str, start: int, origin: datetime | None) -> int:
    """Return the first instant of a time of day that is not before the start, in seconds."""
    hours, minutes = map(int, at.split(":"))
    second = hours * 3600 + minutes * 60 - (1 if hours == 24 else 0)
    now = (origin + timedelta(seconds=start)) if origin else None
    passed = now.hour * 3600 + now.minute * 60 + now.second if now else start % 86_400
    return start + (second - passed) % 86_400


def _judge(
    one: Instance,
    acts: list[Act],
    spans: list[tuple[int, int]],
    since: int,
    due: int,
    start: Stamp,
) -> Result:
    """Return the verdict of one window."""
    possible = [
        act
        for act in acts
        if (act.fits or act.doubtful) and act.stamp.hi >= since and act.stamp.lo <= due
    ]
    inside = [a for a in possible if a.fits and a.stamp.lo >= since and a.stamp.hi <= due]
    begin = max(since, start.lo)
    clock = Clock(Stamp(begin, begin), True, due - begin, 0, False)
    if inside:
        stamp = reduce(earlier, (act.stamp for act in inside))
        one.deciding = next(act.number for act in inside if act.stamp.row == stamp.row)
    elif possible:
        stamp = Stamp(min(act.stamp.lo for act in possible), INF, 1, possible[0].stamp.row)
        if all(act.stamp.hi < INF for act in possible):
            stamp = stamp._replace(hi=max(act.stamp.hi for act in possible))
    else:
        return decide(clock, None, complete_until(spans, begin))
    one.evidence[stamp.row] = None
    one.end = stamp if inside else None
    result = decide(clock, stamp, -INF)
    for flag in result.flags:
        one.flags[flag] = None
    if not inside:
        reason = "no_end_stamp" if stamp.hi >= INF else "interval_straddles"
        if all(act.doubtful for act in possible):
            reason = "content_unknown"
        return Result("unproven", reason, result.start, result.deadline)
    return result
