"""From the model's plain rows to the event record.

The model appends one tuple per event: the columns of `CORE` in their order, `cause` and
`held_by` as sequence numbers (or `None`), and last a dict with the columns that only few
rows have.  Everything else (row ids, empty columns, types) is added here, once per block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

import numpy as np
import pandas as pd

from sim.log.record import RESOLUTION, EventLog, _dtype
from sim.log.schema import NAMES, TEXTS

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
Row = tuple[object, ...]
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
    core = list(zip(*chain.from_iterable(rows for _, rows in cases), strict=True))
    if not core:
        core = [()] * (len(CORE) + 1)
    named = dict(zip(CORE, core, strict=False))
    ids = row_ids(max(lengths, default=0))
    columns: dict[str, object] = {
        "row": [name for n in lengths for name in ids[:n]],
        "case": list(chain.from_iterable([case] * n for (case, _), n in zip(cases, lengths, strict=True))),
        "seq": np.concatenate([np.arange(n) for n in lengths]) if lengths else [],
        "cause": ["" if k is None else ids[k] for k in named["cause"]],
        "held_by": ["" if k is None else ids[k] for k in named["held_by"]],
        "source": ["simulated"] * total,
    }
    for name in CORE:
        columns.setdefault(name, named[name])
    sparse = _sparse(core[-1], total)
    frame = {name: _array(name, columns.get(name, sparse.get(name)), total) for name in NAMES}
    frame[RESOLUTION] = np.ones(total, dtype="int64")
    return EventLog(pd.DataFrame(frame, copy=False), {case: origin for case, _ in cases})


def _sparse(extras: Sequence[object], total: int) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = {}
    for k, extra in enumerate(extras):
        if extra:
            for name, value in extra.items():  # type: ignore[attr-defined]
                column = columns.get(name)
                if column is None:
                    column = columns[name] = ["" if name in _TEXT else None] * total
                column[k] = value
    return columns


_TEXT = frozenset(TEXTS)


def _array(name: str, values: object, total: int) -> object:
    if name in _TEXT:
        if values is None:
            values = [""] * total
        return pd.array(np.array(values, dtype=object), dtype="str")
    if values is None:
        values = np.zeros(total, dtype=float if name == "loss_wan" else "int64")
        mask = np.ones(total, dtype=bool)
        kind = pd.arrays.FloatingArray if name == "loss_wan" else pd.arrays.IntegerArray
        return kind(values, mask)
    return pd.array(list(values), dtype=_dtype(name))  # type: ignore[call-overload]
