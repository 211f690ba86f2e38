"""The tracks of duties below an owner's bars: start, deadline, end, and lateness shaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from sim.report.clock import clock, limit, span
from sim.report.columns import cut
from sim.report.duties import READINGS, Duty, counts_words, verdict_words
from sim.report.lanes import LINE, Lane, Track
from sim.report.place import Labels
from sim.report.style import BLACK, GREEN, GREY, RED
from sim.texts import t

if TYPE_CHECKING:
    from sim.report.swimlane import Sheet

GUTTER_COLUMNS = 43


def draw_tracks(sheet: Sheet, labels: Labels) -> None:
    """Draw the duties of every lane; their words stand in the right gutter."""
    blend = sheet.ax.get_yaxis_transform()
    for lane in sheet.plan.lanes.values():
        for track in lane.tracks:
            for duty in track.duties:
                _duty(sheet, labels, lane, track, duty)
            text, colour = track_words(sheet, track)
            sheet.ax.text(
                1.012, track.y, text, transform=blend, va="center", fontsize=8, color=colour
            )


def _duty(sheet: Sheet, labels: Labels, lane: Lane, track: Track, duty: Duty) -> None:
    low, high = sheet.ax.get_xlim()
    if duty.start is None or duty.deadline is None:
        return
    end = duty.end if duty.end is not None else _owed_until(sheet, duty)
    if duty.start < high:
        until = min(duty.deadline, high)
        sheet.ax.plot([duty.start, until], [track.y] * 2, color=GREY, lw=1, zorder=2.5)
        sheet.ax.plot(duty.start, track.y, "|", color=GREY, ms=5, zorder=2.6)
    if duty.verdict == "late" and end > duty.deadline:
        _lateness(sheet, lane, track, duty.deadline, min(end, high))
    if duty.end is not None and low <= duty.end <= high:
        colour = RED if duty.verdict == "late" else GREEN
        sheet.ax.plot(duty.end, track.y, "o", color=colour, mec="white", mew=0.6, ms=5.5, zorder=6)
    _other_readings(sheet, track, duty)
    _flag(sheet, labels, track, duty)


def _owed_until(sheet: Sheet, duty: Duty) -> int:
    """A duty that never ended is late until the picture's edge."""
    return max(sheet.window.end, duty.deadline or 0)


def _lateness(sheet: Sheet, lane: Lane, track: Track, start: int, end: float) -> None:
    if end <= start:
        return
    box = (start, lane.top), end - start, lane.bottom - lane.top
    sheet.ax.add_patch(Rectangle(*box, fc="#FBE3D5", lw=0, zorder=1))
    bar = (start, track.y - LINE / 2 + 0.035), end - start, LINE - 0.07
    sheet.ax.add_patch(Rectangle(*bar, fc="#F6C9AE", ec=RED, hatch="xxxx", lw=0.6, zorder=2.6))


def _other_readings(sheet: Sheet, track: Track, duty: Duty) -> None:
    """Show the deadlines of the other readings as thin marks where they decide otherwise."""
    low, high = sheet.ax.get_xlim()
    for name in READINGS:
        reading = duty.readings.get(name)
        if reading is None or reading.deadline in (None, duty.deadline):
            continue
        if reading.verdict != duty.verdict and low <= reading.deadline <= high:
            sheet.ax.plot(reading.deadline, track.y, "|", color=RED, ms=9, mew=1.1, ls="", zorder=5)


def _flag(sheet: Sheet, labels: Labels, track: Track, duty: Duty) -> None:
    """Mark the deadline, or at the right edge that it lies beyond the picture."""
    low, high = sheet.ax.get_xlim()
    assert duty.deadline is not None
    if low <= duty.deadline <= high:
        sheet.ax.plot(duty.deadline, track.y, "|", color=BLACK, ms=12, mew=2.2, zorder=5.5)
        gap = sheet.inch(0.05)
        labels.block(duty.deadline - gap, track.y - 0.07, duty.deadline + gap, track.y + 0.07)
        places = [(duty.deadline - gap, track.y, "right", "center")]
        places.append((duty.deadline + gap, track.y, "left", "center"))
    elif duty.deadline > high:
        sheet.ax.plot(high, track.y, ">", color=GREY, ms=4.5, zorder=5.5, clip_on=False)
        places = [(high - sheet.inch(0.07), track.y, "right", "center")]
    else:
        return
    box = {"fc": "white", "ec": "none", "pad": 0.8, "alpha": 0.85}
    when = clock(sheet.origin, duty.deadline)
    labels.put(when, places, fontsize=7.5, zorder=6, color=BLACK, bbox=box)


def track_words(sheet: Sheet, track: Track) -> tuple[str, str]:
    """Return what the gutter says of a track, and its colour."""
    duty = track.duties[0]
    head = duty.rule
    if duty.limit is not None:
        head = t("{rule} ≤ {limit}", rule=duty.rule, limit=limit(duty.limit))
    if len(track.duties) > 1:
        said = counts_words(track.duties)
    elif duty.verdict == "late" and duty.end is None:
        said = t("never reported")
    elif duty.verdict == "late" and duty.margin is not None:
        said = t("late by {span}", span=span(duty.margin))
    else:
        said = verdict_words(duty.verdict, duty.margin)
    if any(duty.depends for duty in track.duties):
        said += t(" (depends)")
    late = any(duty.verdict == "late" for duty in track.duties)
    return cut(f"{head}{t(': ')}{said}", GUTTER_COLUMNS), RED if late else "#222222"
