"""Rows of a file to rows of the record, as the texts that a record's CSV file would hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.errors import shown
from sim.files.cells import clean, number
from sim.intake.durations import seconds_in
from sim.intake.mapping import Mapping
from sim.intake.rows import Rows, Unread
from sim.intake.times import Instants, read_times
from sim.intake.words import meanings, neutral
from sim.log import stamps
from sim.log.schema import BY_NAME, FRACTIONS
from sim.texts import t

Columns = dict[str, np.ndarray]


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
    work = _Work(rows, mapping)
    case = work.cases(default_case)
    shared = work.shared()
    parts = [work.wide(shared, case)] if mapping.events else [work.long(shared, case)]
    return parts[0]


class _Work:
    def __init__(self, rows: Rows, mapping: Mapping):
        self.rows, self.mapping = rows, mapping
        self.bad = np.zeros(len(rows), dtype=bool)
        self.unread = list(rows.unread)
        self.notes: list[str] = []

    def wrong(
        self, where: np.ndarray, column: str, expected: str, texts: np.ndarray, alone: bool = False
    ) -> None:
        """List rows that are not read, each once with the first reason; or cells `alone`."""
        for k in np.flatnonzero(where & ~self.bad).tolist():
            line, received = int(self.rows.lines[k]), shown(clean(str(texts[k])))
            file, sheet = self.rows.file, self.rows.sheet
            one = Unread(file, sheet, line, column, expected, received, row=not alone)
            self.unread.append(one)
        if not alone:
            self.bad |= where

    def cases(self, default: str) -> np.ndarray:
        """Return each row's case: text as it stands, `007` and `NA` too."""
        column = self.mapping.case
        if column is None:
            return np.full(len(self.rows), default, dtype=object)
        texts = self.rows.columns[column]
        codes, words = pd.factorize(texts)
        names = np.array([neutral(clean(str(word))) for word in words] or [""], dtype=object)
        case = names[codes] if len(codes) else texts
        self.wrong(case == "", column, t("the id of a case"), texts)
        return case

    def shared(self) -> Columns:
        """Return the columns of the record that words and constants give, all rows alike."""
        found: Columns = {}
        for name, word in self.mapping.constants.items():
            found[name] = np.full(len(self.rows), neutral(word), dtype=object)
        for column, names in self.mapping.columns.items():
            texts = self.rows.columns[column]
            for name in names:
                kind = BY_NAME[name].kind
                if kind == "time":
                    continue
                if kind == "number":
                    self._put(found, name, self._numbers(name, column, texts))
                else:
                    self._words(found, name, column, texts)
        return found

    def _put(self, found: Columns, name: str, values: np.ndarray) -> None:
        """Fill a column; what is there already stays where there is nothing new."""
        before = found.get(name)
        found[name] = values if before is None else np.where(values == "", before, values)

    def _words(self, found: Columns, name: str, column: str, texts: np.ndarray) -> None:
        codes, meant = meanings(name, texts, self.mapping)
        for reason in dict.fromkeys(reason for _, reason in meant if reason):
            wrong = np.array([why == reason for _, why in meant], dtype=bool)[codes]
            self.wrong(wrong, column, reason, texts)
        for key in dict.fromkeys(key for fields, _ in meant for key in fields):
            words = [neutral(fields.get(key, "")) for fields, _ in meant]
            self._put(found, key, np.array([*words, ""], dtype=object)[codes])

    def _numbers(self, name: str, column: str, texts: np.ndarray) -> np.ndarray:
        """Return numbers as texts; a cell merged with the one above counts once."""
        codes, words = pd.factorize(texts)
        values, wrong = [], []
        for word in map(str, words):
            plain = clean(word)
            if name == "allowed":
                seconds = seconds_in(plain, self.mapping.allowed_in)
                values.append("" if seconds is None else str(seconds))
                wrong.append(bool(plain) and seconds is None)
                continue
            value = number(plain)
            whole = value is not None and (name in FRACTIONS or value == int(value))
            good = value is not None and value >= 0 and whole
            values.append(format(value.normalize(), "f") if good and value is not None else "")
            wrong.append(bool(plain) and not good)
        expected = t("a number, not negative")
        if name == "allowed":
            expected = t("a duration such as 2 h, or a number with allowed_in in the mapping")
        self.wrong(np.array([*wrong, False], dtype=bool)[codes], column, expected, texts)
        found = np.array([*values, ""], dtype=object)[codes]
        repeated = self.rows.repeated.get(column)
        if repeated is not None:
            found[repeated] = ""
        return found

    def instants(self, column: str, cases: np.ndarray | None, alone: bool = False) -> Instants:
        """Return a time column; rows whose stamp is none are not read (`alone`: such cells)."""
        texts = self.rows.columns[column]
        found = read_times(texts, self.mapping.time, cases)
        exact = found.form == stamps.SECOND
        if self.rows.sheet and not (found.utc[exact] % 60).any():
            found.form[exact] = stamps.MINUTE  # spreadsheets write seconds that nobody took
        bad = found.form == stamps.BAD
        for reason in dict.fromkeys(found.reason[bad].tolist()):
            self.wrong(bad & (found.reason == reason), column, reason, texts, alone)
        return found

    def times(self, shared: Columns, cases: np.ndarray) -> dict[str, Instants]:
        """Return the time columns of long rows."""
        return {
            name: self.instants(column, cases)
            for column, names in self.mapping.columns.items()
            for name in names
            if BY_NAME[name].kind == "time"
        }

    def long(self, shared: Columns, case: np.ndarray) -> Built:
        """Return one event for each row."""
        times = self.times(shared, pd.factorize(case)[0])
        main = times.get("time") or times.get("time_lo") or times["time_hi"]
        none = np.ones(len(self.rows), dtype=bool)
        for name in ("time", "time_lo", "time_hi"):
            if name in times:
                none &= times[name].form <= 0
        standing = np.isin(shared["activity"], ("role", "observe", "stock_recorded"))
        column = next((c for c, names in self.mapping.columns.items() if "time" in names), "")
        texts = self.rows.columns.get(column, np.full(len(self.rows), "", dtype=object))
        self.wrong(none & ~standing, column, t("a time stamp"), texts)
        activity = shared["activity"]
        column = next((c for c, n in self.mapping.columns.items() if "activity" in n), "")
        texts = self.rows.columns.get(column, activity)
        self.wrong(activity == "", column, t("an activity"), texts)
        for name, found in times.items():
            _spell(shared, name, found)
        keep = np.flatnonzero(~self.bad)
        columns = {name: values[keep] for name, values in {**shared, "case": case}.items()}
        picked = Instants(*(getattr(main, n)[keep] for n in main.__dataclass_fields__))
        return Built(columns, keep, picked, self.unread, self.notes)

    def wide(self, shared: Columns, case: np.ndarray) -> Built:
        """Return an event for every time that stands in a row; empty cells give none."""
        cases = pd.factorize(case)[0]
        for name, found in self.times(shared, cases).items():
            _spell(shared, name, found)
        found_ones = {c: self.instants(c, cases, alone=True) for c in self.mapping.events}
        none = np.all([one.form <= 0 for one in found_ones.values()], axis=0)
        empty = np.full(len(self.rows), "", dtype=object)
        self.wrong(none, "", t("at least one time"), empty)
        self._backwards(found_ones)
        keep = np.flatnonzero(~self.bad)
        parts: list[Columns] = []
        rows, numbers = [], []
        for k, (column, fields) in enumerate(self.mapping.events.items()):
            at = keep[found_ones[column].form[keep] > 0]
            part = {name: values[at] for name, values in {**shared, "case": case}.items()}
            part |= {n: np.full(len(at), neutral(w), dtype=object) for n, w in fields.items()}
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
        return Built(columns, from_row[order], Instants(*whole), self.unread, self.notes)

    def _backwards(self, found: dict[str, Instants]) -> None:
        """Note rows in which a later step is stamped before an earlier one."""
        latest = np.full(len(self.rows), np.iinfo(np.int64).min)
        back = np.zeros(len(self.rows), dtype=bool)
        for one in found.values():
            there = one.form > 0
            back |= there & (one.high < latest)
            latest = np.where(there, np.maximum(latest, one.utc), latest)
        at = np.flatnonzero(back & ~self.bad).tolist()
        if at:
            places = ", ".join(self.rows.place(k) for k in at[:10])
            text = t("times run backwards in {n} rows, taken as they stand: {places}",
                     n=len(at), places=places)  # fmt: skip
            self.notes.append(text)


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
