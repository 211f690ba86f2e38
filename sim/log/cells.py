"""A CSV file as columns of texts, and the line on which every row begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.csvrows import SEPARATORS, csv_rows
from sim.files.harmless import unguarded_column
from sim.files.text import read_bytes, text_of
from sim.files.workbook import is_workbook
from sim.log.schema import NAMES, REQUIRED
from sim.texts import t

MOST_PROBLEMS = 20
"""Problems of one kind that are listed before the rest is counted."""


@dataclass(frozen=True)
class Cells:
    """`columns` name -> texts (object arrays), `lines` the line (from 1) of each row in `file`."""

    file: str
    columns: dict[str, np.ndarray]
    lines: np.ndarray

    def __len__(self) -> int:
        return len(self.lines)


def read_cells(path: str | Path) -> Cells:
    """Return the cells of an event record; raises `UnusableInput`.

    Separated by commas, semicolons or tabs, which the header tells.  Lines without any text
    are passed over.
    """
    name = str(path)
    data = read_bytes(Path(path), name)
    _no_foreign(data, name)
    text = text_of(data, name)
    first = text.lstrip("\r\n").partition("\n")[0]
    if not first.strip():
        raise UnusableInput([Problem(name, 0, "", t("a header line and rows"), t("an empty file"))])
    separator = _separator(first)
    rows, lines = (
        csv_rows(first, separator, name) if '"' not in first else csv_rows(text, separator, name)
    )
    header, line = [cell.strip() for cell in rows[0]], lines[0]
    problems = _header_problems(header, name, line)
    if problems:
        raise UnusableInput(problems)
    found = _plainly(text, separator, header, name) or _carefully(text, separator, header, name)
    if "'" in text:  # what keeps a text from being a formula
        for column, values in found.columns.items():
            found.columns[column] = unguarded_column(values)
    return found


def _no_foreign(data: bytes, name: str) -> None:
    """Say how files of another kind are taken in; raises `UnusableInput`."""
    received = ""
    if is_workbook(data):
        received = t("a workbook")
    elif data.startswith(b"\x1f\x8b"):
        received = t("a packed file")
    elif data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        received = t("an XML file or a web page")
    if received:
        expected = t(
            "a record as CSV; to take in another file, first write a mapping: "
            "yanlian import {file} --guess --out mapping.yaml; then add --mapping mapping.yaml",
            file=name,
        )
        raise UnusableInput([Problem(name, 0, "", expected, received)])


def _plainly(text: str, separator: str, header: list[str], name: str) -> Cells | None:
    """Read a file without quotes, empty or uneven lines the fast way; `None` for any other."""
    ends = text.count("\n")
    count = ends - text.endswith("\n")
    uneven = text.count(separator) != (len(header) - 1) * (count + 1)
    if '"' in text or uneven or count < 1 or text.count("\r") != text.count("\r\n"):
        return None
    try:
        table = pd.read_csv(
            io.StringIO(text), sep=separator, dtype=str, na_filter=False, header=0, names=header,
            index_col=False, quoting=csv.QUOTE_NONE, engine="c",
        )  # fmt: skip
    except ValueError:
        return None
    if len(table) != count or (table["activity"] == "").any():
        return None
    columns = {column: table[column].to_numpy(dtype=object) for column in header}
    return Cells(name, columns, np.arange(2, count + 2))


def _carefully(text: str, separator: str, header: list[str], name: str) -> Cells:
    """Read any file, and say on which line something is wrong."""
    rows, lines = csv_rows(text, separator, name)
    rows, lines = rows[1:], lines[1:]
    problems = list(_length_problems(rows, lines, len(header), name))
    if not rows:
        problems = [Problem(name, 0, "", t("at least one row"), t("a header only"))]
    if problems:
        raise UnusableInput(problems)
    columns = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    return Cells(name, dict(zip(header, columns, strict=True)), np.array(lines, dtype=np.int64))


def _separator(header: str) -> str:
    """Return the sign that splits the header into most of the record's columns."""

    def known(sign: str) -> int:
        return len({cell.strip().strip('"') for cell in header.split(sign)} & set(NAMES))

    return max(SEPARATORS, key=known)


def _header_problems(header: list[str], name: str, line: int) -> list[Problem]:
    if not set(header) & set(NAMES):
        expected = t("a header with the columns {columns}", columns=", ".join(REQUIRED))
        return [Problem(name, line, "", expected, shown(", ".join(header)))]
    problems = []
    for k, column in enumerate(header):
        if column in header[:k]:
            problems.append(
                Problem(name, line, column, t("every column once"), t("the column again"))
            )
        elif column not in NAMES:
            expected, hint = t("a column of the event record"), did_you_mean(column, NAMES)
            problems.append(Problem(name, line, column, expected, shown(column), hint))
    meant = {problem.hint for problem in problems}
    for column in REQUIRED:
        if column not in header and column not in meant:
            expected = t("the column {column}", column=column)
            problems.append(Problem(name, line, column, expected, t("nothing")))
    return problems


def _length_problems(
    rows: list[list[str]], lines: list[int], width: int, name: str
) -> Iterator[Problem]:
    wrong = [(line, len(row)) for row, line in zip(rows, lines, strict=True) if len(row) != width]
    expected = t("{n} cells, as many as the header", n=width)
    for line, count in wrong[:MOST_PROBLEMS]:
        yield Problem(name, line, "", expected, str(count))
    if len(wrong) > MOST_PROBLEMS:
        more = t("{n} more such lines", n=len(wrong) - MOST_PROBLEMS)
        yield Problem(name, wrong[MOST_PROBLEMS][0], "", expected, more)
