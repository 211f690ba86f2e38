"""How duties act on one another (`unless`, `effect`): not applicable, or excused.

A detailed report in time makes the explanation by phone not applicable; an explanation in
time excuses a late detailed report.  Both look at the verdicts as they stood before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.rules.decide import Result
from sim.rules.instance import Duty, Instance

_NO_END = ("never_reported", "not_observed", "missing_elements", "")


def settle(instances: list[Instance], duties: Mapping[str, Duty]) -> None:
    """Apply `unless` and `effect` to the instances of one incident, in place."""
    by_rule: dict[str, list[Instance]] = {}
    for instance in instances:
        by_rule.setdefault(instance.rule, []).append(instance)
    linked = [
        (found, by_rule[unless.met], duties[name].rule.effect)
        for name, found in by_rule.items()
        if (unless := duties[name].rule.unless) and unless.met in by_rule
    ]
    before = {id(one): dict(one.results) for _, others, _ in linked for one in others}
    for found, others, effect in linked:
        apply = _excuse if effect == "excused" else _strike_out
        for instance in found:
            other = _partner(instance, others, before)
            apply(instance, other, before[id(other)])


def _partner(
    instance: Instance, others: Sequence[Instance], before: Mapping[int, Mapping[str, Result]]
) -> Instance:
    """Return the same owner's instance of the other rule, else one that is met, else the first."""
    same = [other for other in others if other.owner == instance.owner]
    met = [other for other in others if before[id(other)][other.anchor].verdict == "met"]
    return (same or met or others)[0]


def _of(results: Mapping[str, Result], anchor: str, reading: str) -> Result:
    return results.get(reading) or results[anchor]


def _strike_out(instance: Instance, other: Instance, results: Mapping[str, Result]) -> None:
    """Set an exception not applicable where the duty it stands in for was met."""
    for reading, own in instance.results.items():
        main = _of(results, other.anchor, reading)
        if main.verdict == "met":
            instance.results[reading] = Result("not_applicable", "not_triggered")
        elif main.verdict == "not_applicable":
            instance.results[reading] = Result("not_applicable", main.reason)
        elif main.verdict in ("open", "unproven") and own.verdict in ("late", "unproven", "open"):
            instance.results[reading] = _other(own, main.verdict, main.reason)


def _excuse(instance: Instance, excuser: Instance, results: Mapping[str, Result]) -> None:
    """Excuse the readings that are not met, where the exception was used in time."""
    for reading, own in instance.results.items():
        excuse = _of(results, excuser.anchor, reading)
        if own.verdict not in ("late", "open", "unproven") or own.reason in _FIXED:
            continue
        if excuse.verdict == "met":
            reason = "still_owed" if own.reason in _NO_END and not _done(own) else ""
            instance.results[reading] = _other(own, "excused", reason)
            instance.evidence |= excuser.evidence
        elif excuse.verdict == "unproven" and excuse.reason in _DOUBTFUL and own.verdict == "late":
            instance.results[reading] = _other(own, "unproven", excuse.reason)


def _other(own: Result, verdict: str, reason: str) -> Result:
    """Return a result with another verdict; the chance spoke of its own."""
    return own._replace(verdict=verdict, reason=reason, chance=None)


def _done(result: Result) -> bool:
    """Whether the late act is in the record at all."""
    return result.verdict == "late" and result.reason == ""


_FIXED = ("contradictory_stamps", "no_obligor", "no_recipient", "grade_unknown", "order_unknown")
_DOUBTFUL = ("no_end_stamp", "interval_straddles", "no_start", "content_unknown")
