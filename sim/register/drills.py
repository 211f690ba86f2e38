"""Drills enter the register: a record with its verdicts, once, and what the program proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from sim.errors import YanlianError
from sim.log import EventLog
from sim.register.database import Database, Rows
from sim.register.entered import named, now
from sim.register.findings import Demands, propose
from sim.register.verdicts import keep
from sim.rules import Pack, Verdicts
from sim.texts import t

KINDS = ("comprehensive", "special")


@dataclass(frozen=True)
class Drill:
    """What a person says of a drill, and the hash of its record's file.

    `unit` held it; empty: the one city government that the record names.  `held` the day; `None`:
    that on which the record begins.  `plans` the plans that were drilled; `scenario` empty: the
    first part of the case's name.
    """

    sha256: str
    by: str
    kind: str = "special"
    unit: str = ""
    plans: tuple[str, ...] = ()
    held: date | None = None
    scenario: str = ""


class Entry(NamedTuple):
    """A case in the register: the drill's number, whether it was added now, findings proposed."""

    number: int
    case: str
    added: bool
    findings: int = 0


def add_drills(
    db: Database,
    log: EventLog,
    verdicts: Verdicts,
    drill: Drill,
    packs: Iterable[Pack] = (),
    corrects: int | None = None,
    at: str | None = None,
) -> list[Entry]:
    """Add every case of a record as a drill, with its verdicts, and propose findings.

    A case that is there already (same file, same case) is left alone.  `packs` judged it: what
    their rules demand is kept with the findings.  `corrects` is the number of the drill that the
    record (of one case) replaces; `at` when it was entered (default: now).  Raises `YanlianError`
    where unit or day are not known, or the number is not.
    """
    when = at or now()
    demands = {(p.id, name): rule.text for p in packs for name, rule in p.rules.items()}
    with db.writing():
        if corrects is None:
            return [_add(db, log.case(c), verdicts, drill, demands, when) for c in log.cases]
        found = [row for row in drills(db) if row["number"] == corrects]
        if not found or len(log.cases) != 1:
            raise YanlianError(
                t("no drill {n} in the register", n=corrects)
                if not found
                else t(
                    "a correction takes a record of one case, this one has {n}", n=len(log.cases)
                )
            )
        return [_add(db, log, verdicts, drill, demands, when, found[0])]


def _add(
    db: Database,
    log: EventLog,
    verdicts: Verdicts,
    drill: Drill,
    demands: Demands,
    when: str,
    old: Mapping[str, Any] | None = None,
) -> Entry:
    (case,) = log.cases
    sql = "SELECT number FROM drill WHERE sha256 = ? AND case_id = ?"
    there = {row["number"] for row in db.rows(sql, drill.sha256, case)}
    if there - ({old["number"]} if old else set()):
        return Entry(min(there), case, False)
    table = log.table
    directory = table[table["activity"] == "role"].drop_duplicates("actor", keep="last")
    row = {
        "case_id": case,
        "held": _day(log, drill, case).isoformat(),
        "unit": _unit(directory, drill.unit),
        "kind": drill.kind,
        "plans": "|".join(drill.plans),
        "scenario": drill.scenario or case.partition("/")[0],
        "sha256": drill.sha256,
    }
    who = {"entered_by": named(drill.by), "entered_at": when}
    if old:
        db.correct("drill", old, **row, **who)
    number = int(old["number"]) if old else db.add_new("drill", **row, **who)
    key = db.rows("SELECT id FROM drill_now WHERE number = ?", number)[0]["id"]
    columns = ["actor", "actor_role", "jurisdiction", "superior", "supervises", "note"]
    bodies = directory[columns].itertuples(index=False, name=None)
    names = ("drill", "actor", "role", "areas", "superior", "supervises", "name")
    db.add_all("body", names, [(key, *body) for body in bodies])
    mine = keep(db, key, verdicts, case)
    return Entry(number, case, True, propose(db, number, mine, demands, when))


def _day(log: EventLog, drill: Drill, case: str) -> date:
    origin = log.origins.get(case)
    if drill.held is not None:
        return drill.held
    if origin is None:
        raise YanlianError(t("the record of {case} has no date: --date says it", case=case))
    return origin.date()


def _unit(directory: pd.DataFrame, unit: str) -> str:
    """Return who held a drill: whom the person named, else the one city government on record."""
    actors = list(directory["actor"])
    cities = list(directory.loc[directory["actor_role"] == "city_gov", "actor"])
    if unit and unit not in actors:
        text = t("{unit} is not in the directory of the record: {actors}",
                 unit=unit, actors=", ".join(actors[:12]))  # fmt: skip
        raise YanlianError(text)
    if not unit and len(cities) != 1:
        text = t("who held the drill? --unit names one of {actors}",
                 actors=", ".join(cities or actors[:12]))  # fmt: skip
        raise YanlianError(text)
    return unit or cities[0]


def drills(db: Database) -> Rows:
    """Return the drills as they stand now, by date, each with the number of its findings.

    Columns of the table `drill`, `number`, and `proposed`, `confirmed`, `rejected`.
    """
    counts: dict[int, dict[str, int]] = {}
    sql = "SELECT drill, state, count(*) AS n FROM finding_now GROUP BY drill, state"
    for row in db.rows(sql):
        counts.setdefault(row["drill"], {})[row["state"]] = row["n"]
    states = ("proposed", "confirmed", "rejected")
    return [
        row | {state: counts.get(row["number"], {}).get(state, 0) for state in states}
        for row in db.rows("SELECT * FROM drill_now ORDER BY held, number")
    ]


def bodies(db: Database) -> Rows:
    """Return every body that the records' directories name, as the latest drill states it."""
    sql = (
        "SELECT body.*, d.held FROM body JOIN drill_now d ON d.id = body.drill "
        "ORDER BY d.held, d.id, actor"
    )
    return list({row["actor"]: row for row in db.rows(sql)}.values())


def body_names(db: Database) -> dict[str, str]:
    """Return body -> Chinese name, where a record has one."""
    return {row["actor"]: row["name"] for row in bodies(db) if row["name"]}
