"""Limits that the record states itself: a column with the deadline, or with the time allowed.

The row that starts the clock decides; where it says nothing, what all rows of the case (or of
the incident) that say anything agree on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.log.schema import BY_NAME, DURATIONS
from sim.rules.pack import Rule
from sim.rules.sheet import Sheet
from sim.rules.stamps import INF


class Limit(NamedTuple):
    """`seconds` from the start, or the deadline itself (`due`); neither = none is known."""

    seconds: int | None = None
    due: int | None = None


NONE = Limit()


def is_limit(column: str) -> bool:
    """Whether a column of the record can state a limit."""
    return column in DURATIONS or (column in BY_NAME and BY_NAME[column].kind == "time")


class Limits:
    """The limits of one rule in a record."""

    def __init__(self, rule: Rule, sheet: Sheet):
        self.fixed = Limit(rule.limit) if rule.limit_in is None else None
        if rule.limit_in is None:
            return
        self.sheet, self.is_due = sheet, rule.limit_in not in DURATIONS
        if self.is_due:
            self.values = sheet.instants(rule.limit_in)
        else:
            numbers = sheet.numbers(rule.limit_in)
            self.values = np.where(np.isnan(numbers), INF, numbers).astype("int64")
        self.common = _agreed(sheet, self.values, "" if rule.per == "case" else "incident")

    def of(self, case: int, incident: str, row: str = "") -> Limit:
        """Return the limit of a clock that the row of this id starts (empty: an unknown one)."""
        if self.fixed is not None:
            return self.fixed
        value = self.common.get((case, incident), INF)
        if value == DIFFER:
            value = INF
            for p in range(self.sheet.starts[case], self.sheet.starts[case + 1]) if row else ():
                if self.sheet.text("row")[p] == row:
                    value = int(self.values[p])
                    break
        if value == INF:
            return NONE
        return Limit(due=value) if self.is_due else Limit(seconds=value)


DIFFER = -1 << 61
"""Stands for values that are not all the same."""


def _agreed(sheet: Sheet, values: np.ndarray, by: str) -> dict[tuple[int, str], int]:
    """Return what the rows of each case (or incident) agree on, `DIFFER` where they do not."""
    given = np.flatnonzero(values < INF)
    keys: list[object] = [sheet.case_of[given]]
    names = np.full(len(given), "", dtype=object)
    if by:
        codes, words = sheet.coded(by)
        keys.append(codes[given])
        names = words[codes[given]]
    groups = pd.DataFrame({"value": values[given], "name": names}).groupby(keys, sort=False)
    found = groups.agg(low=("value", "min"), high=("value", "max"), name=("name", "first"))
    cases = found.index.get_level_values(0).tolist()
    same = np.where(found["low"] == found["high"], found["low"], DIFFER).tolist()
    return dict(zip(zip(cases, found["name"].tolist(), strict=True), same, strict=True))
