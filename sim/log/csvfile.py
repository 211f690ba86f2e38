"""The event record in CSV files: read strictly, written whole, without loss both ways."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import Problem, UnusableInput
from sim.files.atomic import write_bytes
from sim.files.harmless import harmless_column
from sim.log import stamps
from sim.log.cells import Cells, read_cells
from sim.log.check import check_log
from sim.log.columns import Columns, factorized
from sim.log.origins import Origins, as_datetimes, found_origins
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
    return read_with_lines(path)[0]


def read_with_lines(path: str | Path) -> tuple[EventLog, np.ndarray]:
    """Return what `read_log` does, and the line of the file on which each row stands."""
    return log_of(read_cells(path), default_case(Path(path)))


def log_of(cells: Cells, case: str) -> tuple[EventLog, np.ndarray]:
    """Return the record in cells of texts, and the line on which each of its rows stands.

    `case` is the case of rows that name none; the columns of `cells` are filled where they are
    missing.  Raises `UnusableInput`.
    """
    _fill(cells, case)
    columns = Columns(cells)
    values: dict[str, Any] = {
        name: columns.values(name) for name in cells.columns if name not in TIMES
    }
    times = {name: columns.stamps(name) for name in TIMES if name in cells.columns}
    if columns.problems:
        raise UnusableInput(_by_line(columns.problems))
    names, codes = _cases(cells)
    origins = found_origins(values["activity"], codes, len(names), times)
    _place_times(values, times, origins, codes)
    table = typed(values, len(cells))
    order = np.lexsort((table["seq"].to_numpy("int64"), codes))
    log = EventLog(table.iloc[order].reset_index(drop=True), as_datetimes(names, *origins))
    problems = check_log(log, cells.file, cells.lines[order])
    if problems:
        raise UnusableInput(_by_line(problems))
    return log, cells.lines[order]


def _by_line(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line)


def default_case(path: Path) -> str:
    """Return what the case of a file is called that does not say it."""
    return path.resolve().parent.name if path.name == "events.csv" else path.stem


def _fill(cells: Cells, case: str) -> None:
    """Fill the columns that place a row: case, then id and order within the case."""
    columns = cells.columns
    codes, names = factorized(columns.get("case", np.full(len(cells), "", dtype=object)))
    columns["case"] = np.array([name.strip() or case for name in names], dtype=object)[codes]
    empty = [name for name in ("row", "seq") if not any(columns.get(name, ()))]
    if not empty:
        return
    _, codes = _cases(cells)
    positions = _positions(codes)
    texts = {"row": row_ids(len(cells)), "seq": [str(k) for k in range(len(cells))]}
    for name in empty:
        columns[name] = np.array(texts[name], dtype=object)[positions]


def _cases(cells: Cells) -> tuple[list[str], np.ndarray]:
    """Return the cases in the order in which they come, and the number of each row's case."""
    codes, names = factorized(cells.columns["case"])
    return names, codes


def _positions(codes: np.ndarray) -> np.ndarray:
    """Return each row's position within its case."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.searchsorted(ordered, ordered)
    positions = np.empty(len(codes), dtype=np.int64)
    positions[order] = np.arange(len(codes)) - starts
    return positions


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
    return pd.arrays.IntegerArray(np.where(absent, 0, values).astype(np.int64), absent.copy())


def write_log(log: EventLog, path: str | Path, encoding: str = "utf-8-sig") -> None:
    """Write a record as CSV: all columns in the order of the schema, whole or not at all.

    `time` is written to the minute where it was so recorded; the other times of such a row
    too, where they are whole minutes.  Raises `OSError`.
    """
    write_bytes(path, csv_text(log).encode(encoding))


def as_read(log: EventLog, name: str) -> EventLog:
    """Return a record as its CSV file will be read: checked, in order, from its own second 0.

    Raises `UnusableInput` with problems of the file `name`.
    """
    header, *rows = csv.reader(io.StringIO(csv_text(log), newline=""))
    columns = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    lines = np.arange(2, len(rows) + 2)
    return log_of(Cells(name, dict(zip(header, columns, strict=True)), lines), "")[0]


def csv_text(log: EventLog) -> str:
    """Return the text of a record's CSV file.

    No cell starts a formula (`sim.files.harmless`).
    Lines end with `\\n`; with `\\r\\n` where a cell holds a `\\r`, so that it gets quoted.
    """
    table = log.table
    origins = {name: (round(o.timestamp()), _offset(o)) for name, o in log.origins.items()}
    origin = np.array([origins[case] for case in table["case"]], dtype=np.int64).reshape(-1, 2)
    to_minute = table[RESOLUTION].to_numpy("int64") == stamps.MINUTE
    columns: list[Any] = []
    for name in NAMES:
        if name in TIMES:
            columns.append(_stamp_texts(table[name], origin, to_minute))
        else:
            values = table[name].to_numpy(dtype=object, na_value="")
            columns.append(harmless_column(values).tolist())
    text = _csv(columns, "\n")
    return _csv(columns, "\r\n") if "\r" in text else text


def _csv(columns: list[list[Any]], end: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
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
