"""A sheet of corrections and a record in, the corrected record out.

One line a value: row, column, value, who, when, why.  The old row stays in the record and no longer
counts (`sim.log.corrections`); nothing is ever overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.cells import clean, number
from sim.intake.followed import Followed, Row
from sim.intake.load import FIELDS, meant
from sim.intake.mapping import Form, Time
from sim.intake.rows import Rows
from sim.intake.sources import read_source
from sim.intake.times import Instants, read_times
from sim.log.csvfile import as_read
from sim.log.record import RESOLUTION, EventLog
from sim.log.schema import BY_NAME, FRACTIONS, TEXTS
from sim.texts import t, vocabulary

HEADINGS = {
    "行": "row", "列": "column", "新值": "value", "何人": "who", "何时": "when", "理由": "why",
    "案例": "case",
}  # fmt: skip
NEEDED = ("row", "who", "when", "why")


@dataclass(frozen=True)
class Corrected:
    """The record with its corrections; how many lines of the sheet were new, how many known."""

    log: EventLog
    new: int
    already: int


def correct_log(log: EventLog, path: str | Path) -> Corrected:
    """Return a record with the corrections of a sheet (CSV, `.xlsx`, `.ods`).

    `row` is the id of a row, or the place that its `source` names; without a `column` the row is
    struck out.  A line that is in the record already changes nothing.  What has been corrected
    before is corrected again by naming the row that stands now.  Raises `UnusableInput` with every
    mistake of the sheet.
    """
    rows = read_source(path, Form()).rows
    sheet = _Sheet(log, rows, str(path))
    for k in range(len(rows)):
        sheet.line(k)
    sheet.problems += [
        Problem(str(path), one.line, one.column, one.expected, one.received) for one in rows.unread
    ]
    if sheet.problems:
        raise UnusableInput(sorted(sheet.problems, key=lambda problem: problem.line))
    return Corrected(as_read(sheet.record.log(), str(path)), sheet.new, sheet.already)


class _Sheet:
    """A record whose rows are corrected line by line; `problems` grows on the way."""

    def __init__(self, log: EventLog, rows: Rows, file: str):
        self.record, self.origins = Followed(log), log.origins
        self.file, self.source, self.at = file, rows, 0
        self.cells = {HEADINGS.get(h, h): texts for h, texts in rows.columns.items()}
        self.problems: list[Problem] = []
        self.new = self.already = 0
        for name in (name for name in NEEDED if name not in self.cells):
            self.wrong(name, t("a column {column}", column=name), ", ".join(self.cells), line=1)
        if not len(rows):
            self.wrong("", t("at least one row"), t("a header only"), line=1)

    def wrong(
        self,
        column: str,
        expected: str,
        received: str = "",
        hint: str = "",
        line: int | None = None,
    ) -> None:
        """Note a mistake in the line that is being read."""
        at = int(self.source.lines[self.at]) if line is None else line
        self.problems.append(Problem(self.file, at, column, expected, received, hint))

    def cell(self, name: str) -> str:
        """Return a cell of the line that is being read."""
        texts = self.cells.get(name)
        return "" if texts is None else clean(str(texts[self.at]))

    def line(self, k: int) -> None:
        """Correct what one line says."""
        self.at = k
        before = len(self.problems)
        for name in NEEDED:
            if name in self.cells and not self.cell(name):
                self.wrong(name, t("a word"), t("nothing"))
        row = self._row()
        if row is None or len(self.problems) > before:
            return
        when = self._instant("when", self.cell("when"), row)
        column = self._column()
        change = self._value(column, row) if column else {}
        if when is None or change is None or column is None:
            return
        seconds = int(when.utc[0]) - self._second(row)
        who: Row = {"actor": self.cell("who"), "reason": self.cell("why")}
        who |= {"time": seconds, RESOLUTION: int(when.form[0])}
        self._apply(row, column, change, who)

    def _row(self) -> Row | None:
        """Return the row that a line names, by id or by place."""
        name, case = self.cell("row"), self.cell("case")
        if not name:
            return None
        found = self.record.named(name, [case] if case else list(self.origins))
        if len(found) == 1:
            return found[0]
        ids = [row["row"] for row in self.record.rows]
        expected = t("the id of a row of the record, or the place that its source names")
        if found:
            expected = t("one row; these have it: {rows}",
                         rows=", ".join(f"{r['case']} {r['row']}" for r in found[:10]))  # fmt: skip
        self.wrong("row", expected, shown(name), did_you_mean(name, ids) if not found else "")
        return None

    def _column(self) -> str | None:
        """Return the column that a line corrects, `""` where it strikes the row out."""
        name = self.cell("column")
        labels = {zh: word for word, pair in vocabulary("field").items() for zh in pair}
        column = labels.get(name, name)
        if column and column not in FIELDS:
            expected = t("a column of the record: {names}", names=", ".join(FIELDS))
            self.wrong("column", expected, shown(name), did_you_mean(name, FIELDS))
            return None
        if not column and self.cell("value"):
            self.wrong("column", t("the column of this value"), t("nothing"))
            return None
        return column

    def _value(self, column: str, row: Row) -> Row | None:
        """Return what a line puts into a row, `None` where that is no value of the column."""
        text = self.cell("value")
        kind = BY_NAME[column].kind
        if kind == "time":
            return self._time(column, text, row)
        if not text:
            return {column: "" if column in TEXTS else None}
        if kind == "number":
            value = number(text)
            whole = value is not None and (column in FRACTIONS or value == int(value))
            if value is None or value < 0 or not whole:
                self.wrong("value", t("a number, not negative"), shown(text))
                return None
            return {column: float(value) if column in FRACTIONS else int(value)}
        words = BY_NAME[column].words
        if words and text not in vocabulary(words):
            known = t("a word of the list of {kind}", kind=words)
            self.wrong("value", known, shown(text), meant(text, words))
            return None
        return {column: text}

    def _time(self, column: str, text: str, row: Row) -> Row | None:
        """Return the time columns that a stamp or a span fills."""
        if not text:
            return {column: None}
        found = self._instant("value", text, row)
        if found is None:
            return None
        low, high = (int(found.utc[0]), int(found.high[0]))
        start = self._second(row)
        if column != "time":
            return {column: low - start}
        if high > low:
            return {"time": None, "time_lo": low - start, "time_hi": high - start, RESOLUTION: 1}
        exact = {"time": low - start, RESOLUTION: int(found.form[0])}
        return {**exact, "time_lo": None, "time_hi": None}

    def _second(self, row: Row) -> int:
        return round(self.origins[row["case"]].timestamp())

    def _instant(self, column: str, text: str, row: Row) -> Instants | None:
        """Return a stamp; without a date it is of the row's day, without offset of the case."""
        origin = self.origins[row["case"]]
        at = next((row[n] for n in ("time", "time_lo", "time_hi") if row[n] is not None), 0)
        day = (origin + timedelta(seconds=int(at))).date().isoformat()
        zone = origin.strftime("%z")
        how = Time.model_validate(
            {"zone": f"{zone[:3]}:{zone[3:5]}", "date": day if column == "value" else None}
        )
        found = read_times(np.array([text], dtype=object), how)
        if found.form[0] > 0:
            return found
        self.wrong(column, found.reason[0] or t("a time stamp"), shown(text))
        return None

    def _apply(self, row: Row, column: str, change: Row, who: Row) -> None:
        """Let the row that stands for `row` be followed by a corrected one, if it is not yet."""
        first, count = row, 0
        while (key := (row["case"], row["row"])) in self.record.follower:
            made = self.record.follower[key]
            new = self.record.by_id.get((row["case"], made["object"]))
            count += 1
            if _changes(row, new, column):
                target = new or row
                if all(target[n] == v for n, v in change.items()) and _same(made, who):
                    self.already += 1
                    return
                stands = self.record.stands(row) or t("none; it was struck out")
                expected = t("the row that stands now: {row}", row=stands)
                self.wrong("row", expected, shown(self.cell("row")))
                return
            if new is None:
                self.wrong("row", t("a row that was not struck out"), shown(self.cell("row")))
                return
            row = new
        if column and all(row[name] == value for name, value in change.items()):
            self.wrong("value", t("another value than the one that is there"), self.cell("value"))
            return
        self.new += 1
        place = self.source.place(self.at)
        self.record.follow(first, row, count, change if column else None, who, place)


def _changes(old: Row, new: Row | None, column: str) -> bool:
    """Whether a correction is one of a column (`""`: strikes the row out)."""
    if new is None or not column:
        return new is None and not column
    names = ("time", "time_lo", "time_hi") if column == "time" else (column,)
    return any(old[name] != new[name] for name in names)


def _same(made: Row, who: Row) -> bool:
    return all(made[name] == value for name, value in who.items() if name != RESOLUTION)
