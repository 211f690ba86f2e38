"""Rows of a file to rows of the record, as the texts that a record's CSV file would hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.intake.mapping import Mapping
from sim.intake.rows import Rows, Unread
from sim.intake.times import Instants
from sim.intake.work import Columns, Work
from sim.texts import t


@dataclass
class Built:
    """Columns of the record, one entry per event; `from_row` is the row of the file.

    `first` and `last` are the earliest and latest stamp of the file in seconds since 1970.
    """

    columns: Columns
    from_row: np.ndarray
    instants: Instants
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def build(rows: Rows, mapping: Mapping, default_case: str) -> Built:
    """Return the events of a file's rows; a row of which anything is wrong gives none."""
    work = Work(rows, mapping)
    case = work.cases(default_case)
    shared = work.shared()
    return _wide(work, shared, case) if mapping.events else _long(work, shared, case)


def _long(work: Work, shared: Columns, case: np.ndarray) -> Built:
    """Return one event for each row."""
    times = work.times(shared, pd.factorize(case)[0])
    main = times.get("time") or times.get("time_lo") or times["time_hi"]
    none = np.ones(len(work.rows), dtype=bool)
    for name in ("time", "time_lo", "time_hi"):
        if name in times:
            none &= times[name].form <= 0
    activity = shared.setdefault("activity", np.full(len(work.rows), "", dtype=object))
    standing = np.isin(activity, ("role", "observe", "stock_recorded"))
    column = next((c for c, names in work.mapping.columns.items() if "time" in names), "")
    texts = work.rows.columns.get(column, np.full(len(work.rows), "", dtype=object))
    work.wrong(none & ~standing, column, t("a time stamp"), texts)
    column = next((c for c, n in work.mapping.columns.items() if "activity" in n), "")
    texts = work.rows.columns.get(column, activity)
    work.wrong(activity == "", column, t("an activity"), texts)
    for name in sorted(times, key="time".__eq__):  # last: its spans go into the others' columns
        _spell(shared, name, times[name])
    keep = np.flatnonzero(~work.bad)
    columns = {name: values[keep] for name, values in {**shared, "case": case}.items()}
    picked = Instants(*(getattr(main, n)[keep] for n in main.__dataclass_fields__))
    return Built(columns, keep, picked, work.unread, work.notes)


def _wide(work: Work, shared: Columns, case: np.ndarray) -> Built:
    """Return an event for every time that stands in a row; empty cells give none."""
    cases = pd.factorize(case)[0]
    for name, found in work.times(shared, cases).items():
        _spell(shared, name, found)
    found_ones = {c: work.instants(c, cases, alone=True) for c in work.mapping.events}
    none = np.all([one.form <= 0 for one in found_ones.values()], axis=0)
    empty = np.full(len(work.rows), "", dtype=object)
    work.wrong(none, "", t("at least one time"), empty)
    _backwards(work, found_ones)
    keep = np.flatnonzero(~work.bad)
    parts: list[Columns] = []
    rows, numbers = [], []
    for k, (column, fields) in enumerate(work.mapping.events.items()):
        at = keep[found_ones[column].form[keep] > 0]
        part = {name: values[at] for name, values in {**shared, "case": case}.items()}
        part |= {n: np.full(len(at), w, dtype=object) for n, w in fields.items()}
        spelled: Columns = {}
        _spell(spelled, "time", found_ones[column])
        part |= {name: values[at] for name, values in spelled.items()}
        parts.append(part)
        rows.append(at)
        numbers.append(np.full(len(at), k))
    names = dict.fromkeys(name for part in parts for name in part)
    from_row, number_of = np.concatenate(rows), np.concatenate(numbers)
    order = np.lexsort((number_of, from_row))
    columns = {
        name: np.concatenate(
            [
                part.get(name, np.full(len(at), "", object))
                for part, at in zip(parts, rows, strict=True)
            ]
        )[order]
        for name in names
    }
    whole = [
        np.concatenate(
            [getattr(found_ones[c], n)[a] for c, a in zip(found_ones, rows, strict=True)]
        )[order]
        for n in Instants.__dataclass_fields__
    ]
    return Built(columns, from_row[order], Instants(*whole), work.unread, work.notes)


def _backwards(work: Work, found: dict[str, Instants]) -> None:
    """Note rows in which a later step is stamped before an earlier one."""
    latest = np.full(len(work.rows), np.iinfo(np.int64).min)
    back = np.zeros(len(work.rows), dtype=bool)
    for one in found.values():
        there = one.form > 0
        back |= there & (one.high < latest)
        latest = np.where(there, np.maximum(latest, one.utc), latest)
    at = np.flatnonzero(back & ~work.bad).tolist()
    if at:
        places = ", ".join(work.rows.place(k) for k in at[:10])
        text = t("times run backwards in {n} rows, taken as they stand: {places}",
                 n=len(at), places=places)  # fmt: skip
        work.notes.append(text)


def _spell(columns: Columns, name: str, found: Instants) -> None:
    """Write a time column; an interval of `time` goes into `time_lo` and `time_hi`."""
    apart = found.interval if name == "time" else np.zeros(len(found.utc), dtype=bool)
    values = found.utc if name != "time_hi" else found.high
    columns[name] = found.spelled(values, (found.form > 0) & ~apart)
    if apart.any():
        for key, bound in (("time_lo", found.utc), ("time_hi", found.high)):
            texts = found.spelled(bound, apart)
            before = columns.get(key)
            columns[key] = texts if before is None else np.where(texts == "", before, texts)
