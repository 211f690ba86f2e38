"""The verdict table as the report reads it: one `Duty` per instance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

READINGS = ("occur", "receive", "confirm")
DECIDED = ("met", "late")
ORDER = ("met", "late", "excused", "open", "unproven", "not_applicable")


@dataclass(frozen=True)
class Reading:
    """The verdict under one start of the clock; seconds from the case's origin, or `None`."""

    verdict: str
    start: int | None = None
    deadline: int | None = None
    margin: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Duty:
    """One row of the verdict table, or `times` rows that say the same."""

    case: str
    rule: str
    clause: str
    incident: str
    owner: str
    recipient: str
    recurrence: int
    limit: int | None
    verdict: str
    reason: str
    summary: str
    start: int | None
    deadline: int | None
    end: int | None
    margin: int | None
    evidence: tuple[str, ...]
    flags: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    pack: str = ""
    modality: str = ""
    true_grade: str = ""
    true_grade_verdict: str = ""
    readings: dict[str, Reading] = field(default_factory=dict)
    times: int = 1

    @property
    def applies(self) -> bool:
        """Whether the rule asks anything of the owner in this case."""
        return self.verdict != "not_applicable"

    @property
    def unowned(self) -> bool:
        """Whether nobody on record is the one who owes it."""
        return not self.owner and self.reason == "no_obligor"

    @property
    def depends(self) -> bool:
        """Whether the readings of the clock's start disagree."""
        return self.summary == "depends"

    @property
    def against(self) -> dict[str, Reading]:
        """The readings of the clock's start under which the verdict is another one."""
        return {name: one for name, one in self.readings.items() if one.verdict != self.verdict}


def duties(verdicts: Any, case: str | None = None) -> list[Duty]:
    """Return the instances of a `Verdicts` (or its table), of one case or of all."""
    if verdicts is None:
        return []
    table = getattr(verdicts, "table", verdicts)
    if case is not None:
        table = table[table["case"] == case]
    return [_duty(row) for row in table.to_dict("records")]


def listed(found: list[Duty]) -> list[Duty]:
    """Return the duties that apply; of one that nobody on record owes, one for all incidents."""
    same = [(duty.case, duty.rule) for duty in found if duty.unowned]
    kept = dict.fromkeys(same, False)
    shown = []
    for duty in found:
        key = (duty.case, duty.rule)
        if duty.unowned and not kept[key]:
            kept[key] = True
            shown.append(replace(duty, times=same.count(key)))
        elif duty.applies and not duty.unowned:
            shown.append(duty)
    return shown


def _duty(row: dict[str, Any]) -> Duty:
    text: dict[str, Any] = {name: _text(row.get(name)) for name in _TEXTS}
    return Duty(
        **text,
        recurrence=_number(row.get("recurrence")) or 0,
        limit=_number(row.get("limit_s")),
        start=_number(row.get("start_s")),
        deadline=_number(row.get("deadline_s")),
        end=_number(row.get("end_s")),
        margin=_number(row.get("margin_s")),
        evidence=_words(row.get("evidence")),
        flags=_words(row.get("flags")),
        facts=_words(row.get("facts")),
        readings={name: found for name in READINGS if (found := _reading(row, name))},
    )


_TEXTS = (
    *("case", "rule", "clause", "incident", "owner", "recipient", "verdict", "reason"),
    *("summary", "pack", "modality", "true_grade", "true_grade_verdict"),
)


def _reading(row: dict[str, Any], name: str) -> Reading | None:
    verdict = _text(row.get(f"{name}_verdict"))
    if not verdict:
        return None
    start, deadline, margin = (
        _number(row.get(f"{name}_{what}_s")) for what in ("start", "deadline", "margin")
    )
    return Reading(verdict, start, deadline, margin, _text(row.get(f"{name}_reason")))


def _text(value: Any) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)


def _number(value: Any) -> int | None:
    return None if value is None or value is pd.NA or value != value else int(value)


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(word) for word in value)
    return tuple(word for word in _text(value).split("|") if word)
