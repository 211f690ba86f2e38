"""Every such row has its entry: a partner that shares the columns `same`, filled in.

A requisition has its list and its receipt; a plan is revised after an incident.  The entry may
come at any time after its row, with `earlier` also before it; without `with` the row itself must
be filled in.
"""

from __future__ import annotations

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import again, owed, prove, settle, spans, untouched
from sim.rules.patterns import Condition, holds
from sim.rules.scene import Place, Scene

_FILLED = Condition(nonempty=True)


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner and row."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        if not open_:
            found.append(one)
            continue
        assert duty.of is not None
        at = duty.of.positions(one.case, one.incident, (one.owner,), place.directory)
        complete = bool(spans(scene, duty, one))
        untouched(one, complete)
        if not at:
            found.append(one)
            continue
        entries = _entries(duty, scene, one, place)
        for k, p in enumerate(at, start=1):
            found.append(_judge(again(one, duty, k), duty, scene, p, entries, complete))
    return found


def _entries(
    duty: Duty, scene: Scene, one: Instance, place: Place
) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    if duty.partners is not None:
        for p in duty.partners.positions(one.case, "", (one.owner,), place.directory):
            key = tuple(scene.sheet.text(column)[p] for column in duty.rule.same)
            found.setdefault(key, []).append(p)
    return found


def _judge(
    one: Instance,
    duty: Duty,
    scene: Scene,
    p: int,
    entries: dict[tuple[str, ...], list[int]],
    complete: bool,
) -> Instance:
    sheet = scene.sheet
    own = sheet.stamp(p)
    prove(one, own)
    key = tuple(sheet.text(column)[p] for column in duty.rule.same)
    possible = [p] if duty.partners is None else entries.get(key, [])
    later = [q for q in possible if duty.rule.earlier or sheet.stamp(q).hi >= own.lo]
    for q in later:
        if all(holds(_FILLED, sheet.cell(column, q)) for column in duty.rule.columns):
            prove(one, sheet.stamp(q))
            return settle(one, "met", "", own.lo)
    if later:
        prove(one, sheet.stamp(later[0]))
        return settle(one, "late", "empty_column", own.lo)
    return settle(one, "late" if complete else "unproven", "no_entry", own.lo)
