"""A year's verdicts by body and rule: what an appraisal (article 13) looks at, without points."""

from __future__ import annotations

import pandas as pd

from sim.rules.verdicts import REPORTED, Verdicts

WORDS = ("met", "late", "noted", "excused", "open", "unproven")


def yearly(verdicts: Verdicts) -> pd.DataFrame:
    """Return one row per year, owner and rule: the number of each verdict, and of cases.

    Columns year, owner, clause, rule, cases, and one for each of `WORDS`; `late` are failures
    only, `noted` those that are merely reported.  The year is that in which a case begins (its
    origin), absent where it has none.  What does not apply is left out, and so are duties that
    nobody on record owes.  In the order of years, owners and the rules of the pack.
    """
    table = verdicts.table
    table = table[(table["verdict"] != "not_applicable") & (table["owner"] != "")]
    year = {case: origin.year for case, origin in verdicts.origins.items() if origin is not None}
    only = table["flags"].str.split("|").map(lambda flags: REPORTED in flags).astype(bool)
    word = table["verdict"].mask(only & (table["verdict"] == "late"), "noted")
    order = {rule: k for k, rule in enumerate(dict.fromkeys(verdicts.table["rule"]))}
    keyed = table.assign(
        year=table["case"].map(year).astype("Int64"), place=table["rule"].map(order)
    )
    keys = ["year", "owner", "place", "clause", "rule"]
    numbers = pd.get_dummies(word).reindex(columns=list(WORDS), fill_value=0).astype("int64")
    groups = pd.concat([keyed[[*keys, "case"]], numbers], axis=1).groupby(keys, dropna=False)
    found = groups[list(WORDS)].sum()
    found.insert(0, "cases", groups["case"].nunique().astype("int64"))
    return found.reset_index().drop(columns="place")
