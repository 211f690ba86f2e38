"""Coverage in words: article by article, and over a year as a matrix with signs for greyscale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from sim.files.harmless import table_csv
from sim.report.columns import cut, fit, grid, pad, width, wrap
from sim.report.times import share_words
from sim.rules.coverage import STATES, Coverage
from sim.rules.samples import drills_all_met, drills_for_width
from sim.texts import in_language, label, language, t
from sim.texts.clauses import clause_words

SIGNS = {
    "met": "✓",
    "late": "▲",
    "noted": "△",
    "excused": "○",
    "open": "…",
    "unproven": "?",
    "untouched": "·",
    "": " ",
}
"""What stands for a state in a cell; no colour is needed."""


class Article(NamedTuple):
    """What the drills touched of one article."""

    pack: str
    clause: str
    rules: int
    touched: int
    counts: dict[str, int]
    never: list[str]


class ArticleLine(NamedTuple):
    """One article in words."""

    clause: str
    share: str
    words: str


def state_words(state: str) -> str:
    """Return the label of a state of an obligation, with a limit or without one."""
    own = {"untouched": t("untouched"), "met": t("kept"), "late": t("not kept")}
    return own.get(state) or label("verdict", state)


def articles(coverage: Coverage) -> list[Article]:
    """Return one entry per article (clause of a pack), in the order of the pack.

    `counts`: state -> obligations times drills in it; `never`: rules that no drill touched.
    """
    found = []
    for (pack, clause), part in coverage.totals().groupby(["pack", "clause"], sort=False):
        counts = {state: int(part[state].sum()) for state in STATES}
        never = list(part.loc[part["touched"].eq(0), "rule"])
        found.append(
            Article(str(pack), str(clause), len(part), len(part) - len(never), counts, never)
        )
    return found


def article_words(article: Article, drills: int) -> str:
    """Return what became of an article's obligations: `met 3, late 1; untouched: A03-1`.

    Over several drills only how many obligations were touched is said, not how often.
    """
    parts = []
    if drills == 1:
        counts = {s: n for s, n in article.counts.items() if n and s != "untouched"}
        words = [t("{verdict} {n}", verdict=state_words(s), n=n) for s, n in counts.items()]
        parts += [t(", ").join(words)] if words else []
    if article.never:
        parts.append(t("untouched: {rules}", rules=t(", ").join(article.never)))
    return t("; ").join(parts)


def article_lines(coverage: Coverage) -> list[ArticleLine]:
    """Return the articles in the words of the page."""
    drills = len(coverage.drills)
    return [
        ArticleLine(
            clause_words(one.clause),
            t("{k} of {n}", k=one.touched, n=one.rules),
            article_words(one, drills),
        )
        for one in articles(coverage)
    ]


def coverage_lines(coverage: Coverage, columns: int = 130) -> list[str]:
    """Return the coverage of the articles for the console, one article a line or more."""
    entries = articles(coverage)
    total, touched = sum(a.rules for a in entries), sum(a.touched for a in entries)
    shown = article_lines(coverage)
    room = [max(width(part) for part in column) for column in zip(*shown, strict=True)]
    lines = [t("Obligations touched: {k} of {n}, by article:", k=touched, n=total)]
    for clause, share, words in shown:
        line = f"  {pad(clause, room[0])}  {pad(share, room[1])}  "
        indent = width(line)
        parts = wrap(words, max(20, columns - indent), 9)
        lines += [line + parts[0], *(" " * indent + part for part in parts[1:])]
    return [line.rstrip() for line in lines]


def drill_keys(coverage: Coverage) -> list[tuple[str, str, str]]:
    """Return (number, date, name) of every drill, in order."""
    dates = [_day(date) for date in coverage.drills["date"]]
    names = list(coverage.drills["drill"])
    return [(str(k), d, n) for k, (d, n) in enumerate(zip(dates, names, strict=True), start=1)]


def _day(date: Any) -> str:
    return "" if date is None or pd.isna(date) else f"{date:%Y-%m-%d}"


def touched_words(row: Any) -> str:
    """Return how often an obligation was touched, and when last: `2 of 5, last 2026-03-05`."""
    if not row.touched:
        words = t("never, in {n} drills", n=row.drills)
    else:
        words = t("{k} of {n}", k=row.touched, n=row.drills)
        if row.last is not None and not pd.isna(row.last):
            words += t(", last {day}", day=str(row.last))
    return words + (t("; undecided in {n}", n=row.undecided) if row.undecided else "")


def cell_words(cell: Any) -> str:
    """Return the sign of a cell, with how many of several duties it stands for: `▲ 1/3`."""
    sign = SIGNS[cell.state]
    if cell.n < 2 or cell.state == "untouched":
        return sign
    return f"{sign} {getattr(cell, cell.state)}/{cell.n}"


def cells_of(coverage: Coverage) -> dict[tuple[str, str, str], Any]:
    """Return (pack, rule, drill) -> cell."""
    return {(c.pack, c.rule, c.drill): c for c in rows_of(coverage.cells)}


def rows_of(table: pd.DataFrame) -> list[Any]:
    """Return the rows of a table as named tuples."""
    return list(table.itertuples(index=False))


def legend_words() -> str:
    """Return what the signs mean, in one line."""
    words = [f"{SIGNS[state]} {state_words(state)}" for state in STATES]
    return t("; ").join([*words, t("▲ 1/3: one of three duties")])


def samples_words(coverage: Coverage) -> str:
    """Return how many drills would say more than the few there are, `""` where none is decided.

    At the shares that were observed, the fewest and the most drills for a half width of ten points.
    """
    table = coverage.totals()
    return needed_words(list(zip(table["met"], table["late"], strict=True)))


def needed_words(decided: list[tuple[int, int]]) -> str:
    """Return the same from (met, late) per duty."""
    some = [(int(met), int(late)) for met, late in decided if met + late]
    if not some:
        return ""
    most = max(met + late for met, late in some)
    needed = sorted(drills_for_width(met / (met + late)) for met, late in set(some))
    low, high = needed[0], needed[-1]
    if most >= high:
        return ""
    between = str(low) if low == high else t("{low} to {high}", low=low, high=high)
    return t(
        "At most {n} drills decide any of these. For an interval of ±10 points at the shares "
        "observed about {between} drills would be needed; {all} drills, met in every one, would "
        "show a probability of at least 90 % (both with 95 % confidence).",
        n=most,
        between=between,
        all=drills_all_met(),
    )


def coverage_text(
    coverage: Coverage,
    texts: Mapping[str, str] | None = None,
    lang: str | None = None,
    columns: int = 130,
) -> str:
    """Return the matrix as plain text: obligations by article, drills by date."""
    with in_language(lang or language()):
        keys, cells = drill_keys(coverage), cells_of(coverage)
        shown = keys if 60 + 4 * len(keys) <= columns else []
        head = [t("clause"), t("rule"), *(number for number, _, _ in shown)]
        head += [t("touched in"), t("share met of those decided [95 %]")]
        rows, before = [head], ""
        for row in rows_of(coverage.totals()):
            clause = clause_words(row.clause)
            line = ["" if clause == before else clause, row.rule]
            before = clause
            for _, _, drill in shown:
                cell = cells.get((row.pack, row.rule, drill))
                line.append("" if cell is None else cell_words(cell))
            rows.append([*line, touched_words(row), share_words(row.met, row.late)])
        least = (6, 8, *[2] * len(shown), 12, 12)
        widths = fit(rows, least, columns)
        rule = "─" * min(columns, sum(widths) + 2 * (len(widths) - 1))
        lines = [rule, *grid(rows[:1], widths), rule, *grid(rows[1:], widths), rule]
        named = [cut("  ".join(part for part in key if part), columns) for key in keys]
        more = samples_words(coverage)
        if shown:
            lines += [*wrap(legend_words(), columns, 3), "", t("drills:"), *named]
        else:
            lines.append(t("{n} drills are too many for this width: see --report.", n=len(keys)))
        lines += ["", *coverage_lines(coverage, columns)]
        return "\n".join([*lines, "", *wrap(more, columns, 6)] if more else lines)


def coverage_csv(coverage: Coverage, texts: Mapping[str, str] | None = None) -> str:
    """Return the matrix as CSV text: one line an obligation, states as words of the record."""
    wide = coverage.matrix().reset_index()
    totals = coverage.totals()[["drills", "touched", "undecided", "met", "late", "last"]]
    wide.insert(3, "text", [(texts or {}).get(rule, "") for rule in wide["rule"]])
    frame = pd.concat([wide, totals], axis=1)
    return table_csv(frame)
