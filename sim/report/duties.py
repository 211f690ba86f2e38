"""The verdict table as the report reads it: one `Duty` per instance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from sim.rules.verdicts import REPORTED

READINGS = ("occur", "receive", "confirm")
DECIDED = ("met", "late")
ORDER = (
    *("met", "fulfilled", "late", "unfulfilled", "noted", "excused", "open", "unproven"),
    *("otherwise", "not_applicable"),
)
"""Words of verdicts in the order in which they are told; `word` says what each stands for."""
_WITHOUT_LIMIT = {"met": "fulfilled", "late": "unfulfilled"}


def word(verdict: str, limit: int | None) -> str:
    """Return the word for a verdict: nothing is late or in time where no limit is set."""
    return verdict if limit is not None else _WITHOUT_LIMIT.get(verdict, verdict)


@dataclass(frozen=True)
class Reading:
    """The verdict under one start of the clock; seconds from the case's origin, or `None`."""

    verdict: str
    start: int | None = None
    deadline: int | None = None
    margin: int | None = None
    reason: str = ""
    word: str = ""


@dataclass(frozen=True)
class Duty:
    """One row of the verdict table, or `times` rows that say the same and `took` so many seconds.

    `owners` are those of whom the same is told; `about` is the incident where a case has several.
    `only`: it is only reported and never a failure; a late `verdict` is then `noted`.
    """

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
    only: bool = False
    took: tuple[int, int] | None = None
    about: str = ""
    owners: tuple[str, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether the rule asks anything of the owner in this case, by any reading."""
        return self.verdict != "not_applicable" or self.depends

    @property
    def word(self) -> str:
        """The word for the verdict; `otherwise` where only other readings of the clock apply."""
        if self.verdict == "not_applicable" and self.depends:
            return "otherwise"
        return word(self.verdict, self.limit)

    @property
    def unowned(self) -> bool:
        """Whether nobody on record is the one who owes it."""
        return not self.owner and self.reason == "no_obligor"

    @property
    def silent(self) -> bool:
        """Whether the record tells nothing of it at all."""
        return self.verdict == "unproven" and not (self.evidence or self.depends or self.unowned)

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
    """Return the duties that apply, those that say the same as one with its number.

    That are a duty that nobody on record owes in several incidents, one of which the record tells
    nothing for several owners, and the rows of an owner that a rule looks at one by one and finds
    alike.
    """
    groups: dict[tuple[object, ...], list[Duty]] = {}
    number: Counter[tuple[str, ...]] = Counter()
    for duty in found:
        if duty.applies:
            groups.setdefault(_alike(duty) or (len(groups),), []).append(duty)
            number[_whose(duty)] += 1
    shown = [_folded(group, number[_whose(group[0])] > 1) for group in groups.values()]
    if len({duty.incident for duty in shown} - {""}) < 2:
        return shown
    return [replace(duty, about="" if duty.unowned else duty.incident) for duty in shown]


def _whose(duty: Duty) -> tuple[str, ...]:
    return duty.case, duty.rule, duty.incident, duty.owner


def _alike(duty: Duty) -> tuple[object, ...]:
    """Return what duties must share to be told as one, empty for one that is told alone."""
    if duty.unowned:
        return duty.case, duty.rule
    if duty.silent:
        return duty.case, duty.rule, duty.incident, duty.reason, duty.flags
    if not duty.recurrence or duty.readings or duty.deadline is not None:
        return ()
    shared = (duty.case, duty.rule, duty.incident, duty.owner, duty.verdict, duty.reason)
    return *shared, duty.flags, duty.facts


def _folded(group: list[Duty], numbered: bool) -> Duty:
    """Return one duty for those of a group; one that is the owner's only one needs no number."""
    first = group[0]
    if len(group) == 1:
        return first if numbered or first.readings else replace(first, recurrence=0)
    if first.silent:
        owners = tuple(dict.fromkeys(duty.owner for duty in group))
        same = len({duty.recipient for duty in group}) == 1
        recipient = first.recipient if same else ""
        return replace(first, times=len(group), owners=owners, recipient=recipient, recurrence=0)
    rows = tuple(dict.fromkeys(row for duty in group for row in duty.evidence))[:MOST_ROWS]
    seconds = [d.end - d.start for d in group if d.end is not None and d.start is not None]
    took = (min(seconds), max(seconds)) if seconds else None
    return replace(first, times=len(group), evidence=rows, took=took)


MOST_ROWS = 4
"""Rows that are named as proof of duties that are told as one; the table of verdicts has all."""


def _duty(row: dict[str, Any]) -> Duty:
    text: dict[str, Any] = {name: _text(row.get(name)) for name in _TEXTS}
    flags, allowed = _words(row.get("flags")), _number(row.get("limit_s"))
    only = REPORTED in flags
    text["verdict"] = _noted(text["verdict"], only)
    found = {name: _reading(row, name, only, allowed) for name in READINGS}
    return Duty(
        **text,
        recurrence=_number(row.get("recurrence")) or 0,
        limit=allowed,
        start=_number(row.get("start_s")),
        deadline=_number(row.get("deadline_s")),
        end=_number(row.get("end_s")),
        margin=_number(row.get("margin_s")),
        evidence=_words(row.get("evidence")),
        flags=tuple(flag for flag in flags if flag != REPORTED),
        facts=_words(row.get("facts")),
        only=only,
        readings={name: one for name, one in found.items() if one is not None},
    )


_TEXTS = (
    *("case", "rule", "clause", "incident", "owner", "recipient", "verdict", "reason"),
    *("summary", "pack", "modality", "true_grade", "true_grade_verdict"),
)


def _noted(verdict: str, only: bool) -> str:
    """Return the verdict, `noted` for a late one that is no failure."""
    return "noted" if only and verdict == "late" else verdict


def _reading(row: dict[str, Any], name: str, only: bool, allowed: int | None) -> Reading | None:
    verdict = _noted(_text(row.get(f"{name}_verdict")), only)
    if not verdict:
        return None
    start, deadline, margin = (
        _number(row.get(f"{name}_{what}_s")) for what in ("start", "deadline", "margin")
    )
    reason = _text(row.get(f"{name}_reason"))
    return Reading(verdict, start, deadline, margin, reason, word(verdict, allowed))


def _text(value: Any) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)


def _number(value: Any) -> int | None:
    return None if value is None or value is pd.NA or value != value else int(value)


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(word) for word in value)
    return tuple(word for word in _text(value).split("|") if word)
