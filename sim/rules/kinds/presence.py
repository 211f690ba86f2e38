"""Done at all, once what calls for it has happened: a press group after a response at level II.

`start` is what calls for it, `end` what must then be done.  Without the first, nothing is owed.
"""

from __future__ import annotations

from sim.rules.instance import OWN, Duty, Instance
from sim.rules.kinds import deadline
from sim.rules.kinds.common import spans, untouched
from sim.rules.scene import Place, Scene


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return the instances of a presence rule in one incident."""
    found = deadline.judge(duty, scene, place, true)
    for one in found:
        owed = one.results.get(OWN)
        if duty.starts is None or owed is None or owed.reason in _NOT_JUDGED:
            continue
        if not duty.starts.of(one.case, one.incident, (one.owner,), place.directory):
            untouched(one, bool(spans(scene, duty, one)))
    return found


_NOT_JUDGED = ("no_obligor", "no_recipient", "other_hazard", "other_grade", "exception")
