"""Picture of one case: where the pieces that were asked for were, over time, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.log.stages import STAGES, supply_stages
from sim.report.clock import clock, ticks
from sim.report.columns import cut
from sim.report.names import display_names, named
from sim.report.style import BLACK, GREY, figure_style, new_picture
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 12.0, 0.95, 0.25, 0.55, 1.1  # inches
PANEL, GAP = 1.75, 0.42
MOST = 6
LOOKS: dict[str, dict[str, Any]] = {
    "given": {"fc": "#0B2545"},
    "accepted": {"fc": "#1F6FA8", "hatch": "...."},
    "delivered": {"fc": "#FFFFFF", "hatch": "xxxx"},
    "sent": {"fc": "#E69F00", "hatch": "////"},
    "loaded": {"fc": "#F2C766"},
    "picked": {"fc": "#C9DDEB", "hatch": "\\\\\\\\"},
    "approved": {"fc": "#DDE3E8"},
    "requested": {"fc": "#F7F9FA"},
}
"""Stages from the people's hands upwards, told apart by lightness and hatch."""
OCCURRED: dict[str, Any] = {"color": GREY, "lw": 1.1, "ls": (0, (1, 1.5))}


def supply_chart(
    log: EventLog,
    case: str | None = None,
    lang: str | None = None,
    items: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the way of the goods of one case, one panel an item, pieces over time.

    Bands are the pieces at every stage: asked for, approved, picked, loaded, on the way, come but
    not signed for (or not accepted), with the recipient, given out to people; the thick line is
    what was asked for, the dashed one what people in shelters needed.  What is put back falls
    back to approved.  Stages that a record does not mention have no band.  What went to depots
    (to fill up, or to be pre-positioned) is in no band: a note beside the panel's title says how
    much it was.  Where nothing went elsewhere, the bands are those of what went to depots.

    `case`: the first one if not given.  `items`: which, else the first six that were ordered.
    `lang`: `zh` or `en`, else the language in force.  `names`: id -> display name.  Raises
    `KeyError` for a case that the record does not hold, `ValueError` where nothing is asked for.
    """
    one = log.case(case or log.cases[0]) if len(log) else log
    table, depots = supply_stages(one), supply_stages(one, to_depots=True)
    if not len(table):
        table, depots = depots, table
    moved = depots.groupby("item")["accepted"].max()
    with in_language(lang or language()), figure_style():
        first = table.groupby("item")["time"].min().sort_values(kind="stable").index
        shown = [item for item in items or first if item in set(table["item"])]
        if not shown:
            raise ValueError(t("no supplies are asked for in this record"))
        called = names if names is not None else display_names(log, language())
        return _draw(one, table, shown, bool(items), called, title or one.cases[0], moved)


def _draw(
    log: EventLog,
    table: pd.DataFrame,
    items: list[str],
    chosen: bool,
    names: Mapping[str, str],
    title: str,
    moved: pd.Series,
) -> Picture:
    shown = items if chosen else items[:MOST]
    body = len(shown) * (PANEL + GAP) - GAP
    height = TOP + body + BOTTOM
    picture = new_picture(WIDTH, height)
    window = _window(log, table)
    used: set[str] = set()
    for k, item in enumerate(shown):
        bottom = BOTTOM + (len(shown) - 1 - k) * (PANEL + GAP)
        box = (LEFT / WIDTH, bottom / height, (WIDTH - LEFT - RIGHT) / WIDTH, PANEL / height)
        ax = picture.add_axes(box)
        used |= _panel(ax, table[table["item"].eq(item)], window)
        ax.set_title(cut(named(names, item), 60), fontsize=9.5, pad=4)
        if moved.get(item, 0):
            words = t("moved to depots besides: {n}", n=f"{moved[item]:,}")
            ax.set_title(words, loc="right", fontsize=8.5, color=GREY, pad=4)
        _axes(ax, log, window, last=k == len(shown) - 1)
    picture.text(0.15 / WIDTH, 1 - 0.12 / height, cut(title, 110), fontsize=13, va="top")
    words = t("pieces at every stage")
    if len(shown) < len(items):
        words += t("; {n} more items not drawn", n=len(items) - len(shown))
    picture.text(
        1 - 0.2 / WIDTH, 1 - 0.16 / height, words, fontsize=8.5, color=GREY, va="top", ha="right"
    )
    _legend(picture, used | ({"occurred"} if _occurrences(log) else set()), height)
    return picture


def _window(log: EventLog, table: pd.DataFrame) -> tuple[int, int]:
    """Return from when to when the pictures reach: all that is known, and a little more."""
    occurred = _occurrences(log)
    first = min([int(table["time"].min()), *occurred])
    last = int(table["time"].max())
    room = max(60, (last - first) // 25)
    return first - room // 2, last + room


def _occurrences(log: EventLog) -> list[int]:
    rows = log.table[log.table["activity"].eq("occur") & log.table["actor"].eq("")]
    return [int(time) for time in rows["time"].dropna()]


def _panel(ax: Axes, table: pd.DataFrame, window: tuple[int, int]) -> set[str]:
    """Draw one item; return the stages that it has."""
    times = np.r_[window[0], table["time"].to_numpy(dtype=float), window[1]]
    rows = table[list(STAGES)].to_numpy(dtype=float)
    stages = list(STAGES[:0:-1])  # from the people's hands upwards, without the need
    levels = np.maximum.accumulate(rows[:, :0:-1], axis=1)
    levels = np.vstack([np.zeros(len(stages)), levels, levels[-1]])
    used = set()
    below = np.zeros(len(times))
    for k, stage in enumerate(stages):
        if (levels[:, k] > below).any():
            used.add(stage)
            style: dict[str, Any] = {"ec": "#2B2F33", "lw": 0.5} | LOOKS[stage]
            ax.fill_between(times, below, levels[:, k], step="post", **style)
        below = levels[:, k]
    ax.plot(times, below, drawstyle="steps-post", color=BLACK, lw=1.6)
    need = np.r_[0.0, rows[:, 0], rows[-1, 0]]
    if need.any():
        used.add("needed")
        ax.plot(times, need, drawstyle="steps-post", color=BLACK, lw=1.3, ls=(0, (4, 2)))
    ax.set_ylim(0, 1.08 * max(1.0, float(below.max()), float(need.max())))
    return used


def _axes(ax: Axes, log: EventLog, window: tuple[int, int], last: bool) -> None:
    from matplotlib.ticker import MaxNLocator

    origin = log.origins[log.cases[0]]
    ax.set_xlim(*window)
    at = ticks(origin, *window, most=11)
    ax.set_xticks(at, [clock(origin, second).replace(" ", "\n") for second in at])
    ax.tick_params(axis="x", labelbottom=last)
    ax.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.grid(axis="x", color="#DDE1E5", lw=0.6)
    ax.set_axisbelow(True)
    for side in ("right", "top"):
        ax.spines[side].set_visible(False)
    for time in _occurrences(log):
        ax.axvline(time, gid="occur", **OCCURRED)


def stage_words() -> dict[str, str]:
    """Return what the band of every stage means, in the language in force."""
    return {
        "requested": t("asked for, not approved"),
        "approved": t("approved, not picked"),
        "picked": t("picked"),
        "loaded": t("loaded"),
        "sent": t("on the way"),
        "delivered": t("come, not accepted"),
        "accepted": t("accepted, with the recipient"),
        "given": t("given out to people"),
    }


def _legend(picture: Picture, used: set[str], height: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    words = stage_words()
    keys: list[Any] = [
        Patch(ec="#2B2F33", lw=0.5, label=words[stage], **LOOKS[stage])
        for stage in words
        if stage in used
    ]
    keys.append(Line2D([], [], color=BLACK, lw=1.6, label=t("asked for in all")))
    if "needed" in used:
        need: Any = {"color": BLACK, "lw": 1.3, "ls": (0, (4, 2))}
        keys.append(Line2D([], [], **need, label=t("needed in shelters")))
    if "occurred" in used:
        keys.append(Line2D([], [], **OCCURRED, label=t("occurrence")))
    picture.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0.1 / WIDTH, 0.62 / height),
        ncols=min(len(keys), 5),
        fontsize=8.5,
        handlelength=2.2,
        columnspacing=1.3,
        borderpad=0,
    )
