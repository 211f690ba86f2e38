"""A year's facts per body, for the yearly appraisal of article 13: no marks among them."""

from __future__ import annotations

import pandas as pd

from sim.register.database import Database
from sim.register.drills import KINDS, drills
from sim.register.verdicts import kept_verdicts
from sim.rules import yearly
from sim.rules.yearly import WORDS

COLUMNS = ("owner", "took_part", "duties", *WORDS, "held", *KINDS)


def appraisal(db: Database, year: int) -> pd.DataFrame:
    """Return one row per body that owed something or held a drill in a year.

    `duties` of the body in the year's drills, as they came out (`WORDS`, counted by `yearly`);
    `took_part` in so many drills with duties; `held` drills itself, by kind.
    """
    verdicts = kept_verdicts(db, year)
    counted = yearly(verdicts).groupby("owner")[list(WORDS)].sum()
    part = verdicts.table.groupby("owner")["case"].nunique()
    held = [row for row in drills(db) if row["held"].startswith(f"{year:04d}-")]
    owners = sorted({*counted.index, *(row["unit"] for row in held)})
    rows = []
    for owner in owners:
        words = {w: int(counted.loc[owner, w]) if owner in counted.index else 0 for w in WORDS}
        mine = [row["kind"] for row in held if row["unit"] == owner]
        kinds = {kind: mine.count(kind) for kind in KINDS}
        first = {"owner": owner, "took_part": int(part.get(owner, 0))}
        rows.append(first | {"duties": sum(words.values())} | words | {"held": len(mine)} | kinds)
    return pd.DataFrame(rows, columns=list(COLUMNS))
