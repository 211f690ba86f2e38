"""Opening foreign files: what kind a file is shows in its bytes, not in its name."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Problem, UnusableInput, did_you_mean
from sim.files.text import read_bytes
from sim.files.workbook import has_macros, is_workbook, sheet_grid
from sim.intake.mapping import Form
from sim.intake.rows import Rows, Unread
from sim.intake.textfile import read_lines, read_table, table_of, text_in
from sim.intake.xes import read_xes
from sim.texts import t

GZIP = b"\x1f\x8b"
MOST_BYTES = 2_000_000_000
"""Most bytes of a file, and of what a .gz file unpacks to."""
MOST_TEXT = 300_000_000
"""Most bytes of a text, which is held in memory as a whole."""


@dataclass(frozen=True)
class Source:
    """A file that was read: its rows, and what identifies it."""

    rows: Rows
    sha256: str


def read_source(path: str | Path, form: Form, known: Collection[str] = ()) -> Source:
    """Return the rows of a file; `known` are the headings that are looked for.

    Raises `UnusableInput`, and `MissingExtra` for a workbook without the extra `excel`.
    """
    path = Path(path)
    name = path.name
    data = read_bytes(path, str(path), MOST_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    rows = _rows(data, name, form, known)
    missing = [column for column in known if column not in rows.columns]
    problems = []
    for column in missing if len(rows) else ():
        expected = t("a column {column} in {file}", column=column, file=name)
        hint = did_you_mean(column, rows.columns)
        received = ", ".join(list(rows.columns)[:30])
        problems.append(Problem(str(path), 0, "", expected, received, hint))
    if problems:
        raise UnusableInput(problems)
    return Source(rows, digest)


def _rows(data: bytes, name: str, form: Form, known: Collection[str]) -> Rows:
    if is_workbook(data):
        return _sheet(data, name, form, known)
    file: Any = io.BytesIO(data)
    if data.startswith(GZIP):
        file = Unpacked(data, name)
    head = file.read(4096)
    if form.format == "xes" or (form.format is None and _is_xml(head)):
        return read_xes(file, name, head)
    data = head + file.read(MOST_TEXT + 1)
    if len(data) > MOST_TEXT:
        expected = t("a file of at most {n} MB", n=MOST_TEXT // 1_000_000)
        raise UnusableInput([Problem(name, 0, "", expected, t("more"))])
    text = text_in(data, name, form.encoding)
    if form.format == "lines" or (form.format is None and form.pattern is not None):
        return read_lines(text, name, form)
    return read_table(text, name, form, known)


def _is_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<")


def _sheet(data: bytes, name: str, form: Form, known: Collection[str]) -> Rows:
    grid = sheet_grid(data, name, form.sheet)
    rows = table_of(grid.rows, grid.lines, name, grid.sheet, form, known)
    if has_macros(data):
        rows.notes.append(t("{file} holds macros; they were not run", file=name))
    headings = {position: heading for heading, position in rows.positions.items()}
    place = {line: k for k, line in enumerate(rows.lines.tolist())}
    for (line, column), wrong in grid.errors.items():
        if column in headings and line in place:
            rows.columns[headings[column]][place[line]] = ""
            heading = headings[column]
            one = Unread(name, grid.sheet, line, heading, t("a value"), wrong, row=False)
            rows.unread.append(one)
    for heading, position in rows.positions.items():
        again = [(line, position) in grid.merged for line in rows.lines.tolist()]
        if any(again):
            rows.repeated[heading] = np.array(again)
    return rows


class Unpacked:
    """A packed file that ends with an error where it unpacks to more than is read."""

    def __init__(self, data: bytes, name: str):
        self.file, self.name, self.done = gzip.GzipFile(fileobj=io.BytesIO(data)), name, 0

    def read(self, size: int) -> bytes:
        """Return the next bytes; raises `UnusableInput`."""
        try:
            data = self.file.read(size)
        except (OSError, EOFError, zlib.error) as error:
            expected = t("a packed file (.gz) that can be opened")
            raise UnusableInput([Problem(self.name, 0, "", expected, str(error))]) from None
        self.done += len(data)
        if self.done > MOST_BYTES:
            expected = t("at most {n} MB when unpacked", n=MOST_BYTES // 1_000_000)
            raise UnusableInput([Problem(self.name, 0, "", expected, t("more"))])
        return data
