"""The rows of a list as parts of injects: their keys, their times, what they hang on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.errors import shown
from sim.exercise.entry import PATHS, Desk, Parts
from sim.exercise.flow import NoFlow, read_flow
from sim.exercise.listing import TIMING, TRUTH
from sim.exercise.sheet import Sheet
from sim.exercise.times import NoTime, duration_text, read_clock, read_either, read_relative
from sim.exercise.words import entries
from sim.files.cells import comparable
from sim.scenario.distributions import Constant
from sim.texts import t

_UNLESS = re.compile(r"(?:未按时完成|not done in time)\s*[:：]\s*(.+)", re.IGNORECASE)
_IF = re.compile(r"(?:按时完成|done in time)\s*[:：]\s*(.+)", re.IGNORECASE)


@dataclass
class Row:
    """One inject of a list: `parts` by path, `columns` path -> the column that says so."""

    number: int
    key: str
    texts: dict[str, str]
    parts: Parts = field(default_factory=dict)
    columns: dict[tuple[str, ...], str] = field(default_factory=dict)
    is_broken: bool = False


def gather(sheet: Sheet, desk: Desk, raw: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a list; mistakes are added to those of the sheet."""
    gathering = _Gathering(sheet, desk, raw)
    for k, texts in sheet.texts():
        if not texts.get("key", "").startswith(TRUTH):
            gathering.add(k, texts)
    for row in gathering.rows:
        gathering.read(row)
    for row in gathering.rows:
        gathering.backups(row)
    return gathering.rows


