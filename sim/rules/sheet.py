"""The record prepared for scoring: rows by case, time and seq, columns fetched once each.

Everything after this file works on positions in the sorted rows, so the order of rows in a
file cannot matter.  The column `source` is never fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.log.corrections import counted
from sim.log.record import RESOLUTION, EventLog
from sim.log.schema import BY_NAME
from sim.rules.stamps import INF, Stamp


class Coded(NamedTuple):
    """A column: the number of each row's value, and the distinct values."""

    codes: np.ndarray
    values: np.ndarray


class Sheet:
    """The rows of a record that count, sorted by case name, time (its earliest), `seq` and row id.

    `case_of[p]` is the number of the case of row p, `cases[k]` its name, `starts[k]` its
    first row (`starts[k + 1]` one past its last), `origins[k]` its second 0 as an aware
    datetime, if known; `lo`, `hi`, `res` are the stamps.
    """

    def __init__(self, log: EventLog):
        log = counted(log)
        table = log.table
        codes, names = pd.factorize(table["case"], sort=True)
        lo, hi = _bounds(table)
        self.order = _order(table, codes, lo)
        self.table = table
        self.cases = [str(name) for name in names]
        self.origins = [log.origins.get(name) for name in self.cases]
        self.case_of = codes[self.order]
        self.lo, self.hi = lo[self.order], hi[self.order]
        self.res = table[RESOLUTION].to_numpy("int64")[self.order]
        self.starts = np.searchsorted(self.case_of, np.arange(len(self.cases) + 1))
        self._numbers: dict[str, list[float | None]] = {}
        self._texts: dict[str, list[str]] = {}
        self._coded: dict[str, Coded] = {}
        self._stamps: dict[int, Stamp] = {}

    def __len__(self) -> int:
        return len(self.order)

    def text(self, column: str) -> list[str]:
        """Return a text column, one `str` per row."""
        if column not in self._texts:
            values = self.table[column].to_numpy(dtype=object)[self.order]
            self._texts[column] = values.tolist()
        return self._texts[column]

    def picked(self, column: str, positions: np.ndarray) -> list[str]:
        """Return a text column of some rows."""
        values = self.text(column)
        return [values[p] for p in positions.tolist()]

    def numbers(self, column: str) -> np.ndarray:
        """Return a number column as floats, absent = NaN."""
        values: np.ndarray = self.table[column].to_numpy("float64", na_value=np.nan)
        found: np.ndarray = values[self.order]
        return found

    def instants(self, column: str) -> np.ndarray:
        """Return a time column as whole seconds, absent = INF."""
        values: np.ndarray = self.table[column].to_numpy("int64", na_value=INF)
        found: np.ndarray = values[self.order]
        return found

    def cell(self, column: str, position: int) -> str | float | None:
        """Return a text (`""` = absent) or a number (`None` = absent) of one row."""
        if BY_NAME[column].kind != "number":
            return self.text(column)[position]
        if column not in self._numbers:
            values = self.numbers(column)
            self._numbers[column] = [None if v != v else v for v in values.tolist()]
        return self._numbers[column][position]

    @cached_property
    def ends(self) -> list[int]:
        """Until when what each row states goes on (`until`), INF where it does not say."""
        found: list[int] = self.instants("until").tolist()
        return found

    def is_one_of(self, column: str, words: tuple[str, ...]) -> np.ndarray:
        """Return one bool per row: whether a text column holds one of `words`."""
        codes, values = self.coded(column)
        found: np.ndarray = np.isin(values, words)[codes]
        return found

    def coded(self, column: str) -> Coded:
        """Return a column with each distinct value once: it is looked at by many rules."""
        if column not in self._coded:
            codes, values = pd.factorize(self.table[column], use_na_sentinel=False)
            self._coded[column] = Coded(codes[self.order], np.asarray(values, dtype=object))
        return self._coded[column]

    def done(self, *activities: str) -> np.ndarray:
        """Return the positions of rows that say that one of these activities was done."""
        found = self.is_one_of("activity", activities) & self.is_one_of("phase", ("", "ended"))
        return np.flatnonzero(found)

    def stamp(self, position: int) -> Stamp:
        """Return the instant of a row."""
        stamp = self._stamps.get(position)
        if stamp is None:
            lo, hi, res, row = self._columns
            stamp = Stamp(lo[position], hi[position], res[position], row[position])
            self._stamps[position] = stamp
        return stamp

    @cached_property
    def _columns(self) -> tuple[list[int], list[int], list[int], list[str]]:
        """What stamps are made of: as lists, whose cells cost far less than an array's."""
        return self.lo.tolist(), self.hi.tolist(), self.res.tolist(), self.text("row")

    def rows(self, positions: np.ndarray, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield the text columns of some rows."""
        lists = [self.text(column) for column in columns]
        for p in positions.tolist():
            yield tuple(values[p] for values in lists)

    def column(self, name: str, positions: np.ndarray | slice = slice(None)) -> pd.Series:
        """Return a column as the record has it, of all rows or of some."""
        return self.table[name].take(self.order[positions])


def _bounds(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return earliest and latest instant of every row; an exact time stands for both."""
    time = table["time"].to_numpy("int64", na_value=INF)
    lo = table["time_lo"].to_numpy("int64", na_value=-INF)
    hi = table["time_hi"].to_numpy("int64", na_value=INF)
    exact = time < INF
    return np.where(exact, time, lo), np.where(exact, time, hi)


def _order(table: pd.DataFrame, codes: np.ndarray, lo: np.ndarray) -> np.ndarray:
    seq = table["seq"].to_numpy("int64", na_value=-1)
    if (seq < 0).any() or pd.Series(seq).groupby(codes).nunique().sum() < len(seq):
        row, _ = pd.factorize(table["row"], sort=True)
        return np.lexsort((row, seq, lo, codes))
    return np.lexsort((seq, lo, codes))
