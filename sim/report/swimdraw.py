"""The parts of a swimlane: lanes' names, bars, marks; arrows and tracks stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from sim.report.acts import Bar, Mark
from sim.report.clock import clock
from sim.report.columns import wrap
from sim.report.lanes import HEADER, LINE
from sim.report.looks import HALO, MARKERS, bar_look
from sim.report.names import named
from sim.report.place import Labels
from sim.report.style import BLACK
from sim.report.swimarrows import draw_arrows
from sim.report.tracks import draw_tracks
from sim.texts import label, t

if TYPE_CHECKING:
    from sim.report.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """Draw everything inside the axes, and the words in the gutters beside it."""
    _names(sheet)
    labels = Labels(sheet.ax)
    for bar in sheet.acts.bars:
        if bar.actor in sheet.plan.lanes:
            _bar(sheet, bar, labels)
    draw_tracks(sheet, labels)
    _header(sheet, labels)
    _marks(sheet, labels)
    draw_arrows(sheet, labels)


def _names(sheet: Sheet) -> None:
    blend = sheet.ax.get_yaxis_transform()
    for lane in sheet.plan.lanes.values():
        y = (lane.top + lane.bottom) / 2
        text = "\n".join(wrap(named(sheet.names, lane.actor), 24))
        sheet.ax.text(
            -0.012, y, text, transform=blend, ha="right", va="center", fontsize=9, linespacing=1.15
        )


def _bar(sheet: Sheet, bar: Bar, labels: Labels) -> None:
    window = sheet.window
    start, end = max(bar.start, window.start), min(bar.end, window.end)
    if end <= window.start or start >= window.end:
        return
    top = sheet.plan.bar_top(bar) + 0.02
    width = max(end - start, sheet.inch(0.02))
    patch = Rectangle((start, top), width, LINE - 0.04, lw=0.5, zorder=3, **bar_look(bar.family))
    if bar.open:
        patch.set_alpha(0.45)
    sheet.ax.add_patch(patch)
    labels.avoid(start, top, start + width, top + LINE - 0.04)


def _header(sheet: Sheet, labels: Labels) -> None:
    """Occurrences as lines through all lanes, named in the strip above."""
    marks = [m for m in sheet.acts.marks if m.activity == "occur" and sheet.seen(m.time)]
    for mark in marks:
        _occurrence(sheet, mark)
        gap = sheet.inch(0.06)
        labels.block(mark.time - gap, 0, mark.latest + gap, HEADER)
    kept = ""
    for mark in marks:  # what finds no room is said with the next one
        word = t("declared occurrence") if mark.actor else label("activity", "occur")
        text = kept + t("{what} {clock}", what=word, clock=_at(sheet, mark))
        gap = sheet.inch(0.09)
        places = [(mark.latest + gap, HEADER / 2, "left", "center")]
        places.append((mark.time - gap, HEADER / 2, "right", "center"))
        put = labels.put(text, places, fontsize=8.5, zorder=7)
        kept = text + t("; ") if put is None else ""


def _occurrence(sheet: Sheet, mark: Mark) -> None:
    """Draw one occurrence; as a band where only an interval is known, hollow where declared."""
    sheet.ax.axvline(mark.time, color=BLACK, lw=1.1, ls=(0, (4, 2)), zorder=2)
    if mark.latest > mark.time:
        sheet.ax.axvspan(mark.time, mark.latest, color="#D5D9DD", lw=0, zorder=0.7)
        sheet.ax.axvline(mark.latest, color=BLACK, lw=0.8, ls=(0, (1, 2)), zorder=2)
    face = "white" if mark.actor else BLACK
    sheet.ax.plot(
        mark.time, HEADER / 2, "*", mfc=face, mec=BLACK, mew=0.8, ms=9, zorder=6, clip_on=False
    )


def _marks(sheet: Sheet, labels: Labels) -> None:
    for mark in sheet.acts.marks:
        lane = sheet.plan.lanes.get(mark.actor)
        if lane is None or mark.activity not in MARKERS or not sheet.seen(mark.time):
            continue
        shape, face = MARKERS[mark.activity]
        y = lane.mark_y
        sheet.ax.plot(
            mark.time, y, shape, mfc=face, mec=BLACK, mew=0.8, ms=5.5, zorder=6, clip_on=False
        )
        labels.block(mark.time - sheet.inch(0.04), y - 0.04, mark.time + sheet.inch(0.04), y + 0.04)
    for mark in sheet.acts.marks:
        if mark.actor in sheet.plan.lanes and sheet.seen(mark.time):
            _mark_words(sheet, labels, mark)


def _mark_words(sheet: Sheet, labels: Labels, mark: Mark) -> None:
    """Name the marks that carry a grade or a level; the others the legend explains."""
    if mark.activity not in ("confirm", "activate") or not mark.grade:
        return
    grade = label("grade", mark.grade)
    text = grade if mark.activity == "confirm" else t("response {level}", level=mark.grade)
    gap, y = sheet.inch(0.06), sheet.plan.lanes[mark.actor].mark_y
    places = [(mark.time + gap, y, "left", "center"), (mark.time - gap, y, "right", "center")]
    labels.put(text, places, fontsize=7.5, zorder=7, path_effects=HALO)


def _at(sheet: Sheet, mark: Mark) -> str:
    """Return the clock time of a mark, both ends of an interval."""
    text = clock(sheet.origin, mark.time)
    return text if mark.latest == mark.time else f"{text}–{clock(sheet.origin, mark.latest)}"
