"""The way back from a row: what enabled it, and what the seconds between were spent on.

A row names its `cause` and, as `span`, what the seconds since then were spent on.  The rows of
a real record often name none.  Then the pairs that the record has are used: a receipt goes back
to the sending of the same message, an act to its actor's own first notice of the incident.
Between the two of a message lies its transmission; the rest is unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from sim.log.schema import ROOTS, STANDING

UNEXPLAINED = "unexplained"
BEGINNINGS = (*ROOTS, *STANDING, "truth")
"""Rows with which a chain begins: nothing before them is asked for."""
_LEFT = ("send", "reported")
_GOT = ("receive", "acknowledge")
_LEARNS = (*_GOT, "notice", "answer")
_TOLD = ("reported", "inject")
_COLUMNS = (
    *("row", "time", "activity", "phase", "actor", "recipient", "incident", "message"),
    *("cause", "held_by", "span"),
)


class Step(NamedTuple):
    """Seconds `start` to `end` of a way back, spent on `span` by `actor`.

    They end with `row` and begin with `cause`, the row before it on the way; `held_by` is the
    row that freed what was waited for.  Empty where the record does not say.
    """

    start: int
    end: int
    span: str
    actor: str
    row: str
    cause: str
    held_by: str


class Trail:
    """The rows of one case, ready to be walked back."""

    def __init__(self, rows: pd.DataFrame):
        rows = rows.sort_values(["time", "seq"], kind="stable", na_position="first")
        self._rows: list[Any] = list(rows[list(_COLUMNS)].itertuples(index=False, name="Row"))
        self._at = {row.row: k for k, row in enumerate(self._rows)}

    def back(self, row: str, start: int, end: int) -> list[Step]:
        """Return what the seconds from `start` to `end` were spent on, in the order of time.

        `row` is the row that happened at `end`.  The steps add up to `end` - `start`: what the
        record does not explain is `unexplained`.
        """
        return list(self._steps(row, start, end))[::-1]

    def way(self, row: str) -> list[Any]:
        """Return the rows on the way to a row, itself the last, in the order of time.

        Rows whose time is known as an interval only end the way.
        """
        at = self._at.get(row)
        found = []
        while at is not None and self._second(at) is not None:
            found.append(self._rows[at])
            before, _ = self._before(at)
            at = before if before is not None and before < at else None
        return found[::-1]

    def row(self, id: str) -> Any:
        """Return a row by its id, `None` without one."""
        at = self._at.get(id)
        return None if at is None else self._rows[at]

    def _steps(self, row: str, start: int, end: int) -> Iterator[Step]:
        at = self._at.get(row)
        if at is not None and self._second(at) != end:
            at = None  # the end is known as an interval only
        while end > start:
            before, span = self._before(at) if at is not None else (None, "")
            this = self._rows[at] if at is not None else None
            if at is None or before is None or before >= at or self._second(before) is None:
                yield Step(start, end, UNEXPLAINED, this.actor if this else "", row, "", "")
                return
            assert this is not None
            cause = self._rows[before]
            begin = max(int(cause.time), start)
            if begin < end:
                actor = this.actor or cause.actor
                yield Step(begin, end, span, actor, this.row, cause.row, this.held_by)
            at, row, end = before, cause.row, begin

    def _second(self, at: int) -> int | None:
        time = self._rows[at].time
        return None if time is pd.NA else int(time)

    def _before(self, at: int) -> tuple[int | None, str]:
        """Return (the row that enabled a row, what the time between them was spent on)."""
        row = self._rows[at]
        if row.cause:
            return self._at.get(row.cause), row.span or UNEXPLAINED
        if row.activity in BEGINNINGS:
            return None, ""
        if row.activity in _GOT and row.message:
            handled = self._handled(at)
            if handled is not None:
                left = self._rows[handled].activity in _LEFT
                return handled, "transmission" if left else UNEXPLAINED
        return self._learned(at), UNEXPLAINED

    def _handled(self, at: int) -> int | None:
        """Return the last row before by which the same message was sent or received."""
        own = self._rows[at]
        for k in range(at - 1, -1, -1):
            row = self._rows[k]
            done = row.activity in (*_LEFT, "receive") and row.phase in ("", "ended")
            if done and row.message == own.message:
                return k
        return None

    def _learned(self, at: int) -> int | None:
        """Return the row by which the actor first learned of the incident, if before."""
        own = self._rows[at]
        for k, row in enumerate(self._rows[:at]):
            if row.incident == own.incident and row.time is not pd.NA:
                if row.activity in _LEARNS and row.actor == own.actor:
                    return k
                if row.activity in _TOLD and row.recipient == own.actor:
                    return k
        return None
