"""How long each office took from hearing of an incident to passing it on.

What the record of a real drill mostly tells of an office is when it heard and when it reported, not
each step between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.log import EventLog

LEARNS = ("notice", "receive", "acknowledge")
TOLD = ("reported", "inject")
PASSES = ("reported", "send")
_READ = ("time", "time_lo", "activity", "phase", "actor", "recipient", "incident")

Who = tuple[str, str]
"""(actor, incident)."""


def passed_on(log: EventLog) -> dict[Who, tuple[int, int]]:
    """Return when an actor first heard of an incident and first passed it on, of one case (s).

    Only where both are known exactly and nothing known as an interval may have come before.
    """
    table = log.table
    lo = table["time"].fillna(table["time_lo"])
    there = table[lo.notna()].assign(lo=lo)
    names = ["time", "lo", *_READ[2:]]
    rows = there.sort_values(["lo", "seq"], kind="stable")[names]
    return _passed(
        (None if row[0] != row[0] or row[0] is None else int(row[0]), *row[2:])
        for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
    )


def passed_in(rows: Iterable[tuple[Any, ...]]) -> dict[Who, tuple[int, int]]:
    """Return the same of a simulated drill, from the model's own rows."""
    return _passed((*row[:5], row[6]) for row in rows)


def _passed(rows: Iterable[tuple[Any, ...]]) -> dict[Who, tuple[int, int]]:
    heard: dict[Who, int | None] = {}
    passed: dict[Who, int | None] = {}
    for time, activity, phase, actor, recipient, incident in rows:
        if not incident:
            continue
        here, there = (actor, incident), (recipient, incident)
        if activity in LEARNS and actor:
            heard.setdefault(here, time)
        elif activity in PASSES and phase in ("", "ended") and recipient and here in heard:
            passed.setdefault(here, time)
        if activity in TOLD and recipient:
            heard.setdefault(there, time)
    return {
        who: (begin, end)
        for who, end in passed.items()
        for begin in [heard[who]]
        if begin is not None and end is not None and end >= begin
    }
