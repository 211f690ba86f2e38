"""What stands in a cell: a text to compare, a number, a date, as people write them in tables."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_NUMBER = re.compile(r"[-+]?([0-9]{1,3}([,'’ ][0-9]{3})+|[0-9]+)(\.[0-9]+)?|[-+]?\.[0-9]+")
_STILL_NUMBER = re.compile(r"[0-9.,'’:/-]|[eE][-+]?[0-9]")
_DATE = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})[-/.月]([0-9]{1,2})日?( 00:00(:00)?)?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_BRACKET = re.compile(r"(.*?)\s*[（(\[【]\s*([^（()）\[\]【】]*?)\s*[)）\]】]")


def clean(text: str) -> str:
    """Return a cell's text on one line, without the spaces around it, full-width ones too."""
    return " ".join(_UNSEEN.sub("", text).split())


def comparable(text: str) -> str:
    """Return a text as names are compared: half-width, without spaces, marks, upper case."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).casefold().split()).strip("*:")


def number(text: str) -> Decimal | None:
    """Return the number that a cell shows, `None` for any other text.

    Full-width digits and thousands separators (1,200, 1 200) are read; no decimal comma, no
    exponents.
    """
    plain = unicodedata.normalize("NFKC", clean(text))
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(re.sub("[,'’ ]", "", plain))


def number_and_unit(text: str) -> tuple[Decimal | None, str]:
    """Return the number at the beginning of a cell and what follows it: `10 箱`."""
    plain = unicodedata.normalize("NFKC", clean(text))
    match = _NUMBER.match(plain)
    behind = plain[match.end() :].strip() if match else plain
    if not match or _STILL_NUMBER.match(behind):
        return None, plain
    return number(match[0]), behind


def day(text: str) -> date | None:
    """Return the date that a cell shows: 2026-07-01, 2026/7/1, 2026年7月1日, 20260701."""
    plain = unicodedata.normalize("NFKC", clean(text))
    match = _DIGITS.fullmatch(plain)
    parts = match.groups() if match else ()
    if match is None and (match := _DATE.fullmatch(plain)):
        parts = match.group(1, 3, 4)
    try:
        year, month, of_month = map(int, parts)
        return date(year, month, of_month)
    except ValueError:
        return None


def meant_day(text: str) -> str:
    """Return the date that was probably meant: that of a spreadsheet's day number, or empty."""
    value = number(text)
    if value is None or value != int(value) or not 20_000 <= value <= 80_000:
        return ""
    return (date(1899, 12, 30) + timedelta(days=int(value))).isoformat()


def heading_and_unit(heading: str) -> tuple[str, str]:
    """Return a heading without the bracket at its end, and what stands there: `载重（吨）`."""
    match = _BRACKET.fullmatch(clean(heading))
    return (match[1], match[2]) if match else (clean(heading), "")
