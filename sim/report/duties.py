"""The verdict table as the report reads it: one `Duty` per instance, and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.report.clock import limit, minutes, signed_minutes
from sim.texts import label, t, vocabulary

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
    """One row of the verdict table."""

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

    @property
    def applies(self) -> bool:
        """Whether the rule asks anything of the owner in this case."""
        return self.verdict != "not_applicable"

    @property
    def depends(self) -> bool:
        """Whether the readings of the clock's start disagree."""
        return self.summary == "depends"


def duties(verdicts: Any, case: str | None = None) -> list[Duty]:
    """Return the instances of a `Verdicts` (or its table), of one case or of all."""
    if verdicts is None:
        return []
    table = getattr(verdicts, "table", verdicts)
    if case is not None:
        table = table[table["case"] == case]
    return [_duty(row) for row in table.to_dict("records")]


def _duty(row: dict[str, Any]) -> Duty:
    text = {name: _text(row.get(name)) for name in _TEXTS}
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


def verdict_words(verdict: str, margin: int | None) -> str:
    """Return a verdict with its margin: `late 45 min`, `met, 12 min to spare`."""
    if margin is None or verdict not in DECIDED:
        return label("verdict", verdict)
    if verdict == "met":
        if margin == 0:
            return t("met, exactly at the limit")
        return t("met, {minutes} min to spare", minutes=_spare(margin))
    return t("late by {minutes} min", minutes=_spare(-margin))


def _spare(seconds: int) -> str:
    return signed_minutes(abs(seconds)).lstrip("+±")


def cell(reading: Reading | None) -> str:
    """Return a verdict and its signed margin in minutes for a table: `late -45`."""
    if reading is None:
        return "—"
    text = label("verdict", reading.verdict)
    if reading.margin is not None and reading.verdict in (*DECIDED, "excused"):
        text += " " + signed_minutes(reading.margin)
    return text


def reason_words(duty: Duty) -> str:
    """Return in one or two clauses why the verdict is what it is; facts only."""
    parts = []
    if duty.verdict not in ("met", "not_applicable") and duty.reason:
        parts.append(_reason(duty.reason))
    elif duty.verdict in DECIDED and _timed(duty):
        took = (duty.end or 0) - (duty.start or 0)
        parts.append(t("after {minutes} min", minutes=minutes(took)))
    if duty.depends:
        parts.append(t("depends on where the clock starts"))
    parts += [_fact(head, rest) for head, rest in grouped((*duty.facts, *duty.flags))]
    return t("; ").join(dict.fromkeys(parts))


def _timed(duty: Duty) -> bool:
    """Return whether the time taken is known: both ends, to the minute or better."""
    return duty.end is not None and duty.start is not None and "bounded" not in duty.flags


def _reason(word: str) -> str:
    head, _, rest = word.partition(":")
    text = label("reason", head)
    return f"{text}{t(': ')}{rest}" if rest else text


def grouped(words: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Gather words such as `value_differs:dead` by what stands before the colon."""
    found: dict[str, list[str]] = {}
    for word in words:
        head, _, rest = word.partition(":")
        found.setdefault(head, []).extend([rest] if rest else [])
    return list(found.items())


def _fact(head: str, rest: list[str]) -> str:
    """Return the words of a fact or flag, with what it is about."""
    text = label("reason", head)
    if text == head and head in FACTS:
        text = t(FACTS[head])
    if not rest:
        return text
    if head == "occurrence_differs":
        return f"{text}{t(': ')}{t(', ').join(signed_minutes(int(r)) for r in rest)} {t('min')}"
    return f"{text}{t(': ')}{t(', ').join(_about(word) for word in rest)}"


def _about(word: str) -> str:
    """Return the label of a field or of an element of a report."""
    kind = "field" if word in vocabulary("field") else "element"
    return label(kind, word)


FACTS = {
    "never_confirmed": "the grade was never confirmed",
    "graded_too_low": "graded lower than it was",
    "missing_element": "element missing",
    "missing_elements": "elements missing",
    "value_differs": "reported figure differs from the true or later one",
    "occurrence_differs": "declared time of occurrence differs from the inquiry's by",
    "never_reported": "never reported",
    "not_triggered": "the exception was not needed",
    "at_resolution": "margin within the resolution of the stamps",
    "bounded": "a stamp known only as an interval",
    "derived": "grade derived from the figures reported",
    "others_grade": "grade as confirmed by others",
    "end_sensitive": "the verdict changes if sending ends the clock",
    "written_late": "written form followed after the limit",
    "soft_late": "later than the pack's guide value",
    "outside_validity": "event outside the validity of the rules",
    "still_owed": "still owed",
}
"""English words of facts and flags that are not in the closed vocabulary."""


def limit_words(duty: Duty) -> str:
    """Return the limit, or a dash where the rule names no number."""
    return limit(duty.limit) if duty.limit is not None else "—"


def recurring(duty: Duty) -> str:
    """Return the rule's id with the number of the recurrence, where it recurs."""
    return f"{duty.rule} #{duty.recurrence}" if duty.recurrence else duty.rule


def counts(found: Iterable[Duty]) -> dict[str, int]:
    """Return verdict -> how many, in a fixed order; verdicts that do not occur are absent."""
    listed = [duty.verdict for duty in found]
    return {verdict: listed.count(verdict) for verdict in ORDER if verdict in listed}


def counts_words(found: Iterable[Duty]) -> str:
    """Return `2 met, 1 late, 1 unproven`; what does not apply is left out."""
    numbers = counts(found)
    numbers.pop("not_applicable", None)
    if not numbers:
        return t("no duty applies")
    parts = [t("{n} {verdict}", n=n, verdict=label("verdict", v)) for v, n in numbers.items()]
    return t(", ").join(parts)
