"""What became of every task at a site: from the record alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from sim.log.journeys import each
from sim.log.record import EventLog

STAMPS = ("needed", "first_team", "started", "done")
COLUMNS = (
    *("case", "incident", "task", "place", *STAMPS, "open"),
    *("ordered", "came", "teams", "waits", "lacking"),
)
_READ = ("task", "work", "order", "open", "cancelled")
_WAITS = ("waiting_others", "waiting_task")


def task_times(log: EventLog) -> pd.DataFrame:
    """Return one row per case, incident and task, in the order in which they come on record.

    `needed` (`task asked`), `first_team` (the first one there), `started`, `done` (`task ended`):
    seconds from the case's origin, empty where the record has no such stamp.  A task without
    rows of its own starts with the first team that works on it.  `open`: not done by the
    record's end; empty where the record does not tell (no row `open`, and no `observe` row that
    calls it complete).

    `ordered`: orders that name it; `came`: teams that came to it; `teams`: those that worked on
    it, joined by blanks.  Of a task that never started, as far as rows say it: `waits` is
    `waiting_team` where nobody came, `waiting_others` where those who came were too few,
    `waiting_task` where another task had to be done first; `lacking`: the skills for which no
    team came by an order, one entry an order, joined by blanks.
    """
    table = log.table
    named = table["task"].ne("") & table["activity"].isin(_READ)
    found: dict[tuple[str, str, str], _Task] = {}
    for row in each(table[named]):
        found.setdefault((row.case, row.incident, row.task), _Task()).take(row)
    ends = table[table["span"].isin(_WAITS) & table["activity"].isin(["open", "cancelled"])]
    waits = {(r.case, r.incident, r.actor): str(r.span) for r in each(ends)}
    arrived = table[table["activity"].eq("arrive")]
    served = set(zip(arrived["case"], arrived["object"], strict=True))
    complete = set(table.loc[table["activity"].eq("observe"), "case"])
    rank = {case: k for k, case in enumerate(log.cases)}
    rows = []
    for key, task in sorted(found.items(), key=lambda pair: rank[pair[0][0]]):
        case, incident, _ = key
        unserved = [s for order, s in task.orders.items() if (case, order) not in served]
        spans = {waits.get((case, incident, team), "") for team in task.came}
        own = task.told(case in complete) | task.lacked(spans, unserved)
        rows.append(dict(zip(COLUMNS, key, strict=False)) | own)
    types = dict.fromkeys((*STAMPS, "ordered", "came"), "Int64") | {"open": "boolean"}
    texts = dict.fromkeys(("place", "teams", "waits", "lacking"), "str")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types | texts)


class _Task:
    """One task of one case, row by row."""

    def __init__(self) -> None:
        self.place = ""
        self.stamps: dict[str, int | None] = dict.fromkeys(STAMPS)
        self.open = False
        self.orders: dict[str, str] = {}
        self.came: dict[str, None] = {}
        self.worked: dict[str, None] = {}

    def take(self, row: Any) -> None:
        """Take in one row that names the task."""
        if row.activity == "order":
            if row.phase == "asked":
                self.orders.setdefault(row.object, row.reason)
        elif row.activity == "work":
            self._work(row)
        elif row.activity == "open":
            self.open |= row.actor == ""
        elif row.activity == "task":
            self.place = self.place or row.place
            stamp = {"asked": "needed", "started": "started", "ended": "done"}.get(row.phase)
            self._stamp(stamp, row.time)

    def _work(self, row: Any) -> None:
        self.came[row.actor] = None
        self._stamp("first_team", row.time)
        if row.phase != "asked":
            self.worked[row.actor] = None
            self._stamp("started", row.time)

    def _stamp(self, name: str | None, time: Any) -> None:
        if name is not None and not pd.isna(time):
            before = self.stamps[name]
            self.stamps[name] = int(time) if before is None else min(before, int(time))

    def told(self, complete: bool) -> dict[str, Any]:
        """Return when it was needed, begun and done, and by whom."""
        done = self.stamps["done"] is not None
        return {
            "place": self.place,
            **self.stamps,
            "open": False if done else True if self.open or complete else None,
            "ordered": len(self.orders),
            "came": len(self.came),
            "teams": " ".join(self.worked),
        }

    def lacked(self, spans: Collection[str], unserved: Collection[str]) -> dict[str, str]:
        """Return what a task that never started waited for, and who did not come."""
        if self.worked or self.stamps["started"] is not None:
            return {"waits": "", "lacking": ""}
        known = [span for span in _WAITS if span in spans]
        waits = known[0] if known else "" if self.came else "waiting_team"
        return {"waits": waits, "lacking": " ".join(filter(None, unserved))}
