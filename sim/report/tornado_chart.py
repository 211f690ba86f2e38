"""What every factor alone changes, the largest effect first: a tornado."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.results import Results
from sim.experiment.sensitivity import tornado
from sim.log.journeys import each
from sim.report.columns import cut
from sim.report.digits import with_bounds
from sim.report.measure_words import measure_words, scale_of
from sim.report.study_parts import estimates, frame, percent_axis, room_for
from sim.report.style import BLACK, BLUE, GREY, figure_style
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

KNOWN: dict[str, Any] = {"facecolor": BLUE, "edgecolor": BLUE}
UNKNOWN: dict[str, Any] = {"facecolor": "white", "edgecolor": GREY, "hatch": "////"}


def tornado_chart(
    results: Results, measure: str, lang: str | None = None, title: str | None = None
) -> Picture:
    """Return what every level of every factor changes by itself, as a figure.

    For a design `one_at_a_time`: one bar per level, from the base to the level, with the 95 %
    interval of the difference; hatched where the two cannot be told apart.  Raises `ValueError`
    for another design.
    """
    with in_language(lang or language()), figure_style():
        rows = list(each(tornado(results, measure)))
        scale, called = scale_of(results, measure), results.study.called
        labels = [cut(f"{results.factor(row.factor)}: {called(row.level)}", 44) for row in rows]
        name, base = measure_words(results, measure), estimates(results, measure).each[0]
        at_base = with_bounds(base.estimate, base.low, base.high)
        head = title or t("{measure}: what one change alone makes", measure=name)
        levels = t(", ").join(
            f"{results.factor(k)} {called(v)}" for k, v in results.points[0].items()
        )
        note = t("base: {levels}; there {estimate}", levels=levels, estimate=at_base)
        note += "\n" + t("thin bars: 95 % interval; hatched: cannot be told apart from the base")
        picture, ax = frame(head, note, 0.34 * len(rows) + 0.35, room_for(labels), 0.6)
        _bars(ax, rows, scale)
        ax.set_yticks(range(len(rows)), labels)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.axvline(0, color=BLACK, lw=1.0)
        ax.set_xlabel(t("{measure}, difference to the base", measure=name))
        ax.grid(axis="x", color="#E3E6E9", lw=0.6)
        if results.study.is_share(measure):
            percent_axis(ax.xaxis)
        return picture


def _bars(ax: Axes, rows: list[Any], scale: float) -> None:
    """Draw one bar a level; a line where another factor begins."""
    for k, row in enumerate(rows):
        known = row.low > 0 or row.high < 0
        ax.barh([k], [row.value / scale], 0.62, **(KNOWN if known else UNKNOWN), lw=0.9)
        if np.isfinite([row.low, row.high]).all():
            ends = [row.low / scale, row.high / scale]
            ax.plot(ends, [k, k], color="white", lw=3.0, zorder=3)
            ax.plot(ends, [k, k], color=BLACK, lw=1.2, marker="|", ms=7, zorder=4)
        if k and row.factor != rows[k - 1].factor:
            ax.axhline(k - 0.5, color="#C8CDD2", lw=0.8)
