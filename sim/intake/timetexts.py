"""One written time: ISO 8601, dates as Excel shows them, Chinese forms, the mapping's own formats.

What day and month mean in `3/4/2026` is not guessed: such stamps need a format.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

_NUMERIC = re.compile(
    r"(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2}))?"
    r"(?:(?(y)(?:T|\s+))(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<c>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<p>[AaPp])?(?(p)\.?[Mm]\.?)\s*(?P<z>Z|[+-]\d{2}:?\d{2})?"
)
_CHINESE = re.compile(
    r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?:(?P<d>\d{1,2})[日号])?\s*"
    r"(?P<p>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜间|夜里|深夜|晚|夜)?\s*"
    r"(?:(?P<h>\d{1,2})(?:[时点]|:(?=\d))(?:(?P<half>半)|整|(?P<i>\d{1,2})(?:分|:(?=\d)|(?=\D|$))"
    r"(?:(?P<c>\d{1,2})秒?)?)?)?"
)
_BEFORE = re.compile(r"^(?:大约|大概|约|近|ca\.?|about|approx\.?|~|≈)\s*", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:左右|前后|许)$")
_RANGE = re.compile(r"^(.*?\d\D{0,2}?)\s*(?:至|到|~|—|–|--|-)\s*(\D{0,4}\d.*)$")
_LATER = ("下午", "傍晚", "晚上", "夜间", "夜里", "深夜", "晚", "夜")
EARLIEST = 1950
"""Years before this one are spreadsheets' day numbers, not the time of an event."""


class Written(NamedTuple):
    """A written time: `day` (`None` = not stated), second of that day, to `resolution` seconds.

    `offset` in seconds east of Greenwich if it is written; `about`: only roughly; `until` the
    end of a written range.  A bare date has the resolution of a day.
    """

    day: date | None
    second: int
    resolution: int
    offset: int | None = None
    about: bool = False
    until: Written | None = None


def read_time(text: str, formats: Sequence[str] = (), near: date | None = None) -> Written | None:
    """Return what a text says, `None` where it is no time; `near` completes a date in part."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _formatted(plain, formats) or _plain(plain, near)
    if found is not None:
        return found
    bare = _BEHIND.sub("", _BEFORE.sub("", plain))
    if bare != plain:
        found = read_time(bare, formats, near)
        return found._replace(about=True) if found and found.until is None else None
    parts = _RANGE.match(plain)
    if parts is None:
        return None
    first, last = (_formatted(p, formats) or _plain(p.strip(), near) for p in parts.groups())
    if first is None or last is None or last.resolution > 60 or first.resolution > 60:
        return None
    if last.day is None:
        later = last.second < first.second and first.second - last.second > 43_200
        day = first.day + timedelta(days=1) if first.day and later else first.day
        last = last._replace(day=day)
    return first._replace(until=last._replace(offset=last.offset or first.offset))


def _plain(text: str, near: date | None) -> Written | None:
    for pattern in (_NUMERIC, _CHINESE):
        match = pattern.fullmatch(text)
        if match and any(match[name] for name in ("y", "m", "d", "h")):
            return _written(match.groupdict(), near)
    return None


def _written(parts: dict[str, str | None], near: date | None) -> Written | None:
    """Return the time of matched parts, `None` where there is no such day or minute."""
    day = None
    if parts["d"] or parts["m"] or parts["y"]:
        day = _day(parts, near)
        if day is None:
            return None
    if not parts["h"]:
        bare = day is not None and not parts["p"] and not parts.get("z")
        return Written(day, 0, 86_400) if bare else None
    hour, minute = int(parts["h"]), 30 if parts.get("half") else int(parts["i"] or 0)
    second = int(parts["c"] or 0)
    hour = _hour(hour, parts["p"] or "")
    if not 0 <= hour <= 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    resolution = 1 if parts["c"] else 60
    zone = _offset(parts.get("z"))
    return Written(day, hour * 3600 + minute * 60 + second, resolution, zone)


def _day(parts: dict[str, str | None], near: date | None) -> date | None:
    if not parts["d"] or (near is None and not (parts["y"] and parts["m"])):
        return None
    if parts["y"] and not parts["m"]:
        return None
    year = int(parts["y"]) if parts["y"] else near.year if near else 0
    month = int(parts["m"]) if parts["m"] else near.month if near else 0
    try:
        return date(year, month, int(parts["d"]))
    except ValueError:
        return None


def _hour(hour: int, part: str) -> int:
    """Return the hour of 24, -1 where a part of the day and an hour do not go together."""
    if part in ("a", "A", "p", "P"):
        return hour % 12 + (12 if part in "pP" else 0) if 1 <= hour <= 12 else -1
    if part == "凌晨" or part == "清晨":
        return hour % 12 if hour <= 12 else -1
    if part == "中午":
        return hour + 12 if hour < 4 else hour
    if part in _LATER and hour <= 12:
        night = hour == 12 and part not in ("下午", "傍晚")
        return 24 if night else hour % 12 + 12
    return hour


def _offset(text: str | None) -> int | None:
    if not text:
        return None
    if text == "Z":
        return 0
    seconds = int(text[1:3]) * 3600 + int(text[-2:]) * 60
    return -seconds if text[0] == "-" else seconds


def _formatted(text: str, formats: Sequence[str]) -> Written | None:
    for form in formats:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        dated = any(sign in form for sign in ("%d", "%j", "%x", "%c", "%D", "%F", "%s"))
        exact = any(sign in form for sign in ("%S", "%X", "%c", "%T", "%s", "%r"))
        timed = exact or any(sign in form for sign in ("%H", "%I", "%R"))
        shift = found.utcoffset()
        second = found.hour * 3600 + found.minute * 60 + found.second
        return Written(
            found.date() if dated else None,
            second,
            (1 if exact else 60) if timed else 86_400,
            None if shift is None else round(shift.total_seconds()),
        )
    return None
