"""Findings: what the program proposes from verdicts, and what a person makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

import sim
from sim.errors import YanlianError
from sim.register.database import Database, Rows
from sim.register.entered import named, now
from sim.rules.pack import Text
from sim.texts import t

STATES = ("proposed", "confirmed", "rejected")
_KEPT = (
    *("drill", "pack", "clause", "rule", "owner", "demand_zh", "demand_en"),
    *("text", "evidence", "duties", "late_s"),
)
Demands = Mapping[tuple[str, str], Text]
"""(pack, rule) -> what the rule demands: kept with the finding, since packs change."""


def propose(db: Database, drill: int, kept: pd.DataFrame, demands: Demands, at: str) -> int:
    """Propose a finding for every rule and body that failed in a drill; return how many are new.

    `kept` are the drill's verdicts with the column `word`.  One finding for all duties of a body
    under one rule: their number, the rows that prove them, and by how much the latest was late
    (`late_s`, `None` where it was never done or has no limit).  The program enters no text.
    """
    sql = "SELECT pack, rule, owner FROM finding WHERE drill = ? AND corrects IS NULL"
    there = {(row["pack"], row["rule"], row["owner"]) for row in db.rows(sql, drill)}
    failed = kept[kept["word"].eq("late")]
    new = 0
    for key, part in failed.groupby(["pack", "rule", "owner"], sort=False):
        if key in there:
            continue
        done = part["end_row"].ne("") & part["margin_s"].notna()
        late = -int(part["margin_s"].min()) if done.all() else None
        demand = demands.get((str(key[0]), str(key[1])))
        evidence = dict.fromkeys(row for rows in part["evidence"] for row in rows.split("|") if row)
        db.add_new(
            "finding",
            drill=drill,
            pack=str(key[0]),
            clause=str(part["clause"].iloc[0]),
            rule=str(key[1]),
            owner=str(key[2]),
            demand_zh=demand.zh if demand else "",
            demand_en=demand.en if demand else "",
            text="",
            evidence="|".join(evidence),
            duties=len(part),
            late_s=late,
            state="proposed",
            entered_by=f"yanlian {sim.__version__}",
            entered_at=at,
        )
        new += 1
    return new


def findings(db: Database, state: str | None = None) -> Rows:
    """Return the findings as they stand, by number, with the drill's day (`held`)."""
    sql = (
        "SELECT f.*, d.held FROM finding_now f JOIN drill_now d ON d.number = f.drill "
        "ORDER BY f.number"
    )
    return [row for row in db.rows(sql) if state in (None, row["state"])]


def decide(
    db: Database, number: int, state: str, by: str, text: str | None = None, at: str = ""
) -> None:
    """Confirm or reject a finding by a new row; `text` is the person's words, if any.

    A decision may be taken back by another one.  Raises `YanlianError` for an unknown number, a
    person without a name, or a state that it has already with the same text.
    """
    who = named(by)
    with db.writing():
        found = [row for row in findings(db) if row["number"] == number]
        if not found:
            raise YanlianError(t("no finding {n} in the register", n=number))
        (old,) = found
        words = old["text"] if text is None else text
        if (old["state"], old["text"]) == (state, words):
            raise YanlianError(t("finding {n} is so already", n=number))
        new: dict[str, Any] = {name: old[name] for name in _KEPT}
        new |= {"text": words, "state": state}
        db.correct("finding", old, **new, entered_by=who, entered_at=at or now())
