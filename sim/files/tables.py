"""Tables that people bring: CSV in any usual form, or a sheet of .xlsx, .xls or .ods.

The header is the row that names most of the known columns, so that a title above it does no
harm.  Empty rows, repeated headers, rows of totals and the lines below a table (who filled it
in, notes) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.cells import clean, comparable, heading_and_unit
from sim.files.csvrows import SEPARATORS, csv_rows
from sim.files.grid import ERROR, Grid
from sim.files.text import read_bytes, text_of
from sim.files.workbook import is_workbook, sheet_grid
from sim.texts import t

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
HEADER_WITHIN = 30
"""Rows in which the header is looked for."""
_TOTAL = re.compile(r"(合计|总计|小计|共计|total|subtotal)[:：]?", re.IGNORECASE)
_BELOW = re.compile(
    r"(填表|制表|填报|审核|单位负责人|负责人|联系人|备注|说明|注)[^:：]{0,4}[:：].*"
)
Columns = Mapping[str, tuple[str, ...]]
"""Column -> other names for it; a column is known by its own name too."""


@dataclass(frozen=True)
class Row:
    """`texts` column -> what stands there (columns without text are left out)."""

    table: Table
    line: int
    texts: dict[str, str]

    def place(self, column: str) -> tuple[str, int]:
        """Return file and line of a cell, or of the row where the table lacks the column."""
        return self.table.grid.place(self.line, self.table.positions.get(column, 0))

    def problem(self, column: str, expected: str, received: str = "", hint: str = "") -> Problem:
        """Return a problem with a cell, by its address and its heading."""
        return self.table.problem(self.line, column, expected, received, hint)

    def broken(self, column: str) -> bool:
        """Return whether a cell shows an error, which the table has reported."""
        at = (self.line, self.table.positions.get(column, -1))
        return at in self.table.grid.errors or bool(ERROR.fullmatch(self.texts.get(column, "")))

    def merged(self, column: str) -> bool:
        """Return whether a cell is one with the cell above."""
        return (self.line, self.table.positions.get(column, -1)) in self.table.grid.merged


@dataclass(frozen=True)
class Table:
    """`positions` column -> position from 0 in `headings`; `problems` grows as rows are read."""

    grid: Grid
    header: int
    headings: list[str]
    positions: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    def unit(self, column: str) -> str:
        """Return the unit that a heading states in brackets, `载重（吨）`, or empty."""
        position = self.positions.get(column)
        return "" if position is None else heading_and_unit(self.headings[position])[1]

    def heading(self, column: str) -> str:
        """Return what the table calls a column."""
        position = self.positions.get(column)
        return column if position is None else self.headings[position]

    def problem(
        self, line: int, column: str, expected: str, received: str = "", hint: str = ""
    ) -> Problem:
        """Return a problem with the cell of a column in a line."""
        file, at = self.grid.place(line, self.positions.get(column, 0))
        return Problem(file, at, self.heading(column), expected, received, hint)

    def lacks(self, column: str, others: tuple[str, ...] = ()) -> Problem:
        """Return the problem of a table without a column; `others` are other names for it."""
        names = " / ".join((column, *others[:3]))
        hint = self.perhaps(column, others)
        file, at = self.grid.place(self.grid.lines[self.header], 0)
        expected = t("a column {column} in {file}", column=names, file=self.grid.file)
        received = shown(", ".join(filter(None, self.headings)), 200)
        return Problem(file, at, column, expected, received, hint)

    def perhaps(self, column: str, others: tuple[str, ...] = ()) -> str:
        """Return the heading, of those that mean no known column, that probably means this one."""
        taken = set(self.positions.values())
        free = [h for k, h in enumerate(self.headings) if h and k not in taken]
        names = (column, *others)
        holding = (h for name in names for h in free if comparable(name) in comparable(h))
        return next(holding, "") or next(
            filter(None, (did_you_mean(name, free) for name in names)), ""
        )

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header; what is wrong with them is added to `problems`."""
        grid = self.grid
        if len(grid.rows) - self.header > MOST_ROWS:
            expected = t("at most {n} rows", n=MOST_ROWS)
            self.problems.append(Problem(grid.file, 0, "", expected, str(len(grid.rows))))
            return
        for line, cells in zip(
            grid.lines[self.header + 1 :], grid.rows[self.header + 1 :], strict=True
        ):
            texts = [clean(cell) for cell in cells]
            if self._no_entry(texts):
                continue
            if not grid.sheet and any(texts[len(self.headings) :]):
                expected = t("as many cells as the header has")
                self.problems.append(Problem(grid.file, line, "", expected, str(len(texts))))
                continue
            named = {c: texts[at] for c, at in self.positions.items() if any(texts[at : at + 1])}
            row = Row(self, line, named)
            for column, at in self.positions.items():
                if row.broken(column):
                    received = grid.errors.get((line, at)) or named[column]
                    self.problems.append(row.problem(column, t("a value"), received))
            if named or any(row.broken(column) for column in self.positions):
                yield row

    def _no_entry(self, texts: list[str]) -> bool:
        """Return whether a row repeats the header, or is a total or a remark."""
        first = next(filter(None, texts), "")
        total = _TOTAL.fullmatch(comparable(first)) or _BELOW.fullmatch(first)
        return bool(total) or texts[: len(self.headings)] == self.headings


