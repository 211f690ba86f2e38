"""Picture of a year's drills: obligations by article, what each drill did with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from sim.report.columns import cut
from sim.report.coverage import (
    SIGNS,
    cell_words,
    cells_of,
    drill_keys,
    rows_of,
    state_words,
    touched_words,
)
from sim.report.style import BLACK, GREY, figure_style, new_picture
from sim.rules.coverage import STATES, Coverage
from sim.texts import in_language, language, t
from sim.texts.clauses import clause_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

MOST = 40
"""Drills that fit into one picture."""
FACES = {
    "met": ("#FFFFFF", BLACK),
    "late": ("#333333", "#FFFFFF"),
    "noted": ("#BBBBBB", BLACK),
    "excused": ("#DDDDDD", BLACK),
    "open": ("#F2F2F2", BLACK),
    "unproven": ("#F2F2F2", BLACK),
    "untouched": ("#FFFFFF", "#999999"),
}
"""State -> (ground, sign): told apart in greyscale by both and by the sign."""
ROW, HEAD, FOOT = 0.215, 1.0, 0.62
"""Height of a row; room above and below, in inches."""
NAME, ARTICLE, WORDS = 1.55, 0.8, 2.35
"""Widths of the rule's name, of the article and of the words at the right."""


def coverage_chart(
    coverage: Coverage, lang: str | None = None, title: str | None = None
) -> Picture:
    """Return the matrix as a figure: rows are obligations by article, columns drills by date.

    Raises `ValueError` for more than `MOST` drills: then use the table.
    """
    keys = drill_keys(coverage)
    if len(keys) > MOST:
        raise ValueError(t("at most {n} drills in a picture; use the table", n=MOST))
    with in_language(lang or language()), figure_style():
        totals = rows_of(coverage.totals())
        size = min(0.5, max(0.26, 6.2 / len(keys)))
        broad = ARTICLE + NAME + size * len(keys) + WORDS
        high = HEAD + ROW * len(totals) + FOOT
        picture = new_picture(max(broad, 7.2), high)
        ax = picture.add_axes((0, 0, 1, 1))
        ax.set_xlim(0, picture.get_figwidth())
        ax.set_ylim(high, 0)
        ax.axis("off")
        head = title or t("Obligations put to the test by {n} drills", n=len(keys))
        ax.text(0.12, 0.14, cut(head, 88), fontsize=12, va="top")
        left = ARTICLE + NAME
        for k, (number, day, _) in enumerate(keys):
            x = left + size * (k + 0.5)
            words = f"{number}  {day[2:]}" if day else number
            ax.text(x, HEAD - 0.06, words, fontsize=7, rotation=90, ha="center", va="bottom")
        at = left + size * len(keys) + 0.12
        ax.text(at, HEAD - 0.06, t("touched in"), fontsize=8, va="bottom")
        _rows(ax, coverage, totals, keys, size)
        _legend(ax, high)
        return picture


def _rows(
    ax: Axes, coverage: Coverage, totals: list[Any], keys: list[tuple[str, str, str]], size: float
) -> None:
    cells, left, before = cells_of(coverage), ARTICLE + NAME, ("", "")
    end = left + size * len(keys)
    for k, row in enumerate(totals):
        top = HEAD + ROW * k
        middle = top + ROW / 2
        if (row.pack, row.clause) != before:
            before = (row.pack, row.clause)
            ax.plot((0.12, end + WORDS - 0.2), (top, top), color="#999999", lw=0.7)
            ax.text(0.12, middle, clause_words(row.clause), fontsize=8, va="center")
        ax.text(ARTICLE, middle, cut(row.rule, 24), fontsize=7.5, va="center")
        for j, (_, _, drill) in enumerate(keys):
            cell = cells.get((row.pack, row.rule, drill))
            if cell is not None:
                _cell(ax, left + size * j, top, size, cell)
        colour = BLACK if row.touched else GREY
        words = touched_words(row)
        ax.text(end + 0.12, middle, words, fontsize=7.5, va="center", color=colour)


def _cell(ax: Axes, x: float, y: float, size: float, cell: Any) -> None:
    state = cell.state
    ground, ink = FACES[state]
    box = Rectangle((x, y), size, ROW, fc=ground, ec="#BBBBBB", lw=0.5)
    ax.add_patch(box)
    words = cell_words(cell) if size >= 0.42 else SIGNS[state]
    ax.text(x + size / 2, y + ROW / 2, words, fontsize=7.5, ha="center", va="center", color=ink)


def _legend(ax: Axes, high: float) -> None:
    x, y = 0.12, high - 0.34
    step = min(1.15, (ax.get_xlim()[1] - 0.15) / len(STATES))
    for state in STATES:
        ground, ink = FACES[state]
        ax.add_patch(Rectangle((x, y), 0.26, ROW, fc=ground, ec="#BBBBBB", lw=0.5))
        middle = y + ROW / 2
        ax.text(x + 0.13, middle, SIGNS[state], fontsize=7.5, ha="center", va="center", color=ink)
        words = state_words(state)
        ax.text(x + 0.33, middle, words, fontsize=8, va="center")
        x += step
