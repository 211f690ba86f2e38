"""Cells of a table that somebody uploaded: what stands in those that are wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from sim.errors import UnusableInput
from sim.files.grid import Grid, letters
from sim.files.text import read_bytes
from sim.files.workbook import is_workbook, sheet_grid
from sim.intake.textfile import text_in
from sim.page.names import TEXTS

MOST_BYTES = 50_000_000
SEPARATORS = ",;\t|"


def grid_of(path: Path, sheet: str | None = None) -> Grid:
    """Return the cells of a CSV file or of one sheet; raises `UnusableInput`."""
    data = read_bytes(path, path.name, MOST_BYTES)
    if is_workbook(data):
        return sheet_grid(data, path.name, sheet or None)
    rows, lines, begin = [], [], 1
    text = text_in(data, path.name, None)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    for row in reader:
        rows.append(row)
        lines.append(begin)
        begin = reader.line_num + 1
    return Grid(path.name, "", lines, rows)


def separator_of(text: str) -> str:
    """Return what separates the cells of a text: the sign that stands most in its first lines."""
    head = "\n".join(text.split("\n", 5)[:5])
    return max(SEPARATORS, key=head.count)


def with_cells(path: Path, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return mistakes with the letters of their column and the `value` that stands in the cell.

    Lines of a YAML file get the text of their line.  Mistakes of other files stay as they are.
    """
    if path.suffix.lower() in TEXTS:
        return _with_text(path, lines)
    try:
        grid = grid_of(path, next((one["sheet"] for one in lines if one["sheet"]), None))
    except (UnusableInput, csv.Error):
        return lines
    rows = dict(zip(grid.lines, grid.rows, strict=True))
    for one in lines:
        column = _position(one, grid)
        if one["file"] in ("", path.name) and one["row"] in rows and column is not None:
            row = rows[one["row"]]
            one["column"] = letters(column)
            one["position"] = column
            one["value"] = row[column] if column < len(row) else ""
    return lines


def _position(one: dict[str, Any], grid: Grid) -> int | None:
    """Return the column of a mistake, from 0: by its letters, else by the heading it names."""
    if one["column"]:
        return position_of(one["column"])
    for row in grid.rows[:30]:
        headings = [cell.strip() for cell in row]
        if one["path"] and one["path"] in headings:
            return headings.index(one["path"])
    return None


def position_of(column: str) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _with_text(path: Path, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    try:
        texts = text_in(path.read_bytes(), path.name, None).splitlines()
    except (UnusableInput, OSError):
        return lines
    for one in lines:
        if one["file"] == path.name and 0 < one["row"] <= len(texts):
            one["source"] = texts[one["row"] - 1][:200]
    return lines
