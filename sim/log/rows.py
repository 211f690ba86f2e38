"""From the model's plain rows to the event record.

The model appends one tuple per event: the columns of `CORE` in their order, `cause` and
`held_by` as sequence numbers (or `None`), and last a dict with the columns that only few
rows have.  Everything else (row ids, empty columns, types) is added here, once per block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
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

    `cases` gives (case id, rows in the order in which they were written).  Each is turned into
    columns while its rows are at hand, so that only one case is ever held as rows.
    """
    names: list[str] = []
    parts: list[list[np.ndarray]] = []
    sparse: list[Sparse] = []
    for name, rows in cases:
        names.append(name)
        cells, width = list(chain.from_iterable(rows)), len(CORE) + 1
        *core, extras = (cells[k::width] for k in range(width))
        parts.append([_part(name, values) for name, values in zip(CORE, core, strict=True)])
        sparse.append(_gather(extras))
    lengths = [len(part[0]) for part in parts]
    total = sum(lengths)
    whole = [np.concatenate(column) for column in zip(*parts, strict=True)]
    columns: dict[str, Any] = dict(zip(CORE, whole, strict=False))
    ids = texts([*row_ids(max(lengths, default=0)), ""])
    seq = np.concatenate([np.arange(n) for n in lengths]) if lengths else np.arange(0)
    columns["seq"] = seq
    columns["row"] = ids.take(seq)
    columns["case"] = texts(names).repeat(lengths)
    columns["source"] = texts(["simulated"]).repeat(total)
    if parts:
        for name in _PLACES:
            columns[name] = ids.take(columns[name])
    columns |= _filled(sparse, lengths, total)
    return EventLog(typed(columns, total), dict.fromkeys(names, origin))


_PLACES = ("cause", "held_by")
Sparse = list[tuple[tuple[str, ...], list[int], list[Any]]]
"""Rows that have the same further columns: their names, the rows' places, the values row by row."""


def _part(name: str, values: Sequence[Any]) -> np.ndarray:
    """Return one column of one case; -1 (the last place) stands for no row."""
    if name in _TEXT and name not in _PLACES:
        return np.array(values, dtype=object)
    numbers = [-1 if n is None else n for n in values] if name in _PLACES else values
    return np.array(numbers, dtype=np.int64)


def _gather(extras: Sequence[dict[str, Any] | None]) -> Sparse:
    """Return the further columns of one case, rows with the same ones together."""
    alike: dict[tuple[str, ...], tuple[list[int], list[Any]]] = {}
    for place, extra in enumerate(extras):
        if extra:
            names = tuple(extra)
            places, values = alike.get(names) or alike.setdefault(names, ([], []))
            places.append(place)
            values.extend(extra.values())
    return [(names, places, values) for names, (places, values) in alike.items()]


def _filled(cases: Sequence[Sparse], lengths: Sequence[int], total: int) -> dict[str, np.ndarray]:
    """Return the columns that only few rows have, with `""` and NaN where there is nothing."""
    columns: dict[str, np.ndarray] = {}
    first = 0
    for case, length in zip(cases, lengths, strict=True):
        for names, places, values in case:
            where = np.array(places) + first
            for k, name in enumerate(names):
                if name not in columns:
                    columns[name] = (_NO_TEXT if name in _TEXT else _NO_NUMBER).repeat(total)
                columns[name][where] = values[k :: len(names)]
        first += length
    return columns
