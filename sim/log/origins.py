"""Second 0 of every case of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

import numpy as np

from sim.log.schema import TIMES
from sim.log.stamps import DATE, Stamps

Origins = tuple[np.ndarray, np.ndarray]
"""Per case: second 0 in seconds since 1970, and its offset in seconds."""
CHINA_S = 8 * 3600


def found_origins(
    activity: np.ndarray, codes: np.ndarray, count: int, times: Mapping[str, Stamps]
) -> Origins:
    """Return second 0 of each of `count` cases: its row `begin`, else its earliest stamp.

    `codes` is the number of each row's case.  Bare dates count from their midnight at the
    offset of the case's first stamp, China's where it has none; wall times, stamps as they were
    written before a correction, and deadlines do not count.
    """
    far = np.iinfo(np.int64).max
    offset = np.full(count, CHINA_S, dtype=np.int64)
    for name in reversed(TIMES):
        if name in times:
            given = np.flatnonzero((times[name].form > 0) & (times[name].form != DATE))[::-1]
            offset[codes[given]] = times[name].offset[given]
    earliest, its_offset = np.full(count, far), offset.copy()
    begun, begun_offset = np.full(count, far), offset.copy()
    begin = activity == "begin"
    for name, stamp in times.items():
        if name in ("time_wall", "time_written", "due"):
            continue
        dated = stamp.form == DATE
        utc = np.where(dated, stamp.utc - offset[codes], stamp.utc)
        zone = np.where(dated, offset[codes], stamp.offset)
        _lower(earliest, its_offset, utc, zone, codes, stamp.form > 0)
        if name == "time":
            _lower(begun, begun_offset, utc, zone, codes, begin & (stamp.form > 0) & ~dated)
    found = begun < far
    origin = np.where(found, begun, np.where(earliest < far, earliest, 0))
    return origin, np.where(found, begun_offset, its_offset)


def _lower(
    best: np.ndarray, zone: np.ndarray, utc: np.ndarray, offset: np.ndarray, codes: np.ndarray,
    where: np.ndarray,
) -> None:  # fmt: skip
    """Lower `best` to the earliest instant per case, and take over its offset."""
    rows = np.flatnonzero(where)
    if not len(rows):
        return
    order = rows[np.lexsort((utc[rows], codes[rows]))]
    first = order[np.unique(codes[order], return_index=True)[1]]
    earlier = utc[first] < best[codes[first]]
    best[codes[first[earlier]]] = utc[first[earlier]]
    zone[codes[first[earlier]]] = offset[first[earlier]]


def as_datetimes(
    names: Sequence[str], origin: np.ndarray, offset: np.ndarray
) -> dict[str, datetime]:
    """Return origins as aware datetimes, by case."""
    return {
        name: datetime.fromtimestamp(0, timezone(timedelta(seconds=zone)))
        + timedelta(seconds=second)
        for name, second, zone in zip(names, origin.tolist(), offset.tolist(), strict=True)
    }
