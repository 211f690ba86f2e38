"""The event record in CSV files: read strictly, written whole, without loss both ways."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Problem, UnusableInput
from sim.files.atomic import write_bytes
from sim.log import stamps
from sim.log.cells import Cells, read_cells
from sim.log.check import check_log
from sim.log.columns import Columns
from sim.log.record import RESOLUTION, EventLog, typed
from sim.log.rows import row_ids
from sim.log.schema import NAMES, TIMES


def read_log(path: str | Path) -> EventLog:
    """Return the event record in a CSV file.

    Stamps carry an offset; to the minute means a resolution of 60 s, to the second 1 s.  A
    bare date in `time` is an interval: that day, at the offset of the case (of its first
    stamp; China's where it has none).  Second 0 of a case is its row of activity `begin` if
    it has one with a time, else its earliest stamp.  Missing columns `row`, `case`, `seq` are
    filled: `r0`…, the name of the file (for `events.csv`: of its folder), the position.

    Encodings: UTF-8 with or without BOM, GB18030.  Raises `UnusableInput` with every problem
    as `file:line: column: expected …`.
    """
    cells = read_cells(path)
    _fill(cells, _case_name(Path(path)))
    columns = Columns(cells)
    values: dict[str, Any] = {
        name: columns.values(name) for name in cells.columns if name not in TIMES
    }
    times = {name: columns.stamps(name) for name in TIMES if name in cells.columns}
    if columns.problems:
        raise UnusableInput(_by_line(columns.problems))
    names, codes = _cases(cells)
    origins = _origins(cells, codes, len(names), times)
    _place_times(values, times, origins, codes)
    table = typed(values, len(cells))
    order = np.lexsort((table["seq"].to_numpy("int64"), codes))
    log = EventLog(table.iloc[order].reset_index(drop=True), _as_datetimes(names, *origins))
    problems = check_log(log, cells.file, np.array(cells.lines, dtype=np.int64)[order])
    if problems:
        raise UnusableInput(_by_line(problems))
    return log


def _by_line(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line)


def _case_name(path: Path) -> str:
    return path.resolve().parent.name if path.name == "events.csv" else path.stem


def _fill(cells: Cells, case: str) -> None:
    """Fill the columns that place a row: case, then id and order within the case."""
    columns = cells.columns
    if "case" not in columns:
        columns["case"] = [case] * len(cells)
    elif "" in columns["case"]:
        columns["case"] = [name or case for name in columns["case"]]
    if any(columns.get("row", ())) and any(columns.get("seq", ())):
        return
    _, codes = _cases(cells)
    positions = _positions(codes)
    if not any(columns.get("row", ())):
        ids = row_ids(int(positions.max(initial=-1)) + 1)
        columns["row"] = [ids[k] for k in positions.tolist()]
    if not any(columns.get("seq", ())):
        columns["seq"] = [str(k) for k in positions.tolist()]


def _cases(cells: Cells) -> tuple[list[str], np.ndarray]:
    """Return the cases in the order in which they come, and the number of each row's case."""
    numbers = {name: k for k, name in enumerate(dict.fromkeys(cells.columns["case"]))}
    codes = np.fromiter(map(numbers.__getitem__, cells.columns["case"]), np.int64, len(cells))
    return list(numbers), codes


def _positions(codes: np.ndarray) -> np.ndarray:
    """Return each row's position within its case."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.searchsorted(ordered, ordered)
    positions = np.empty(len(codes), dtype=np.int64)
    positions[order] = np.arange(len(codes)) - starts
    return positions


Origins = tuple[np.ndarray, np.ndarray]
"""Per case: second 0 in seconds since 1970, and its offset in seconds."""
CHINA_S = 8 * 3600


def _origins(
    cells: Cells, codes: np.ndarray, count: int, times: dict[str, stamps.Stamps]
) -> Origins:
    """Return second 0 of every case; bare dates are moved to the case's offset."""
    far = np.iinfo(np.int64).max
    offset = np.full(count, CHINA_S, dtype=np.int64)
    for name in reversed(TIMES):
        if name in times:
            given = np.flatnonzero((times[name].form > 0) & (times[name].form != stamps.DATE))[::-1]
            offset[codes[given]] = times[name].offset[given]
    earliest, its_offset = np.full(count, far), offset.copy()
    begun, begun_offset = np.full(count, far), offset.copy()
    begin = np.array([word == "begin" for word in cells.columns["activity"]], dtype=bool)
    for name, stamp in times.items():
        if name == "time_wall":
            continue
        dated = stamp.form == stamps.DATE
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


def _place_times(
    values: dict[str, Any], times: dict[str, stamps.Stamps], origins: Origins, codes: np.ndarray
) -> None:
    """Put times in seconds from second 0 into `values`, and the resolution of `time`."""
    origin, zone = origins[0][codes], origins[1][codes]
    for name, stamp in times.items():
        values[name] = _masked(stamp.utc - origin, stamp.form <= 0)
    time = times.get("time")
    if time is None:
        return
    values[RESOLUTION] = np.where(time.form == stamps.MINUTE, 60, 1)
    dated = time.form == stamps.DATE
    if dated.any():
        values["time"][dated] = None
        for name, seconds in (("time_lo", 0), ("time_hi", stamps.DATE - 1)):
            column = values.setdefault(
                name, _masked(np.zeros(len(codes), np.int64), np.ones(len(codes), bool))
            )
            empty = dated & column.isna()
            column[empty] = (time.utc - zone - origin + seconds)[empty]


def _masked(values: np.ndarray, absent: np.ndarray) -> Any:
    import pandas as pd

    return pd.arrays.IntegerArray(np.where(absent, 0, values).astype(np.int64), absent.copy())


def _as_datetimes(names: list[str], origin: np.ndarray, offset: np.ndarray) -> dict[str, datetime]:
    return {
        name: datetime.fromtimestamp(0, timezone(timedelta(seconds=zone)))
        + timedelta(seconds=second)
        for name, second, zone in zip(names, origin.tolist(), offset.tolist(), strict=True)
    }


def write_log(log: EventLog, path: str | Path, encoding: str = "utf-8-sig") -> None:
    """Write a record as CSV: all columns in the order of the schema, whole or not at all.

    `time` is written to the minute where it was so recorded; the other times of such a row
    too, where they are whole minutes.  Raises `OSError`.
    """
    write_bytes(path, csv_text(log).encode(encoding))


def csv_text(log: EventLog) -> str:
    """Return the text of a record's CSV file, with `\\n` as line end."""
    table = log.table
    origins = {name: (round(o.timestamp()), _offset(o)) for name, o in log.origins.items()}
    origin = np.array([origins[case] for case in table["case"]], dtype=np.int64).reshape(-1, 2)
    to_minute = table[RESOLUTION].to_numpy("int64") == stamps.MINUTE
    columns: list[Any] = []
    for name in NAMES:
        if name in TIMES:
            columns.append(_stamp_texts(table[name], origin, to_minute))
        else:
            columns.append(table[name].to_numpy(dtype=object, na_value="").tolist())
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def _offset(instant: datetime) -> int:
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError(f"the origin {instant} has no offset")
    return round(offset.total_seconds())


def _stamp_texts(column: Any, origin: np.ndarray, to_minute: np.ndarray) -> list[str]:
    texts = np.full(len(column), "", dtype=object)
    there = np.flatnonzero(column.notna().to_numpy())
    utc = column.to_numpy(dtype="int64", na_value=0)[there] + origin[there, 0]
    whole = (utc + origin[there, 1]) % 60 == 0
    texts[there] = stamps.spell(utc, origin[there, 1], to_minute[there] & whole)
    return texts.tolist()
