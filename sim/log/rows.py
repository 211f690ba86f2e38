"""From the model's plain rows to the event record.

The model appends one tuple per event: the columns of `CORE` in their order, `cause` and
`held_by` as sequence numbers (or `None`), and last a dict with the columns that only few
rows have.  Everything else (row ids, empty columns, types) is added here, once per block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from sim.log.record import EventLog, texts, typed
from sim.log.schema import TEXTS

CORE = (
    "time",
    "activity",
    "phase",
    "actor",
    "recipient",
    "object",
    "incident",
    "cause",
    "held_by",
    "span",
)
Row = tuple[Any, ...]
_TEXT = frozenset(TEXTS)
_NO_TEXT, _NO_NUMBER = np.array([""], object), np.array([np.nan])
_ids: list[str] = []


def row_ids(count: int) -> list[str]:
    """Return the first `count` row ids: `r0`, `r1`, …"""
    if len(_ids) < count:
        _ids.extend(f"r{k}" for k in range(len(_ids), count))
    return _ids[:count]


def to_log(cases: Iterable[tuple[str, Sequence[Row]]], origin: datetime) -> EventLog:
    """Return the record of simulated cases that share one origin.

    `cases` gives (case id, rows in the order in which they were written).
    """
    cases = list(cases)
    lengths = [len(rows) for _, rows in cases]
    total = sum(lengths)
    columns: dict[str, Any] = _core([rows for _, rows in cases])
    extras = columns.pop("extra")
    ids = texts([*row_ids(max(lengths, default=0)), ""])
    seq = np.concatenate([np.arange(n) for n in lengths]) if lengths else np.arange(0)
    columns["seq"] = seq
    columns["row"] = ids.take(seq)
    columns["case"] = texts([name for name, _ in cases]).repeat(lengths)
    columns["source"] = texts(["simulated"]).repeat(total)
    for name in ("cause", "held_by"):
        columns[name] = ids.take(_places(columns[name]))
    columns |= _sparse(extras, total)
    return EventLog(typed(columns, total), {case: origin for case, _ in cases})


def _places(numbers: Sequence[int | None]) -> list[int]:
    """Return the numbers, and -1 (the last place) for `None`."""
    return [-1 if number is None else number for number in numbers]


def _core(cases: Sequence[Sequence[Row]]) -> dict[str, list[Any]]:
    """Turn rows into columns, case by case (a row of all cases at once would be too long)."""
    columns: dict[str, list[Any]] = {name: [] for name in (*CORE, "extra")}
    lists = list(columns.values())
    for rows in cases:
        if rows:
            for column, values in zip(lists, zip(*rows, strict=True), strict=True):
                column.extend(values)
    return columns


def _sparse(extras: Sequence[dict[str, Any] | None], total: int) -> dict[str, np.ndarray]:
    """Return the columns that only few rows have, with `""` and NaN where there is nothing.

    Rows that have the same columns are filled in together.
    """
    alike: dict[tuple[str, ...], tuple[list[int], list[Any]]] = {}
    for k, extra in enumerate(extras):
        if extra:
            names = tuple(extra)
            places, values = alike.get(names) or alike.setdefault(names, ([], []))
            places.append(k)
            values.append(extra.values())
    columns: dict[str, np.ndarray] = {}
    for names, (places, values) in alike.items():
        where = np.array(places)
        for name, column in zip(names, zip(*values, strict=True), strict=True):
            if name not in columns:
                columns[name] = (_NO_TEXT if name in _TEXT else _NO_NUMBER).repeat(total)
            columns[name][where] = column
    return columns
