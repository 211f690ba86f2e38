"""Time stamps of files: ISO 8601 with offset, to the minute or to the second.

All functions work on whole arrays; no step goes through rows one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

EMPTY, SECOND, MINUTE, DATE, BAD = 0, 1, 60, 86_400, -1
"""What a cell holds: nothing, a stamp to the second, one to the minute, a bare date, no stamp.

Where it is a stamp, the number is its resolution in seconds."""
_WIDTH = 25
_PATTERN = "dddd-dd-ddTdd:dd:dd"
_ZERO, _NINE = ord("0"), ord("9")


@dataclass(frozen=True)
class Stamps:
    """`utc` seconds since 1970 (a bare date: its midnight, offset 0), `offset` seconds east
    of Greenwich, `form` one of the constants above; all `int64`, one entry per text."""

    utc: np.ndarray
    offset: np.ndarray
    form: np.ndarray


def parse(texts: Sequence[str]) -> Stamps:
    """Read stamps such as `2026-07-01T08:05+08:00`, `…T08:05:30Z` and dates `2026-07-01`."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    fitting = [text if n <= _WIDTH else "" for text, n in zip(texts, lengths.tolist(), strict=True)]
    codes = np.array(fitting, dtype=f"U{_WIDTH}").view(np.uint32).reshape(len(texts), _WIDTH)
    zulu = codes[np.arange(len(texts)), np.clip(lengths, 1, _WIDTH) - 1] == ord("Z")
    form = np.full(len(texts), BAD, dtype=np.int64)
    for kind, width in ((SECOND, 19), (MINUTE, 16)):
        fits = _matches(codes, width) & (
            ((lengths == width + 6) & _is_offset(codes, width)) | ((lengths == width + 1) & zulu)
        )
        form[fits] = kind
    form[_matches(codes, 10) & (lengths == 10)] = DATE
    form[lengths == 0] = EMPTY
    return _values(codes, form, zulu)


def _matches(codes: np.ndarray, width: int) -> np.ndarray:
    """Return which rows begin with the first `width` signs of the pattern."""
    fits = np.ones(len(codes), dtype=bool)
    for k, sign in enumerate(_PATTERN[:width]):
        fits &= _digit(codes[:, k]) if sign == "d" else codes[:, k] == ord(sign)
    return fits


def _digit(column: np.ndarray) -> np.ndarray:
    return (column >= _ZERO) & (column <= _NINE)


def _is_offset(codes: np.ndarray, at: int) -> np.ndarray:
    sign = (codes[:, at] == ord("+")) | (codes[:, at] == ord("-"))
    digits = _digit(codes[:, at + 1]) & _digit(codes[:, at + 2]) & _digit(codes[:, at + 4])
    colon = codes[:, at + 3] == ord(":")
    return np.asarray(sign & digits & colon & _digit(codes[:, at + 5]))


def _number(codes: np.ndarray, first: int, count: int) -> np.ndarray:
    digits = codes[:, first : first + count].astype(np.int64) - _ZERO
    value: np.ndarray = digits @ (10 ** np.arange(count - 1, -1, -1))
    return value


def _values(codes: np.ndarray, form: np.ndarray, zulu: np.ndarray) -> Stamps:
    """Compute instants; what is no instant (30 February, 25:00) becomes `BAD`."""
    stamp = (form == SECOND) | (form == MINUTE)
    year, month, day = (_number(codes, at, n) for at, n in ((0, 4), (5, 2), (8, 2)))
    hour, minute = (np.where(stamp, _number(codes, at, 2), 0) for at in (11, 14))
    second = np.where(form == SECOND, _number(codes, 17, 2), 0)
    dated = stamp | (form == DATE)
    months = np.where(dated, (year - 1970) * 12 + month - 1, 0)
    first = _days(months)
    good = (month >= 1) & (month <= 12) & (day >= 1) & (day <= _days(months + 1) - first)
    good &= (year >= 1) & (hour < 24) & (minute < 60) & (second < 60)
    offset, offset_good = _offsets(codes, form, zulu)
    form = np.where(dated & ~(good & offset_good), BAD, form)
    utc = (first + day - 1) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return Stamps(np.where(form > 0, utc, 0), np.where(form > 0, offset, 0), form)


def _days(months: np.ndarray) -> np.ndarray:
    """Return days since 1970 of the first day of months counted from 1970-01."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _offsets(
    codes: np.ndarray, form: np.ndarray, zulu: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    offset = np.zeros(len(form), dtype=np.int64)
    good = np.ones(len(form), dtype=bool)
    for kind, at in ((SECOND, 19), (MINUTE, 16)):
        here = (form == kind) & ~zulu
        hours, minutes = _number(codes, at + 1, 2), _number(codes, at + 4, 2)
        sign = np.where(codes[:, at] == ord("-"), -1, 1)
        offset = np.where(here, sign * (hours * 3600 + minutes * 60), offset)
        good &= ~here | ((hours <= 14) & (minutes < 60))
    return offset, good


def spell(utc: np.ndarray, offset: np.ndarray, to_minute: np.ndarray) -> np.ndarray:
    """Return stamps as texts; `to_minute` says which leave out the seconds."""
    result = np.full(len(utc), "", dtype=object)
    keys = np.stack([utc, offset, to_minute.astype(np.int64)], axis=1)
    unique, back = np.unique(keys, axis=0, return_inverse=True)
    texts = [_one(*key) for key in unique.tolist()]
    result[:] = np.array(texts, dtype=object)[back.reshape(-1)] if texts else result
    return result


def _one(utc: int, offset: int, to_minute: int) -> str:
    local = str(np.datetime64(utc + offset, "s"))
    sign = "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 3600:02d}:{abs(offset) // 60 % 60:02d}"
    return f"{local[:16] if to_minute else local}{zone}"
