"""Cells of a file to cells of the record, column by column; each distinct text is read once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.errors import shown
from sim.files.cells import clean, number
from sim.intake.durations import seconds_in
from sim.intake.mapping import Mapping
from sim.intake.rows import Rows, Unread
from sim.intake.times import Instants, read_times
from sim.intake.words import meanings
from sim.log import stamps
from sim.log.schema import BY_NAME, FRACTIONS
from sim.texts import t

Columns = dict[str, np.ndarray]
"""Column of the record -> texts, one per row."""


class Work:
    """The cells of a file as the record's; `bad` rows are not read, `unread` says why."""

    def __init__(self, rows: Rows, mapping: Mapping):
        self.rows, self.mapping = rows, mapping
        self.bad = np.zeros(len(rows), dtype=bool)
        self.unread = list(rows.unread)
        self.notes = list(rows.notes)

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
        names = np.array([clean(str(word)) for word in words] or [""], dtype=object)
        case = names[codes] if len(codes) else texts
        self.wrong(case == "", column, t("the id of a case"), texts)
        return case

    def shared(self) -> Columns:
        """Return the columns of the record that words and constants give, all rows alike."""
        found: Columns = {}
        for name, word in self.mapping.constants.items():
            found[name] = np.full(len(self.rows), word, dtype=object)
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
            words = [fields.get(key, "") for fields, _ in meant]
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
        if found.twice.any():
            zone, count = self.mapping.time.zone, int(found.twice.sum())
            text = t(
                "{column}: {n} times lie in the hour that {zone} shows twice; the first is taken",
                column=column,
                n=count,
                zone=zone,
            )
            self.notes.append(text)
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
