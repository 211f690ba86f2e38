"""Rows of a record as plain dicts with absolute times, and what tells them apart."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd

from sim.log.record import RESOLUTION, EventLog, typed
from sim.log.schema import NAMES, TEXTS, TIMES

Row = dict[str, Any]
"""Column -> text (`""` absent), number or time in seconds since 1970 (`None` absent)."""
BETWEEN = " + "
"""Between the places of a row that several sources state."""
FAR = 10**12
DONE = ("", "ended")
_PLACE = re.compile(r"(.+?):(?:.*!)?\d+")


def rows_of(log: EventLog) -> list[Row]:
    """Return the rows of a record, in its order."""
    table = log.table.astype(object).where(log.table.notna(), None)
    second = {case: round(origin.timestamp()) for case, origin in log.origins.items()}
    rows: list[Row] = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    for row in rows:
        for name in TIMES:
            if row[name] is not None:
                row[name] += second[row["case"]]
    return rows


def log_of_rows(rows: list[Row], offset: int) -> EventLog:
    """Return rows as a record whose second 0 is 1970, at an offset in seconds."""
    columns = {name: [row[name] for row in rows] for name in (*NAMES, RESOLUTION)}
    origin = datetime.fromtimestamp(0, timezone(timedelta(seconds=offset)))
    cases = dict.fromkeys(row["case"] for row in rows)
    return EventLog(typed(columns, len(rows)), dict.fromkeys(cases, origin))


def blank() -> Row:
    """Return a row that says nothing."""
    return {name: "" if name in TEXTS else None for name in NAMES} | {RESOLUTION: 1}


def keeper(row: Row) -> str:
    """Return by whose clock a row was stamped."""
    return str(row["keeper"] or row["actor"])


def places(row: Row) -> list[str]:
    """Return where a row stands: `file.xlsx:sheet!7`, or a publication."""
    return [place for place in row["source"].split(BETWEEN) if place]


def files(row: Row) -> frozenset[str]:
    """Return the files (or publications) that state a row."""
    found = (_PLACE.fullmatch(place) for place in places(row))
    return frozenset(
        match[1] if match else place for match, place in zip(found, places(row), strict=True)
    )


def witness(row: Row) -> tuple[tuple[str, ...], str]:
    """Return who states a row: its files, and who kept them."""
    return tuple(sorted(files(row))), keeper(row)


def apart(a: Row, b: Row) -> bool:
    """Whether two witnesses state two rows: nobody writes one thing down twice in other words."""
    single = len(places(a)) <= 1 and len(places(b)) <= 1
    return not files(a) & files(b) or (single and keeper(a) != keeper(b))


def bounds(row: Row) -> tuple[int, int]:
    """Return the earliest and latest second of a row; a minute is that minute's value."""
    if row["time"] is not None:
        return row["time"], row["time"]
    low, high = row["time_lo"], row["time_hi"]
    return -FAR if low is None else low, FAR if high is None else high


def timed(row: Row) -> bool:
    """Whether a row says anything about its time."""
    return any(row[name] is not None for name in ("time", "time_lo", "time_hi"))


def distance(a: Row, b: Row) -> int:
    """Return by how many seconds two rows are certainly apart; 0 where they may be at once.

    A stamp to the minute may be any second of it.
    """
    if not timed(a) and not timed(b):
        return 0
    (a_low, a_high), (b_low, b_high) = bounds(a), bounds(b)
    a_high += (a[RESOLUTION] - 1) if a["time"] is not None else 0
    b_high += (b[RESOLUTION] - 1) if b["time"] is not None else 0
    return max(a_low - b_high, b_low - a_high, 0)


def lag(first: Row, then: Row) -> int:
    """Return the seconds from one row to another, of intervals between their nearest ends."""
    (a_low, a_high), (b_low, b_high) = bounds(first), bounds(then)
    if b_low > a_high:
        return b_low - a_high
    return b_high - a_low if b_high < a_low else 0


def order(row: Row) -> tuple[Any, ...]:
    """Return what sorts rows of several sources: head, time, then where they stand.

    What is known exactly comes before what may have been later.
    """
    low, high = bounds(row)
    start, end = (low if low > -FAR else high), high
    head = -2 if row["activity"] == "begin" else -1 if not timed(row) else 0
    corrected = row["activity"] == "correct"
    when = (start, end) if timed(row) else (0, 0)
    return corrected, head, when, row["file"], row["seq"], row["row"]


def is_absent(value: Any) -> bool:
    """Whether a cell says nothing."""
    return value is None or value == "" or value is pd.NA
