"""Two columns agree: of one row, or of a row and the last of its partners before or with it.

The level of a response and the grade; the stock on record and the stock that was counted.
Numbers may differ by `tolerance` times the second one.
"""

from __future__ import annotations

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import again, owed, prove, settle, spans, untouched
from sim.rules.scene import Place, Scene


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner and row; one that has no partner is unproven."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        at: list[int] = []
        if open_:
            assert duty.of is not None
            at = duty.of.positions(one.case, one.incident, (one.owner,), place.directory)
            untouched(one, bool(spans(scene, duty, one)))
        for k, p in enumerate(at, start=1):
            found.append(_judge(again(one, duty, k), duty, scene, place, p))
        if not at:
            found.append(one)
    return found


def _judge(one: Instance, duty: Duty, scene: Scene, place: Place, p: int) -> Instance:
    sheet, rule = scene.sheet, duty.rule
    own = sheet.stamp(p)
    prove(one, own)
    other = p if duty.partners is None else _partner(one, duty, scene, place, p)
    if other is None:
        return settle(one, "unproven", "no_entry", own.lo)
    prove(one, sheet.stamp(other))
    a, b = sheet.cell(rule.columns[0], p), sheet.cell(rule.columns[1], other)
    if a in ("", None) or b in ("", None):
        return settle(one, "unproven", "empty_column", own.lo)
    same = a == b
    if isinstance(a, float) and isinstance(b, float):
        same = abs(a - b) <= rule.tolerance * abs(b)
    if not same:
        one.facts[f"value_differs:{rule.columns[0]}"] = None
    return settle(one, *(("met", "") if same else ("late", "differs")), own.lo)


def _partner(one: Instance, duty: Duty, scene: Scene, place: Place, p: int) -> int | None:
    assert duty.partners is not None
    sheet = scene.sheet
    until = sheet.stamp(p).hi
    key = [sheet.text(column)[p] for column in duty.rule.same]
    found = [
        q
        for q in duty.partners.positions(one.case, "", (one.owner,), place.directory)
        if sheet.stamp(q).lo <= until and [sheet.text(c)[q] for c in duty.rule.same] == key
    ]
    return found[-1] if found else None
