"""Every variant minus one, by pairs with the same numbers: a forest plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.compare import compared
from sim.experiment.results import Results
from sim.log.journeys import each
from sim.report.columns import cut
from sim.report.digits import with_error
from sim.report.measure_words import measure_words, scale_of
from sim.report.study_parts import frame, room_for
from sim.report.style import BLACK, BLUE, GREY, figure_style
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

KNOWN: dict[str, Any] = {"color": BLUE, "mfc": BLUE, "marker": "s", "lw": 2.2, "ls": "-"}
UNKNOWN: dict[str, Any] = {"color": GREY, "mfc": "white", "marker": "o", "lw": 1.1, "ls": "--"}


def difference_chart(
    results: Results,
    measure: str,
    against: int = 0,
    lang: str | None = None,
    title: str | None = None,
) -> Picture:
    """Return the difference of every other point to `against` with its 95 % interval, as a figure.

    Full squares and thick bars: the interval leaves out zero.  Hollow circles and dashed bars: the
    two cannot be told apart.  `against`: number of a point (`Results.levels`).  Raises
    `ValueError` for a study of one point.
    """
    with in_language(lang or language()), figure_style():
        table = compared(results, measure, against)
        if not len(table):
            raise ValueError(t("a study with at least two variants"))
        rows, scale = list(each(table)), scale_of(results, measure)
        labels = [cut(results.label(row.point), 40) for row in rows]
        name, base = measure_words(results, measure), results.label(against)
        count = sum(bool(row.known) for row in rows)
        head = title or t(
            "{measure}: difference to {variant}; {n} of {all} told apart",
            measure=name,
            variant=base,
            n=count,
            all=len(rows),
        )
        note = t("95 % intervals, each by itself, of pairs of drills with the same random numbers")
        if table["restricted"].any():
            note += "\n" + t("times still running count up to the end of the record")
        height = 0.32 * len(rows) + 0.35
        picture, ax = frame(head, note, height, room_for(labels), 1.0)
        _rows(ax, rows, scale)
        ax.set_yticks(range(len(rows)), labels)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.axvline(0, color=BLACK, lw=1.0, zorder=1)
        ax.set_xlabel(t("{measure}, difference", measure=name))
        _legend(ax, height)
        return picture


def _rows(ax: Axes, rows: list[Any], scale: float) -> None:
    """Draw one bar a point, its numbers at the right side."""
    for k, row in enumerate(rows):
        look, value = KNOWN if row.known else UNKNOWN, row.value / scale
        low, high = row.low / scale, row.high / scale
        if np.isfinite([low, high]).all():
            ax.plot([low, high], [k, k], color=look["color"], lw=look["lw"], ls=look["ls"])
            ax.plot([low, high], [k, k], "|", color=look["color"], ms=7)
            words = with_error(value, (high - low) / 2)
        else:
            words = t("not measured in two pairs")
        ax.plot(
            [value],
            [k],
            look["marker"],
            color=look["color"],
            mfc=look["mfc"],
            ms=6.5,
            mew=1.3,
            zorder=3,
        )
        ax.annotate(
            words,
            (1, k),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=8,
        )
    box = ax.get_position()
    ax.set_position((box.x0, box.y0, box.width - 0.11, box.height))
    ax.grid(axis="x", color="#E3E6E9", lw=0.6)


def _legend(ax: Axes, height: float) -> None:
    keys = [
        ax.plot([], [], **{**look, "ms": 6.5}, label=words)[0]
        for look, words in (
            (KNOWN, t("told apart from it")),
            (UNKNOWN, t("cannot be told apart from it")),
        )
    ]
    ax.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0, -0.5 / height),
        borderaxespad=0,
        ncols=2,
        handlelength=3.5,
    )
