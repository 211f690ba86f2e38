"""The Gantt picture of one case: what every team did when, from its order to its rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.log.record import EventLog
from sim.log.teams import team_times
from sim.report.clock import clock, ticks
from sim.report.columns import cut, wrap
from sim.report.gantt_bars import Bar, read_bars
from sim.report.names import display_names, named
from sim.report.style import BLACK, BLUE, GREEN, GREY, ORANGE, PALE, figure_style, new_picture
from sim.texts import in_language, label, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 12.0, 2.3, 1.75, 0.62, 0.95  # inches
LANE, THICK = 0.46, 0.26
LOOKS: dict[str, dict[str, Any]] = {
    "alert": {"fc": "white", "ec": BLUE, "hatch": "......"},
    "muster": {"fc": "#CDE6F5", "ec": BLUE, "hatch": "//////"},
    "travel": {"fc": ORANGE, "ec": "#5A3E00"},
    "work": {"fc": GREEN, "ec": "#003B2B"},
    "return": {"fc": "#FBE3B0", "ec": "#8A5F00", "hatch": "\\\\\\\\\\\\"},
    "rest": {"fc": "white", "ec": GREY, "hatch": "----"},
    "wait": {"fc": "white", "ec": "#555555"},
    "unknown": {"fc": "#C3C8CD", "ec": GREY, "hatch": "||||"},
}
"""Stages by fill, hatch and lightness: told apart in grey and by every kind of colour vision."""


def team_chart(
    log: EventLog,
    case: str | None = None,
    lang: str | None = None,
    window: tuple[int, int] | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the teams of one case over time, one lane a team in the order of their first order.

    Bars are alert, muster, travel, work, return and rest, a thin line above them those who
    followed later, a cross a refusal; at the right the persons who went of those the team has,
    trip by trip (× who came where it refused), and its crew-hours.  What lies between two stamps
    that do not follow each other is grey; what is open at the record's end runs out pale.

    `case`: the first one if not given.  `lang`: `zh` or `en`, else the language in force.
    `window`: (from, to) in seconds from the case's origin, else all that is known.  `names`:
    id -> display name.  Raises `KeyError` for a case that the record does not hold,
    `ValueError` where no team acts.
    """
    one = log.case(case or log.cases[0]) if len(log) else log
    times = team_times(one)
    with in_language(lang or language()), figure_style():
        if times[list(times.columns[5:13])].isna().all(axis=None):
            raise ValueError(t("no team acts in this record"))
        called = names if names is not None else display_names(log, language())
        return _draw(one, times, called, title or one.cases[0], window)


def _draw(
    log: EventLog,
    times: pd.DataFrame,
    names: Mapping[str, str],
    title: str,
    window: tuple[int, int] | None,
) -> Picture:
    bars = read_bars(log, times)
    teams = list(dict.fromkeys(bar.team for bar in sorted(bars, key=lambda b: b.start)))
    body = LANE * len(teams)
    height = body + TOP + BOTTOM
    picture = new_picture(WIDTH, height)
    box = (LEFT / WIDTH, BOTTOM / height, (WIDTH - LEFT - RIGHT) / WIDTH, body / height)
    ax = picture.add_axes(box)
    _axes(ax, log, bars, len(teams), window)
    for bar in bars:
        _bar(ax, bar, teams.index(bar.team))
    for k, team in enumerate(teams):
        _gutters(ax, k, team, times[times["team"] == team], names)
    picture.text(0.15 / WIDTH, 1 - 0.14 / height, cut(title, 110), fontsize=13, va="top")
    x = (WIDTH - RIGHT + 0.1) / WIDTH
    words = t("went/has; crew-hours")
    picture.text(x, 1 - (TOP - 0.12) / height, words, fontsize=8, color=GREY, va="center")
    _legend(picture, ax, bars, height)
    return picture


