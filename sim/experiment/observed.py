"""How long each piece of work took on a record: work singly, as far as its rows tell.

A row that names its `cause` says with `span` what the seconds since then were spent on; what was
interrupted is added up.  Rows without a cause are paired, `started` with `ended`, in their order
for the same actor, activity, incident and object.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.log import EventLog
from sim.log.journeys import each

SPANS = (
    *("recording", "verifying", "drafting", "signing", "deciding", "consulting", "reviewing"),
    *("publishing", "mustering", "loading", "unloading", "handing_over", "working"),
    *("opening", "taking_command", "counting", "planned"),
)
"""What a row's seconds may have been spent on, if they are its own work and no waiting."""
SENT = "send"
_READ = (
    *("case", "seq", "row", "time", "activity", "phase", "actor", "object", "incident"),
    *("cause", "span"),
)


class Work(NamedTuple):
    """One piece of work: least and greatest seconds, both the same where its end is on record.

    `high` is infinite where it was still under way at the end of the record (a row `open` says so),
    or where its end is not told at all (`low` is 0).  `begun` is the place (`seq`) of the row that
    begins it.
    """

    case: str
    actor: str
    activity: str
    incident: str
    low: float
    high: float
    begun: int


def works(log: EventLog) -> pd.DataFrame:
    """Return one row per piece of work, columns as `Work`, and `k`: its number, from 0.

    They are numbered as they were begun, for each case, actor, activity and incident.  A message on
    its way (span `transmission`) is work `send` of its sender.
    """
    read = log.table.loc[log.table["time"].notna(), list(_READ)]
    found: list[Work] = []
    for case, part in read.groupby("case", sort=False):
        found += _of_case(str(case), list(each(part)))
    table = pd.DataFrame(found, columns=list(Work._fields)).astype({"low": float, "high": float})
    keys = ["case", "actor", "activity", "incident"]
    table = table.sort_values([*keys, "begun"], kind="stable").reset_index(drop=True)
    return table.assign(k=table.groupby(keys, sort=False).cumcount())


def _of_case(case: str, rows: list[Any]) -> Iterator[Work]:
    by_id = {row.row: row for row in rows}
    started: dict[tuple[str, str, str, str], deque[Any]] = defaultdict(deque)
    for row in rows:
        key = (row.actor, row.activity, row.incident, row.object)
        if row.cause:
            if row.span in (*SPANS, "transmission") and row.phase != "interrupted":
                yield from _caused(case, row, by_id)
        elif row.activity in (SENT, "wait"):
            continue  # from start to end it is dialled, too; who waits may wait for anything
        elif row.phase == "started":
            started[key].append(row)
        elif row.phase == "ended" and started[key]:
            begin = started[key].popleft()
            seconds = max(0, int(row.time) - int(begin.time))
            yield Work(case, *key[:3], seconds, seconds, begin.seq)
    for (actor, activity, incident, _), left in started.items():
        for begin in left:
            yield Work(case, actor, activity, incident, 0, np.inf, begin.seq)


def _caused(case: str, row: Any, by_id: dict[str, Any]) -> Iterator[Work]:
    """Yield the work that a row ends, or that it says is still under way."""
    begin, seconds = _pieces(row, by_id)
    if begin is not None:
        still = row.activity == "open"
        activity = begin.activity if still else row.activity
        activity = SENT if row.span == "transmission" else activity
        high = np.inf if still else seconds
        yield Work(case, row.actor, activity, row.incident, seconds, high, begin.seq)


def _pieces(row: Any, by_id: dict[str, Any]) -> tuple[Any, int]:
    """Return the row that began a work, and its seconds without the interruptions."""
    begin, seconds = by_id.get(row.cause), 0
    if begin is None:
        return None, 0
    seconds = int(row.time) - int(begin.time)
    while begin.phase == "resumed":
        before = by_id.get(begin.cause)
        while before is not None and before.phase != "interrupted":
            before = by_id.get(before.cause)
        first = None if before is None else by_id.get(before.cause)
        if before is None or first is None:
            return None, 0
        seconds += int(before.time) - int(first.time)
        begin = first
    return begin, seconds


def noticed(log: EventLog) -> dict[tuple[str, str], int]:
    """Return how long after an incident's occurrence who noticed it did: (incident, actor) -> s.

    The record is of one case; the occurrence is that without an actor.
    """
    table = log.table[log.table["time"].notna()]
    occur = table[(table["activity"] == "occur") & (table["actor"] == "")]
    begun = occur.groupby("incident")["time"].min()
    seen = table[(table["activity"] == "notice") & table["incident"].isin(begun.index)]
    first = seen.groupby(["incident", "actor"])["time"].min().reset_index()
    return {
        (row.incident, row.actor): max(0, int(row.time) - int(begun[row.incident]))
        for row in each(first)
    }
