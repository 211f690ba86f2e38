"""`EventLog`: the event record in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from sim.log.schema import NAMES, NUMBERS, TEXTS, TIMES

RESOLUTION = "resolution"
"""Extra column in memory only: seconds to which `time` was written down (60 or 1)."""


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
        """Yield the cases one by one."""
        for name in self.cases:
            yield self.case(name)


def typed(columns: Mapping[str, list[object]], length: int) -> pd.DataFrame:
    """Return a table with every column of the schema, typed; absent columns are empty."""
    data: dict[str, object] = {}
    for name in NAMES:
        values = columns.get(name)
        if name in TEXTS:
            data[name] = pd.array(values if values is not None else [""] * length, dtype="str")
        elif values is None:
            data[name] = pd.array([pd.NA] * length, dtype=_dtype(name))
        else:
            data[name] = pd.array(values, dtype=_dtype(name))
    data[RESOLUTION] = pd.array(columns.get(RESOLUTION) or [1] * length, dtype="int64")
    return pd.DataFrame(data)


def _dtype(name: str) -> str:
    """Whole numbers everywhere but in the loss, which may have a fraction."""
    assert name in NUMBERS or name in TIMES
    return "Float64" if name == "loss_wan" else "Int64"
