"""The official finding of a real case in words, kept apart from what we say about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.duties import Duty
from sim.report.names import named
from sim.report.words import cell, counts, owner_words, verdict_words
from sim.texts import label, t

Lines = list[tuple[str, str]]


def finding_lines(finding: Any, names: Mapping[str, str] | None = None, lang: str = "zh") -> Lines:
    """Return what the authority found, as (heading, words); `finding` is a `sim.rules.Finding`."""
    if finding is None:
        return []
    lines = [(t("case"), _in(finding.title, lang)), (t("found by"), _in(finding.authority, lang))]
    if finding.grade:
        lines.append((t("grade"), label("grade", finding.grade)))
    for conclusion in finding.conclusions:
        lines.append((_about(conclusion, names), _words(conclusion)))
    if not finding.conclusions:
        lines.append((t("finding"), t("none about reporting was found in the sources")))
    used = dict.fromkeys(c.source for c in finding.conclusions)
    lines += [(t("source"), source_words(finding.sources[key])) for key in used]
    return lines


def _about(conclusion: Any, names: Mapping[str, str] | None) -> str:
    if not conclusion.about:
        return t("finding")
    return t("finding on {actor}", actor=named(names, conclusion.about))


def _words(conclusion: Any) -> str:
    parts = [conclusion.category]
    if conclusion.lateness:
        parts.append(t("extent: {words}", words=conclusion.lateness))
    if conclusion.rule_cited:
        parts.append(t("rule cited: {words}", words=conclusion.rule_cited))
    if conclusion.day:
        parts.append(conclusion.day.isoformat())
    return t("; ").join(parts)


def source_words(source: Any) -> str:
    """Return title and place of a source."""
    return f"{source.title} {source.where}".strip()


def our_lines(finding: Any, lang: str = "zh") -> Lines:
    """Return what we say about the record and why it is scored as it is."""
    if finding is None:
        return []
    lines = [(t("on the record"), _in(finding.ours, lang))]
    for scoring in finding.score:
        options = t(", ").join(f"{name} = {value}" for name, value in scoring.options.items())
        head = scoring.pack + (t(" ({options})", options=options) if options else "")
        lines.append((head, _in(scoring.why, lang)))
    return lines


def finding_title(finding: Any, lang: str) -> str:
    """Return the title of a case in `zh` or `en`, or an empty text without a finding."""
    return "" if finding is None else _in(finding.title, lang)


def _in(text: Any, lang: str) -> str:
    return str(getattr(text, lang))


def beside(shown: list[Duty], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the program's verdicts in the words that stand beside the official finding."""
    groups: dict[tuple[str, str, str], list[Duty]] = {}
    for duty in shown:
        groups.setdefault((duty.owner, duty.rule, duty.incident), []).append(duty)
    many = len({duty.incident for duty in shown}) > 1
    out = []
    for (_, rule, incident), group in groups.items():
        who = owner_words(group[0], names)
        words = _one_verdict(group[0]) if len(group) == 1 else _recurrences(group)
        what = t("{rule} ({incident})", rule=rule, incident=incident) if many and incident else rule
        out.append((t("{owner}, {rule}", owner=who, rule=what), words))
    return out


def _one_verdict(duty: Duty) -> str:
    parts = [
        t("{reading}: {verdict}", reading=label("reading", name), verdict=cell(found))
        for name, found in duty.readings.items()
    ]
    return t("; ").join(parts) or verdict_words(duty)


def _recurrences(group: list[Duty]) -> str:
    """Return which recurrences got which verdict: `late: #6, #7`."""
    parts = []
    for verdict in counts(group):
        numbers = t(", ").join(f"#{d.recurrence}" for d in group if d.word == verdict)
        parts.append(f"{label('verdict', verdict)}{t(': ')}{numbers}")
    return t("; ").join(parts)
