"""A table file as rows of texts, each cell with its address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ERROR = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
"""What a spreadsheet shows in a cell that it cannot compute."""


@dataclass(frozen=True)
class Grid:
    """The rows of a file that hold anything.

    `lines` are their numbers (from 1) in the file or sheet; `errors` (row's number, column
    from 0) -> what is wrong with the cell; `merged` are cells that repeat the one above.
    `sheet` is empty for a text file.
    """

    file: str
    sheet: str
    lines: list[int]
    rows: list[list[str]]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: frozenset[tuple[int, int]] = frozenset()

    def place(self, line: int, column: int) -> tuple[str, int]:
        """Return file and line of a cell; in a sheet `stock.xlsx:库存!C5` and 0."""
        if not self.sheet:
            return self.file, line
        return f"{self.file}:{self.sheet}!{letters(column)}{line}", 0


def letters(column: int) -> str:
    """Return the letters of a column (from 0): A … Z, AA …"""
    text = ""
    while column >= 0:
        text = chr(65 + column % 26) + text
        column = column // 26 - 1
    return text
