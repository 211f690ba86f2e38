"""Corrections by hand: the old row stays on record and is no longer counted.

A row of activity `correct` says who (`actor`), when (`time`) and why (`reason`); `replaces` is the
row that no longer counts, `object` the row that counts instead, empty where none does.  A row
has one follower, so that no two persons correct the same in different ways.
"""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pandas as pd

from sim.log.csvfile import csv_text
from sim.log.record import EventLog, dtype
from sim.log.schema import NAMES, TIMES

CORRECT = "correct"
_OWN = ("row", "case", "seq")
_TABLE = ("case", "row", "new_row", "who", "when", "why", "column", "old", "new", "source")


def counted(log: EventLog) -> EventLog:
    """Return the record that counts: without corrections and the rows that they replace.

    What was caused by a replaced row is caused by its follower.  A record without corrections
    is returned as it is.
    """
    table = log.table
    made = table["activity"] == CORRECT
    if not made.any():
        return log
    rows = table.loc[made, ["case", "replaces", "object"]]
    follower = {(case, old): new for case, old, new in rows.itertuples(index=False, name=None)}
    old = [pair in follower for pair in zip(table["case"], table["row"], strict=True)]
    kept = table[~made & ~pd.Series(old, table.index)].reset_index(drop=True)

    def stands(case: str, row: str) -> str:
        while (case, row) in follower:
            row = follower[case, row]
        return row

    causes = {
        name: pd.array(
            [stands(*pair) for pair in zip(kept["case"], kept[name], strict=True)], dtype="str"
        )
        for name in ("cause", "held_by")
    }
    return _from_the_first(EventLog(kept.assign(**causes), log.origins))


def _from_the_first(log: EventLog) -> EventLog:
    """Let second 0 of every case be its first stamp again, where no row `begin` states it."""
    table = log.table
    shown = [name for name in TIMES if name not in ("time_wall", "time_written", "due")]
    begun = set(table.loc[(table["activity"] == "begin") & table["time"].notna(), "case"])
    first = table[shown].min(axis=1).groupby(table["case"]).min()
    shift = {case: 0 if case in begun or pd.isna(s) else int(s) for case, s in first.items()}
    if not any(shift.values()):
        return log
    by_row = table["case"].map(shift).astype("Int64")
    moved = table.assign(**{name: table[name] - by_row for name in TIMES})
    origins = {
        case: origin + timedelta(seconds=shift.get(case, 0)) for case, origin in log.origins.items()
    }
    return EventLog(moved, origins)


def corrections(log: EventLog) -> pd.DataFrame:
    """Return one row per corrected value, in the order of the record; all columns are texts.

    case, row (the old one), new_row, who, when (as the file has it), why, column, old, new,
    source; a row that was struck out has neither `new_row` nor column.
    """
    table = log.table
    made = table["activity"] == CORRECT
    old_and_new = {*table.loc[made, "replaces"], *table.loc[made, "object"]}
    shown = EventLog(table[made | table["row"].isin(old_and_new)], log.origins)
    texts = {
        (row["case"], row["row"]): row
        for row in csv.DictReader(io.StringIO(csv_text(shown), newline=""))
    }
    found = []
    for case, row in table.loc[made, ["case", "row"]].itertuples(index=False, name=None):
        one = texts[case, row]
        old = texts[case, one["replaces"]]
        new = texts.get((case, one["object"]), old)
        head = (case, one["replaces"], one["object"], one["actor"], one["time"], one["reason"])
        changed = [name for name in NAMES if name not in _OWN and old[name] != new[name]]
        for name in changed or [""]:
            values = (name, old[name], new[name]) if name else ("", "", "")
            found.append((*head, *values, one["source"]))
    return pd.DataFrame(found, columns=list(_TABLE), dtype=dtype("row"))
