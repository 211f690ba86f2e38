"""How long something may take, as files write it: `2 h`, `90 min`, `1:30:00`, `PT2H`, `2小时`."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
_WORDS = {
    "天": "d", "日": "d", "days": "d", "day": "d",
    "小时": "h", "时": "h", "hours": "h", "hour": "h", "hrs": "h", "hr": "h",
    "分钟": "min", "分": "min", "minutes": "min", "minute": "min", "mins": "min", "m": "min",
    "秒钟": "s", "秒": "s", "seconds": "s", "second": "s", "sec": "s",
} | {unit: unit for unit in UNITS}  # fmt: skip
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z\u4e00-\u9fff]+)\s*")
_CLOCK = re.compile(r"(?:(\d+) days?,? )?(\d+):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_ISO = re.compile(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?")


def seconds_in(text: str, unit: str | None = None) -> int | None:
    """Return whole seconds, `None` for any other text; `unit` is that of plain numbers."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return None if unit is None else int(Decimal(plain) * UNITS[unit])
    for pattern in (_CLOCK, _ISO):
        match = pattern.fullmatch(plain)
        if match and any(match.groups()):
            days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return days * 86_400 + hours * 3600 + minutes * 60 + seconds
    total, end = Decimal(0), 0
    for match in _PART.finditer(plain):
        if match.start() != end or match[2] not in _WORDS:
            return None
        total += Decimal(match[1]) * UNITS[_WORDS[match[2]]]
        end = match.end()
    return int(total) if end == len(plain) and end else None
