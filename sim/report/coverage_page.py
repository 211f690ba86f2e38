"""The coverage of a year's drills as one HTML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.files.atomic import write_text
from sim.report.coverage import (
    article_lines,
    articles,
    cell_words,
    cells_of,
    drill_keys,
    legend_words,
    rows_of,
    samples_words,
    touched_words,
)
from sim.report.html import page_style, page_template, program
from sim.report.times import share_words
from sim.rules.coverage import Coverage
from sim.texts import in_language, t
from sim.texts.clauses import clause_words


class MatrixLine(NamedTuple):
    """One obligation in words; `cells` are (state, sign) by drill."""

    clause: str
    rule: str
    text: str
    cells: list[tuple[str, str]]
    touched: str
    share: str


def write_coverage(
    path: str | Path,
    coverage: Coverage,
    suggestions: Iterable[Any] = (),
    lang: str = "zh",
    texts: Mapping[str, str] | None = None,
    title: str = "",
) -> Path:
    """Write the matrix, the articles and the suggestions as one HTML file; return its path.

    `texts`: rule -> what it demands.  The file is written whole or not at all.
    """
    write_text(path, render_coverage(coverage, suggestions, lang, texts, title))
    return Path(path)


def render_coverage(
    coverage: Coverage,
    suggestions: Iterable[Any] = (),
    lang: str = "zh",
    texts: Mapping[str, str] | None = None,
    title: str = "",
) -> str:
    """Return the page of `write_coverage` as text."""
    with in_language(lang):
        keys, cells = drill_keys(coverage), cells_of(coverage)
        entries = articles(coverage)
        total, touched = sum(a.rules for a in entries), sum(a.touched for a in entries)
        result = t(
            "{n} drills touched {k} of {total} obligations.", n=len(keys), k=touched, total=total
        )
        text: str = page_template("coverage.html").render(
            title=title or t("Obligations put to the test by {n} drills", n=len(keys)),
            lang_tag="zh-CN" if lang == "zh" else "en",
            style=page_style(),
            result=result,
            samples=samples_words(coverage),
            articles=article_lines(coverage),
            legend=legend_words(),
            drills=keys,
            lines=[_line(row, keys, cells, texts or {}) for row in rows_of(coverage.totals())],
            suggestions=list(suggestions),
            texts=texts or {},
            program=program(),
        )
        return text


def _line(
    row: Any,
    keys: list[tuple[str, str, str]],
    cells: Mapping[tuple[str, str, str], Any],
    texts: Mapping[str, str],
) -> MatrixLine:
    found = [cells.get((row.pack, row.rule, drill)) for _, _, drill in keys]
    signs = [("", "") if cell is None else (cell.state, cell_words(cell)) for cell in found]
    words = (touched_words(row), share_words(row.met, row.late))
    return MatrixLine(clause_words(row.clause), row.rule, texts.get(row.rule, ""), signs, *words)
