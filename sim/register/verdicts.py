"""Verdicts in the register: one row per duty, whole, so that counts and marks come from the same.

What does not apply, and duties that nobody on record owes, are not kept, as in `yearly`.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from sim.register.database import Database
from sim.rules import Verdicts
from sim.rules.verdicts import COLUMNS

ZONE = ZoneInfo("Asia/Shanghai")
"""Days of the register begin by this clock."""


def keep(db: Database, drill: int, verdicts: Verdicts, case: str) -> pd.DataFrame:
    """Keep the verdicts of a case under a row of the table `drill`; return them.

    The column `word` is `late` for failures only, `noted` where lateness is merely reported.
    """
    table = verdicts.table.assign(
        word=verdicts.table["verdict"].mask(
            verdicts.table["verdict"].eq("late") & ~verdicts.failed, "noted"
        )
    )
    mine = table["case"].eq(case) & table["verdict"].ne("not_applicable") & table["owner"].ne("")
    kept = table[mine]
    keys = ("pack", "clause", "rule", "owner", "word")
    rows = []
    for record in kept.to_dict("records"):
        plain = {name: _plain(record[name]) for name in COLUMNS}
        whole = {name: value for name, value in plain.items() if value not in ("", None)}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
        rows.append((drill, *(record[key] for key in keys), text))
    db.add_all("verdict", ("drill", *keys[:-1], "verdict", "whole"), rows)
    return kept


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else None if pd.isna(value) else int(value)


def kept_verdicts(db: Database, year: int | None = None) -> Verdicts:
    """Return the verdicts of the drills as they stand, of one year or of all.

    A case is called by the drill's number; it begins at midnight of the drill's day.
    """
    held_in = "%" if year is None else f"{year:04d}-%"
    sql = "SELECT number, held FROM drill_now WHERE held LIKE ? ORDER BY held, number"
    held = db.rows(sql, held_in)
    sql = (
        "SELECT d.number, v.whole FROM verdict v JOIN drill_now d ON d.id = v.drill "
        "WHERE d.held LIKE ? ORDER BY d.held, d.number, v.id"
    )
    nothing = {name: None if name.endswith("_s") else "" for name in COLUMNS}
    rows = [
        nothing | json.loads(row["whole"]) | {"case": str(row["number"])}
        for row in db.rows(sql, held_in)
    ]
    rules = {(row["pack"], row["rule"]): row["clause"] for row in rows}
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    types = {name: "Int64" if name.endswith("_s") else "str" for name in COLUMNS}
    table = table.astype(types | {"recurrence": "int64"})
    origins = {str(row["number"]): start_of(row["held"]) for row in held}
    return Verdicts(table, origins, rules)


def start_of(day: str) -> datetime:
    """Return midnight of a day, written as in the register."""
    return datetime.fromisoformat(day).replace(tzinfo=ZONE)
