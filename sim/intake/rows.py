"""What a source gives: columns of texts, each row with its place; and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.errors import sentence


@dataclass(frozen=True)
class Unread:
    """One row that is not in the record, or one cell of a row that is (`row` false), and why."""

    file: str
    sheet: str
    line: int
    column: str
    expected: str
    received: str = ""
    row: bool = True

    @property
    def reason(self) -> str:
        """What was expected and what stands there, as a sentence."""
        return sentence(self.expected, self.received)


@dataclass
class Rows:
    """`columns` heading -> texts (object arrays, one `str` per row, absent = `""`).

    `lines` is where each row stands in the file or sheet (from 1), `positions` heading -> number
    of the column (from 0).  `repeated` heading -> the
    rows whose cell is one with the cell above.  `unread` grows on the way; `notes` are about the
    file as a whole.
    """

    file: str
    sheet: str
    columns: dict[str, np.ndarray]
    lines: np.ndarray
    positions: dict[str, int] = field(default_factory=dict)
    repeated: dict[str, np.ndarray] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def place(self, k: int) -> str:
        """Return `file:line` of a row, `file.xlsx:sheet!line` in a workbook."""
        sheet = f"{self.sheet}!" if self.sheet else ""
        return f"{self.file}:{sheet}{self.lines[k]}"
