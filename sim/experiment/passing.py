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
_READ = ("time", "time_lo", "activity", "phase", "actor", "recipient", "incident")

SENT, REACHED = "sent", "reached"
Way = tuple[str, str, str, str]
"""(actor, incident, to whom, `sent` or `reached`): a row `reported` says that it was received."""


def passed_on(log: EventLog) -> dict[Way, tuple[int, int]]:
    """Return when an actor first heard of an incident and first passed it on, to whom (s).

    The record is of one case.  Only where both are known exactly and nothing known as an interval
    may have come before.
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


def passed_in(rows: Iterable[tuple[Any, ...]]) -> dict[Way, tuple[int, int]]:
    """Return the same of a simulated drill, from the model's own rows."""
    return _passed((*row[:5], row[6]) for row in rows)


def _passed(rows: Iterable[tuple[Any, ...]]) -> dict[Way, tuple[int, int]]:
    heard: dict[tuple[str, str], int | None] = {}
    passed: dict[Way, int | None] = {}
    for time, activity, phase, actor, recipient, incident in rows:
        if not incident:
            continue
        here, there = (actor, incident), (recipient, incident)
        if activity in LEARNS and actor:
            heard.setdefault(here, time)
        if activity == "acknowledge" and there in heard:
            passed.setdefault((recipient, incident, actor, REACHED), time)
        elif activity == "reported" and here in heard:
            passed.setdefault((actor, incident, recipient, REACHED), time)
        elif activity == "send" and phase in ("", "ended") and here in heard:
            passed.setdefault((actor, incident, recipient, SENT), time)
        if activity in TOLD and recipient:
            heard.setdefault(there, time)
    return {
        way: (begin, end)
        for way, end in passed.items()
        for begin in [heard[way[:2]]]
        if begin is not None and end is not None and end >= begin
    }
