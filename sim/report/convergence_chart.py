"""How an estimate settles with the number of drills, and where the rule stopped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.results import Results
from sim.experiment.stopping import half_widths, interval_of
from sim.experiment.study import Precision
from sim.report.columns import cut
from sim.report.measure_words import measure_words, scale_of
from sim.report.study_parts import bounded, frame, percent_axis, scaled, target_of
from sim.report.style import BLACK, figure_style, series
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.experiment.intervals import Interval
    from sim.report.picture import Picture

MOST = 4
LOOKS = 120


def convergence_chart(
    results: Results,
    measure: str,
    points: Sequence[int] = (),
    lang: str | None = None,
    title: str | None = None,
) -> Picture:
    """Return the running share or mean with its 95 % interval by number of drills, as a figure.

    `points`: numbers of points (`Results.levels`), else the four with the most drills.  A mark
    shows how many drills count; dotted lines how near the estimate was to be (`half_width`).  The
    bands are those after each number of drills by itself.  Raises `ValueError` where nothing was
    measured, and for times that were still running (they have no mean).
    """
    with in_language(lang or language()), figure_style():
        chosen = list(points) or longest(results, measure)
        series = {k: running(results, measure, k) for k in chosen}
        series = {k: found for k, found in series.items() if len(found)}
        if not series:
            raise ValueError(t("a measure that was measured, with no time still running"))
        name = measure_words(results, measure)
        head = title or t(
            "{measure}: how the estimate settles", measure=results.study.called(measure)
        )
        note = t("bands: 95 % interval after so many drills; mark: drills that count")
        width = _width(results, measure)
        if width is not None:
            note += t("; dotted: as near as was asked for")
        picture, ax = frame(head, note, 3.4, below=0.75 + 0.2 * len(series))
        for k, (point, found) in enumerate(series.items()):
            _curve(ax, found, k, f"{results.label(point)}, n = {found[-1][0]}", width)
        if results.study.is_share(measure):
            ax.set_ylim(0, 1.04)
            percent_axis(ax.yaxis)
        else:
            _limits(ax, list(series.values()))
        target = target_of(results, measure)
        if target is not None:
            ax.axhline(target, color=BLACK, lw=1.1, ls=(0, (8, 3)))
        ax.set_xlim(0, max(found[-1][0] for found in series.values()) * 1.04)
        ax.grid(color="#E3E6E9", lw=0.6)
        ax.set_xlabel(t("drills"))
        share = results.study.is_share(measure)
        words = (
            t("share met: {measure}", measure=name) if share else t("mean: {measure}", measure=name)
        )
        ax.set_ylabel(cut(words, 44))
        ax.legend(loc="upper left", bbox_to_anchor=(0, -0.16), borderaxespad=0, handlelength=3.5)
        return picture


def longest(results: Results, measure: str) -> list[int]:
    """Return the four points with the most drills, in the study's order."""
    run = [k for k in range(len(results.points)) if len(results.of(measure, k))]
    most = sorted(run, key=lambda k: -results.stops.get(k, 0))[:MOST]
    return sorted(most)


def running(results: Results, measure: str, point: int) -> list[tuple[int, Interval]]:
    """Return (drills, interval in people's units) after more and more drills; may be empty."""
    series, pairs = results.observations(measure, point), 2 if results.study.antithetic else 1
    counts = sorted(set(np.linspace(2, len(series), LOOKS).astype(int))) if len(series) > 1 else []
    share, scale = results.study.is_share(measure), scale_of(results, measure)
    found = [
        (int(n) * pairs, scaled(interval_of(series[:n], share, pairs == 2), scale)) for n in counts
    ]
    return [] if np.isinf(series).any() else [one for one in found if np.isfinite(one[1].estimate)]


def _width(results: Results, measure: str) -> float | None:
    rule = results.study.replications
    if not isinstance(rule, Precision) or measure not in rule.half_width:
        return None
    return half_widths(rule)[measure] / scale_of(results, measure)


def _curve(
    ax: Axes, found: list[tuple[int, Interval]], k: int, words: str, width: float | None
) -> None:
    """Draw one point's running estimate with its band, and a mark at its end."""
    colour, dash, marker = series(k)
    x, y = [n for n, _ in found], np.array([one.estimate for _, one in found])
    spread = np.array([bounded(one) for _, one in found]).T
    ax.fill_between(x, y - spread[0], y + spread[1], color=colour, alpha=0.13, lw=0)
    ax.plot(x, y - spread[0], x, y + spread[1], color=colour, lw=0.6, ls=dash)
    ax.plot(x, y, color=colour, ls=dash, lw=1.8)
    ax.plot([], [], color=colour, ls=dash, lw=1.8, marker=marker, ms=7, label=cut(words, 90))
    ax.plot(x[-1:], y[-1:], marker, color=colour, ms=7, mec="white", zorder=4)
    if width is not None:
        for edge in (y[-1] - width, y[-1] + width):
            ax.plot([0, x[-1]], [edge, edge], color=colour, lw=1.0, ls=":")


def _limits(ax: Axes, series: list[list[tuple[int, Interval]]]) -> None:
    """Leave out the wild start: the axis holds what the last three quarters of a curve hold."""
    late = [one for found in series for _, one in found[len(found) // 4 :]]
    lows = [one.estimate - bounded(one)[0] for one in late]
    highs = [one.estimate + bounded(one)[1] for one in late]
    room = 0.08 * (max(highs) - min(lows)) or 1.0
    ax.set_ylim(min(lows) - room, max(highs) + room)
