"""Columns of written times to instants; each distinct text is read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from sim.intake.mapping import Time
from sim.intake.timetexts import EARLIEST, Written, read_time
from sim.log import stamps
from sim.texts import t

_EPOCH = date(1970, 1, 1).toordinal()
HALF_DAY = 43_200


@dataclass
class Instants:
    """One entry per row: `utc` seconds since 1970 and `offset`; `form` of `sim.log.stamps`.

    An interval has `high` above `utc` (its last second).  `BAD` rows have a `reason`, empty
    ones are `EMPTY`.  `twice` marks stamps of the hour that a clock shows twice in autumn; the
    first is taken.
    """

    utc: np.ndarray
    high: np.ndarray
    offset: np.ndarray
    form: np.ndarray
    reason: np.ndarray
    twice: np.ndarray

    @property
    def interval(self) -> np.ndarray:
        """Which rows are known as an interval only."""
        found: np.ndarray = (self.form > 0) & (self.high > self.utc)
        return found

    def spelled(self, utc: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return instants of some rows as ISO 8601 with offset, `""` in all others."""
        texts = np.full(len(self.utc), "", dtype=object)
        at = np.flatnonzero(rows)
        whole = (utc[at] + self.offset[at]) % 60 == 0  # the last second of a day is none
        to_minute = (self.form[at] == stamps.MINUTE) & whole
        texts[at] = stamps.spell(utc[at], self.offset[at], to_minute)
        return texts


def read_times(texts: np.ndarray, how: Time, cases: np.ndarray | None = None) -> Instants:
    """Return the instants of a column; `cases` number rows whose missing dates follow on.

    Without a date a stamp is of the day of the last dated stamp of its case, else of
    `how.date`; where the clock falls back by more than half a day, midnight has passed.
    """
    codes, distinct = pd.factorize(texts)
    words = [str(word).strip() for word in distinct]
    plain = stamps.parse(words if not how.formats else [""] * len(words))
    known = (plain.form == stamps.SECOND) | (plain.form == stamps.MINUTE)
    found = Instants(
        plain.utc.copy(),
        plain.utc.copy(),
        plain.offset.copy(),
        np.where(known, plain.form, stamps.EMPTY),
        np.full(len(words), "", dtype=object),
        np.zeros(len(words), dtype=bool),
    )
    undated: dict[int, Written] = {}
    for k in np.flatnonzero(~known).tolist():
        if not words[k]:
            continue
        written = read_time(words[k], how.formats, how.date)
        if written is not None and written.day is None:
            undated[k] = written
        else:
            _place(found, k, written, how, words[k])
    _too_old(found)
    rows = Instants(*(getattr(found, n)[codes] for n in found.__dataclass_fields__))
    if undated:
        _follow_on(rows, codes, undated, how, cases)
    return rows


