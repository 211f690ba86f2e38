"""The swimlane of one drill: who did what when, what went to whom, and what was due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.log.record import EventLog
from sim.report.acts import Acts, read_acts
from sim.report.clock import DAY, clock, tick_step, ticks
from sim.report.columns import cut
from sim.report.duties import Duty, duties
from sim.report.lanes import plan_lanes
from sim.report.names import display_names, lane_order
from sim.report.sheet import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Sheet
from sim.report.style import GREY, PALE, figure_style, new_picture
from sim.report.window import choose_window
from sim.report.words import counts_words
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture


def swimlane(
    log: EventLog,
    verdicts: Any = None,
    case: str | None = None,
    lang: str | None = None,
    window: tuple[int, int] | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the swimlane of one case as a figure that shows itself in a notebook.

    Lanes are offices and teams, from the incident upwards; solid bars are work, hatched bars
    are waiting, arrows are messages (dashed: lost or failed), flags are deadlines, and the
    time from a missed deadline to the end of the duty is shaded.

    `case`: which case of the record (the first one if not given).  `lang`: `zh` or `en`,
    else the language in force.  `window`: (from, to) in seconds from the case's origin, else
    chosen so that all that decides a duty is seen.  `names`: id -> display name.
    Raises `KeyError` for a case that the record does not hold, `ValueError` for an empty one.
    """
    if not len(log):
        raise ValueError(t("the record holds no rows"))
    case = case or log.cases[0]
    with in_language(lang or language()), figure_style():
        called = names if names is not None else display_names(log, language())
        return _draw(log.case(case), duties(verdicts, case), window, called, title or case)


def _draw(
    log: EventLog,
    found: list[Duty],
    asked: tuple[int, int] | None,
    names: Mapping[str, str],
    title: str,
) -> Picture:
    from sim.report import legend, swimdraw

    acts = read_acts(log)
    owners = [duty.owner for duty in found if duty.applies and duty.owner]
    actors = lane_order(log.table, list(dict.fromkeys([*acts.actors(), *owners])))
    plan = plan_lanes(actors, acts, found)
    window = choose_window(acts, found, asked)
    height = plan.height + TOP + BOTTOM
    picture = new_picture(WIDTH, height)
    box = (LEFT / WIDTH, BOTTOM / height, (WIDTH - LEFT - RIGHT) / WIDTH, plan.height / height)
    ax = picture.add_axes(box)
    sheet = Sheet(ax, plan, acts, found, window, names, log.origins[log.cases[0]])
    _axes(sheet)
    swimdraw.draw(sheet)
    _heading(picture, height, title, counts_words(found) if found else "")
    _columns(sheet, picture, height)
    legend.legend(sheet, picture, height)
    _notes(picture, height, sheet)
    return picture


def _axes(sheet: Sheet) -> None:
    """Clock below, hours since the first occurrence above, one pale band per second lane."""
    ax, window, plan = sheet.ax, sheet.window, sheet.plan
    length = window.end - window.start
    ax.set_xlim(window.start - 0.015 * length, window.end + 0.02 * length)
    ax.set_ylim(plan.height, 0)
    ax.set_yticks([])
    _clock_axis(sheet)
    _elapsed_axis(sheet)
    for side in ("left", "right"):
        ax.spines[side].set_visible(False)
    for k, lane in enumerate(plan.lanes.values()):
        if k % 2 == 0:
            ax.axhspan(lane.top, lane.bottom, color=PALE, lw=0, zorder=0)
        ax.axhline(lane.top, color="#C8CDD2", lw=0.6, zorder=0.5)


