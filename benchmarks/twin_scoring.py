"""What an analyst would write to score the log of `benchmarks.foreign`: case by case, in pandas."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.record import EventLog

Verdicts = dict[tuple[str, str, int], str]
EACH = {"L1": ("register", "assess", 3600), "L2": ("supplement", "review", 7200)}


def judged(log: EventLog) -> Verdicts:
    """Return (case, rule, number of the start) -> verdict."""
    found: Verdicts = {}
    table = log.table[["case", "activity", "object", "time", "until", "due"]]
    for case, rows in table.groupby("case"):
        complete = int(rows.loc[rows["activity"] == "observe", "until"].iloc[0])
        for rule, (start, end, limit) in EACH.items():
            starts = rows.loc[rows["object"] == start, "time"]
            ends = rows.loc[rows["object"] == end, "time"]
            if starts.empty:
                found[str(case), rule, 0] = "not_applicable"
            for k, begin in enumerate(starts, start=1):
                later = ends[ends >= begin]
                done = None if later.empty else int(later.min())
                number = k if len(starts) > 1 else 0
                verdict = _verdict(int(begin), done, int(begin) + limit, complete)
                found[str(case), rule, number] = verdict
        begin = int(rows.loc[rows["object"] == "register", "time"].min())
        ends = rows.loc[rows["object"] == "decide", "time"]
        done = None if ends.empty else int(ends.min())
        found[str(case), "L3", 0] = _verdict(begin, done, int(rows["due"].iloc[0]), complete)
    return found


def _verdict(begin: int, done: int | None, deadline: int, complete: int) -> str:
    if done is not None:
        return "met" if done <= deadline else "late"
    if complete < begin:
        return "unproven"
    return "late" if complete >= deadline else "open"


def verdicts(table: pd.DataFrame) -> Verdicts:
    """Return the same of a table of verdicts."""
    keys = zip(table["case"], table["rule"], table["recurrence"], strict=True)
    return dict(zip(keys, table["verdict"], strict=True))


def profile(log: EventLog) -> Any:
    """Check the temporal profile of the log with pm4py: times that are unusual, not too long."""
    import pm4py

    table = log.table[log.table["activity"] == "other"]
    stamps = pd.Timestamp("2026-01-05") + pd.to_timedelta(table["time"].astype("int64"), unit="s")
    frame = pd.DataFrame(
        {
            "case:concept:name": table["case"].astype(object),
            "concept:name": table["object"].astype(object),
            "time:timestamp": stamps,
            "start_timestamp": stamps,
        }
    )
    found = pm4py.discover_temporal_profile(frame)
    return pm4py.conformance_temporal_profile(frame, found, zeta=2)
