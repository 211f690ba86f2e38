"""Not done: rows that match `of` must not be there; where the record is complete, none is.

`with` are the occasions on which it might have been done: without any, nothing was called for.
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
        occasions = _occasions(duty, scene, one, place)
        if occasions == []:
            untouched(one, complete)
        elif complete:
            prove(one, *(occasions or ()))
            settle(one, "met")
        else:
            settle(one, "unproven", "not_observed")
    return found


def _occasions(duty: Duty, scene: Scene, one: Instance, place: Place) -> list[Stamp] | None:
    """Return when it might have been done, `None` where the rule names no occasions."""
    if duty.partners is None:
        return None
    at = duty.partners.positions(one.case, one.incident, (one.owner,), place.directory)
    return [scene.sheet.stamp(p) for p in at]
