"""What stands beside verdicts, as tables of one form: title, head, rows, notes, whose word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.report.agreement import agreement_lines
from sim.report.checklist import tick_lines, tick_sums
from sim.report.marks import line_table, marks_foot, marks_head, total_lines
from sim.report.readings import flip_lines
from sim.report.targets import target_lines
from sim.texts import t

Tables = list[dict[str, Any]]


def table(
    title: str,
    head: Sequence[str] = (),
    rows: Iterable[Sequence[str]] = (),
    before: Iterable[str] = (),
    after: Iterable[str] = (),
    whose: str = "computed",
) -> dict[str, Any]:
    """Return a table; `whose` is `computed`, `record` (a source says it) or `person`."""
    found = {"title": title, "head": list(head), "rows": [list(map(str, row)) for row in rows]}
    return {**found, "before": list(before), "after": list(after), "whose": whose}


def target_table(found: Any) -> Tables:
    """Return what teams reached of targets, nothing without any."""
    if found is None:
        return []
    head = [t("target"), t("limit"), t("asked"), t("found"), t("reached"), t("result")]
    rows = [
        (f"{one.target} {one.text}", one.limit, one.asked, one.found, one.reached, one.result)
        for one in target_lines(found)
    ]
    title = t("Targets of standards (not the directive; no verdict follows from them)")
    return [table(title, head, rows)]


def mark_tables(marks: Iterable[Any], names: Mapping[str, str]) -> Tables:
    """Return the marks by each scheme, with its source before them."""
    out = []
    for one in marks:
        lines = line_table(one, names)
        after = [*total_lines(one, names), *marks_foot(one)]
        head, rows = (lines[0], lines[1:]) if lines else ((), ())
        out.append(table(t("Marks by a scheme"), head, rows, marks_head(one), after))
    return out


def reading_table(readings: list[Any], names: Mapping[str, str], case: str) -> Tables:
    """Return which verdicts depend on how the text is read; nothing where nobody asked."""
    if not readings:
        return []
    rows = [
        (one.clause, one.rule, one.owner, one.word, t("; ").join(map(_turned, one.turned)))
        for one in flip_lines(readings, names, case)
    ]
    title = t("Verdicts that depend on how the text is read")
    after = [] if rows else [t("No verdict depends on how the text is read.")]
    head = [t("clause"), t("rule"), t("owner → recipient"), t("verdict"), t("otherwise, if")]
    return [table(title, head, rows, after=after)]


def _turned(one: tuple[str, str, str]) -> str:
    return one[1] + t(": ") + one[2]


def tick_table(ticks: Sequence[Any]) -> Tables:
    """Return what a person ticked."""
    if not ticks:
        return []
    rows = [
        (one.clause, one.text, one.said, one.evidence, one.by, one.date)
        for one in tick_lines(ticks)
    ]
    head = [t("clause"), t("item"), t("ticked"), t("evidence"), t("by"), t("date")]
    title = t("Checklist (ticked by a person, no part of the verdicts)")
    return [table(title, head, rows, before=[tick_sums(ticks)], whose="person")]


def agreed_table(agreed: Sequence[Any], names: Mapping[str, str]) -> Tables:
    """Return which readings agree with the official finding."""
    rows = agreement_lines(agreed, names) if agreed else []
    return [table(t("Which reading the finding agrees with"), (), rows)] if rows else []
