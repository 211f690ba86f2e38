"""Facts that bear on what a text ties consequences to: late, missing, mismatched, no action.

They say what the record shows.  Whose fault it was, whether it had consequences, and whether
anybody meant it, is for people to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.rules.pack import Pack
from sim.rules.verdicts import Verdicts

COLUMNS = (
    *("case", "pack", "trigger", "fact", "rule", "incident", "owner", "recurrence"),
    *("verdict", "about", "margin_s", "evidence"),
)
_BY_REASON = {
    "never_reported": "no_action",
    "missing_elements": "missing",
    "missing_step": "missing",
    "no_entry": "missing",
    "empty_column": "missing",
    "gap": "missing",
    "differs": "mismatched",
    "out_of_order": "mismatched",
    "present": "mismatched",
}
_BY_FACT = {
    "missing_element": "missing",
    "value_differs": "mismatched",
    "occurrence_differs": "mismatched",
    "graded_too_low": "mismatched",
    "never_confirmed": "no_action",
}


def trigger_facts(verdicts: Verdicts, pack: Pack) -> pd.DataFrame:
    """Return the facts of a pack's `triggers`, one row each, in the order of the pack.

    Columns `COLUMNS`: `fact` is late, missing, mismatched or no_action; `about` says what
    (the word of the verdict's reason, or of a fact beside it); `verdict` is the verdict it stands
    beside, which an explanation may have excused; `margin_s` seconds, negative = late.
    """
    rows: list[Any] = verdicts.table[verdicts.table["pack"] == pack.id].to_dict("records")
    found = [
        (
            row["case"],
            pack.id,
            name,
            fact,
            *_key(row),
            row["verdict"],
            about,
            margin,
            row["evidence"],
        )
        for name, trigger in pack.triggers.items()
        for row in rows
        if row["rule"] in trigger.rules
        for fact, about, margin in _facts(row)
    ]
    table = pd.DataFrame(found, columns=list(COLUMNS))
    return table.astype({"margin_s": "Int64", "recurrence": "int64"})


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["rule"], row["incident"], row["owner"], row["recurrence"]


def _facts(row: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    if row["verdict"] == "not_applicable":
        return
    margin = row["margin_s"]
    if row["verdict"] in ("late", "excused") and not pd.isna(margin) and margin < 0:
        yield ("missing" if row["reason"] == "gap" else "late"), str(row["reason"]), margin
    elif row["verdict"] == "late" and row["reason"] in _BY_REASON:
        yield _BY_REASON[row["reason"]], str(row["reason"]), pd.NA
    for fact in filter(None, str(row["facts"]).split("|")):
        kind = _BY_FACT.get(fact.partition(":")[0])
        if kind:
            yield kind, fact, pd.NA
