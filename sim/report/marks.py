"""Marks by a scheme in words: its source, what it counts, what is ours, then the marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sim.report.clock import signed_minutes
from sim.report.columns import cut, wrap
from sim.report.coverage import rows_of
from sim.report.names import named
from sim.report.times import percent
from sim.rules.marks import Marks
from sim.rules.scheme import All, Bands, Points, ShareOf, Words, marked
from sim.texts import in_language, label, language, t

Table = list[tuple[str, ...]]
MOST = 60
"""Lines of marks that are printed; all of them are in the table."""


def marks_head(found: Marks) -> list[str]:
    """Return what must stand before any mark: source, confidence, readings of ours."""
    lang, scheme = language(), found.scheme
    lines = [
        t("Marks by a published scheme; margins and verdicts above come first."),
        t("scheme: {title}", title=getattr(scheme.title, lang)),
        t(
            "source: {title} ({where}); confidence {confidence}",
            title=scheme.source.title,
            where=scheme.source.where,
            confidence=t(scheme.source.confidence),
        ),
    ]
    if isinstance(scheme, Words):
        words = [f"{n} {getattr(w.text, lang)}" for n, w in scheme.words.items()]
        lines.append(t("words: {words}", words=t("; ").join(words)))
    if isinstance(scheme, Bands):
        bands = [f"{n} ≥ {b.at_least:g} %" for n, b in scheme.bands.items()]
        lines.append(t("bands: {bands}", bands=t("; ").join(bands)))
    lines += [t("ours: {words}", words=getattr(text, lang)) for text in scheme.ours]
    return lines


def marks_foot(found: Marks) -> list[str]:
    """Return what is not scored, and what only a person may say."""
    lines = []
    if found.not_scored:
        parts = [f"{label('verdict', v)} {n}" for v, n in found.not_scored.items()]
        total = sum(found.not_scored.values())
        lines.append(t("not scored: {k} ({parts})", k=total, parts=t(", ").join(parts)))
    judged = [getattr(m.text, language()) for m in marked(found.scheme).values() if m.judged]
    if judged:
        words = t("only where a person says so, in a sheet: {words}", words=t(", ").join(judged))
        lines.append(words)
    return lines


def line_table(found: Marks, names: Mapping[str, str]) -> Table:
    """Return head and rows of the duties that are marked one by one; empty for other schemes."""
    points = isinstance(found.scheme, Points)
    several = found.lines["case"].nunique() > 1
    head = [*([t("case")] if several else []), t("rule"), t("owner"), t("verdict"), t("mark")]
    head += [t("points")] if points else []
    rows: Table = [tuple(head)]
    for row in rows_of(found.lines):
        if points and not row.mark and not row.points:
            continue
        margin = "" if pd.isna(row.margin_s) else f" {signed_minutes(int(row.margin_s))}"
        line = [*([row.case] if several else []), row.rule, named(names, row.owner)]
        line += [label("verdict", row.verdict) + margin, _mark(row, found)]
        line += [f"{row.points:g}"] if points else []
        rows.append(tuple(line))
    return rows if len(rows) > 1 else []


def _mark(row: Any, found: Marks) -> str:
    if isinstance(found.scheme, All):
        return label("reason", row.reason) if row.reason else t("bottleneck")
    known = marked(found.scheme)
    words = []
    for name in str(row.mark).split("|"):
        if name in known and isinstance(found.scheme, Words):
            words.append(name)
        elif name in known:
            words.append(getattr(known[name].text, language()))
        elif name:
            words.append(name)
    text = t(", ").join(words) or "—"
    return text + (t(" (judged by {who})", who=row.judged_by) if row.judged_by else "")


def total_lines(found: Marks, names: Mapping[str, str]) -> list[str]:
    """Return the sums: one line a drill, incident or duty; intervals beside every share."""
    scheme = found.scheme
    if isinstance(scheme, Words):
        numbers = found.lines["mark"].value_counts()
        parts = [f"{word} {int(numbers.get(word, 0))}" for word in scheme.words]
        return [t("; ").join(parts)]
    several = found.totals["case"].nunique() > 1
    return [_total(row, scheme, several, names) for row in rows_of(found.totals)]


def _total(row: Any, scheme: Any, several: bool, names: Mapping[str, str]) -> str:
    where = f"{row.case}{t(': ')}" if several else ""
    if isinstance(scheme, Points):
        if pd.isna(row.points):
            return where + t("no report to take the mean of")
        key = "{points} points a report" if scheme.average else "{points} points"
        return where + t(key, points=f"{row.points:g}")
    if isinstance(scheme, All):
        words = {"reached": t("all in time"), "not_reached": t("not all in time")}
        result = words.get(row.result, t("not decided"))
        text = t("{met} of {n} in time: {result}", met=row.met, n=row.scored, result=result)
        return f"{where}{row.incident}{t(': ')}{text}"
    text = t(
        "met {met} of {n}: {share} % [{low}–{high}]",
        met=row.met,
        n=row.scored,
        share=percent(row.met / row.scored),
        low=percent(row.low),
        high=percent(row.high),
    )
    if isinstance(scheme, ShareOf):
        words = {"reached": t("reached"), "not_reached": t("not reached")}
        result = words.get(row.result, t("not settled by so few"))
        return f"{row.rule} {named(names, row.owner)}{t(': ')}{text}{t('; ')}{result}"
    return where + text + t("; ") + str(row.result)


def marks_text(
    found: Iterable[Marks],
    names: Mapping[str, str] | None = None,
    lang: str | None = None,
    columns: int = 130,
) -> str:
    """Return the marks as plain text, one scheme below the other."""
    from sim.report.columns import fit, grid

    with in_language(lang or language()):
        lines: list[str] = []
        for one in found:
            lines.append("")
            for text in marks_head(one):
                lines += wrap(text, columns, 6)
            table = line_table(one, names or {})
            if table:
                shown = table[: MOST + 1]
                widths = fit(shown, [8] * len(table[0]), columns)
                lines += grid(shown, widths)
                if len(table) > len(shown):
                    lines.append(t("and {n} more", n=len(table) - len(shown)))
            lines += [cut(text, columns) for text in total_lines(one, names or {})]
            for text in marks_foot(one):
                lines += wrap(text, columns, 4)
        return "\n".join(lines)
