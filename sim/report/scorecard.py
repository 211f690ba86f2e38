"""The scorecard for the console: every duty with its verdicts, then the sums."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.report.clock import signed_minutes
from sim.report.columns import fit, grid, wrap
from sim.report.coverage import coverage_lines, needed_words
from sim.report.duties import ORDER, READINGS, Duty, Reading, duties, listed
from sim.report.names import named
from sim.report.tally import Tally, applies_words, met_words, tallies
from sim.report.words import (
    against_words,
    cell,
    counts,
    limit_words,
    owner_words,
    reason_words,
    recurring,
    split_words,
)
from sim.rules.coverage import coverage
from sim.rules.verdicts import Verdicts
from sim.texts import in_language, label, language, t
from sim.texts.clauses import clause_words

NARROW = 110
FEW = 5
"""Consoles with fewer columns get readings and reasons below each duty."""


def scorecard(
    verdicts: Any,
    names: Mapping[str, str] | None = None,
    lang: str | None = None,
    columns: int | None = None,
) -> str:
    """Return the scorecard of a `Verdicts` as plain text.

    One case: one line a duty, with the verdict and the signed margin in minutes under each
    reading of the clock's start.  Many cases: one line a rule and owner, with the numbers of
    drills of each verdict.  `columns` is the width, by default the terminal's.  Open and unproven
    duties are counted apart, never as missed.
    """
    with in_language(lang or language()):
        found = duties(verdicts)
        total = columns or shutil.get_terminal_size((130, 24)).columns
        cases = dict.fromkeys(duty.case for duty in found)
        note = t("Margins in minutes: + to spare, - late.")
        body = (
            _one(found, names or {}, total) if len(cases) < 2 else _many(found, names or {}, total)
        )
        lines = [*body, note, "", *summary(found, len(cases))]
        if isinstance(verdicts, Verdicts) and found:
            lines += ["", *coverage_lines(coverage(verdicts), total)]
        return "\n".join(lines)


def _one(found: list[Duty], names: Mapping[str, str], total: int) -> list[str]:
    shown = listed(found)
    if not shown:
        return [t("No duty of the pack applies to this record.")]
    if total < NARROW:
        return _stacked(shown, names, total)
    head = [t("clause"), t("rule"), t("owner → recipient"), t("limit")]
    head += [t("by occurrence"), t("by receipt"), t("by confirmation")]
    head += [t("verdict"), t("why")]
    rows = [head]
    for duty in shown:
        readings = [cell(duty.readings.get(name)) for name in READINGS]
        first, *rest = _line(duty, names)
        clause, why = clause_words(duty.clause), reason_words(duty)
        rows.append([clause, first, *rest[:-1], *readings, rest[-1], why])
    return _table(rows, fit(rows, (6, 8, 18, 5, 10, 10, 12, 10, 12), total))


def _stacked(shown: list[Duty], names: Mapping[str, str], total: int) -> list[str]:
    """Return the table for a narrow console: readings and reason below each duty."""
    rows = [[t("rule"), t("owner → recipient"), t("limit"), t("verdict")]]
    rows += [_line(duty, names) for duty in shown]
    widths = fit(rows, (8, 16, 5, 10), total)
    top, head, rule, *body = _table(rows[:1], widths)
    lines = [top, head, rule]
    for duty, row in zip(shown, rows[1:], strict=True):
        lines += grid([row], widths)
        lines += ["    " + line for line in wrap(_below(duty), total - 4, 9)]
    return [*lines, *body]


def _below(duty: Duty) -> str:
    words = [
        f"{label('reading', n)} {cell(duty.readings[n])}" for n in READINGS if n in duty.readings
    ]
    return t("; ").join([word for word in [*words, reason_words(duty)] if word])


def _line(duty: Duty, names: Mapping[str, str]) -> list[str]:
    """Return rule, owner → recipient, limit and verdict of a duty."""
    parties = owner_words(duty, names)
    if duty.recipient:
        parties += " → " + t(", ").join(named(names, r) for r in duty.recipient.split("|"))
    said = cell(Reading(duty.verdict, margin=duty.margin, word=duty.word))
    if duty.depends:
        said += t(" ({others})", others=split_words(duty))
    return [recurring(duty), parties, limit_words(duty), said]


def _table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    head = grid(rows[:1], widths)
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return [rule, *head, rule, *grid(rows[1:], widths), rule]


def _many(found: list[Duty], names: Mapping[str, str], total: int) -> list[str]:
    entries = tallies(found)
    if not entries:
        return [t("No duty of the pack applies to this record.")]
    used = [v for v in ORDER[:-1] if any(entry.counts.get(v) for entry in entries)]
    head = [t("clause"), t("rule"), t("owner"), t("limit"), t("applies in [95 %]")]
    head += [label("verdict", v) for v in used]
    head += [
        t("depends"),
        t("margin, median (10–90 %), min"),
        t("share met of those decided [95 %]"),
    ]
    rows = [head, *(_sums(entry, used, names) for entry in entries)]
    note = needed_words([(entry.met, entry.late) for entry in entries])
    notes = [*wrap(note, total, 5), ""] if note else []
    least = (6, 8, 12, 5, 12, *[3] * (len(used) + 1), 12, 18)
    if total < max(NARROW, sum(least) + 2 * len(least)):  # the rest stays in the report
        rows = [[row[1], row[2], row[4], row[-1]] for row in rows]
        return _table(rows, fit(rows, (8, 12, 12, 18), total)) + notes
    return _table(rows, fit(rows, least, total)) + notes


def _sums(entry: Tally, used: list[str], names: Mapping[str, str]) -> list[str]:
    duty = entry.first
    numbers = [str(entry.counts.get(v, 0)) for v in used]
    limits = t("varies") if entry.varies else limit_words(duty)
    return [
        *(clause_words(duty.clause), duty.rule, owner_words(duty, names), limits),
        *(applies_words(entry), *numbers, str(entry.depends)),
        *(margin_words(entry.margins), met_words(entry)),
    ]


def margin_words(margins: Sequence[int]) -> str:
    """Return the median of margins in minutes, with the tenth and ninetieth percentile.

    Of so few that percentiles say nothing, every one.
    """
    if not margins:
        return "—"
    if len(margins) <= FEW:
        return t(", ").join(signed_minutes(one) for one in sorted(margins))
    low, middle, high = np.quantile(margins, (0.1, 0.5, 0.9))
    words = [signed_minutes(int(value)) for value in (middle, low, high)]
    return f"{words[0]} ({words[1]} … {words[2]})"


def summary(found: list[Duty], cases: int) -> list[str]:
    """Return the closing lines: one a verdict; what is not proven is never counted as zero."""
    lines = []
    if cases > 1:
        lines.append(t("cases: {n}", n=cases))
    for verdict, n in counts(duty for duty in found if duty.applies).items():
        lines.append(f"{label('verdict', verdict)}  {n}{_remark(verdict)}")
    depends = sum(duty.depends for duty in found)
    if depends:
        lines.append(t("of these, dependent on where the clock starts: {n}", n=depends))
    hidden = late_otherwise(found)
    if hidden:
        lines.append(
            "  " + t("▲ met by the start that counts, late by another: {n}", n=len(hidden))
        )
        if cases < 2:
            lines += [f"    {recurring(d)}{t(': ')}{against_words(d)}" for d in hidden]
    return lines + _left_out(found)


def late_otherwise(found: list[Duty]) -> list[Duty]:
    """Return the duties that are met by the start of the clock that counts and late by another."""
    return [
        duty
        for duty in found
        if duty.verdict == "met" and any(o.verdict == "late" for o in duty.against.values())
    ]


def _left_out(found: list[Duty]) -> list[str]:
    number = sum(not duty.applies for duty in found)
    return [t("not applicable, not listed: {n}", n=number)] if number else []


def remarks(found: list[Duty]) -> list[str]:
    """Return what must be said beside the sums: what is not decided, what is not listed."""
    number = counts(found)
    words = [label("verdict", v) + _remark(v) for v in number if _remark(v)]
    return words + _left_out(found)


def _remark(verdict: str) -> str:
    """Say what a verdict that is no verdict means."""
    if verdict == "unproven":
        return t("  (the record does not decide it: neither met nor missed)")
    if verdict == "noted":
        return t("  (only encouraged, or without a measure in the text: never a failure)")
    if verdict == "open":
        return t("  (the record ends before the limit)")
    return ""