def read_table(
    path: Path, name: str, columns: Columns, sheet: str | None = None, header: int | None = None
) -> Table:
    """Return the table in a file; columns that `columns` does not know are passed over.

    `name` is what problems call the file; `sheet` a sheet's name (default: the first that is
    not hidden); `header` the number of the header's row (default: found).  Raises
    `UnusableInput`, and `MissingExtra` for a workbook without the extra `excel`.
    """
    data = read_bytes(path, name, MOST_BYTES)
    known = _known(columns)
    grid = sheet_grid(data, name, sheet) if is_workbook(data) else _text_grid(data, name, known)
    if not grid.rows:
        received = t("an empty sheet") if grid.sheet else t("an empty file")
        place = f"{name}:{grid.sheet}" if grid.sheet else name
        raise UnusableInput([Problem(place, 0, "", t("a header line and rows"), received)])
    at = _header(grid, known, header)
    headings = [clean(cell) for cell in grid.rows[at]]
    while headings and not headings[-1]:
        headings.pop()
    table = Table(grid, at, headings, {})
    for position, heading in enumerate(headings):
        column = _column(heading, known)
        if column in table.positions:
            expected = t("one column for {column}", column=column)
            received = f"{table.heading(column)}, {heading}"
            file, line = grid.place(grid.lines[at], position)
            table.problems.append(Problem(file, line, column, expected, received))
        elif column:
            table.positions[column] = position
    return table


def _known(columns: Columns) -> dict[str, str]:
    """Return name as it is compared -> column."""
    others = {comparable(other): name for name, names in columns.items() for other in names}
    return others | {comparable(name): name for name in columns}


def _column(heading: str, known: Mapping[str, str]) -> str:
    """Return the column that a heading stands for, or empty."""
    bare = heading_and_unit(heading)[0]
    return known.get(comparable(heading)) or known.get(comparable(bare)) or ""


def _header(grid: Grid, known: Mapping[str, str], line: int | None) -> int:
    """Return the position of the header among the rows of a grid."""
    if line is not None:
        if line in grid.lines:
            return grid.lines.index(line)
        place = grid.place(line, 0)
        raise UnusableInput([Problem(*place, "", t("a header line and rows"), t("an empty row"))])

    def named(k: int) -> tuple[int, int]:
        cells = [cell for cell in grid.rows[k] if cell.strip()]
        return len({_column(cell, known) for cell in cells} - {""}), len(cells)

    return max(range(min(len(grid.rows), HEADER_WITHIN)), key=named)


def _text_grid(data: bytes, name: str, known: Mapping[str, str]) -> Grid:
    """Return the rows of a CSV file; its header tells commas, semicolons and tabs apart."""
    text = text_of(data, name)
    if text.lstrip()[:1] == "<":
        expected = t("a CSV file or a workbook (.xlsx, .xls, .ods)")
        received = t("a web page, perhaps saved as .xls: open it and save it as .xlsx")
        raise UnusableInput([Problem(name, 0, "", expected, received)])
    head = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]

    def named(sign: str) -> tuple[int, int]:
        cells = [{_column(cell.strip(' "\r'), known) for cell in ln.split(sign)} for ln in head]
        return max(len(found - {""}) for found in cells), max(ln.count(sign) for ln in head)

    rows, lines = csv_rows(text, max(SEPARATORS, key=named), name)
    kept = [k for k, row in enumerate(rows) if any(map(clean, row))]
    return Grid(name, "", [lines[k] for k in kept], [rows[k] for k in kept])
