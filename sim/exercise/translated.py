"""The second sheet of our own lists: what the two languages say differently."""

from __future__ import annotations

from pathlib import Path

from sim.errors import UnusableInput
from sim.exercise.columns import column_of
from sim.exercise.words import in_cell
from sim.files.sheetwriter import unguarded
from sim.files.text import read_bytes
from sim.files.workbook import is_workbook, sheet_grid

TEXTS = ("双语对照", "Two languages")
"""Its name in Chinese and in English."""
Texts = dict[tuple[str, str, str], tuple[str, str]]
"""(key, column, text in either language) -> the text in Chinese and in English."""


def read_translations(path: Path) -> Texts:
    """Return what the sheet holds, nothing where the list has none."""
    data = read_bytes(path, path.name)
    if not is_workbook(data):
        return {}
    found: Texts = {}
    for name in TEXTS:
        try:
            grid = sheet_grid(data, path.name, name)
        except UnusableInput:
            continue
        for row in grid.rows[1:]:
            key, column, zh, en = (unguarded(in_cell(cell)) for cell in [*row, "", "", "", ""][:4])
            for text in (zh, en):
                found[key, column_of(column), text] = (zh, en)
    return found
