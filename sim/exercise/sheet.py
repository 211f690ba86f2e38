"""An inject list as a table of texts, each cell with its address, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.exercise.columns import COLUMNS, column_of
from sim.exercise.mapping import MselMapping
from sim.exercise.words import in_cell
from sim.files.cells import clean, comparable
from sim.files.grid import Grid
from sim.files.sheetwriter import unguarded
from sim.files.text import read_bytes
from sim.files.workbook import is_workbook, sheet_grid
from sim.intake.mapping import Form
from sim.intake.rows import Rows
from sim.intake.textfile import HEADER_WITHIN, SEPARATORS, read_table, table_of, text_in
from sim.texts import t

MOST_BYTES = 20_000_000
MOST_ROWS = 5_000


@dataclass
class Sheet:
    """The rows of a list: `columns` ours -> heading of the file; `problems` grow as it is read."""

    rows: Rows
    columns: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    is_english: bool = False

    def texts(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (number of the row, column -> text) of every row that holds anything."""
        for k in range(len(self.rows)):
            found = {
                column: unguarded(in_cell(str(self.rows.columns[heading][k])))
                for column, heading in self.columns.items()
            }
            if any(found.values()):
                yield (
                    k,
                    self.constants
                    | {c: v for c, v in found.items() if v or c not in self.constants},
                )

    def merged(self, k: int, column: str) -> bool:
        """Return whether a cell is one with the cell above."""
        repeated = self.rows.repeated.get(self.columns.get(column, ""))
        return repeated is not None and bool(repeated[k])

    def place(self, k: int, column: str) -> tuple[str, int]:
        """Return file and line of a cell: `msel.xlsx:Injects!D5` and 0 in a workbook."""
        position = self.rows.positions.get(self.columns.get(column, ""), 0)
        grid = Grid(self.rows.file, self.rows.sheet, [], [])
        return grid.place(int(self.rows.lines[k]), position)

    def heading(self, column: str) -> str:
        """Return what the list calls a column."""
        return self.columns.get(column, COLUMNS[column].en)

    def wrong(self, k: int, column: str, expected: str, received: str = "", hint: str = "") -> None:
        """Note a mistake in a cell."""
        file, line = self.place(k, column)
        self.problems.append(Problem(file, line, self.heading(column), expected, received, hint))


def read_sheet(path: Path, mapping: MselMapping) -> Sheet:
    """Return the list in a file (.xlsx, .xls, .ods, CSV of any usual encoding).

    Raises `UnusableInput`: no such file or sheet, a column that the mapping names and the file
    lacks, no column for the time; and `MissingExtra` for a workbook without the extra `excel`.
    """
    name = path.name
    data = read_bytes(path, str(path), MOST_BYTES)
    form = Form(
        sheet=mapping.sheet,
        header=mapping.header,
        encoding=mapping.encoding,
    )
    if is_workbook(data):
        grid = sheet_grid(data, name, mapping.sheet)
        cells = {clean(cell) for row in grid.rows[:HEADER_WITHIN] for cell in row}
        known = _known(cells, mapping)
        rows = table_of(grid.rows, grid.lines, name, grid.sheet, form, known)
        _errors(rows, grid)
    else:
        text = text_in(data, name, mapping.encoding)
        head = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
        cells = {clean(c.strip(' "\r')) for s in SEPARATORS for ln in head for c in ln.split(s)}
        rows = read_table(text, name, form, _known(cells, mapping))
    if len(rows) > MOST_ROWS:
        expected = t("at most {n} rows", n=MOST_ROWS)
        raise UnusableInput([Problem(name, 0, "", expected, str(len(rows)))])
    return _named(rows, mapping)


def _errors(rows: Rows, grid: Grid) -> None:
    """Note cells that a spreadsheet could not compute."""
    from sim.intake.rows import Unread

    at = {position: heading for heading, position in rows.positions.items()}
    lines = {int(line): k for k, line in enumerate(rows.lines)}
    for (line, column), wrong in grid.errors.items():
        if column in at and line in lines:
            rows.columns[at[column]][lines[line]] = ""
            one = Unread(rows.file, rows.sheet, line, at[column], t("a value"), wrong, row=False)
            rows.unread.append(one)
    for heading, position in rows.positions.items():
        again = [(int(line), position) in grid.merged for line in rows.lines]
        if any(again):
            rows.repeated[heading] = np.array(again)


def _known(cells: set[str], mapping: MselMapping) -> set[str]:
    """Return which of the first cells are headings that mean something."""
    own = {comparable(part) for heading in mapping.columns for part in heading.split("/")}
    return {cell for cell in cells if cell and (column_of(cell) or comparable(cell) in own)}


def _named(rows: Rows, mapping: MselMapping) -> Sheet:
    """Return the sheet with our names for its columns."""
    own = {comparable(heading): column for heading, column in mapping.columns.items()}
    found: dict[str, str] = {}
    problems = []
    mapped = set(mapping.columns.values())
    for heading in rows.columns:
        column = own.get(comparable(heading)) or column_of(heading.rpartition("/")[2])
        if not column or (column in mapped and comparable(heading) not in own):
            continue
        if column in found:
            expected = t("one column for {column}", column=column)
            problems.append(Problem(_where(rows), 0, "", expected, f"{found[column]}, {heading}"))
        found[column] = heading
    for heading, column in mapping.columns.items():
        if found.get(column) is None or comparable(found[column]) != comparable(heading):
            expected = t("a column {column} in {file}", column=heading, file=_where(rows))
            received = shown(", ".join(rows.columns), 200)
            hint = did_you_mean(heading, rows.columns)
            problems.append(Problem(_where(rows), 0, "", expected, received, hint))
    if not {"time", "relative", "clock", "condition"} & {*found, *mapping.constants}:
        words = COLUMNS["time"]
        expected = t(
            "a column {column} in {file}", column=f"{words.zh} / {words.en}", file=_where(rows)
        )
        received = shown(", ".join(rows.columns), 200)
        problems.append(Problem(_where(rows), 0, "", expected, received))
    if problems:
        raise UnusableInput(problems)
    english = sum(comparable(COLUMNS[c].en) == comparable(h) for c, h in found.items())
    sheet = Sheet(rows, found, dict(mapping.constants), is_english=2 * english > len(found))
    for one in rows.unread:
        at = rows.positions.get(one.column, 0)
        file, line = Grid(rows.file, rows.sheet, [], []).place(one.line, at)
        sheet.problems.append(Problem(file, line, one.column, one.expected, one.received))
    return sheet


def _where(rows: Rows) -> str:
    return f"{rows.file}:{rows.sheet}" if rows.sheet else rows.file
