"""How clauses and bodies fared over the drills: few drills, so with exact intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sim.register.database import Database
from sim.rules.coverage import worst
from sim.rules.samples import exact_share

COLUMNS = ("pack", "clause", "owner", "year", "drills", "decided", "met", "low", "high", "states")


def trend(db: Database, by: Sequence[str] = ("clause", "owner")) -> pd.DataFrame:
    """Return one row per clause and body and year, then one for all years (`year` 0).

    `by`: `clause`, `owner` or both; what is left out is `""`.  A drill counts once: of all its
    duties in a group the worst stands for it (`state_of`).  `drills` have such a duty, `decided`
    are met or late, `met` of them met; `low` and `high` are the ends of the exact 95 % interval of
    the share (NaN where nothing is decided).  `states`: the drills' words by date, joined by `|`.
    Groups in the order of the register.
    """
    sql = (
        "SELECT v.pack, v.clause, v.owner, v.verdict, d.held, d.number FROM verdict v "
        "JOIN drill_now d ON d.id = v.drill ORDER BY d.held, d.number, v.id"
    )
    groups: dict[tuple[str, str, str], dict[tuple[str, int], set[str]]] = {}
    for row in db.rows(sql):
        key = (row["pack"], *(row[name] if name in by else "" for name in ("clause", "owner")))
        drills = groups.setdefault(key, {})
        drills.setdefault((row["held"], row["number"]), set()).add(row["verdict"])
    rows: list[dict[str, Any]] = []
    for key, drills in groups.items():
        words = {drill: state_of(found) for drill, found in drills.items()}
        years = sorted({int(held[:4]) for held, _ in words})
        for year in (*years, 0):
            chosen = [word for (held, _), word in words.items() if year in (0, int(held[:4]))]
            rows.append(dict(zip(COLUMNS, (*key, year), strict=False)) | _share(chosen))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def state_of(words: Iterable[str]) -> str:
    """Return the word for a drill's duties: the worst (`sim.rules.coverage.WORST`) of those owed.

    What is excused or merely noted decides only where there is nothing else: it is no failure.
    """
    found = set(words)
    return worst(found - {"excused", "noted"} or found)


def _share(words: list[str]) -> dict[str, Any]:
    decided, met = sum(w in ("met", "late") for w in words), words.count("met")
    share = exact_share(met, decided)
    ends = (share.low, share.high) if share else (float("nan"), float("nan"))
    found = {"drills": len(words), "decided": decided, "met": met}
    return found | {"low": ends[0], "high": ends[1], "states": "|".join(words)}
