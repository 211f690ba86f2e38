"""Why late: the time from a clock's start to its end, taken apart so that it adds up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from sim.log.record import EventLog
from sim.rules.trail import Trail
from sim.rules.verdicts import Verdicts

_KEY = ("case", "rule", "incident", "owner", "recurrence")
_TEXTS = ("span", "actor", "row", "cause", "held_by", "held_activity", "held_actor")
_SECONDS = ("from_s", "to_s", "seconds")


def why(
    log: EventLog, verdicts: Verdicts, of: Collection[str] = ("late",), reading: str = ""
) -> pd.DataFrame:
    """Return what the time of each late duty was spent on, step by step.

    One row per step of the one way that determined the end, in the order of time: the columns
    case, rule, incident, owner, recurrence; `from_s`, `to_s`, `seconds` (from the case's
    origin); `span` (what they were spent on, a word of the list of causes), `actor`; `row` and
    `cause`, the rows that end and begin them; `held_by`, the row that freed what was waited
    for, with its activity and actor.  The seconds of a duty add up to its end minus its start,
    to the second; what the record does not explain is `unexplained`.

    `of` are the verdicts to be explained.  `reading` (occur, receive, confirm) takes that start
    of the clock instead of the pack's.  Duties without an instant of start or end have no rows.
    """
    table = verdicts.table
    prefix = f"{reading}_" if reading else ""
    start = f"{prefix}start_s"
    wanted = table[table[f"{prefix}verdict"].isin(list(of)) & (table["end_row"] != "")]
    wanted = wanted[wanted[start].notna() & wanted["end_s"].notna()]
    rows = log.table[log.table["case"].isin(wanted["case"])]
    trails = {str(case): Trail(group) for case, group in rows.groupby("case", sort=False)}
    found = [
        (*key, *line)
        for *key, row, begin, end in wanted[[*_KEY, "end_row", start, "end_s"]].itertuples(
            index=False
        )
        for line in _lines(trails[key[0]], row, int(begin), int(end))
    ]
    made = pd.DataFrame(found, columns=[*_KEY, *_SECONDS, *_TEXTS])
    types = dict.fromkeys((*_KEY[:4], *_TEXTS), "str")
    return made.astype(types | dict.fromkeys(("recurrence", *_SECONDS), "int64"))


def _lines(trail: Trail, row: str, start: int, end: int) -> Iterator[tuple[Any, ...]]:
    for step in trail.back(row, start, end):
        holder = trail.row(step.held_by)
        by = (holder.activity, holder.actor) if holder else ("", "")
        yield step.start, step.end, step.end - step.start, *step[2:], *by


def why_parts(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the seconds of each duty by what they were spent on: a row per duty, a column each.

    `steps` is the table of `why`; `total` is the sum, the duty's end minus its start.
    """
    parts = steps.pivot_table(
        index=list(_KEY), columns="span", values="seconds", aggfunc="sum", fill_value=0, sort=False
    )
    parts.columns.name = None
    order = parts.sum().sort_values(ascending=False, kind="stable").index
    return parts[order].assign(total=parts.sum(axis=1)).astype("int64").reset_index()