def instant(text: str, how: Time) -> tuple[int, int] | None:
    """Return (seconds since 1970, offset) of one stamp of a mapping, `None` if it is none."""
    found = read_times(np.array([text], dtype=object), how)
    if found.form[0] not in (stamps.SECOND, stamps.MINUTE):
        return None
    return int(found.utc[0]), int(found.offset[0])


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the time zone of a name or an offset."""
    if name[0] in "+-":
        seconds = (int(name[1:3]) * 60 + int(name[4:])) * 60
        return timezone(timedelta(seconds=-seconds if name[0] == "-" else seconds))
    return ZoneInfo(name)


def _place(found: Instants, k: int, written: Written | None, how: Time, word: str) -> None:
    """Put one written time into its place, or the reason why it is none."""
    reason = ""
    if written is None or written.day is None:
        reason = _why_not(word, how)
    else:
        low = _absolute(written, how)
        high = low
        if written.until is not None:
            high = _absolute(written.until, how)
        if low is None or high is None:
            reason = t("a time with offset, or the zone of the file in time.zone")
            if how.zone is not None:
                reason = t("a time that the clocks of {zone} showed", zone=how.zone)
        elif high[0] < low[0]:
            reason = t("a range that runs forwards")
        else:
            wide = how.about if written.about else 0
            day = 86_399 if written.resolution == 86_400 else 0
            found.utc[k], found.offset[k] = low[0] - wide, low[1]
            found.high[k] = high[0] + wide + day
            found.form[k] = min(written.resolution, 60)
            found.twice[k] = _twice(written, how)
            return
    found.form[k], found.reason[k] = stamps.BAD, reason


def _absolute(written: Written, how: Time) -> tuple[int, int] | None:
    """Return (seconds since 1970, offset) of a dated time."""
    assert written.day is not None
    local = (written.day.toordinal() - _EPOCH) * 86_400 + written.second
    if written.offset is not None:
        return local - written.offset, written.offset
    if how.zone is None:
        return None
    zone = zone_of(how.zone)
    try:
        moment = datetime(1970, 1, 1) + timedelta(seconds=local)
    except OverflowError:
        return None
    shift = moment.replace(tzinfo=zone).utcoffset()
    assert shift is not None
    offset = round(shift.total_seconds())
    back = datetime.fromtimestamp(local - offset, UTC).astimezone(zone)
    if back.replace(tzinfo=None) != moment:  # an hour that was skipped in spring
        return None
    return local - offset, offset


def _twice(written: Written, how: Time) -> bool:
    """Whether the clocks of the zone showed a time twice."""
    if written.offset is not None or how.zone is None or written.day is None:
        return False
    moment = datetime.combine(written.day, datetime.min.time())
    moment = (moment + timedelta(seconds=written.second)).replace(tzinfo=zone_of(how.zone))
    return moment.utcoffset() != moment.replace(fold=1).utcoffset()


def _why_not(word: str, how: Time) -> str:
    if how.date is None and read_time(word, (), date(2000, 1, 1)) is not None:
        return t("a date with the time, or the day in time.date")
    if any(sign in word for sign in "/.") and word[:1].isdigit():
        return t(
            'a time; how it is written must stand in time.formats, such as "%m/%d/%Y %I:%M %p"'
        )
    return t("a time stamp")


def _too_old(found: Instants) -> None:
    """Refuse years that spreadsheets make of bare times and day numbers."""
    first = (date(EARLIEST, 1, 1).toordinal() - _EPOCH) * 86_400
    old = (found.form > 0) & (found.utc < first)
    found.form[old] = stamps.BAD
    found.reason[old] = t("a year after {year}; a time without its date looks so", year=EARLIEST)


def _follow_on(
    rows: Instants, codes: np.ndarray, undated: dict[int, Written], how: Time,
    cases: np.ndarray | None,
) -> None:  # fmt: skip
    """Give stamps without a date the day that they follow on from, row by row."""
    last: dict[int, tuple[date, int]] = {}
    numbers = np.zeros(len(codes), "int64") if cases is None else cases
    for k, (code, case) in enumerate(zip(codes.tolist(), numbers.tolist(), strict=True)):
        if code < 0:
            continue
        written = undated.get(code)
        if written is None:
            if rows.form[k] > 0:
                local = int(rows.utc[k] + rows.offset[k])
                last[case] = (date.fromordinal(local // 86_400 + _EPOCH), local % 86_400)
            continue
        day, second = last.get(case, (how.date, 0))
        if day is not None:
            if case in last and second - written.second > HALF_DAY:
                day += timedelta(days=1)
            until = written.until
            if until is not None:
                passed = written.second - until.second > HALF_DAY
                until = until._replace(day=day + timedelta(days=passed))
            last[case] = (day, written.second)
            _place(rows, k, written._replace(day=day, until=until), how, "")
        else:
            rows.form[k] = stamps.BAD
            rows.reason[k] = t("a date with the time, or the day in time.date")
