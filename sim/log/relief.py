"""When people in shelters had all that they needed for the first time: from the record alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pandas as pd

from sim.log.record import EventLog
from sim.log.unmet import GIVING, Want, act_of, rows_of_need

RELIEF = ("case", "incident", "shelter", "occurred", "needed", "supplied")
Site = tuple[str, str, str]
"""Case, incident, shelter (empty: all shelters)."""


def relief_times(log: EventLog, items: Iterable[str] = ()) -> pd.DataFrame:
    """Return one row per case, incident and shelter, and one for all its shelters (`shelter` "").

    `occurred`: when the incident that the shelter's first need names occurred, else the first
    one; `needed`: when the first need arose; `supplied`: the first time that something was given
    out and nobody there by then lacked any of the `items` any more (default: all that are needed),
    or that all of it lay there already; empty where that never came about.  What was given is
    reckoned as in `unmet_need`.  Seconds from the case's origin.  Who comes later, or needs
    something once more, is not in it: that is counted by `unmet_need`.
    """
    basic = set(items)
    occurred = occurrences(log.table)
    rows = [r for r in rows_of_need(log)[0] if not basic or r.item in basic]
    incidents: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.activity == "need":
            incidents.setdefault((row.case, row.actor), row.incident)
    wants: dict[Site, dict[tuple[str, str], Want]] = {}
    found: dict[Site, dict[str, Any]] = {}
    for (case, time), second in groupby(rows, key=lambda row: (row.case, row.time)):
        given: dict[Site, bool] = {}
        for row in second:
            incident = incidents[case, row.actor]
            for key in ((case, incident, ""), (case, incident, row.actor)):
                own = wants.setdefault(key, {})
                own.setdefault((row.actor, row.item), Want()).take(*act_of(row))
                if row.activity == "need" and key not in found:
                    since = occurred.get((case, incident), occurred.get((case, "")))
                    start = {"occurred": since, "needed": int(time), "supplied": None}
                    found[key] = dict(zip(RELIEF[:3], key, strict=True)) | start
                given[key] = given.get(key, False) or row.activity in GIVING or _at_hand(row)
        for key, gave in given.items():
            waiting = key in found and found[key]["supplied"] is None
            if gave and waiting and not any(want.open for want in wants[key].values()):
                found[key]["supplied"] = int(time)
    types = dict.fromkeys(("occurred", "needed", "supplied"), "Int64")
    return pd.DataFrame(list(found.values()), columns=list(RELIEF)).astype(types)


def _at_hand(row: Any) -> bool:
    """Whether pieces were needed: if nothing is open then, they lay there already."""
    return bool(row.activity == "need" and row.quantity)


def occurrences(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return when every incident occurred; under `""` the first of each case."""
    rows = table[table["activity"].eq("occur") & table["time"].notna()]
    rows = pd.concat([rows[rows["actor"].eq("")], rows[rows["actor"].ne("")]])
    found: dict[tuple[str, str], int] = {}
    for case, incident, time in zip(rows["case"], rows["incident"], rows["time"], strict=True):
        found.setdefault((case, incident), int(time))
        first = found.setdefault((case, ""), int(time))
        found[(case, "")] = min(first, int(time))
    return found
