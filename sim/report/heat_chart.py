"""A measure over two factors: every cell's estimate and interval, printed in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.intervals import Interval, nothing
from sim.experiment.results import Results
from sim.report.columns import cut
from sim.report.digits import rounded
from sim.report.study_parts import (
    cells,
    estimates,
    factors_with_levels,
    frame,
    levels,
    percent_axis,
    rest_words,
    room_for,
)
from sim.report.style import figure_style
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

    from sim.report.picture import Picture

COLOURS = "cividis"  # its grey rises steadily, and it looks alike to all eyes


def heat_chart(
    results: Results,
    measure: str,
    x: str | None = None,
    y: str | None = None,
    at: Mapping[str, Any] | None = None,
    lang: str | None = None,
    title: str | None = None,
) -> Picture:
    """Return a measure over the levels of two factors, as a figure.

    `x`, `y`: the factors, else the last and the first that vary.  Every cell holds the estimate to
    the digits that its 95 % interval supports, and the interval below; a dash where nothing was
    run.  `at`: levels of other factors, else those of the first point.  Raises `ValueError` for
    fewer than two factors that have levels.
    """
    with in_language(lang or language()), figure_style():
        known = factors_with_levels(results)
        if len(known) < 2:
            raise ValueError(t("a study with two factors that have levels"))
        x = x or next(name for name in reversed(known) if name != y)
        y = y or next(name for name in known if name != x)
        found, called = estimates(results, measure), results.study.called
        xs, ys, points = levels(results, x), levels(results, y), cells(results, [x, y], at or {})
        labels = [cut(called(level), 24) for level in ys]
        head = title or t(
            "{measure} by {factor} and {other}",
            measure=called(measure),
            factor=results.factor(x),
            other=results.factor(y),
        )
        note, rest = (
            t("in the cells: {word}, with its 95 % interval", word=found.word),
            rest_words(results, [x, y], at or {}),
        )
        if rest:
            note += "\n" + t("all with {levels}", levels=rest)
        wide = min(max(1.15 * len(xs) + room_for(labels) + 1.7, 5.5), 8.6)
        picture, ax = frame(head, note, 0.62 * len(ys), room_for(labels) + 0.25, 0.6, wide)
        each = [
            [found.each[points[a, b]] if (a, b) in points else nothing("") for a in xs] for b in ys
        ]
        image = _cells(ax, each, results.study.is_share(measure))
        ax.set_xticks(range(len(xs)), [cut(called(level), 18) for level in xs])
        ax.set_yticks(range(len(ys)), labels)
        ax.set_xlabel(cut(results.factor(x), 60))
        ax.set_ylabel(cut(results.factor(y), 30))
        box = ax.get_position()
        ax.set_position((box.x0, box.y0, box.width - 0.9 / wide, box.height))
        beside = picture.add_axes((box.x1 - 0.75 / wide, box.y0, 0.15 / wide, box.height))
        bar = picture.colorbar(image, cax=beside)
        if results.study.is_share(measure):
            percent_axis(bar.ax.yaxis)
        return picture


def _cells(ax: Axes, each: list[list[Interval]], share: bool) -> AxesImage:
    """Draw the coloured cells with their words, light on dark and dark on light."""
    grid = np.array([[one.estimate for one in row] for row in each])
    low, high = (0.0, 1.0) if share else (None, None)
    image = ax.imshow(np.ma.masked_invalid(grid), cmap=COLOURS, aspect="auto", vmin=low, vmax=high)
    for (i, k), value in np.ndenumerate(grid):
        red, green, blue, _ = image.cmap(image.norm(value)) if np.isfinite(value) else (1, 1, 1, 1)
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        ax.text(
            k,
            i,
            cell_words(each[i][k]),
            ha="center",
            va="center",
            fontsize=9,
            color="white" if dark else "black",
            linespacing=1.4,
        )
    return image


def cell_words(one: Interval) -> str:
    """Return what a cell says: the estimate, its interval below, to the digits they support."""
    if not np.isfinite(one.estimate):
        return "–"
    half = one.half_width
    if half == 0:
        return f"{one.estimate:.3f}".rstrip("0").rstrip(".")
    return f"{rounded(one.estimate, half)}\n{rounded(one.low, half)}–{rounded(one.high, half)}"
