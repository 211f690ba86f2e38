"""Whether plans and cities were drilled often enough (article 3): the pack's own rules judge it.

The register becomes a record: its bodies as rows `role`, its drills as rows `drill_held`, one row
`observe` for the time in which the register is complete.  Rules of kind `period` that look at
drills are then judged like everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from sim.errors import YanlianError
from sim.log import EventLog
from sim.log.record import typed
from sim.register.database import Database
from sim.register.drills import bodies, drills
from sim.register.verdicts import start_of
from sim.rules import Pack, score
from sim.texts import t

COMPREHENSIVE = "comprehensive"
COLUMNS = ("rule", "clause", "owner", "plan", "year", "verdict", "last", "drills")


@dataclass(frozen=True)
class Frequency:
    """`table`: one row per rule, body and plan or year, columns `COLUMNS`.

    `verdict` is that of the pack's rule, `noted` where lateness is merely reported; `last` the day
    of the last drill that counts, `""` for none.  `log` is the record that was judged, from `since`
    to the end of `on`.
    """

    table: pd.DataFrame
    log: EventLog
    since: date
    on: date


def frequency(db: Database, pack: Pack, on: date, since: date | None = None) -> Frequency:
    """Judge how often drills were held by the rules of a pack.

    The register is taken to be complete from `since` (default: the day of its first drill) to the
    end of the day `on`.  Raises `YanlianError` where there is no drill, `since` is after `on`, or
    the pack has no such rule.
    """
    held = [row for row in drills(db) if row["held"] <= on.isoformat()]
    if not held:
        raise YanlianError(t("no drill in the register up to {day}", day=on))
    start = since or date.fromisoformat(held[0]["held"])
    if start > on:
        raise YanlianError(t("{since} is after {on}", since=start, on=on))
    rules = [name for name, rule in pack.rules.items() if rule.enabled and _of_drills(rule)]
    if not rules:
        raise YanlianError(t("the pack {id} has no rule on how often to drill", id=pack.id))
    log = record(db, start, on)
    verdicts = score(log, pack)
    table = verdicts.table.assign(
        word=verdicts.table["verdict"].mask(
            verdicts.table["verdict"].eq("late") & ~verdicts.failed, "noted"
        )
    )
    days = dict(zip(log.table["row"], log.table["time"], strict=True))
    plans = dict(zip(log.table["row"], log.table["object"], strict=True))
    rows = []
    for one in table[table["rule"].isin(rules)].to_dict("records"):
        proof = [row for row in one["evidence"].split("|") if row]
        about = {plans[row] for row in proof}
        by_plan = "object" in pack.rules[one["rule"]].same
        if by_plan and about == {COMPREHENSIVE}:
            continue  # it is no plan; the other rows of that drill are for its plans
        flags = [flag for flag in one["flags"].split("|") if flag.startswith("year:")]
        last = max((int(days[row]) for row in proof), default=None)
        rows.append(
            {
                "rule": one["rule"],
                "clause": one["clause"],
                "owner": one["owner"],
                "plan": "|".join(sorted(about)) if by_plan else "",
                "year": int(flags[0].partition(":")[2]) if flags else 0,
                "verdict": one["word"],
                "last": "" if last is None else _day(start, last),
                "drills": len(proof),
            }
        )
    return Frequency(pd.DataFrame(rows, columns=list(COLUMNS)), log, start, on)


def _of_drills(rule: Any) -> bool:
    """Whether a rule asks how often drills are held."""
    activity = rule.of.get("activity")
    among = () if activity is None else activity.among or ()
    return rule.kind == "period" and "drill_held" in among


def _day(start: date, second: int) -> str:
    return date.fromordinal(start.toordinal() + second // 86_400).isoformat()


def record(db: Database, since: date, on: date) -> EventLog:
    """Return the register as a record of one case: directory, drills, and what is complete.

    A drill has one row per plan, at midnight of its day, and a comprehensive one a row
    `comprehensive` besides.
    """
    rows: list[dict[str, Any]] = [{"activity": "begin", "time": 0}]
    for body in bodies(db):
        own = {"actor_role": body["role"], "jurisdiction": body["areas"]}
        own |= {"superior": body["superior"], "supervises": body["supervises"]}
        rows.append({"activity": "role", "time": 0, "actor": body["actor"]} | own)
    whole = (on.toordinal() - since.toordinal() + 1) * 86_400 - 1
    rows.append({"activity": "observe", "time": 0, "until": whole})
    for drill in drills(db):
        second = (date.fromisoformat(drill["held"]).toordinal() - since.toordinal()) * 86_400
        if second > whole:
            continue
        objects = drill["plans"].split("|") if drill["plans"] else []
        objects += [COMPREHENSIVE] if drill["kind"] == COMPREHENSIVE else []
        for name in objects or [""]:
            own = {"activity": "drill_held", "actor": drill["unit"], "object": name}
            rows.append(own | {"time": second, "source": f"drill {drill['number']}"})
    names = dict.fromkeys(name for row in rows for name in row)
    texts = {name for name in names if name not in ("time", "until")}
    columns = {n: [row.get(n, "" if n in texts else None) for row in rows] for n in names}
    columns |= {"row": [f"r{k}" for k in range(len(rows))], "case": ["register"] * len(rows)}
    columns["seq"] = list(range(len(rows)))
    return EventLog(typed(columns, len(rows)), {"register": start_of(since.isoformat())})
