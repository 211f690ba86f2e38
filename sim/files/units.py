"""Quantities with units, as they stand in files: `15 min`, `1 h 30 min`, `12 km`, `2.5 t`.

Every function returns a whole number of the unit that the program counts in (seconds,
metres, metres per hour, grams, millilitres), rounded half up.  A number without a unit is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from sim.errors import did_you_mean, sentence, shown
from sim.texts import t

SECONDS = {"d": 86_400, "h": 3_600, "min": 60, "s": 1}
METRES = {"km": 1_000, "m": 1}
METRES_PER_HOUR = {"km/h": 1_000, "m/s": 3_600}
GRAMS = {"t": 1_000_000, "kg": 1_000, "g": 1}
MILLILITRES = {"m3": 1_000_000, "L": 1_000, "mL": 1}
LONGEST = 36_525 * 86_400
"""Most seconds of a duration: a hundred years, so that every instant is a date."""

_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(m3|[A-Za-z/]+)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORDS = {
    "sec": "s",
    "second": "s",
    "秒": "s",
    "minute": "min",
    "mins": "min",
    "m": "min",
    "分": "min",
    "分钟": "min",
    "hour": "h",
    "hr": "h",
    "hrs": "h",
    "小时": "h",
    "day": "d",
    "天": "d",
    "kmh": "km/h",
    "kph": "km/h",
    "公里": "km",
    "千米": "km",
    "米": "m",
    "公里/小时": "km/h",
    "吨": "t",
    "公斤": "kg",
    "千克": "kg",
    "克": "g",
    "ton": "t",
    "m³": "m3",
    "立方米": "m3",
    "升": "L",
    "l": "L",
    "毫升": "mL",
}


class QuantityError(ValueError):
    """A text that is no quantity; `expected` and `hint` are texts for the user."""

    def __init__(self, expected: str, received: object, hint: str = ""):
        self.expected = expected
        self.hint = hint
        super().__init__(sentence(expected, shown(received), hint))


def duration_seconds(text: object) -> int:
    """Return whole seconds from `90 s`, `15 min`, `1.5 h`, `1 h 30 min` or `1 d`.

    Raises `QuantityError` (a `ValueError`) for anything else, e.g. a bare number.
    """
    expected = t("a duration such as 15 min")
    seconds = _quantity(text, SECONDS, expected, "min")
    if seconds > LONGEST:
        raise QuantityError(t("a duration of at most 100 years"), text)
    return seconds


def metres(text: object) -> int:
    """Return whole metres from `800 m` or `12 km`; raises `QuantityError`."""
    return _quantity(text, METRES, t("a length such as 12 km"), "km")


def metres_per_hour(text: object) -> int:
    """Return whole metres per hour, above 0, from `60 km/h` or `5 m/s`; raises `QuantityError`."""
    expected = t("a speed above 0 such as 60 km/h")
    speed = _quantity(text, METRES_PER_HOUR, expected, "km/h")
    if speed == 0:
        raise QuantityError(expected, text)
    return speed


def grams(text: object) -> int:
    """Return whole grams from `500 g`, `20 kg` or `2.5 t`; raises `QuantityError`."""
    return _quantity(text, GRAMS, t("a mass such as 20 kg"), "kg")


def millilitres(text: object) -> int:
    """Return whole millilitres from `0.4 m3`, `20 L` or `500 mL`; raises `QuantityError`."""
    return _quantity(text, MILLILITRES, t("a volume such as 0.4 m3"), "m3")


def _quantity(text: object, units: Mapping[str, int], expected: str, usual: str) -> int:
    """Add up the parts of a text; units must come from large to small, each once."""
    if not isinstance(text, str):
        raise QuantityError(expected, text, _with_unit(text, usual))
    total, before, end = Decimal(0), None, 0
    stripped = text.strip()
    order = list(units)
    for part in _PART.finditer(stripped):
        gap, unit = stripped[end : part.start()], part[2]
        if (
            gap.strip()
            or unit not in units
            or (before and order.index(unit) <= order.index(before))
        ):
            break
        total += Decimal(part[1]) * units[unit]
        before, end = unit, part.end()
    if not stripped or end != len(stripped):
        raise QuantityError(expected, text, _guess(stripped, units, usual))
    return int(total + Decimal("0.5"))


def _with_unit(value: object, usual: str) -> str:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
    return f"{value:g} {usual}" if number else ""


def _guess(text: str, units: Mapping[str, int], usual: str) -> str:
    """Return what the user may have meant, if it is one number and one strange unit."""
    match = _NUMBER.match(text)
    if not match:
        return ""
    word = text[match.end() :].strip()
    if any(sign.isdigit() for sign in word):
        return ""
    if not word:
        return f"{match[0]} {usual}"
    unit = _WORDS.get(word) or _WORDS.get(word.lower().rstrip("s")) or ""
    if unit not in units:
        unit = word.lower() if word.lower() in units else did_you_mean(word, units)
    return f"{match[0]} {unit}" if unit in units else ""