def _axes(
    ax: Axes, log: EventLog, bars: list[Bar], lanes: int, window: tuple[int, int] | None
) -> None:
    table, origin = log.table, log.origins[log.cases[0]]
    occurred = table.loc[(table["activity"] == "occur") & (table["actor"] == ""), "time"].dropna()
    known = [time for bar in bars for time in (bar.start, bar.end) if not bar.open]
    known += [bar.start for bar in bars] + [int(time) for time in occurred]
    first, last = min(known), max(known)
    room = max(60, (last - first) // 40)
    end = last + (3 * room if any(bar.open for bar in bars) else room)
    ax.set_xlim(*(window or (first - room, end)))
    ax.set_ylim(lanes * LANE, 0)
    ax.set_yticks([])
    low, high = ax.get_xlim()
    at = ticks(origin, low, high, most=11)
    ax.set_xticks(at, [clock(origin, second).replace(" ", "\n") for second in at])
    ax.grid(axis="x", color="#DDE1E5", lw=0.6)
    ax.set_axisbelow(True)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    for k in range(0, lanes, 2):
        ax.axhspan(k * LANE, (k + 1) * LANE, color=PALE, lw=0, zorder=0)
    for time in occurred:
        ax.axvline(int(time), color=BLACK, lw=1.1, ls=(0, (4, 2)), zorder=2, gid="occur")


def _bar(ax: Axes, bar: Bar, lane: int) -> None:
    from matplotlib.patches import Rectangle

    top = lane * LANE + (LANE - THICK) / 2 + 0.04
    if bar.stage == "refused":
        style: dict[str, Any] = {"color": BLACK, "ms": 7, "mew": 2}
        ax.plot(bar.start, top + THICK / 2, "x", zorder=5, **style)
        return
    if bar.stage == "follow":
        ax.plot([bar.start, bar.end], [top - 0.06] * 2, color=BLACK, lw=1.6, zorder=4)
        return
    low, high = ax.get_xlim()
    end = high if bar.open else bar.end
    width = max(end - bar.start, (high - low) / 1500)
    style = {"lw": 0.6, "zorder": 3, "alpha": 0.45 if bar.open else None}
    ax.add_patch(Rectangle((bar.start, top), width, THICK, **LOOKS[bar.stage], **style))


def _gutters(ax: Axes, lane: int, team: str, trips: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Name and kind of the team at the left, what went and its hours at the right."""
    y, blend = (lane + 0.5) * LANE, ax.get_yaxis_transform()
    text = wrap(named(names, team), 30)
    kind = trips["kind"].iloc[0]
    if kind and len(text) == 1:
        word = cut(label("team", kind), 36)
        ax.text(
            -0.012, y + 0.1, word, transform=blend, ha="right", va="center", fontsize=7, color=GREY
        )
        y -= 0.08
    ax.text(-0.012, y, "\n".join(text), transform=blend, ha="right", va="center", fontsize=9)
    pairs = trips[["refused", "strength", "establishment"]].itertuples(index=False, name=None)
    went = [
        f"{'' if pd.isna(refused) else '×'}{_number(a)}/{_number(b)}" for refused, a, b in pairs
    ]
    shown = went[:2] + (["…"] if len(went) > 2 else [])
    words = t(", ").join(shown)
    hours = trips["crew_hours"].sum(min_count=1)
    if not pd.isna(hours):
        words += t("; {n} person-h", n=f"{hours:.1f}" if hours < 100 else f"{hours:.0f}")
    style: dict[str, Any] = {"va": "center", "fontsize": 8.5}
    ax.text(1.012, (lane + 0.5) * LANE, words, transform=blend, **style)


def _number(value: Any) -> str:
    return "?" if pd.isna(value) else str(int(value))


def _legend(picture: Picture, ax: Axes, bars: list[Bar], height: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    words = {
        "alert": t("alert"),
        "muster": t("muster"),
        "travel": t("travel out"),
        "work": t("work on site"),
        "return": t("return"),
        "rest": t("rest"),
        "wait": t("ready, not yet under way or at work"),
        "unknown": t("not on record in detail"),
    }
    used = {bar.stage for bar in bars}
    keys: list[Any] = [
        Patch(**LOOKS[stage], lw=0.6, label=word) for stage, word in words.items() if stage in used
    ]
    if any(bar.open for bar in bars):
        pale: dict[str, Any] = {"fc": "#BBBBBB", "ec": BLACK, "alpha": 0.45}
        keys.append(Patch(**pale, lw=0.6, label=t("pale: goes on beyond the record")))
    if "follow" in used:
        keys.append(Line2D([], [], color=BLACK, lw=1.6, label=t("late members follow")))
    if "refused" in used:
        style: dict[str, Any] = {"marker": "x", "color": BLACK, "ms": 7, "mew": 2, "ls": ""}
        keys.append(Line2D([], [], **style, label=t("refused")))
    if any(line.get_gid() == "occur" for line in ax.lines):
        dashed: Any = (0, (4, 2))
        keys.append(Line2D([], [], color=BLACK, lw=1.1, ls=dashed, label=t("occurrence")))
    picture.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0.1 / WIDTH, 0.48 / height),
        ncols=min(len(keys), 7),
        fontsize=8,
        handlelength=2.2,
        columnspacing=1.3,
        borderpad=0,
    )
