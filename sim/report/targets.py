"""Targets in words: what teams reached of what standards ask, kept apart from verdicts."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from sim.report.clock import minutes
from sim.report.times import percent
from sim.texts import t

MOST_PLACES = 5
"""Contradictory times that are named; the table (CSV) has all."""


class TargetLine(NamedTuple):
    """One target in the words of the report."""

    target: str
    text: str
    limit: str
    asked: str
    found: str
    reached: str
    result: str
    source: str


def target_lines(table: Any) -> list[TargetLine]:
    """Return the lines of a table of `sim.score_targets`, in the language in force."""
    return [] if table is None else [_line(row) for row in table.itertuples(index=False)]


def target_text(table: Any) -> str:
    """Return the same for the console: one target a paragraph."""
    lines = [t("Targets of standards (not the directive; no verdict follows from them):")]
    for line in target_lines(table):
        lines += [
            f"  {line.target}  {line.text}",
            "    " + t("; ").join(part for part in (line.found, line.reached, line.result) if part),
        ]
    return "\n".join(lines)


def _line(row: Any) -> TargetLine:
    mean = pd.notna(row.mean_s)
    limit = t("{n} min", n=minutes(row.limit_s)) if row.limit_s >= 60 else f"{row.limit_s} s"
    asked = "—" if pd.isna(row.asked) else t("{share} % of cases", share=percent(row.asked))
    found = _mean(row) if mean else _share(row)
    reached = ""
    if pd.notna(row.reached_s):
        share, time = percent(row.asked), minutes(row.reached_s)
        reached = t("{share} % came within {n} min", share=share, n=time) + _interval(row)
    return TargetLine(
        f"{row.pack} {row.target}",
        row.text,
        limit,
        asked,
        found,
        reached,
        _result(row),
        row.source,
    )


def _share(row: Any) -> str:
    if not row.n:
        words = t("no such case on record")
    else:
        words = t(
            "{within} of {n} in time: {share} % [{low}–{high}]",
            within=row.within,
            n=row.n,
            share=percent(row.share),
            low=percent(row.low),
            high=percent(row.high),
        )
    return words + _left_out(row)


def _left_out(row: Any) -> str:
    """Return what is in no share: unknown times, and those whose stamps are out of order."""
    words = t(", {n} unknown", n=row.unknown) if row.unknown else ""
    if row.contradictory:
        places = row.out_of_order.split("|")
        named = t(", ").join(places[:MOST_PLACES])
        if len(places) > MOST_PLACES:
            named += t(" and {n} more", n=len(places) - MOST_PLACES)
        words += t(
            ", {n} contradictory (stamps out of order: {places})", n=row.contradictory, places=named
        )
    return words


def _interval(row: Any) -> str:
    """Return ` [4.2–9.5]`, open on a side where so few times do not bound it; or nothing."""
    ends = (row.reached_low_s, row.reached_high_s)
    if all(pd.isna(end) for end in ends):
        return ""
    low, high = (t("open") if pd.isna(end) else minutes(end) for end in ends)
    return f" [{low}–{high}]"


def _mean(row: Any) -> str:
    words = t("mean of {n}: {mean} min", n=row.n, mean=minutes(int(row.mean_s + 0.5)))
    if pd.notna(row.mean_low_s):
        low, high = (minutes(int(x + 0.5)) for x in (row.mean_low_s, row.mean_high_s))
        words += f" [{low}–{high}]"
    return words + _left_out(row)


def _result(row: Any) -> str:
    if not row.result:
        return ""
    words = t("target reached") if row.result == "met" else t("target not reached")
    return words if row.certain else words + t(" (so few cases do not settle it)")
