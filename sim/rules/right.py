"""Minutes until somebody knew the right number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.rules.beliefs import Holder, Told
from sim.rules.ledger import Book
from sim.rules.stamps import INF
from sim.rules.truths import Key


def minutes_until_right(
    log: EventLog,
    actor: str,
    field: str,
    since: Literal["occurrence", "last_change"] = "occurrence",
) -> pd.DataFrame:
    """Return how long it took until an actor knew the right number, one row per case × incident.

    `since="occurrence"`: from the occurrence to the first instant at which what he held was
    what was so at that instant.  `"last_change"`: from the last change of the truth to the
    first instant from which he held the final figure.  An instant at which the truth came to
    agree with what he already held counts.

    Columns: case, incident, actor, field; `start_s`, `right_s` (Int64, NA where he never knew
    it); `right` (bool); `minutes` (float; where `right` is false: to the end of the record, a
    lower bound, censored).  Incidents whose true figure the record never states are absent;
    so are those whose start is not known.  Where the record has only an interval, the truth is
    taken as of its beginning and knowledge as of its end.
    """
    return right_in(Book(log), actor, field, since)


def right_in(
    book: Book, actor: str, field: str, since: Literal["occurrence", "last_change"] = "occurrence"
) -> pd.DataFrame:
    """Return what `minutes_until_right` does, of a record that is read already."""
    ends = _ends(book)
    rows = []
    for key in sorted(book.truths.courses):
        case, incident, name = key
        start = _start(book, key, since)
        if name != field or start is None:
            continue
        first = start if since == "last_change" else -INF
        found = next(_right(book, key, (case, incident, actor, field), first), None)
        end = found if found is not None else max(ends[case], start)
        rows.append(
            {
                "case": book.sheet.cases[case],
                "incident": incident,
                "actor": actor,
                "field": field,
                "start_s": start,
                "right_s": found,
                "right": found is not None,
                "minutes": (end - start) / 60,
            }
        )
    return _typed(rows)


def _typed(rows: list[dict[str, object]]) -> pd.DataFrame:
    texts = dict.fromkeys(("case", "incident", "actor", "field"), "str")
    numbers = {"start_s": "Int64", "right_s": "Int64", "right": "bool", "minutes": "float64"}
    return pd.DataFrame(rows, columns=[*texts, *numbers]).astype(texts | numbers)


def _ends(book: Book) -> list[int]:
    """Return until when each case is on record: its last row, or what an `observe` row states."""
    sheet = book.sheet
    until = sheet.instants("until")
    last = np.maximum(np.where(sheet.hi < INF, sheet.hi, -INF), np.where(until < INF, until, -INF))
    return [int(last[a:b].max()) for a, b in zip(sheet.starts[:-1], sheet.starts[1:], strict=True)]


def _start(book: Book, key: Key, since: str) -> int | None:
    sheet = book.sheet
    if since == "last_change":
        found = int(sheet.lo[book.truths.last_change(key)])
        return found if found > -INF else None
    at = sheet.done("occur")
    at = at[sheet.case_of[at] == key[0]]
    places = list(zip(at.tolist(), sheet.rows(at, "incident", "actor"), strict=True))
    for declared in (False, True):  # the inquiry's occurrence goes before a declared one
        times = [
            int(sheet.lo[p])
            for p, (incident, actor) in places
            if incident == key[1] and bool(actor) == declared and sheet.lo[p] > -INF
        ]
        if times:
            return min(times)
    return None


def _right(book: Book, key: Key, holder: Holder, first: int) -> Iterator[int]:
    """Yield every instant, not before `first`, at which holder and truth came to agree."""
    positions, values = book.truths.courses[key]
    steps: list[tuple[int, int, float | None, float | None]] = []
    for p, value in zip(positions, values, strict=True):
        steps.append((int(book.sheet.lo[p]), p, value, None))
    lines: list[Told] = book.beliefs.history.get(holder, [])
    for line in lines:
        steps.append((int(book.sheet.hi[line.at]), line.at, None, line.value))
    steps.sort(key=lambda step: step[:2])
    so: float | None = values[0]  # counted only later: it was so before
    held: float | None = None
    for k, (time, _, true, told) in enumerate(steps):
        so = so if true is None else true
        held = held if told is None else told
        instant_is_over = k + 1 == len(steps) or steps[k + 1][0] > time
        if instant_is_over and held == so and first <= time < INF:
            yield time
