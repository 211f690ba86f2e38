"""Times and durations as people read them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sim.texts import t

MINUTE, HOUR, DAY = 60, 3_600, 86_400
STEPS = (
    *(60, 120, 300, 600, 900, 1_800),
    *(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR),
    *(DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 365 * DAY),
)
"""Distances between ticks of a clock axis, in seconds."""


def at(origin: datetime, seconds: int) -> datetime:
    """Return the instant `seconds` after the case's origin."""
    return origin + timedelta(seconds=int(seconds))


def clock(origin: datetime, seconds: int, day: bool | None = None) -> str:
    """Return an instant to the minute, `09:20`, with the date in front when `day`.

    `day=None` shows the date on every day other than the origin's.
    """
    moment = at(origin, seconds)
    text = moment.strftime("%H:%M")
    if day is None:
        day = moment.date() != origin.date()
    return f"{moment:%m-%d} {text}" if day else text


def stamp(origin: datetime, seconds: int) -> str:
    """Return an instant in full: `2012-06-03 09:20`."""
    moment = at(origin, seconds)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")


def minutes(seconds: int) -> str:
    """Return seconds as minutes: whole from 10 min on, below with one decimal where needed."""
    value = seconds / MINUTE
    return f"{value:.0f}" if value == round(value) or abs(value) >= 10 else f"{value:.1f}"


def signed_minutes(seconds: int) -> str:
    """Return a margin in minutes with its sign: `+12`, `-45`, `±0`."""
    if seconds == 0:
        return "±0"
    text = minutes(abs(seconds))
    if text == "0.0":  # a few seconds: never shown as nothing
        text = "0.1"
    return ("+" if seconds > 0 else "-") + text


def span(seconds: int) -> str:
    """Return a length of time in words: `45 min`, `2 h 05 min`, `3 d 4 h`."""
    seconds = abs(int(seconds))
    if seconds < MINUTE:
        return f"{seconds} {t('s')}"
    whole = round(seconds / MINUTE)
    days, rest = divmod(whole, 1_440)
    hours, mins = divmod(rest, 60)
    if days:
        return f"{days} {t('d')}" + (f" {hours} {t('h')}" if hours else "")
    if hours:
        return f"{hours} {t('h')}" + (f" {mins:02d} {t('min')}" if mins else "")
    return f"{mins} {t('min')}"


def short_span(seconds: int) -> str:
    """Return a length of time as `h:min`, `1:43`; in days and hours from two days on."""
    if abs(seconds) >= 2 * DAY:
        return span(seconds)
    whole = round(abs(seconds) / MINUTE) or int(seconds != 0)
    return f"{whole // 60}:{whole % 60:02d}"


def tick_step(length: float, most: int = 12) -> int:
    """Return the smallest step of `STEPS` that cuts `length` seconds in at most `most` parts."""
    return next((step for step in STEPS if length / step <= most), STEPS[-1])


def ticks(origin: datetime, start: float, end: float, most: int = 12) -> list[int]:
    """Return round clock times within [start, end], as seconds from the origin."""
    step = tick_step(end - start, most)
    midnight = origin.replace(hour=0, minute=0, second=0, microsecond=0)
    shift = int((origin - midnight).total_seconds())
    first = -(-(int(start) + shift) // step) * step - shift
    return [s for s in range(first, int(end) + 1, step) if s >= start]
