"""Text files: tables with any usual separator and encoding, and lines taken apart by a pattern."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from sim.errors import Problem, UnusableInput
from sim.files.cells import clean
from sim.files.text import NoText, decoded
from sim.intake.mapping import Form
from sim.intake.rows import Rows, Unread
from sim.texts import t

SEPARATORS = ",;\t|"
HEADER_WITHIN = 30
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_in(data: bytes, name: str, encoding: str | None) -> str:
    """Return the text of a file in the encoding stated, else in that which its bytes show.

    UTF-8, UTF-16 and UTF-32 by their mark, else UTF-8 or GB18030.  Raises `UnusableInput`.
    """
    marked = next((found for mark, found in _MARKS if data.startswith(mark)), None)
    try:
        if encoding or marked:
            return data.decode(encoding or marked or "").lstrip("\ufeff")
        return decoded(data)
    except NoText as error:
        expected = str(error) + t("; for another one state source.encoding in the mapping")
        received = t("binary data or another encoding")
    except (UnicodeDecodeError, LookupError) as error:
        expected, received = t("text in {encoding}", encoding=encoding or marked), str(error)
    raise UnusableInput([Problem(name, 0, "", expected, received)])


def read_table(text: str, name: str, form: Form, known: Collection[str]) -> Rows:
    """Return the rows of a table; its header names most of the columns `known`."""
    separator = form.delimiter or _separator(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    lines: list[int] = []
    begin = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                rows.append(row)
                lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        received = t("a broken cell ({reason})", reason=str(error))
        problem = Problem(name, begin, "", t("cells whose quotation marks close"), received)
        raise UnusableInput([problem]) from None
    return table_of(rows, lines, name, "", form, known)


def table_of(
    rows: list[list[str]],
    lines: list[int],
    name: str,
    sheet: str,
    form: Form,
    known: Collection[str],
) -> Rows:
    """Return rows of cells as columns under their headings; uneven rows are listed as unread."""
    place = f"{name}:{sheet}" if sheet else name
    if not rows:
        received = t("an empty sheet") if sheet else t("an empty file")
        raise UnusableInput([Problem(place, 0, "", t("a header line and rows"), received)])
    at, below = _header(rows, lines, place, form, known)
    headings = _headings([rows[k] for k in at])
    twice = next((h for k, h in enumerate(headings) if h and h in headings[:k]), "")
    if twice and twice in known:
        expected = t("one column for {column}", column=twice)
        raise UnusableInput([Problem(place, lines[at[-1]], "", expected, t("the column again"))])
    width = len(headings)
    found = Rows(name, sheet, {}, np.zeros(0, dtype=np.int64))
    kept = []
    for k in range(below, len(rows)):
        row = rows[k]
        if len(row) > width and any(map(str.strip, row[width:])):
            expected = t("{n} cells, as many as the header", n=width)
            found.unread.append(Unread(name, sheet, lines[k], "", expected, str(len(row))))
        elif [clean(cell) for cell in row[:width]] != headings:
            kept.append(k)
    found.lines = np.array([lines[k] for k in kept], dtype=np.int64)
    for position, heading in enumerate(headings):
        if heading and heading not in found.columns:
            cells = [rows[k][position] if position < len(rows[k]) else "" for k in kept]
            found.columns[heading] = _array(cells)
            found.positions[heading] = position
    return found


def _array(cells: Sequence[str]) -> np.ndarray:
    return np.fromiter(cells, dtype=object, count=len(cells))


def _separator(text: str, known: Collection[str]) -> str:
    """Return the sign that splits the first lines into most known columns, else most evenly."""
    head = [line for line in text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN] if line.strip()]

    def fits(sign: str) -> tuple[int, int]:
        rows = [{clean(cell.strip(' "\r')) for cell in line.split(sign)} for line in head]
        return max((len(row & set(known)) for row in rows), default=0), max(
            (line.count(sign) for line in head), default=0
        )

    return max(SEPARATORS, key=fits)


def _header(
    rows: list[list[str]], lines: list[int], place: str, form: Form, known: Collection[str]
) -> tuple[list[int], int]:
    """Return the positions of the header's rows, and of the first row below."""
    if form.header:
        missing = [n for n in form.header if n not in lines]
        if missing:
            expected = t("a header line and rows")
            raise UnusableInput([Problem(place, missing[0], "", expected, t("an empty row"))])
        at = [lines.index(n) for n in form.header]
        return at, max(at) + 1

    first = rows[:HEADER_WITHIN]
    filled = [[clean(cell) for cell in row if cell.strip()] for row in first]
    if known:
        best = max(range(len(first)), key=lambda k: len(set(filled[k]) & set(known)))
    else:  # the first row that is as long as most
        usual = Counter(map(len, filled)).most_common(1)[0][0]
        best = next(k for k, row in enumerate(filled) if len(row) >= usual)
    return [best], best + 1


def _headings(rows: list[list[str]]) -> list[str]:
    """Return the headings; of two rows joined by `/`, the upper one reaching to the right."""
    width = max(map(len, rows))
    upper, lower = rows[0], rows[-1]
    found, group = [], ""
    for k in range(width):
        above, below = (clean(row[k]) if k < len(row) else "" for row in (upper, lower))
        if len(rows) == 1:
            found.append(above)
            continue
        group = above or group
        found.append(f"{group}/{below}" if below and below != group else group)
    while found and not found[-1]:
        found.pop()
    return found


def read_lines(text: str, name: str, form: Form) -> Rows:
    """Return lines that a pattern takes apart, such as `[08:20] 值班员: …` of a chat."""
    assert form.pattern is not None
    pattern: re.Pattern[str] = form.pattern
    names = list(pattern.groupindex)
    found = Rows(name, "", {}, np.zeros(0, dtype=np.int64))
    cells: dict[str, list[str]] = {one: [] for one in names}
    lines: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = pattern.fullmatch(line.strip())
        if match:
            lines.append(number)
            for one in names:
                cells[one].append((match[one] or "").strip())
        elif form.continues and lines:
            cells[form.continues][-1] += " " + line.strip()
        else:
            found.unread.append(Unread(name, "", number, "", t("a line that the pattern fits")))
    found.lines = np.array(lines, dtype=np.int64)
    found.columns = {one: _array(values) for one, values in cells.items()}
    return found
