"""The verdicts of a record, as one table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from sim.rules.decide import NOTHING, Result
from sim.rules.instance import Instance
from sim.rules.pack import READINGS, Pack, Rule

SECONDS = ("start_s", "deadline_s", "margin_s")
PARTS = (*SECONDS, "chance")
COLUMNS: tuple[str, ...] = (
    "case",
    "pack",
    "rule",
    "clause",
    "modality",
    "incident",
    "owner",
    "recipient",
    "recurrence",
    "limit_s",
    "grade",
    "verdict",
    "reason",
    "start_s",
    "deadline_s",
    "end_s",
    "margin_s",
    "chance",
    "end_row",
    "summary",
    *(f"{r}_{name}" for r in READINGS for name in ("verdict", *PARTS, "reason")),
    "flags",
    "facts",
    "true_grade",
    "true_grade_verdict",
    "evidence",
)
"""Columns of `Verdicts.table`; those that end in `_s` are nullable whole seconds.

`chance` is nullable: how likely an unproven duty was met, if `score` was told how instants are
spread in their intervals.
"""


REPORTED = "reported_only"
"""Flag of verdicts that are no failure, whatever they say: the text only encourages it."""


def standing(rule: Rule) -> list[str]:
    """Return the flags of what can be no failure, and of what is not in the text itself."""
    found = [REPORTED] if rule.never_fails else []
    return found if rule.basis == "text" else [*found, f"basis_{rule.basis}"]


@dataclass(frozen=True)
class Verdicts:
    """One row per rule × incident × owner (× recurrence), with the columns `COLUMNS`.

    Sorted by case, rule order of the pack, incident, owner, recurrence.  Instants are
    seconds from the case's origin, margins signed seconds (negative = late).  Words joined
    by `|`: flags, facts, evidence (row ids), recipient.  `origins` gives each case's
    second 0 as an aware datetime, `rules` the clause of every (pack, rule) that was judged by,
    also of those that have no row.
    """

    table: pd.DataFrame
    origins: Mapping[str, datetime] = field(default_factory=dict)
    rules: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table)

    @property
    def failed(self) -> pd.Series:
        """One bool per row: late, and not only reported.  This is what counts as a failure."""
        only = self.table["flags"].str.split("|").map(lambda flags: REPORTED in flags)
        return (self.table["verdict"] == "late") & ~only.astype(bool)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dicts that JSON can hold: absent = `None`, lists as lists.

        `readings` maps occur, receive, confirm to `{verdict, start_s, deadline_s, margin_s,
        chance, reason}`, or to `None` where the rule has no such reading.
        """
        return [
            _record({str(k): v for k, v in row.items()}) for row in self.table.to_dict("records")
        ]


def _record(row: dict[str, Any]) -> dict[str, Any]:
    nested = {f"{r}_{name}" for r in READINGS for name in ("verdict", *PARTS, "reason")}
    record = {name: _plain(value) for name, value in row.items() if name not in nested}
    for name in ("flags", "facts", "evidence"):
        record[name] = [word for word in row[name].split("|") if word]
    record["readings"] = {reading: _reading(row, reading) for reading in READINGS}
    return record


def _reading(row: dict[str, Any], reading: str) -> dict[str, Any] | None:
    if not row[f"{reading}_verdict"]:
        return None
    names = ("verdict", *PARTS, "reason")
    return {name: _plain(row[f"{reading}_{name}"]) for name in names}


def _plain(value: Any) -> Any:
    return None if value is pd.NA else int(value) if isinstance(value, np.integer) else value


def to_table(
    instances: Sequence[tuple[Instance, str, str]],
    cases: Sequence[str],
    pack: Pack,
    outside: Collection[int] = (),
    spread: str = "",
) -> pd.DataFrame:
    """Return the table of (instance, true grade, verdict by the true grade).

    `outside` are the numbers of the cases that the pack was not in force for; `spread` is how
    instants are assumed to be spread in their intervals.
    """
    rules = list(pack.rules.values())
    ones = [one for one, _, _ in instances]
    own = [rules[one.number] for one in ones]
    results = [one.result for one in ones]
    columns: dict[str, Any] = {
        "case": [cases[one.case] for one in ones],
        "pack": [pack.id] * len(ones),
        "rule": [one.rule for one in ones],
        "clause": [rule.clause for rule in own],
        "modality": [rule.modality for rule in own],
        "incident": [one.incident for one in ones],
        "owner": [one.owner for one in ones],
        "recipient": [one.recipient for one in ones],
        "recurrence": [one.recurrence for one in ones],
        "limit_s": [
            _limit(rule, result) if rule.limit is None else rule.limit
            for rule, result in zip(own, results, strict=True)
        ],
        "grade": [one.grade for one in ones],
        "end_s": [_end(one, result) for one, result in zip(ones, results, strict=True)],
        "end_row": [one.end.row if one.end else "" for one in ones],
        "summary": [one.summary for one in ones],
        "flags": [_flags(one, outside, spread) for one in ones],
        "facts": ["|".join(one.facts) for one in ones],
        "true_grade": [grade for _, grade, _ in instances],
        "true_grade_verdict": [verdict for _, _, verdict in instances],
        "evidence": ["|".join(filter(None, one.evidence)) for one in ones],
    }
    columns |= _columns("", results)
    for reading in READINGS:
        columns |= _columns(f"{reading}_", [one.results.get(reading, _NONE) for one in ones])
    return pd.DataFrame({name: _typed(name, columns[name]) for name in COLUMNS})


_NONE = Result("")


def _columns(prefix: str, results: Sequence[Result]) -> dict[str, list[Any]]:
    verdict, reason, start, deadline, margin, _, chance = (
        zip(*results, strict=True) if results else [()] * 7
    )
    values = (verdict, reason, start, deadline, margin, chance)
    names = ("verdict", "reason", *PARTS)
    return {prefix + name: list(value) for name, value in zip(names, values, strict=True)}


def _flags(one: Instance, outside: Collection[int], spread: str) -> str:
    flags = [*one.flags]
    if one.case in outside:
        flags.append("outside_validity")
    chance = one.result.chance
    if chance is not None and spread:
        flags.append(f"if_{spread}:{shown_chance(chance)}")
    return "|".join(flags)


def shown_chance(chance: float) -> str:
    """Return a probability with two decimals; what is not certain is never shown as 0 or 1."""
    if 0.0 < chance < 0.01:
        return "< 0.01"
    return "> 0.99" if 0.99 < chance < 1.0 else f"{chance:.2f}"


def _limit(rule: Rule, result: Result) -> int:
    """Return a limit that the record states, from the start to the deadline."""
    known = rule.limit_in and NOTHING not in (result.start, result.deadline)
    return result.deadline - result.start if known else NOTHING


def _end(one: Instance, result: Result) -> int:
    """Return when the duty was done: the instant, or the bound that decided."""
    if NOTHING not in (result.margin, result.deadline):
        return result.deadline - result.margin
    return one.end.lo if one.end is not None and one.end.exact else NOTHING


def _typed(name: str, values: list[Any]) -> Any:
    if name.endswith("_s"):
        numbers = np.array(values, dtype="int64")
        return pd.arrays.IntegerArray(numbers, numbers == NOTHING)
    if name.endswith("chance"):
        return pd.array(values, dtype="Float64")
    if name == "recurrence":
        return np.array(values, dtype="int64")
    return pd.array(np.array(values, dtype=object), dtype="str")
