"""Every such row holds what it must: the columns of `need`, row by row.

A row that lists no elements at all does not show whether it had them: unproven.
"""

from __future__ import annotations

from typing import Any

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import again, owed, prove, settle, spans, untouched
from sim.rules.patterns import holds, short_of
from sim.rules.scene import Place, Scene


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner and row; none at all is not triggered, where that is known."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        at: list[int] = []
        if open_:
            assert duty.of is not None
            at = duty.of.positions(one.case, one.incident, (one.owner,), place.directory)
            untouched(one, bool(spans(scene, duty, one)))
        found += [_judge(again(one, duty, k), duty, scene, p) for k, p in enumerate(at, 1)]
        if not at:
            found.append(one)
    return found


def _judge(one: Instance, duty: Duty, scene: Scene, p: int) -> Instance:
    sheet = scene.sheet
    stamp = sheet.stamp(p)
    prove(one, stamp)
    one.recipient = sheet.text("recipient")[p]
    doubtful = wrong = False
    for column, condition in duty.rule.need.items():
        value: Any = sheet.cell(column, p)
        if condition.has is not None:
            if not value:
                doubtful = True
            for word in short_of(condition, value) if value else ():
                one.facts[f"missing_element:{word}"] = None
                wrong = True
        elif not holds(condition, value):
            wrong = True
    if wrong:
        return settle(one, "late", "missing_elements", stamp.lo)
    return settle(one, *(("unproven", "content_unknown") if doubtful else ("met", "")), stamp.lo)
