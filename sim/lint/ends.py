"""Which rows may end the clock of a duty, by what is known of them before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.lint.earliest import Row
from sim.rules.acts import related
from sim.rules.directory import Directory
from sim.rules.forecasts import FORECASTS
from sim.rules.pack import Rule
from sim.rules.patterns import Condition, holds


def may_end(
    rule: Rule, owner: str, actors: tuple[str, ...], directory: Directory, row: Row
) -> bool:
    """Return whether a row may end the clock of an owner's duty; `actors` may discharge it."""
    if row.actor not in actors:
        return False
    if not isinstance(rule.end, str):
        return _matches(rule.end, owner, directory, row)
    if row.activity != ("send" if rule.end == "sent" else "receive"):
        return False
    recipients = directory.recipients(rule.recipient, owner)
    if recipients is not None and row.recipient not in recipients:
        return False
    return _may_hold(rule, row)


def _matches(pattern: Mapping[str, Condition], owner: str, directory: Directory, row: Row) -> bool:
    columns = _columns(row)
    for name, condition in pattern.items():
        value = columns.get(name)
        if condition.relational:
            if value and not related(condition, value, owner, directory):
                return False
        elif value is not None and not holds(condition, value):
            return False
    return True


def _columns(row: Row) -> dict[str, Any]:
    """Return what of a row is known beforehand; of the other columns anything may be said."""
    known: dict[str, Any] = {"activity": row.activity, "actor": row.actor}
    for name in ("recipient", "channel", "object"):
        if getattr(row, name):
            known[name] = getattr(row, name)
    if row.report is not None:
        known |= {"kind": row.report.kind, "elements": "|".join(row.report.elements)}
    return known


def _may_hold(rule: Rule, row: Row) -> bool:
    """Whether a report may hold what a rule needs: its elements, else its kind, decide."""
    report, need = row.report, rule.need
    assert report is not None
    kind, elements = need.get("kind"), need.get("elements")
    named = kind.among or () if kind else ()
    if report.kind in FORECASTS and not set(FORECASTS) & set(named):
        return False
    if "channel" in need and not holds(need["channel"], row.channel):
        return False
    if "reason" in need and need["reason"].nonempty and not report.reason:
        return False
    if report.elements:
        return rule.union or elements is None or holds(elements, "|".join(report.elements))
    return kind is None or holds(kind, report.kind)
