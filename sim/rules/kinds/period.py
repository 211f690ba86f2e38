"""Done again within so many months (`within`), or so often in each calendar year (`each`).

Registers are rows too (`drill_held`, `plan_revised`); rows that share the columns `same` (a
plan) count together.  What is owed is judged for the time in which the record of the owner is
complete: a year counts if it lies wholly in it, and the months run from one row to the next,
from the beginning of the complete record to the first, and from the last to its end.
"""

from __future__ import annotations

import itertools
from calendar import monthrange
from datetime import datetime, timedelta

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import again, owed, prove, settle, spans
from sim.rules.scene import Place, Scene


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner and plan, and per year where it is owed each year."""
    found: list[Instance] = []
    origin = scene.sheet.origins[place.case]
    for one, open_ in owed(duty, scene, place, true):
        windows = spans(scene, duty, one) if open_ else []
        if not open_:
            found.append(one)
        elif not windows or origin is None:
            found.append(settle(one, "unproven", "not_observed"))
        else:
            lo, hi = max(windows[-1][0], -(10**9)), windows[-1][1]
            made = []
            for rows in _by_plan(duty, scene, one, place).values():
                judged = _years if duty.rule.each else _months
                made += judged(duty, scene, one, rows, origin, (lo, hi))
            for k, instance in enumerate(made, start=1):
                instance.recurrence = k if len(made) > 1 else 0
            found += made
    return found


def _by_plan(
    duty: Duty, scene: Scene, one: Instance, place: Place
) -> dict[tuple[str, ...], list[int]]:
    assert duty.of is not None
    found: dict[tuple[str, ...], list[int]] = {}
    for p in duty.of.positions(one.case, "", (one.owner,), place.directory):
        key = tuple(scene.sheet.text(column)[p] for column in duty.rule.same)
        found.setdefault(key, []).append(p)
    return dict(sorted(found.items())) or {(): []}


def _months(
    duty: Duty,
    scene: Scene,
    one: Instance,
    rows: list[int],
    origin: datetime,
    window: tuple[int, int],
) -> list[Instance]:
    made = again(one, duty, 0)
    assert duty.rule.within is not None
    stamps = [scene.sheet.stamp(p) for p in rows]
    prove(made, *stamps)
    instants = [window[0], *(s.hi for s in stamps if s.hi <= window[1]), window[1]]
    for before, after in itertools.pairwise(instants):
        last = months_later(moment(origin, before), duty.rule.within)
        if duty.rule.calendar:  # until the end of that year
            last = last.replace(year=last.year + 1, month=1, day=1, hour=0, minute=0, second=0)
        due = seconds(last, origin)
        if after > due:
            return [settle(made, "late", "overdue", before, due - after)]
    if not stamps:
        return [settle(made, "open", "", window[0])]
    return [settle(made, "met", "", stamps[-1].lo)]


def _years(
    duty: Duty,
    scene: Scene,
    one: Instance,
    rows: list[int],
    origin: datetime,
    window: tuple[int, int],
) -> list[Instance]:
    stamps = [scene.sheet.stamp(p) for p in rows]
    first, last = (moment(origin, second) for second in window)
    found = []
    for year in range(first.year, last.year + 1):
        made = again(one, duty, 0)
        made.flags[f"year:{year}"] = None
        inside = [s for s in stamps if moment(origin, s.lo).year == year]
        prove(made, *inside)
        begin = first.replace(year=year, month=1, day=1, hour=0, minute=0, second=0)
        whole = begin >= first and begin.replace(year=year + 1) <= last + timedelta(seconds=1)
        if len(inside) >= duty.rule.count:
            settle(made, "met", "", inside[0].lo)
        elif whole:
            settle(made, "late", "overdue", seconds(begin, origin))
        elif begin < first:
            settle(made, "unproven", "not_observed")
        else:
            settle(made, "open")
        found.append(made)
    return found


def moment(origin: datetime, second: int) -> datetime:
    """Return an instant of the record as a date and time."""
    return origin + timedelta(seconds=second)


def seconds(when: datetime, origin: datetime) -> int:
    """Return an instant as seconds from the case's origin."""
    return int((when - origin).total_seconds())


def months_later(day: datetime, months: int) -> datetime:
    """Return the same day `months` later, the last of its month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
