"""The tables of the register, version by version: each step is SQL that both databases read.

`{id}` stands for the key that a database counts itself.  Rows are added and never changed: a thing
has a `number`, and what corrects its row is a new row of that number that names the old one
(`corrects`, one follower a row at most).  The views `…_now` show the last row of each thing.
"""

from __future__ import annotations

_ROW = "id {id}, number INTEGER NOT NULL, corrects INTEGER UNIQUE REFERENCES {t}(id)"
_WHO = "entered_by TEXT NOT NULL, entered_at TEXT NOT NULL"


def _table(name: str, columns: str) -> str:
    return f"CREATE TABLE {name} ({_ROW.replace('{t}', name)}, {columns}, {_WHO})"


def _now(name: str) -> tuple[str, str]:
    return (
        f"CREATE UNIQUE INDEX {name}_number ON {name} (number) WHERE corrects IS NULL",
        f"CREATE VIEW {name}_now AS SELECT one.* FROM {name} one WHERE NOT EXISTS "
        f"(SELECT 1 FROM {name} later WHERE later.corrects = one.id)",
    )


STEPS: tuple[tuple[str, ...], ...] = (
    (  # 1: drills, who took part, what became of every duty
        _table(
            "drill",
            "case_id TEXT NOT NULL, held TEXT NOT NULL, unit TEXT NOT NULL, "
            "kind TEXT NOT NULL CHECK (kind IN ('comprehensive', 'special')), "
            "plans TEXT NOT NULL, scenario TEXT NOT NULL, sha256 TEXT NOT NULL",
        ),
        "CREATE UNIQUE INDEX drill_record ON drill (sha256, case_id) WHERE corrects IS NULL",
        *_now("drill"),
        "CREATE TABLE body (drill INTEGER NOT NULL REFERENCES drill(id), actor TEXT NOT NULL, "
        "role TEXT NOT NULL, areas TEXT NOT NULL, superior TEXT NOT NULL, "
        "supervises TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (drill, actor))",
        "CREATE TABLE verdict (id {id}, drill INTEGER NOT NULL REFERENCES drill(id), "
        "pack TEXT NOT NULL, clause TEXT NOT NULL, rule TEXT NOT NULL, owner TEXT NOT NULL, "
        "verdict TEXT NOT NULL, whole TEXT NOT NULL)",
        "CREATE INDEX verdict_drill ON verdict (drill)",
    ),
    (  # 2: findings and what is done about them
        _table(
            "finding",
            "drill INTEGER NOT NULL, pack TEXT NOT NULL, "
            "clause TEXT NOT NULL, rule TEXT NOT NULL, owner TEXT NOT NULL, "
            "demand_zh TEXT NOT NULL, demand_en TEXT NOT NULL, text TEXT NOT NULL, "
            "evidence TEXT NOT NULL, duties INTEGER NOT NULL, late_s INTEGER, state TEXT NOT NULL "
            "CHECK (state IN ('proposed', 'confirmed', 'rejected'))",
        ),
        "CREATE UNIQUE INDEX finding_duty ON finding (drill, pack, rule, owner) "
        "WHERE corrects IS NULL",
        *_now("finding"),
        _table(
            "action",
            "finding INTEGER NOT NULL, what TEXT NOT NULL, "
            "owner TEXT NOT NULL, due TEXT NOT NULL, note TEXT NOT NULL, "
            "state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped'))",
        ),
        *_now("action"),
    ),
)
VERSION = len(STEPS)
"""The version that this program writes; `STEPS[k]` leads from version k to k + 1."""
