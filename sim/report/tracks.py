"""The tracks of duties below an owner's bars: start, deadline, end, and lateness shaded."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from sim.report.clock import clock, short_span
from sim.report.columns import cut
from sim.report.duties import READINGS, Duty
from sim.report.lanes import LINE, Track
from sim.report.looks import LATE
from sim.report.place import Labels
from sim.report.style import BLACK, GREEN, GREY, RED
from sim.report.words import counts_words, verdict_words
from sim.texts import label, t
from sim.texts.lengths import limit

if TYPE_CHECKING:
    from sim.report.sheet import Sheet

GUTTER_COLUMNS = 46


def draw_tracks(sheet: Sheet, labels: Labels) -> None:
    """Draw the duties of every lane; their words stand in the right gutter."""
    blend = sheet.ax.get_yaxis_transform()
    tracks = [track for lane in sheet.plan.lanes.values() for track in lane.tracks]
    for track in tracks:
        for duty, following in zip_longest(track.duties, track.duties[1:]):
            _duty(sheet, labels, track, duty, following)
        text, colour = track_words(track)
        sheet.ax.text(1.012, track.y, text, transform=blend, va="center", fontsize=8, color=colour)
    for track in tracks:
        for duty in track.duties:
            _flag(sheet, labels, track, duty, named=len(track.duties) == 1)


def _duty(sheet: Sheet, labels: Labels, track: Track, duty: Duty, following: Duty | None) -> None:
    """Draw one duty; a recurrence that was never done is late until the following one is due."""
    low, high = sheet.ax.get_xlim()
    if duty.start is None or duty.deadline is None:
        return
    if duty.start < high:
        until = min(duty.deadline, high)
        sheet.ax.plot([duty.start, until], [track.y] * 2, color=GREY, lw=1, zorder=2.5)
        sheet.ax.plot(duty.start, track.y, "|", color=GREY, ms=5, zorder=2.6)
    if duty.verdict == "late":
        end = duty.end if duty.end is not None else max(sheet.window.end, duty.deadline)
        if duty.end is None and following is not None and following.deadline is not None:
            end = following.deadline
        _lateness(sheet, track, duty.deadline, min(end, high))
    if duty.end is not None and low <= duty.end <= high:
        colour = RED if duty.verdict == "late" else GREEN
        sheet.ax.plot(duty.end, track.y, "o", color=colour, mec="white", mew=0.6, ms=5.5, zorder=6)
        gap = sheet.inch(0.03)
        labels.block(duty.end - gap, track.y - 0.03, duty.end + gap, track.y + 0.03)
    for second in other_deadlines(duty):
        if low <= second <= high:
            sheet.ax.plot(second, track.y, "|", color=RED, ms=9, mew=1.1, ls="", zorder=5)


def _lateness(sheet: Sheet, track: Track, start: int, end: float) -> None:
    if end > start:
        box = (start, track.y - LINE / 2 + 0.02), end - start, LINE - 0.04
        sheet.ax.add_patch(Rectangle(*box, **LATE, zorder=2.6))


def other_deadlines(duty: Duty) -> list[int]:
    """Return the deadlines of the readings that decide otherwise than the scoring one."""
    found = [duty.readings[name] for name in READINGS if name in duty.readings]
    return [
        reading.deadline
        for reading in found
        if reading.deadline is not None and reading.verdict != duty.verdict
    ]


def _flag(sheet: Sheet, labels: Labels, track: Track, duty: Duty, named: bool) -> None:
    """Mark the deadline, or at the right edge that it lies beyond the picture."""
    low, high = sheet.ax.get_xlim()
    if duty.deadline is None:
        return
    if low <= duty.deadline <= high:
        sheet.ax.plot(duty.deadline, track.y, "|", color=BLACK, ms=12, mew=2.2, zorder=5.5)
        gap = sheet.inch(0.07)
        places = [(duty.deadline + gap, track.y, "left", "center")]
        places.append((duty.deadline - gap, track.y, "right", "center"))
    elif duty.deadline > high:
        sheet.ax.plot(high, track.y, ">", color=GREY, ms=4.5, zorder=5.5, clip_on=False)
        places = [(high - sheet.inch(0.07), track.y, "right", "center")]
    else:
        return
    box = {"fc": "white", "ec": "none", "pad": 0.8, "alpha": 0.85}
    when = clock(sheet.origin, duty.deadline)
    if not named:
        return
    labels.put(when, places, fontsize=7.5, zorder=6, color=BLACK, bbox=box)


def track_words(track: Track) -> tuple[str, str]:
    """Return what the gutter says of a track, and its colour."""
    duty = track.duties[0]
    head = duty.rule
    if duty.limit is not None:
        head = t("{rule} ≤ {limit}", rule=duty.rule, limit=limit(duty.limit))
    said = counts_words(track.duties) if len(track.duties) > 1 else _verdict(duty)
    if any(duty.depends for duty in track.duties):
        said += t(" (depends)")
    late = any(duty.verdict == "late" for duty in track.duties)
    mark = "▲ " if late else ""
    return cut(f"{mark}{head}{t(': ')}{said}", GUTTER_COLUMNS), RED if late else "#222222"


def _verdict(duty: Duty) -> str:
    if duty.verdict == "late" and duty.reason == "never_reported":
        return t("never reported") if duty.recipient else label("reason", "not_done")
    if duty.limit is None:
        return verdict_words(duty)
    if duty.verdict == "late" and duty.end is None:
        return t("never reported")
    if duty.verdict == "late" and duty.margin is not None:
        return f"{label('verdict', 'late')} {short_span(duty.margin)}"
    if duty.verdict == "met" and duty.margin:
        return f"{label('verdict', 'met')} +{short_span(duty.margin)}"
    return verdict_words(duty)
