"""Done at all, once what calls for it has happened: a press group after a response at level II.

`start` is what calls for it, `end` what must then be done.  Without the first, nothing is owed.
"""

from __future__ import annotations

from sim.rules.decide import Result
from sim.rules.instance import OWN, Duty, Instance
from sim.rules.kinds import deadline
from sim.rules.kinds.common import spans
from sim.rules.scene import Place, Scene


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return the instances of a presence rule in one incident."""
    found = deadline.judge(duty, scene, place, true)
    for one in found:
        result = one.results.get(OWN)
        if result is None or result.reason != "no_start" or duty.starts is None:
            continue
        if spans(scene, duty, one):
            one.results[OWN] = Result("not_applicable", "not_triggered")
    return found
