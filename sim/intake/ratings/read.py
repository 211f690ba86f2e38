"""Filled-in evaluators' forms back to ratings and remarks, with every mistake by its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.cells import clean, comparable
from sim.files.sheetwriter import unguarded
from sim.files.tables import MOST_BYTES, Row, Table, read_table
from sim.files.text import read_bytes
from sim.files.workbook import sheet_grid, sheet_names
from sim.intake.ratings.form import COVER, RATED, REMARKS, Framework, Sheet, Words, form, meanings
from sim.intake.timetexts import read_time
from sim.texts import t

_WITH_SECONDS = re.compile(r"\d{1,2}:\d{2}:00")
"""A time of day as spreadsheets store what was typed without seconds."""


@dataclass(frozen=True)
class By:
    """Who judged: a pseudonym, the post, and which of several cases (empty: the only one)."""

    evaluator: str = ""
    post: str = ""
    case: str = ""


@dataclass(frozen=True)
class Rating:
    """What one evaluator says of one item: `word` of the framework's scale, empty without one.

    `place` is the cell of the rating, `ratings.xlsx:HSEEP!D4`.
    """

    framework: str
    number: str
    item: str
    word: str
    seen: str
    by: By
    place: str = ""


@dataclass(frozen=True)
class Remark:
    """What one evaluator saw; `kind` is strength or improve, `time` as it was written."""

    kind: str
    seen: str
    clause: str
    time: str
    by: By
    place: str = ""


@dataclass(frozen=True)
class Ratings:
    """All that evaluators wrote, in the order of the files and rows."""

    ratings: tuple[Rating, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ratings or self.remarks)

    def of(self, case: str) -> Ratings:
        """Return what is about one case."""
        return Ratings(
            tuple(one for one in self.ratings if one.by.case in ("", case)),
            tuple(one for one in self.remarks if one.by.case in ("", case)),
        )


def read_ratings(paths: Iterable[str | Path], cases: Sequence[str] = ()) -> Ratings:
    """Return what filled-in forms say; rows that nobody filled in say nothing.

    `cases`: those of the record, one of which a form must name where there are several.  Raises
    `UnusableInput` with every mistake of all files by its cell: words that are none of the
    drop-down's, unknown items, no pseudonym, a time that is none, one item rated twice by one
    evaluator.
    """
    ratings: list[Rating] = []
    remarks: list[Remark] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            one = _File(Path(path), cases)
            ratings += one.ratings()
            remarks += one.remarks()
            problems += one.problems
        except UnusableInput as error:
            problems += error.problems
    problems += _twice(ratings)
    if problems:
        raise UnusableInput(problems)
    return Ratings(tuple(ratings), tuple(remarks))


class _File:
    """One filled-in form."""

    def __init__(self, path: Path, cases: Sequence[str]):
        self.path, self.name = path, str(path)
        self.data = read_bytes(path, self.name, MOST_BYTES)
        self.found: list[Problem] = []
        self.tables: list[Table] = []
        self.sheets = {comparable(one): one for one in sheet_names(self.data, self.name)}
        wanted = [*form().frameworks.values(), form().remarks]
        if not any(map(self._sheet, wanted)):
            expected = t("one of the sheets {names}", names=", ".join(str(w.sheet) for w in wanted))
            received = ", ".join(self.sheets.values())
            raise UnusableInput([Problem(self.name, 0, "", expected, shown(received))])
        self.places: dict[str, str] = {}
        self.cover = self._cover()
        self._check_case(cases)
        case = self.cover.get("case", "") if len(cases) != 1 else ""
        self.by = By(self.cover.get("evaluator", ""), self.cover.get("post", ""), case)

    @property
    def problems(self) -> list[Problem]:
        """Every mistake that was met so far, sheet by sheet and cell by cell."""
        found = [*self.found, *(problem for table in self.tables for problem in table.problems)]
        places = [f"{self.name}:{sheet}!" for sheet in self.sheets.values()]

        def order(problem: Problem) -> tuple[int, tuple[str, int, int, str, str]]:
            sheet = next((k for k, one in enumerate(places) if problem.file.startswith(one)), -1)
            return sheet, problem.order

        return sorted(found, key=order)

    def ratings(self) -> list[Rating]:
        """Return the ratings of all frameworks."""
        return [one for key, kind in form().frameworks.items() for one in self._rated(key, kind)]

    def remarks(self) -> list[Remark]:
        """Return the free remarks."""
        table = self._table(form().remarks, REMARKS, ("seen", "kind"))
        return [] if table is None else [self._remark(row) for row in table.rows() if row.texts]

    def _sheet(self, kind: Sheet) -> str | None:
        found = (self.sheets.get(comparable(name)) for name in (kind.sheet.zh, kind.sheet.en))
        return next(filter(None, found), None)

    @property
    def lang(self) -> str:
        """The language of the form, in which its words are told, whatever the console's is."""
        kinds = [form().cover, *form().frameworks.values(), form().remarks]
        return "zh" if any(comparable(kind.sheet.zh) in self.sheets for kind in kinds) else "en"

    def _cover(self) -> dict[str, str]:
        """Return the lines of the cover that are filled in."""
        name = self._sheet(form().cover)
        if name is None:
            return {}
        grid = sheet_grid(self.data, self.name, name)
        known = {comparable(text): key for key, names in COVER.items() for text in (key, *names)}
        found = {}
        for line, row in zip(grid.lines, grid.rows, strict=True):
            key = known.get(comparable(row[0])) if row else None
            if key is not None:
                self.places[key] = grid.place(line, 1)[0]
                found[key] = unguarded(clean(row[1])) if len(row) > 1 else ""
        return found

    def _check_case(self, cases: Sequence[str]) -> None:
        case = self.cover.get("case", "")
        if cases and (case not in cases if case else len(cases) > 1):
            expected = t("one of {words}", words=", ".join(cases))
            received = shown(case) if case else t("nothing")
            self._wrong("case", expected, received, did_you_mean(case, cases))

    def _wrong(self, key: str, expected: str, received: str, hint: str = "") -> None:
        """Add a mistake of the cover."""
        place = self.places.get(key, f"{self.name}:{form().cover.sheet}")
        self.found.append(Problem(place, 0, COVER[key][0], expected, received, hint))

    def _table(
        self, kind: Sheet, names: Mapping[str, tuple[str, ...]], needed: Sequence[str]
    ) -> Table | None:
        """Return a sheet as a table, `None` where the form has no such sheet or it is empty."""
        sheet = self._sheet(kind)
        if sheet is None:
            return None
        table = read_table(self.path, self.name, names, sheet)
        lacking = [table.lacks(one, names[one]) for one in needed if one not in table.positions]
        self.found += lacking
        if lacking:
            return None
        self.tables.append(table)
        return table

    def _rated(self, key: str, kind: Framework) -> list[Rating]:
        table = self._table(kind, RATED, ("number", "item", "rating", "seen"))
        words = form().scales[kind.scale]
        found = []
        for row in () if table is None else table.rows():
            number, item, said, seen = (
                unguarded(row.texts.get(name, "")) for name in ("number", "item", "rating", "seen")
            )
            if kind.items:
                self._as_printed(row, kind, number, item)
            if not said and not seen:
                continue
            word = self._word(row, "rating", said, words) if said else ""
            own = kind.items.get(number)
            if own is not None and not own.rated and said:
                self._bad(row, "rating", t("nothing; this item takes a text only"), said)
            if not item:
                self._bad(row, "item", t("what is rated"), "")
            self._named(row, self.by.evaluator)
            place = row.place("rating")[0]
            found.append(Rating(key, number, item, word, seen, self.by, place))
        return found

    def _as_printed(self, row: Row, kind: Framework, number: str, item: str) -> None:
        """Items of a framework are known by their number and stay as printed."""
        own = kind.items.get(number)
        if own is None:
            expected = t("one of {words}", words=", ".join(kind.items))
            self._bad(row, "number", expected, number, did_you_mean(number, kind.items))
        elif comparable(item) not in map(comparable, (own.text.zh, own.text.en)):
            self._bad(row, "item", getattr(own.text, self.lang), item)

    def _remark(self, row: Row) -> Remark:
        cells = {name: unguarded(row.texts.get(name, "")) for name in REMARKS}
        kind = self._word(row, "kind", cells["kind"], form().remarks.kinds)
        if not cells["seen"]:
            self._bad(row, "seen", t("what was seen"), "")
        when = cells["time"]
        if when and read_time(when, (), date(2000, 1, 1)) is None:
            self._bad(row, "time", t("a time such as 9:35"), when)
        by = By(
            cells["evaluator"] or self.by.evaluator, cells["post"] or self.by.post, self.by.case
        )
        self._named(row, by.evaluator)
        when = when[:-3] if _WITH_SECONDS.fullmatch(when) else when
        return Remark(kind, cells["seen"], cells["clause"], when, by, row.place("seen")[0])

    def _named(self, row: Row, evaluator: str) -> None:
        """Say once, at the cover, that nobody is named."""
        expected = t("the evaluator's pseudonym")
        if evaluator or any(one.expected == expected for one in self.found):
            return
        if "evaluator" in self.places:
            self._wrong("evaluator", expected, t("nothing"))
        else:
            self._bad(row, "evaluator" if "evaluator" in row.table.positions else "", expected, "")

    def _word(self, row: Row, column: str, said: str, words: Mapping[str, Words]) -> str:
        known = meanings(words)
        found = known.get(comparable(said), "")
        if not found:
            labels = [getattr(one, self.lang) for one in words.values()]
            hint = did_you_mean(said, labels) if said else ""
            self._bad(row, column, t("one of {words}", words=t(", ").join(labels)), said, hint)
        return found

    def _bad(self, row: Row, column: str, expected: str, received: str, hint: str = "") -> None:
        if not row.broken(column):
            text = shown(received) if received else t("nothing")
            self.found.append(row.problem(column, expected, text, hint))


def _twice(ratings: Sequence[Rating]) -> list[Problem]:
    """Return the problems of items that one evaluator rated more than once."""
    seen: dict[tuple[object, ...], str] = {}
    problems = []
    for one in ratings:
        key = (one.framework, comparable(one.item), one.by)
        if key in seen:
            expected = t("each item once per evaluator; it stands in {place} too", place=seen[key])
            problems.append(Problem(one.place, 0, "", expected, shown(one.item)))
        seen.setdefault(key, one.place)
    return problems
