"""Two columns agree: of one row, or of a row and the last of its partners before or with it.

The level of a response and the grade; the stock on record and the stock that was counted.
Numbers may differ by `tolerance` times the second one.  With `sums` the second is the sum over all
partners, whenever they came: what was asked for and what was handed over in parts.  More than was
asked for is enough; less is only known in a complete record.  The fact `filled:93` says how many
percent that was.
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
    if rule.sums:
        return _sum(one, duty, scene, place, p)
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
        one.facts[f"pair:{_shown(a)}/{_shown(b)}"] = None
    return settle(one, *(("met", "") if same else ("late", "differs")), own.lo)


def _shown(value: str | float | None) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _sum(one: Instance, duty: Duty, scene: Scene, place: Place, p: int) -> Instance:
    """Judge a number against the sum over its partners."""
    sheet, (first, second) = scene.sheet, duty.rule.columns
    own, wanted = sheet.stamp(p), sheet.cell(first, p)
    partners = _partners(one, duty, scene, place, p)
    values = [sheet.cell(second, q) for q in partners]
    if not isinstance(wanted, float) or any(not isinstance(value, float) for value in values):
        return settle(one, "unproven", "empty_column", own.lo)
    complete = bool(spans(scene, duty, one))
    if not values and not complete:
        return settle(one, "unproven", "not_observed", own.lo)
    prove(one, *(sheet.stamp(q) for q in partners))
    total = sum(value for value in values if isinstance(value, float))
    if wanted:
        one.facts[f"filled:{int(100 * total / wanted)}"] = None
    if total >= wanted * (1 - duty.rule.tolerance):
        return settle(one, "met", "", own.lo)
    return settle(one, *(("late", "differs") if complete else ("unproven", "not_observed")), own.lo)


def _partners(one: Instance, duty: Duty, scene: Scene, place: Place, p: int) -> list[int]:
    """Return the rows that share the columns `same` with a row, in the order of time."""
    assert duty.partners is not None
    sheet = scene.sheet
    key = [sheet.text(column)[p] for column in duty.rule.same]
    found = duty.partners.positions(one.case, "", (one.owner,), place.directory)
    return [q for q in found if [sheet.text(c)[q] for c in duty.rule.same] == key]


def _partner(one: Instance, duty: Duty, scene: Scene, place: Place, p: int) -> int | None:
    until = scene.sheet.stamp(p).hi
    found = _partners(one, duty, scene, place, p)
    return next((q for q in reversed(found) if scene.sheet.stamp(q).lo <= until), None)
