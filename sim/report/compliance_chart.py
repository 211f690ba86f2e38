"""Share met, or any measure, by the level of one factor: one line per level of a second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.results import Results
from sim.report.columns import cut
from sim.report.study_parts import (
    bounded,
    cells,
    estimates,
    factors_with_levels,
    frame,
    levels,
    percent_axis,
    rest_words,
    target_of,
)
from sim.report.style import BLACK, figure_style, series
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture


def compliance_chart(
    results: Results,
    measure: str,
    by: str | None = None,
    lines: str | None = None,
    at: Mapping[str, Any] | None = None,
    lang: str | None = None,
    title: str | None = None,
) -> Picture:
    """Return a measure against staffing, with its 95 % interval at every point, as a figure.

    `by`: the factor along the axis, `lines`: the factor with one line a level; else the last and
    the first that vary.  `at`: levels of the other factors, else those of the first point.
    Shares, means, or medians where times were still running.  The probability asked for by
    `select.safe` is a line.  Raises `ValueError` for a study whose factors have no levels.
    """
    with in_language(lang or language()), figure_style():
        known = factors_with_levels(results)
        if not known:
            raise ValueError(t("a study with factors that have levels"))
        by = by or next(name for name in reversed(known) if name != lines)
        lines = lines or next((name for name in known if name != by), None)
        factors = [by] if lines is None else [by, lines]
        found, called = estimates(results, measure), results.study.called
        name, rest = called(measure), rest_words(results, factors, at or {})
        words = {"measure": name, "factor": results.factor(by)}
        head = title or (
            t("{measure} by {factor}", **words)
            if lines is None
            else t(
                "{measure} by {factor}, a line for each {other}",
                other=results.factor(lines),
                **words,
            )
        )
        note = t("bars and bands: 95 % interval of each point by itself")
        if rest:
            note += "\n" + t("all with {levels}", levels=rest)
        each = levels(results, lines) if lines is not None else [""]
        picture, ax = frame(head, note, 3.4, below=0.75 + 0.2 * (len(each) if lines else 0))
        xs, points = levels(results, by), cells(results, factors, at or {})
        for k, level in enumerate(each):
            shift = 0.12 * (k - (len(each) - 1) / 2) / max(len(each) / 3, 1)
            keys = [(x,) if lines is None else (x, level) for x in xs]
            there = [
                (i + shift, found.each[points[key]]) for i, key in enumerate(keys) if key in points
            ]
            _line(ax, there, k, f"{results.factor(lines)} {called(level)}" if lines else "")
        _axes(ax, [cut(called(x), 24) for x in xs], results.factor(by), found.word)
        if results.study.is_share(measure):
            ax.set_ylim(0, 1.04)
            percent_axis(ax.yaxis)
        _target(ax, target_of(results, measure))
        if lines is not None:
            ax.legend(
                loc="upper left", bbox_to_anchor=(0, -0.16), borderaxespad=0, handlelength=3.5
            )
        return picture


def _line(ax: Axes, there: list[tuple[float, Any]], k: int, words: str) -> None:
    """Draw one line with its band; points that were not run are left out."""
    colour, dash, marker = series(k)
    run = [(x, one) for x, one in there if np.isfinite(one.estimate)]
    x, y = [at for at, _ in run], [one.estimate for _, one in run]
    spread = np.array([bounded(one) for _, one in run]).reshape(-1, 2).T
    ax.fill_between(x, y - spread[0], y + spread[1], color=colour, alpha=0.10, lw=0)
    ax.errorbar(
        x,
        y,
        spread,
        color=colour,
        ls=dash,
        marker=marker,
        ms=6,
        lw=1.7,
        elinewidth=1.1,
        capsize=3,
        label=cut(words, 90),
    )


def _axes(ax: Axes, labels: list[str], by: str, word: str) -> None:
    ax.set_xticks(range(len(labels)), labels)
    ax.set_xlim(-0.4, len(labels) - 0.6)
    ax.grid(axis="y", color="#E3E6E9", lw=0.6)
    ax.set_xlabel(cut(by, 90))
    ax.set_ylabel(cut(word, 44))


def _target(ax: Axes, target: float | None) -> None:
    if target is None:
        return
    ax.axhline(target, color=BLACK, lw=1.1, ls=(0, (8, 3)))
    ax.annotate(
        t("asked for: {p} %", p=f"{100 * target:g}"),
        (0.01, target),
        xycoords=("axes fraction", "data"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=8.5,
    )
