"""When an inject comes: from the start of the drill, on a day of it, or by the clock."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from sim.intake.durations import seconds_in
from sim.intake.timetexts import read_time
from sim.texts import t

DAY, HALF_DAY = 86_400, 43_200
_PARTS = re.compile(r"(?:D\+?(\d+))?\s*(?:[HTE]\+?(\d+))?\s*(?:M\+?(\d+))?", re.IGNORECASE)
_PLUS = re.compile(r"(?:[THE]\s*)?\+\s*(.+)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
_MILITARY = re.compile(r"(\d\d)(\d\d)")
_DAY = re.compile(
    r"(?:第\s*([0-9一二三四五六七八九十]+)\s*[天日]|D(?:ay)?\s*([0-9]+))\s*[,，]?\s*(.+)", re.I
)
_DIGITS = {sign: k for k, sign in enumerate("一二三四五六七八九十", start=1)}


class NoTime(ValueError):
    """A text that is no time of an inject; `str()` says what was expected."""


def relative_text(seconds: int) -> str:
    """Return `T+1:30`, with seconds only where there are any."""
    minutes, rest = divmod(seconds, 60)
    text = f"T+{minutes // 60}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text


def clock_text(start: datetime, seconds: int) -> str:
    """Return `2026-04-15 14:30`, with seconds only where there are any."""
    return (start + timedelta(seconds=seconds)).strftime(
        "%Y-%m-%d %H:%M" if seconds % 60 + start.second == 0 else "%Y-%m-%d %H:%M:%S"
    )


def duration_text(seconds: int) -> str:
    """Return seconds as a scenario writes them: `1 h 30 min`."""
    days, rest = divmod(seconds, DAY)
    parts = ((days, "d"), (rest // 3600, "h"), (rest % 3600 // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def read_relative(text: str, start: datetime) -> int:
    """Return the seconds from the start that a text of the column `relative` says.

    `T+1:30`, `+90 min`, `1:30` (hours and minutes), `D+1 H+2 M+30`, `90 min`, `1小时30分`; and
    `第1天 08:20`, the first day being that of the start.  Raises `NoTime`.
    """
    plain = _plain(text)
    on_day = _on_day(plain, start)
    if on_day is not None:
        return on_day
    parts = _PARTS.fullmatch(plain)
    if parts and any(parts.groups()) and "+" in plain:
        days, hours, minutes = (int(part or 0) for part in parts.groups())
        return days * DAY + hours * 3600 + minutes * 60
    dated = re.fullmatch(r"D\s*\+\s*(\d+)\s*[,，]?\s+(.+)", plain, re.IGNORECASE)
    if dated:
        return int(dated[1]) * DAY + read_relative(dated[2], start)
    plus = _PLUS.fullmatch(plain)
    found = _spell(plus[1] if plus else plain)
    if found is None:
        raise NoTime(t("a time from the start such as T+1:30, D+1 H+2 M+30, 90 min"))
    return found


def read_clock(text: str, start: datetime, before: int | None = None) -> int:
    """Return the seconds from the start until a clock time, with or without its date.

    Without a date it is the first such time at or after the start; where the row before comes
    more than half a day later, the day after (`before`: its seconds).  Raises `NoTime`.
    """
    plain = _plain(text)
    on_day = _on_day(plain, start)
    if on_day is not None:
        return on_day
    found = read_time(plain, (), start.date())
    expected = t("a time such as 08:20 or 2026-07-01 08:20")
    if found is None or found.about or found.until is not None or found.resolution > 60:
        raise NoTime(expected)
    if found.day is None and found.offset is not None:  # 08:20-09:00 is no time at UTC-9
        raise NoTime(expected)
    if found.day is None:
        seconds = (found.second - _second(start)) % DAY
        while before is not None and before - seconds > HALF_DAY:
            seconds += DAY
        return seconds
    seconds = _since(start, found.day, found.second)
    if found.offset is not None and start.utcoffset() is not None:
        shift = start.utcoffset()
        assert shift is not None
        seconds += round(shift.total_seconds()) - found.offset
    return _not_before(seconds)


def read_either(text: str, start: datetime, before: int | None = None) -> int:
    """Return the seconds of a column that may hold both: a clock time unless it says otherwise."""
    plain = _plain(text)
    spelt = seconds_in(plain) is not None and not re.search("[:月日号]", plain)
    if "+" in plain[:4] or spelt:
        return read_relative(plain, start)
    return read_clock(plain, start, before)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().removeprefix("'").strip()


def _spell(text: str) -> int | None:
    """Return the seconds of `1:30`, `0130`, `90 min`."""
    text = text.strip()
    clock = _CLOCK.fullmatch(text)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds if minutes < 60 and seconds < 60 else None
    military = _MILITARY.fullmatch(text)
    if military and int(military[2]) < 60:
        return int(military[1]) * 3600 + int(military[2]) * 60
    return 0 if text == "0" else seconds_in(text)


def _on_day(plain: str, start: datetime) -> int | None:
    """Return the seconds of `第2天 08:20` or `D2 08:20`, `None` for any other text."""
    match = _DAY.fullmatch(plain)
    if not match:
        return None
    number = match[1] or match[2]
    day = int(number) if number.isascii() else _DIGITS.get(number, 0)
    found = read_time(match[3], (), start.date())
    if not day or found is None or found.day is not None or found.resolution > 60:
        return None
    return _not_before(_since(start, start.date() + timedelta(days=day - 1), found.second))


def _since(start: datetime, day: date, second: int) -> int:
    return (day - start.date()).days * DAY + second - _second(start)


def _second(start: datetime) -> int:
    return start.hour * 3600 + start.minute * 60 + start.second


def _not_before(seconds: int) -> int:
    if seconds < 0:
        raise NoTime(t("a time at or after the start of the drill"))
    return seconds
