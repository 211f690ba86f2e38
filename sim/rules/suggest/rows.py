"""Rows of the record that would show a duty: rosters, registers and counts that no inject makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sim.log.schema import BY_NAME
from sim.rules.pack import Rule
from sim.rules.patterns import Condition
from sim.rules.suggest.stage import Stage, hazard_for

DAY = 86_400


def rows_for(rule: Rule, stage: Stage) -> tuple[list[dict[str, Any]], str]:
    """Return (rows, owner): an example of what the record must hold, columns as in a log file.

    Instants are ISO 8601 texts, at the case's second 0; an owner that the record lacks is added
    with a row of the directory.
    """
    owners = stage.owners(rule.owner, hazard_for(rule, stage))
    owner = owners[0] if owners else f"test-{rule.owner.role[0].replace('_', '-')}"
    rows: list[dict[str, Any]] = []
    if not owners:
        rows.append({"activity": "role", "actor": owner, "actor_role": rule.owner.role[0]})
    if rule.kind in ("coverage", "period"):
        rows.append({"activity": "observe", "actor": owner, "until": _instant(stage, DAY)})
    same = {column: f"test-{column}" for column in rule.same}
    patterns = [*rule.steps, rule.of, rule.with_]
    if not any(patterns):  # what begins the duty, and what ends it
        patterns = [one for one in (rule.end, rule.start) if not isinstance(one, str)]
    for pattern in [p for p in reversed(patterns) if p]:
        row = {**same, **row_of(pattern, owner, stage)}
        if rule.kind == "coverage":
            row["until"] = _instant(stage, DAY)
        for column in rule.columns:
            row.setdefault(column, _filler(column))
        rows += [row] * (rule.count if pattern is rule.of and rule.kind == "period" else 1)
    incident = stage.incident if rule.per == "incident" else ""
    head = {"case": stage.case, "time": _instant(stage, 0)}
    for row in rows:
        row |= head
        if row["activity"] not in ("role", "observe") and incident:
            row["incident"] = incident
    return [{key: row[key] for key in _order(row)} for row in rows], owner


def _order(row: Mapping[str, Any]) -> list[str]:
    return [name for name in BY_NAME if name in row]


def row_of(pattern: Mapping[str, Condition], owner: str, stage: Stage) -> dict[str, Any]:
    """Return the columns of a row that matches a pattern."""
    row = {column: _value(column, c, owner, stage) for column, c in pattern.items()}
    row = {column: value for column, value in row.items() if value != ""}
    row.setdefault("actor", owner)
    return row


def _value(column: str, condition: Condition, owner: str, stage: Stage) -> Any:
    if condition.same is not None:
        return owner if condition.same == "owner" else stage.directory.superior.get(owner, "")
    if condition.role is not None:
        return stage.of_level(tuple(condition.role))
    if condition.part is not None:
        return f"{owner}/{condition.part[0]}"
    if condition.has is not None:
        return "|".join(condition.has)
    if condition.among is not None:
        return condition.among[0]
    if condition.compare is not None:
        number = float(condition.compare.lstrip("<>= "))
        return int(number + (condition.compare[0] == ">") - (condition.compare[0] == "<"))
    return _filler(column) if condition.nonempty else ""


def _filler(column: str) -> Any:
    return 100 if BY_NAME[column].kind == "number" else f"test-{column}"


def _instant(stage: Stage, seconds: int) -> str:
    if stage.origin is None:
        return ""
    return (stage.origin + timedelta(seconds=seconds)).isoformat()