class _Gathering:
    def __init__(self, sheet: Sheet, desk: Desk, raw: Mapping[str, Any]):
        self.sheet, self.desk, self.raw = sheet, desk, raw
        self.rows: list[Row] = []
        self.keys: dict[str, Row] = {}
        self.numbers: dict[str, str] = {}
        self.before: int | None = None

    # -- which inject it is ------------------------------------------------------------
    def add(self, k: int, texts: dict[str, str]) -> None:
        """Note a row and its key."""
        number, key = texts.get("number", ""), texts.get("key", "")
        if not key:
            key = self._new_key(k, number)
        row = Row(k, key, texts)
        if key in self.keys:
            column = "key" if texts.get("key") else "number"
            line = int(self.sheet.rows.lines[self.keys[key].number])
            expected = t("each inject once; it stands in line {line} too", line=line)
            self.wrong(row, column, expected, shown(texts.get("key") or number))
            return
        self.keys[key] = row
        self.rows.append(row)
        if number:
            self.numbers.setdefault(comparable(number), key)

    def _new_key(self, k: int, number: str) -> str:
        """Return a key made of the row's number; in our own lists one that is new."""
        word = re.sub(r"[^\w\-]+", "-", unicodedata.normalize("NFKC", number)).strip("-") or str(
            k + 1
        )
        key = f"inject-{word}"
        ours = "key" in self.sheet.columns
        taken = {*self.keys, *(self.raw if ours else ())}
        if ours or self.sheet.merged(k, "number"):
            for again in range(2, 10_000):
                if key not in taken:
                    break
                key = f"inject-{word}-{again}"
        return key

    # -- what it says ------------------------------------------------------------------
    def read(self, row: Row) -> None:
        """Read the cells of a row."""
        texts = dict(row.texts)
        texts["contingency"] = self._split_backups(row)[1]
        if "contingency" not in row.texts:
            del texts["contingency"]
        parts, wrong = self.desk.parts(texts)
        for column, expected, received, hint in wrong:
            self.wrong(row, column, expected, received, hint)
        row.parts |= parts
        row.columns |= {PATHS[c]: c for c in PATHS if c in texts}
        row.columns |= {path: "more" for path in parts if path not in row.columns}
        self._condition(row)
        self._time(row)
        self._incident(row)

    def _incident(self, row: Row) -> None:
        """Where a list has no column for it, an inject is about the only incident."""
        given = {"incident"} & {*self.sheet.columns, *self.sheet.constants}
        only = list(self.desk.scenario.incidents)
        if not given and len(only) == 1 and row.key not in self.raw:
            row.parts.setdefault(("incident",), only[0])

    def _condition(self, row: Row) -> None:
        if "condition" not in row.texts:
            return
        text = row.texts["condition"]
        given: dict[str, Any] = {}
        for key, pattern in (("unless_done", _UNLESS), ("if_done", _IF)):
            match = pattern.fullmatch(text)
            if match:
                given[key] = self.numbers.get(comparable(match[1]), match[1].strip())
        if text and not given:
            try:
                given = read_flow(text)
            except NoFlow:
                given = {"": ""}
            if set(given) - set(TIMING[1:]):
                example = t("not done in time: {key}", key="3")
                self.wrong(row, "condition", t("a condition such as {x}", x=example), shown(text))
                given = {}
        for key in TIMING[1:]:
            row.parts[(key,)] = given.get(key)
            row.columns[(key,)] = "condition"

    def _time(self, row: Row) -> None:
        """Read when it comes: of two times that differ, the one that was changed."""
        columns = [c for c in ("relative", "clock", "time") if row.texts.get(c)]
        found: dict[str, Any] = {}
        readers = {"relative": self._relative, "clock": self._clock, "time": self._either}
        for column in columns:
            try:
                found[column] = readers[column](row.texts[column])
            except (NoTime, NoFlow) as error:
                self.wrong(row, column, str(error), shown(row.texts[column]))
        if len(found) < len(columns) or not {"relative", "clock", "time"} & {*row.texts}:
            return
        old = self._old(row.key)
        distinct = list(dict.fromkeys(map(str, found.values())))
        chosen = next(iter(found), "")
        if len(distinct) > 1:
            differing = [c for c, at in found.items() if at != old]
            if old is None or len({str(found[c]) for c in differing}) != 1:
                other = row.texts[next(iter(found))]
                column = list(found)[-1]
                expected = t("the same time as {other}, or one of the two empty", other=other)
                self.wrong(row, column, expected, shown(row.texts[column]))
                return
            chosen = differing[0]
        at = found.get(chosen)
        hangs = any(row.parts.get((key,)) for key in TIMING[1:4])
        if hangs and chosen in ("clock", "time") and at is not None:
            expected = t("nothing: this inject hangs on something that happens")
            self.wrong(row, chosen, expected, shown(row.texts[chosen]))
            return
        if isinstance(at, int) and not hangs:
            self.before = at
        row.parts[("at",)] = duration_text(at) if isinstance(at, int) else at
        row.columns[("at",)] = chosen or next(c for c in readers if c in row.texts)

    def _relative(self, text: str) -> Any:
        if text.startswith("{"):
            return read_flow(text)
        return read_relative(text, self.desk.scenario.start)

    def _clock(self, text: str) -> int:
        return read_clock(text, self.desk.scenario.start, self.before)

    def _either(self, text: str) -> int:
        return read_either(text, self.desk.scenario.start, self.before)

    def _old(self, key: str) -> int | None:
        inject = self.desk.scenario.injects.get(key)
        return inject.at.least() if inject and isinstance(inject.at, Constant) else None

    # -- what comes where it is not done -----------------------------------------------
    def _split_backups(self, row: Row) -> tuple[list[str], str]:
        """Return (keys of other rows, words) of the cell for contingency injects."""
        text = row.texts.get("contingency", "")
        first, _, rest = text.partition("\n")
        named = [self.numbers.get(comparable(word), word) for word in entries(first)]
        if named and all(key in self.keys and key != row.key for key in named):
            return named, rest
        return [], text

    def backups(self, row: Row) -> None:
        """Let the rows that a cell names hang on its inject."""
        for key in self._split_backups(row)[0]:
            other = self.keys[key]
            hangs = [other.parts.get((name,)) for name in TIMING[1:4]]
            if not any(hangs):
                other.parts[("unless_done",)] = row.key
                other.columns.setdefault(("unless_done",), "number")
            elif other.parts.get(("unless_done",)) != row.key:
                expected = t("an inject that hangs on nothing else")
                self.wrong(row, "contingency", expected, shown(row.texts["contingency"]))

    def wrong(
        self, row: Row, column: str, expected: str, received: str = "", hint: str = ""
    ) -> None:
        """Note a mistake in a cell."""
        row.is_broken = True
        self.sheet.wrong(row.number, column, expected, received, hint)
