"""Not done: rows that match `of` must not be there; where the record is complete, none is.

`with` names the occasions (a plan activated, a roll call): without one the duty was not put to
the test.
"""

from __future__ import annotations

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import owed, prove, settle, spans, untouched
from sim.rules.scene import Place, Scene
from sim.rules.stamps import Stamp


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return the instances of an absence rule."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        found.append(one)
        if not open_:
            continue
        assert duty.of is not None
        at = duty.of.positions(one.case, one.incident, (one.owner,), place.directory)
        if at:
            stamps = [scene.sheet.stamp(p) for p in at]
            prove(one, *stamps)
            settle(one, "late", "present", stamps[0].lo)
            continue
        complete = bool(spans(scene, duty, one))
        kept = _occasions(duty, scene, one, place)
        if duty.partners is not None and not kept:
            untouched(one, complete)
        elif complete:
            prove(one, *kept)
            settle(one, "met")
        else:
            settle(one, "unproven", "not_observed")
    return found


def _occasions(duty: Duty, scene: Scene, one: Instance, place: Place) -> list[Stamp]:
    if duty.partners is None:
        return []
    at = duty.partners.positions(one.case, one.incident, (one.owner,), place.directory)
    return [scene.sheet.stamp(p) for p in at]
