"""What cannot happen to the owner of a duty before its clock has started."""

from __future__ import annotations

from sim.lint.earliest import Fact, Gate
from sim.model.plan import Bound, BoundProcedure
from sim.rules.forecasts import FORECASTS

EVENTS = {"confirm": "confirmed", "activate": "activated", "terminate": "terminated"}
"""What an actor's own act makes happen to him."""
GUARDS = {"confirm": ("grade", "confirmed"), "activate": ("level",)}


def after_receipt(owner: str) -> Gate:
    """The clock starts at the owner's first notice: what he is told comes no earlier.

    A forecast is no notice.
    """

    def told(fact: Fact) -> bool:
        known = fact.event in ("noticed", "received", "inject")
        return known and fact.kind not in FORECASTS

    def taken_down(step: Bound, kind: str) -> bool:
        return step.data.kind == "answer" and kind not in FORECASTS

    return Gate(owner, facts=told, step=taken_down)


def after_row(owner: str, activity: str, values: frozenset[str], sure: bool) -> Gate:
    """The clock starts at the owner's first row of an activity with one of these grades or levels.

    What he begins because of it comes no earlier, if any row starts the clock (no level is named,
    or it is `sure`: whenever he judges the grade he confirms one that starts it, or he judges it
    only once) or the procedure's guard lets only those through.  Where it is `sure`, neither does
    what follows in the thread in which he judges.
    """
    event = EVENTS[activity]
    any_level = activity == "terminate" or (activity == "activate" and len(values) == len(ALL))

    def happened(fact: Fact) -> bool:
        return fact.event == event and (any_level or (activity == "confirm" and sure))

    def begins(procedure: BoundProcedure) -> bool:
        if procedure.on.event != event:
            return False
        return any(
            name in GUARDS.get(activity, ())
            and all(value in values for value in ALL if comparison.holds(value))
            for name, comparison in procedure.guard
        )

    def judged(step: Bound, _kind: str) -> bool:
        left = getattr(step.data, "interrupted", "") == "drop"
        return activity == "confirm" and sure and step.data.kind == "grade" and not left

    return Gate(owner, facts=happened, begins=begins, step=judged)


ALL = ("", "I", "II", "III", "IV")
