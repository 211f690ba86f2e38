"""The rows of a CSV file, each with the line on which it begins."""

from __future__ import annotations

import csv
import io

from sim.errors import Problem, UnusableInput
from sim.texts import t

SEPARATORS = ",;\t"


def csv_rows(text: str, separator: str, name: str) -> tuple[list[list[str]], list[int]]:
    """Return all lines that hold something, and the number of the line each begins on.

    Raises `UnusableInput` with the line of a quotation mark that is never closed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    begin = 1
    try:
        for row in reader:  # a quoted cell may run over several lines
            if any(row):
                rows.append(row)
                lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        received = t("a broken cell ({reason})", reason=str(error))
        problem = Problem(name, begin, "", t("cells whose quotation marks close"), received)
        raise UnusableInput([problem]) from None
    return rows, lines
