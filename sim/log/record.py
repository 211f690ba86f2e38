"""`EventLog`: the event record in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from sim.log.schema import FRACTIONS, NAMES, TEXTS

RESOLUTION = "resolution"
"""Extra column in memory only: seconds to which `time` was written down (60 or 1)."""
_TEXT = frozenset(TEXTS)


@dataclass(frozen=True)
class EventLog:
    """One or many cases of the event record.

    `table` has one row per event and the columns of `sim.log.schema` in their order, then
    `resolution`; sorted by case as they came, then by `seq`.  `origins` gives each case's
    second 0 as an aware datetime.
    """

    table: pd.DataFrame
    origins: Mapping[str, datetime] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table)

    @property
    def cases(self) -> tuple[str, ...]:
        """Ids of the cases, in the order of the record."""
        return tuple(self.table["case"].unique())

    def case(self, name: str) -> EventLog:
        """Return the record of one case; an unknown name raises `KeyError`."""
        if name not in self.origins:
            raise KeyError(f"no case {name!r} in this record; it has {list(self.origins)[:5]}")
        part = self.table[self.table["case"] == name].reset_index(drop=True)
        return EventLog(part, {name: self.origins[name]})

    def split(self) -> Iterator[EventLog]:
        """Yield the cases one by one, in one pass over the record."""
        for name, part in self.table.groupby("case", sort=False):
            yield EventLog(part.reset_index(drop=True), {str(name): self.origins[str(name)]})


def typed(columns: Mapping[str, Sequence[Any] | np.ndarray], length: int) -> pd.DataFrame:
    """Return a table of the schema's columns and `resolution`; this is where types are given.

    `columns` maps names to `length` values: texts (`""` = absent) for text columns, numbers
    (`None` or `<NA>` = absent) for the others; an array that has its type already is taken as
    it is.  Columns that are not given are empty, and one in memory until they are written to; the
    resolution is 1 s unless given.  Text is of type `str`, numbers and times are `Int64`
    (`Float64` for loss and share), `resolution` is `int64`.
    """
    nothing = {kind: pd.Series(_empty(kind, length)) for kind in ("str", "Int64", "Float64")}
    data: dict[str, Any] = {}
    for name in NAMES:
        values = columns.get(name)
        data[name] = nothing[dtype(name)] if values is None else _column(name, values)
    resolution = columns.get(RESOLUTION)
    data[RESOLUTION] = (
        np.ones(length, "int64") if resolution is None else np.array(resolution, "int64")
    )
    return pd.DataFrame(data, copy=False)


def _column(name: str, values: Any) -> Any:
    if isinstance(values, pd.api.extensions.ExtensionArray):
        return values
    return texts(values) if name in _TEXT else _numbers(values, dtype(name))


def texts(values: Sequence[str] | np.ndarray) -> Any:
    """Return texts as an array of type `str`."""
    if not isinstance(values, np.ndarray):
        values = np.fromiter(values, dtype=object, count=len(values))
    return pd.array(values.astype(object, copy=False), dtype="str", copy=False)


def _empty(kind: str, length: int) -> Any:
    if kind == "str":
        return texts([""]).repeat(length)
    masked = pd.arrays.FloatingArray if kind == "Float64" else pd.arrays.IntegerArray
    return masked(np.zeros(length, kind.lower()), np.ones(length, dtype=bool))


def _numbers(values: Any, kind: str) -> Any:
    """Return what `pd.array` returns, several times faster for lists that hold `None`."""
    if isinstance(values, np.ndarray) and values.dtype == np.int64 and kind == "Int64":
        return pd.arrays.IntegerArray(values, np.zeros(len(values), dtype=bool))
    try:
        plain = np.array(values, dtype=float)
    except (TypeError, ValueError):
        return pd.array(values, dtype=kind)
    absent = np.isnan(plain)
    plain[absent] = 0.0
    if kind == "Float64":
        return pd.arrays.FloatingArray(plain, absent)
    whole = plain.astype("int64")
    largest = max(plain.max(initial=0.0), -plain.min(initial=0.0))
    if (whole != plain).any() or largest >= 2.0**53:
        return pd.array(values, dtype=kind)
    return pd.arrays.IntegerArray(whole, absent)


def dtype(name: str) -> Any:
    """Return the pandas type of a column: numbers and times are whole, but for loss and share."""
    if name in _TEXT:
        return "str"
    return "Float64" if name in FRACTIONS else "Int64"
