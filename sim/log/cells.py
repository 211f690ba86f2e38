"""A CSV file as columns of texts, and the line on which every row begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.text import NoText, decoded
from sim.log.schema import NAMES, REQUIRED
from sim.texts import t

MOST_PROBLEMS = 20
"""Problems of one kind that are listed before the rest is counted."""


@dataclass(frozen=True)
class Cells:
    """`columns` name -> texts, `lines` the line (from 1) of each row in `file`."""

    file: str
    columns: dict[str, list[str]]
    lines: list[int]

    def __len__(self) -> int:
        return len(self.lines)


def read_cells(path: str | Path) -> Cells:
    """Return the cells of an event record; raises `UnusableInput`.

    Separated by commas, semicolons or tabs, which the header tells.  Lines without any text
    are passed over.
    """
    name = str(path)
    text = _text(Path(path), name)
    first = text.lstrip("\r\n").partition("\n")[0]
    if not first.strip():
        raise UnusableInput([Problem(name, 0, "", t("a header line and rows"), t("an empty file"))])
    rows, lines = _rows(text, _separator(first), name)
    header = [cell.strip() for cell in rows.pop(0)] if rows else []
    problems = _header_problems(header, name, lines.pop(0) if lines else 1)
    if not problems and not rows:
        problems = [Problem(name, 0, "", t("at least one row"), t("a header only"))]
    if not problems:
        problems = list(_length_problems(rows, lines, len(header), name))
    if problems:
        raise UnusableInput(problems)
    return Cells(name, dict(zip(header, _turned(rows, len(header)), strict=True)), lines)


def _text(path: Path, name: str) -> str:
    try:
        return decoded(path.read_bytes())
    except OSError as error:
        problem = Problem(name, 0, "", t("a file that can be read"), error.strerror or str(error))
    except NoText as error:
        problem = Problem(name, 0, "", str(error), t("binary data or another encoding"))
    raise UnusableInput([problem])


def _separator(header: str) -> str:
    """Return the sign that splits the header into most of the record's columns."""

    def known(sign: str) -> int:
        return len({cell.strip().strip('"') for cell in header.split(sign)} & set(NAMES))

    return max(",;\t", key=known)


def _rows(text: str, separator: str, name: str) -> tuple[list[list[str]], list[int]]:
    """Return all lines that hold something, and the number of the line each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:  # a quoted cell may run over several lines
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error as error:
        received = t("a broken cell ({reason})", reason=str(error))
        problem = Problem(
            name, reader.line_num, "", t("cells whose quotation marks close"), received
        )
        raise UnusableInput([problem]) from None
    begins = [1, *(end + 1 for end in ends[:-1])] if rows else []
    if all(map(any, rows)):
        return rows, begins
    kept = [(row, line) for row, line in zip(rows, begins, strict=True) if any(row)]
    return [row for row, _ in kept], [line for _, line in kept]


def _turned(rows: list[list[str]], width: int) -> list[list[str]]:
    """Return rows as columns, a thousand rows at a time (all at once is slow)."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for k in range(0, len(rows), 1000):
        for column, cells in zip(columns, zip(*rows[k : k + 1000], strict=True), strict=True):
            column.extend(cells)
    return columns


def _header_problems(header: list[str], name: str, line: int) -> list[Problem]:
    problems = []
    for k, column in enumerate(header):
        if column in header[:k]:
            problems.append(
                Problem(name, line, column, t("every column once"), t("the column again"))
            )
        elif column not in NAMES:
            hint = did_you_mean(column, NAMES)
            problems.append(
                Problem(name, line, column, t("a column of the event record"), shown(column), hint)
            )
    meant = {problem.hint for problem in problems}
    for column in REQUIRED:
        if column not in header and column not in meant:
            expected = t("the column {column}", column=column)
            problems.append(Problem(name, line, column, expected, t("nothing")))
    if problems and not set(header) & set(NAMES):
        expected = t("a header with the columns {columns}", columns=", ".join(REQUIRED))
        return [Problem(name, line, "", expected, shown(", ".join(header)))]
    return problems


def _length_problems(
    rows: list[list[str]], lines: list[int], width: int, name: str
) -> Iterator[Problem]:
    if set(map(len, rows)) <= {width}:
        return
    wrong = [(line, len(row)) for row, line in zip(rows, lines, strict=True) if len(row) != width]
    for line, count in wrong[:MOST_PROBLEMS]:
        expected = t("{n} cells, as many as the header", n=width)
        yield Problem(name, line, "", expected, str(count))
    if len(wrong) > MOST_PROBLEMS:
        yield Problem(
            name, wrong[MOST_PROBLEMS][0], "", t("no more lines of this kind"), str(len(wrong))
        )
