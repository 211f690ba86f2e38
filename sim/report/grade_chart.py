"""Picture: the grade over time, as it was, as each office knew it, as each confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.log.record import EventLog
from sim.report.clock import clock, ticks
from sim.report.columns import wrap
from sim.report.names import display_names, named
from sim.report.style import BLACK, BLUE, RED, figure_style, new_picture
from sim.rules import grades
from sim.scenario.grade import GRADES, RANK
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

MOST = 8
"""Offices that are drawn, the first to confirm first."""
_LOOKS: dict[str, dict[str, Any]] = {
    "true": {"color": BLACK, "lw": 1.0, "ls": (0, (4, 2)), "zorder": 3},
    "known": {"color": BLUE, "lw": 5.0, "alpha": 0.5, "zorder": 4},
    "confirmed": {"color": RED, "lw": 1.6, "zorder": 5},
}


def grade_chart(
    log: EventLog,
    case: str | None = None,
    incident: str | None = None,
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the grade over time in one incident, a strip per office that confirmed a grade.

    Dashed: the truth as the record states it; wide: what the office's figures gave; thin with
    marks: what it confirmed.  `case` and `incident` default to the first that has a confirmed
    grade.  Raises `ValueError` where nobody confirmed one.
    """
    with in_language(lang or language()), figure_style():
        one = log.case(case or log.cases[0])
        table = grades(one)
        confirmed = table[table["what"] == "confirmed"]
        if incident is not None:
            confirmed = confirmed[confirmed["incident"] == incident]
        if confirmed.empty:
            raise ValueError(t("nobody confirmed a grade in this record"))
        chosen = confirmed["incident"].iloc[0] if incident is None else incident
        here = table[table["incident"] == chosen]
        first = confirmed[confirmed["incident"] == chosen].groupby("actor", sort=False)["time_s"]
        actors = list(first.min().sort_values(kind="stable").index[:MOST])
        called = names if names is not None else display_names(log, language())
        return _draw(one, here, actors, called, title)


def _draw(
    log: EventLog, table: pd.DataFrame, actors: list[str], names: Mapping[str, str], title: Any
) -> Picture:
    origin = log.origins[log.cases[0]]
    low = int(table["time_s"].min())
    span = max(int(table["time_s"].max()) - low, 3600)
    end = low + round(1.08 * span)
    height = 0.75 + 0.72 * len(actors)
    picture = new_picture(9.6, height)
    axes = picture.subplots(len(actors), 1, sharex=True, squeeze=False)[:, 0]
    picture.subplots_adjust(
        left=0.24, right=0.97, top=1 - 0.42 / height, bottom=0.32 / height, hspace=0.25
    )
    for ax, actor in zip(axes, actors, strict=True):
        for what in _LOOKS:
            whose = "" if what == "true" else actor
            rows = table[(table["what"] == what) & (table["actor"] == whose)]
            _steps(ax, rows, what, end)
        ax.set_ylim(0.5, 4.5)
        ax.set_yticks(range(1, 5), GRADES, fontsize=7)
        ax.set_xlim(low, end)
        ax.grid(axis="y", color="#E4E7EA", lw=0.6)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        words = "\n".join(wrap(named(names, actor), 24))
        ax.text(-0.05, 0.5, words, transform=ax.transAxes, ha="right", va="center", fontsize=8.5)
    at = ticks(origin, low, end, 9)
    axes[-1].set_xticks(at, [clock(origin, s) for s in at])
    lines = [axes[0].plot([], [], **look)[0] for look in _LOOKS.values()]
    words_of = [t("true"), t("by what it knew"), t("confirmed")]
    picture.legend(lines, words_of, loc="upper right", ncols=3, bbox_to_anchor=(0.975, 1.0))
    picture.text(0.02, 1 - 0.08 / height, title or t("the grade over time"), va="top", fontsize=11)
    return picture


def _steps(ax: Axes, rows: pd.DataFrame, what: str, end: int) -> None:
    """Draw one course as steps that last until the end; a dot where a grade was confirmed."""
    times = rows["time_s"].tolist()
    levels = [RANK.get(grade, 0) or float("nan") for grade in rows["grade"]]
    if not times:
        return
    ax.step([*times, end], [*levels, levels[-1]], where="post", **_LOOKS[what])
    if what == "confirmed":
        ax.plot(times, levels, "o", color=RED, ms=4, zorder=6)