def _clock_axis(sheet: Sheet) -> None:
    low, high = sheet.ax.get_xlim()
    at = ticks(sheet.origin, low, high, most=11)
    whole_days = len(at) > 1 and (at[1] - at[0]) % DAY == 0
    words = []
    for k, second in enumerate(at):
        text = clock(sheet.origin, second, day=False)
        day = clock(sheet.origin, second, day=True).split()[0]
        former = clock(sheet.origin, at[k - 1], day=True).split()[0] if k else ""
        if whole_days:
            words.append(day)
        else:
            words.append(f"{text}\n{day}" if day != former else text)
    sheet.ax.set_xticks(at, words)
    sheet.ax.grid(axis="x", color="#DDE1E5", lw=0.6, zorder=0)
    sheet.ax.set_axisbelow(True)


def _elapsed_axis(sheet: Sheet) -> None:
    zero = occurrence(sheet.acts)
    if zero is None:
        return
    low, high = sheet.ax.get_xlim()
    step = tick_step(high - low, 11)
    first = -(-int(low - zero) // step) * step
    most = high - sheet.inch(0.25)  # what stands in the gutter begins there
    at = [zero + s for s in range(first, int(most - zero) + 1, step)]
    top = sheet.ax.secondary_xaxis("top")
    top.set_xticks(at, [_elapsed(second - zero) for second in at])
    top.tick_params(colors=GREY, labelsize=8, pad=2)
    top.spines["top"].set_visible(False)


def occurrence(acts: Acts) -> int | None:
    """Return when the first incident occurred, or `None` where the record does not say.

    What the record states as so goes before what somebody declared.
    """
    marks = [mark for mark in acts.marks if mark.activity == "occur"]
    true = [mark for mark in marks if not mark.actor]
    return min((mark.time for mark in true or marks), default=None)


def _elapsed(seconds: int) -> str:
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3_600)
    if hours >= 48 and not hours % 24:
        return f"{sign}{hours // 24} {t('d')}"
    return f"{sign}{hours}:{rest // 60:02d}"


def _heading(picture: Picture, height: float, title: str, result: str) -> None:
    x, y = 0.15 / WIDTH, 1 - 0.14 / height
    head = picture.text(x, y, cut(title, 120), fontsize=13, va="top")
    if result:
        box = head.get_window_extent(picture.canvas.get_renderer())  # type: ignore[attr-defined]
        room = box.x1 / picture.dpi + 0.3
        below = room > WIDTH - 3
        at_x, at_y = (x, 1 - 0.42 / height) if below else (room / WIDTH, y - 0.03 / height)
        picture.text(at_x, at_y, result, fontsize=10, va="top", color="#333333")


def _columns(sheet: Sheet, picture: Picture, height: float) -> None:
    """Name what stands in the gutters, above the lanes."""
    y = 1 - (TOP - 0.13) / height
    style: dict[str, Any] = {"fontsize": 8, "color": GREY, "va": "center"}
    if occurrence(sheet.acts) is not None:
        words = t("since occurrence (h:min)")
        if any(m.latest > m.time for m in sheet.acts.marks if m.activity == "occur"):
            words = t("since earliest occurrence")
        picture.text((LEFT - 0.12) / WIDTH, y, words, ha="right", **style)
    if any(lane.tracks for lane in sheet.plan.lanes.values()):
        x = (WIDTH - RIGHT + 0.1) / WIDTH
        picture.text(x, y, t("duty (limit) and verdict (h:min)"), ha="left", **style)


def _notes(picture: Picture, height: float, sheet: Sheet) -> None:
    """Say what the picture leaves out."""
    window = sheet.window
    words = [t("Clock: time of the record.")]
    if sheet.acts.intervals:
        words.append(t("Where only an interval is known, its beginning is drawn."))
    if window.cut:
        words.append(
            t(
                "The picture ends at {end}; later steps until {last}, not drawn: {n}.",
                end=clock(sheet.origin, window.end),
                n=window.cut,
                last=clock(sheet.origin, window.last),
            )
        )
    text = " ".join(words)
    picture.text(0.15 / WIDTH, 0.09 / height, text, fontsize=8, color=GREY, va="bottom")
