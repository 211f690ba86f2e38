"""What compliance costs: every point, and the frontier of those that nothing beats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.experiment.compare import frontier
from sim.experiment.results import Results
from sim.experiment.select import cost_of, safe_of
from sim.log.journeys import each
from sim.report.columns import cut
from sim.report.study_parts import frame, percent_axis, target_of
from sim.report.style import BLACK, BLUE, GREEN, GREY, RED, figure_style
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

LOOKS: dict[str, dict[str, Any]] = {
    "safe": {"marker": "o", "color": GREEN, "mfc": GREEN},
    "unsafe": {"marker": "X", "color": RED, "mfc": "white"},
    "": {"marker": "D", "color": GREY, "mfc": "white"},
    "plain": {"marker": "o", "color": BLUE, "mfc": BLUE},
}
"""Known to be safe, known not to be, neither; without a probability asked for."""


def frontier_chart(
    results: Results,
    measure: str | None = None,
    cost: Mapping[str, float | dict[str, float]] | None = None,
    lang: str | None = None,
    title: str | None = None,
) -> Picture:
    """Return the share met against the cost, point by point, with the frontier, as a figure.

    `measure` and `cost` (factor -> cost of a unit, or of each variant) are those of the study's
    `select.safe` unless others are given.  The intervals are those of the selection, which hold
    all together, or 95 % for each point by itself.  Shapes tell which points are safe, are not, or
    are not known to be either; shaded: from the probability asked for upwards.  Raises `ValueError`
    where neither the study nor the caller says what it costs, and for measures that are no share.
    """
    with in_language(lang or language()), figure_style():
        safe = results.study.select.safe if results.study.select is not None else None
        measure = measure or (safe.measure if safe is not None else "")
        price = cost if cost is not None else (safe.cost if safe is not None else None)
        if price is None or not results.study.is_share(measure):
            raise ValueError(t("a measure that is met or not, and what the variants cost"))
        target = target_of(results, measure)
        table = frontier_table(results, measure, price)
        name = results.study.called(measure)
        head = title or t("{measure}: what a higher share costs", measure=name)
        note = (
            t("bars: intervals of the selection, that hold all together")
            if target is not None
            else t("bars: 95 % interval of each point by itself")
        )
        steps = t("steps: variants that no cheaper one equals, as estimated; nearby ones may tie")
        best = table.loc[table["frontier"], "point"]
        names = [f"{n} {results.label(k)}" for n, k in enumerate(best, start=1)]
        note += "\n" + steps + "\n" + t("; ").join(names)
        picture, ax = frame(head, note, 3.8, below=1.0)
        _draw(ax, table)
        if target is not None:
            ax.axhspan(target, 1.09, color=GREEN, alpha=0.10, lw=0)
            ax.axhline(target, color=BLACK, lw=1.1, ls=(0, (8, 3)))
        ax.set_xlabel(t("cost, as the study counts it"))
        ax.set_ylabel(cut(t("share met: {measure}", measure=name), 48))
        ax.set_ylim(0, 1.09)
        percent_axis(ax.yaxis)
        ax.grid(color="#E3E6E9", lw=0.6)
        _legend(ax, table, target)
        return picture


def frontier_table(
    results: Results, measure: str, cost: Mapping[str, float | dict[str, float]]
) -> pd.DataFrame:
    """Return one row per point that was run: point, cost, share, low, high, state, frontier."""
    if target_of(results, measure) is not None:
        found = safe_of(results).table().rename(columns={"probability": "share"})
        found = found[found["applied"] > 0]
        found["cost"] = [cost_of(cost, results.raw[k]) for k in found["point"]]
    else:
        rows = [
            {
                "point": k,
                "cost": cost_of(cost, raw),
                "state": "plain",
                **_share(results, measure, k),
            }
            for k, raw in enumerate(results.raw)
        ]
        found = pd.DataFrame(rows).dropna(subset="share")
    found = found.sort_values(["cost", "point"], kind="stable", ignore_index=True)
    best = frontier(list(found["cost"]), list(found["share"]))
    columns = ["point", "cost", "share", "low", "high", "state"]
    return found[columns].assign(frontier=found.index.isin(best))


def _share(results: Results, measure: str, point: int) -> dict[str, float]:
    found = results.interval(measure, point)
    return {"share": found.estimate, "low": found.low, "high": found.high}


def _draw(ax: Axes, table: pd.DataFrame) -> None:
    """Draw steps, points with bars, and the numbers of those on the frontier.

    Points of the same cost stand side by side.
    """
    steps = table[table["frontier"]]
    ax.plot(steps["cost"], steps["share"], drawstyle="steps-post", color=BLACK, lw=1.4, zorder=1)
    values = sorted(set(table["cost"]))
    gap = min(np.diff(values), default=1.0)
    place = table.groupby("cost").cumcount()
    count = table.groupby("cost")["cost"].transform("size")
    x = table["cost"] + (place - (count - 1) / 2) * gap * 0.6 / max(count.max(), 1)
    for at, row in zip(x, each(table), strict=True):
        look = LOOKS.get(row.state, LOOKS[""])
        ax.errorbar(
            [at],
            [row.share],
            [[max(row.share - row.low, 0)], [max(row.high - row.share, 0)]],
            ls="",
            ms=7.5,
            mew=1.4,
            capsize=3,
            elinewidth=1.1,
            zorder=3,
            **look,
        )
    for number, (at, row) in enumerate(_on_frontier(x, table), start=1):
        ax.annotate(
            str(number),
            (at, row.high),
            xytext=(0, 2),
            textcoords="offset points",
            fontsize=8.5,
            ha="center",
        )
    ax.set_xlim(values[0] - 0.6 * gap, values[-1] + 0.6 * gap)


def _on_frontier(x: pd.Series, table: pd.DataFrame) -> list[tuple[float, Any]]:
    return [(at, row) for at, row in zip(x, each(table), strict=True) if row.frontier]


def _legend(ax: Axes, table: pd.DataFrame, target: float | None) -> None:
    if target is None:
        return
    words = {"safe": t("safe"), "unsafe": t("not safe"), "": t("not known to be either")}
    there = [k if k in words else "" for k in table["state"]]
    keys = [
        ax.plot([], [], ls="", ms=7.5, mew=1.4, **LOOKS[key], label=words[key])[0]
        for key in words
        if key in there
    ]
    region = ax.fill_between(
        [],
        [],
        [],
        color=GREEN,
        alpha=0.10,
        lw=0,
        label=t("asked for: {p} % or more", p=f"{100 * target:g}"),
    )
    ax.legend(
        handles=[*keys, region],
        loc="upper left",
        bbox_to_anchor=(0, -0.15),
        borderaxespad=0,
        ncols=4,
    )
