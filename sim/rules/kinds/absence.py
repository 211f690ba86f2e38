"""Not done: rows that match `of` must not be there; where the record is complete, none is."""

from __future__ import annotations

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import owed, prove, settle, spans
from sim.rules.scene import Place, Scene


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
        elif spans(scene, duty, one):
            settle(one, "met")
        else:
            settle(one, "unproven", "not_observed")
    return found
