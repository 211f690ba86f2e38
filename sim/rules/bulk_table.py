"""The verdicts of whole columns, as rows of the one table of verdicts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from sim.rules.bulk import Judged
from sim.rules.decide import NOTHING
from sim.rules.pack import Pack, Rule
from sim.rules.verdicts import COLUMNS, standing


def bulk_table(
    judged: Judged, cases: Sequence[str], pack: Pack, outside: Collection[int]
) -> pd.DataFrame:
    """Return the verdicts of one rule with the columns of `Verdicts.table`."""
    rule, count = pack.rules[judged.name], len(judged.case)
    limit = np.full(count, NOTHING)
    if rule.limit_in:
        known = (judged.start_s != NOTHING) & (judged.deadline_s != NOTHING)
        limit = np.where(known, judged.deadline_s - judged.start_s, NOTHING)
    elif rule.limit is not None:
        limit[:] = rule.limit
    columns: dict[str, object] = {
        "case": np.array([*cases, ""], dtype=object)[judged.case],
        "pack": pack.id,
        "rule": judged.name,
        "clause": rule.clause,
        "modality": rule.modality,
        "recurrence": judged.recurrence.astype("int64"),
        "limit_s": limit,
        "verdict": judged.verdict,
        "reason": judged.reason,
        "start_s": judged.start_s,
        "deadline_s": judged.deadline_s,
        "end_s": judged.end_s,
        "margin_s": judged.margin_s,
        "end_row": judged.end_row,
        "summary": judged.verdict,
        "flags": _flags(judged, rule, outside),
        "evidence": _evidence(judged),
    }
    return pd.DataFrame({name: _typed(name, columns.get(name), count) for name in COLUMNS})


def in_order(tables: Sequence[pd.DataFrame], cases: Sequence[str], pack: Pack) -> pd.DataFrame:
    """Return tables as one, by case and the pack's order of rules, otherwise as they came."""
    whole = pd.concat(tables, ignore_index=True)
    case = pd.Index(cases).get_indexer(pd.Index(whole["case"]))
    rule = pd.Index(list(pack.rules)).get_indexer(pd.Index(whole["rule"]))
    return whole.iloc[np.lexsort((rule, case))].reset_index(drop=True)


def _flags(judged: Judged, rule: Rule, outside: Collection[int]) -> np.ndarray:
    flags = judged.flags
    for word in standing(rule):
        flags = np.where(flags == "", word, flags + f"|{word}")
    if outside:
        beyond = np.isin(judged.case, np.array(sorted(outside)))
        more = np.where(flags == "", "outside_validity", flags + "|outside_validity")
        flags = np.where(beyond, more, flags)
    return flags


def _evidence(judged: Judged) -> np.ndarray:
    start, end = judged.start_row, judged.end_row
    both = (start != "") & (end != "") & (start != end)
    return np.where(both, start + np.where(both, "|", "") + end, np.where(start == "", end, start))


def _typed(name: str, values: object, count: int) -> object:
    if name.endswith("_s"):
        numbers = np.full(count, NOTHING) if values is None else np.asarray(values, "int64")
        return pd.arrays.IntegerArray(numbers, numbers == NOTHING)
    if name.endswith("chance"):  # exact stamps leave nothing open
        return pd.array([None] * count, dtype="Float64")
    if name == "recurrence":
        return values
    if isinstance(values, np.ndarray):
        return pd.array(values, dtype="str")
    return pd.array(np.array([values or ""], dtype=object), dtype="str").repeat(count)
