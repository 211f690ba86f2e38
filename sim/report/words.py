"""Verdicts, margins, reasons and sums in words; facts only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sim.report.clock import minutes, signed_minutes
from sim.report.duties import DECIDED, ORDER, Duty, Reading
from sim.report.names import named
from sim.texts import label, t, vocabulary
from sim.texts.lengths import limit


def verdict_words(duty: Duty) -> str:
    """Return a verdict with its margin: `late 45 min`, `met, 12 min to spare`."""
    margin = duty.margin
    if margin is None or duty.verdict not in DECIDED or duty.limit is None:
        return label("verdict", duty.word)
    if duty.verdict == "met":
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
    text = label("verdict", reading.word or reading.verdict)
    if reading.margin is not None and reading.verdict in (*DECIDED, "noted", "excused"):
        text += " " + signed_minutes(reading.margin)
    return text


def reason_words(duty: Duty) -> str:
    """Return in one or two clauses why the verdict is what it is; facts only."""
    parts = []
    if duty.verdict not in ("met", "not_applicable") and duty.reason:
        undone = duty.reason == "never_reported" and not duty.recipient
        parts.append(_reason("not_done" if undone else duty.reason))
    elif duty.verdict in (*DECIDED, "noted") and _timed(duty):
        seconds = (duty.end or 0) - (duty.start or 0)
        took = minutes(seconds)
        since = _since(duty)
        if seconds < 0:
            parts.append(t("{minutes} min before", minutes=minutes(-seconds)))
        elif duty.took is not None:
            low, high = map(minutes, duty.took)
            parts.append(t("after {low} to {high} min", low=low, high=high))
        elif since:
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


def facts_words(words: Iterable[str]) -> list[str]:
    """Return facts and reasons such as `missing_element:time` in words, those of a kind joined."""
    found = [(head, rest) for head, rest in grouped(words) if head]
    return [_fact("not_done" if head == "never_reported" else head, rest) for head, rest in found]


def _about(word: str) -> str:
    """Return the label of a field or of an element of a report."""
    kinds = ("field", "element", "column")
    kind = next((kind for kind in kinds if word in vocabulary(kind)), "element")
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
    "clock_jump": "the drill's clock stopped, jumped or changed its pace in between",
    "wall_clock": "physical work, measured by the wall clock",
    "outside_validity": "event outside the validity of the rules",
    "still_owed": "still owed",
    "year": "year",
    "if_uniform": "chance that it was met if the stamps are uniform in their intervals",
    "if_triangular": "chance that it was met if the stamps are triangular in their intervals",
    "clock_corrected": "stamps corrected by the offset of the clock of",
    "filled": "filled in per cent",
    "pair": "figures on record",
    "basis_other": "by another document, not by the directive",
    "basis_ours": "completed by us, not in the text",
    "message": "about message",
}
"""English words of facts and flags that are not in the closed vocabulary."""


def limit_words(duty: Duty) -> str:
    """Return the limit, or a dash where the rule names no number."""
    return limit(duty.limit) if duty.limit is not None else "—"


def owner_words(duty: Duty, names: Mapping[str, str]) -> str:
    """Return who owes a duty, that nobody on record does (in so many incidents), or the case."""
    if duty.owner:
        return t(", ").join(named(names, owner) for owner in duty.owners or (duty.owner,))
    if not duty.unowned:
        return t("(the case)")
    return t("(nobody on record)") + (f" × {duty.times}" if duty.times > 1 else "")


def recurring(duty: Duty) -> str:
    """Return the rule's id with the number of the recurrence, or of duties told as one.

    Where a case has several incidents, the incident's id follows.
    """
    text = duty.rule
    if duty.times > 1 and duty.owner and not duty.owners:
        text += f" ×{duty.times}"
    elif duty.recurrence:
        text += f" #{duty.recurrence}"
    return f"{text} [{duty.about}]" if duty.about else text


def counts(found: Iterable[Duty]) -> dict[str, int]:
    """Return word of a verdict -> how many, in a fixed order; those without any are absent."""
    number = Counter(duty.word for duty in found)
    return {word: number[word] for word in ORDER if word in number}


def counts_words(found: Iterable[Duty]) -> str:
    """Return `2 met, 1 late, 1 unproven`; what does not apply is left out."""
    numbers = counts(duty for duty in found if duty.applies)
    if not numbers:
        return t("no duty applies")
    parts = [t("{n} {verdict}", n=n, verdict=label("verdict", v)) for v, n in numbers.items()]
    return t(", ").join(parts)
