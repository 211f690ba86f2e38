"""Enough persons on duty at every second for which the record is complete.

Rows that match `of` say from `time` to `until` how many `persons` (one, where it says nothing)
were there; together they must be `count` at every second.  The margin is how many seconds
fewer were there, with a minus; the start is the first of them.
"""

from __future__ import annotations

import itertools

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import owed, prove, settle, spans
from sim.rules.scene import Place, Scene
from sim.rules.stamps import INF

Presence = tuple[int, int, int]
"""From, until (not included), persons."""


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        found.append(one)
        if not open_:
            continue
        windows = spans(scene, duty, one)
        windows = [(max(lo, 0), hi) for lo, hi in windows if hi > max(lo, 0)]
        if not windows:
            settle(one, "unproven", "not_observed")
            continue
        present, doubtful = _present(duty, scene, one, place)
        gaps = [gap for window in windows for gap in uncovered(present, window, duty.rule.count)]
        missing = sum(hi - lo for lo, hi in gaps)
        if not gaps:
            settle(one, "met")
        elif doubtful:
            settle(one, "unproven", "interval_straddles", gaps[0][0])
        else:
            settle(one, "late", "gap" if present else "no_rows", gaps[0][0], -missing)
    return found


def _present(duty: Duty, scene: Scene, one: Instance, place: Place) -> tuple[list[Presence], bool]:
    """Return who was there when, and whether any of it is known as an interval only."""
    assert duty.of is not None
    sheet, found, doubtful = scene.sheet, [], False
    for p in duty.of.positions(one.case, "", (one.owner,), place.directory):
        stamp, until = sheet.stamp(p), int(sheet.ends[p])
        prove(one, stamp)
        persons = sheet.cell("persons", p)
        doubtful |= not stamp.exact or until >= INF
        if stamp.hi < until < INF:
            found.append((stamp.hi, until, 1 if persons in ("", None) else int(persons)))
    return found, doubtful


def uncovered(
    present: list[Presence], window: tuple[int, int], count: int
) -> list[tuple[int, int]]:
    """Return the spans of a window in which fewer than `count` persons were there."""
    lo, hi = window
    changes: dict[int, int] = {lo: 0, hi: 0}
    for begin, end, persons in present:
        a, b = max(begin, lo), min(end, hi)
        if a < b:
            changes[a] = changes.get(a, 0) + persons
            changes[b] = changes.get(b, 0) - persons
    there = 0
    gaps: list[tuple[int, int]] = []
    instants = sorted(changes)
    for now, then in itertools.pairwise(instants):
        there += changes[now]
        if there < count:
            if gaps and gaps[-1][1] == now:
                gaps[-1] = (gaps[-1][0], then)
            else:
                gaps.append((now, then))
    return gaps
