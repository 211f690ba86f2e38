"""Verdicts, margins, reasons and sums in words; facts only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sim.report.clock import limit, minutes, signed_minutes
from sim.report.duties import DECIDED, ORDER, Duty, Reading
from sim.report.names import named
from sim.texts import label, language, t, vocabulary


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
        took = minutes((duty.end or 0) - (duty.start or 0))
        since = _since(duty)
        if since:
            parts.append(t("after {minutes} min {since}", minutes=took, since=since))
        else:
            parts.append(t("after {minutes} min", minutes=took))
    if duty.depends:
        words = t("depends on where the clock starts: {others}", others=against_words(duty))
        parts.insert(0, words)
    parts += [_fact(head, rest) for head, rest in grouped((*duty.facts, *duty.flags))]
    return t("; ").join(dict.fromkeys(parts))


def against_words(duty: Duty) -> str:
    """Return what the verdict is by the other starts of the clock: `late -20 from occurrence`."""
    return t(", ").join(
        t("{verdict} {reading}", verdict=cell(found), reading=label("reading", name))
        for name, found in duty.against.items()
    )


def split_words(duty: Duty) -> str:
    """Return how many starts of the clock say otherwise: `▲ 2 of 3 starts: late`, if any does."""
    if not duty.depends:
        return ""
    other = [found.verdict for found in duty.against.values()]
    return t(", ").join(
        ("▲ " if verdict == "late" else "")
        + t(
            "{n} of {all} starts: {verdict}",
            n=other.count(verdict),
            all=len(duty.readings),
            verdict=label("verdict", verdict),
        )
        for verdict in dict.fromkeys(sorted(other, key=lambda word: word != "late"))
    )


def _since(duty: Duty) -> str:
    """Return where the verdict's clock starts, by the readings; `""` for a start of its own."""
    same = [name for name, found in duty.readings.items() if found.start == duty.start]
    return label("reading", same[0]) if same else ""


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
    "year": "year",
    "if_uniform": "chance that it was met if the stamps are uniform in their intervals",
    "if_triangular": "chance that it was met if the stamps are triangular in their intervals",
    "clock_corrected": "stamps corrected by the offset of the clock of",
}
"""English words of facts and flags that are not in the closed vocabulary."""


def limit_words(duty: Duty) -> str:
    """Return the limit, or a dash where the rule names no number."""
    return limit(duty.limit) if duty.limit is not None else "—"


def owner_words(duty: Duty, names: Mapping[str, str]) -> str:
    """Return who owes a duty, or that nobody on record does (in so many incidents)."""
    if duty.owner:
        return named(names, duty.owner)
    return t("(nobody on record)") + (f" × {duty.times}" if duty.times > 1 else "")


_DIGITS = {word: n for n, word in enumerate("〇一二三四五六七八九")} | {"零": 0}
_PARTS = {"条": "Art.", "款": "para.", "项": "item"}
_PART = re.compile(r"第([〇零一二三四五六七八九十百]+|[0-9]+)([条款项])")


def clause_words(clause: str) -> str:
    """Return a clause in the language in force: 第十条第二款 is `Art. 10 para. 2` in English."""
    if language() == "zh":
        return clause
    text = _PART.sub(lambda m: f" {_PARTS[m[2]]} {_ordinal(m[1])}", clause)
    return re.sub(r"\s*、\s*", ", ", text).strip()


def _ordinal(word: str) -> int:
    """Return a whole number below 1000 that is written in Chinese or in digits."""
    if word.isdigit() and word.isascii():
        return int(word)
    total, digit = 0, 0
    for sign in word:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


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
