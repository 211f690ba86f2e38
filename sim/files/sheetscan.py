"""What calamine does not tell of a sheet: its extent and its errors; here for .xlsx.

Sheets are XML in a zip archive, read here as a stream by expat, before anything makes room
for the cells: one stray cell in the last row and column would ask for seventeen thousand
million of them.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from sim.texts import t

Corner = tuple[int, int]
"""Row and column, from 0."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class BadSheet(ValueError):
    """XML that is no sheet."""


@dataclass
class Marks:
    """`rows` and `columns` in use, `errors` by cell, `merged` as (first, last) corners."""

    rows: int = 0
    columns: int = 0
    errors: dict[Corner, str] = field(default_factory=dict)
    merged: list[tuple[Corner, Corner]] = field(default_factory=list)


def xlsx_sheets(archive: zipfile.ZipFile) -> dict[str, tuple[bool, str]]:
    """Return sheet -> (whether it is seen, the member of the archive that holds it)."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (ElementTree.ParseError, KeyError, LookupError) as error:
        raise BadSheet(str(error)) from None
    targets = {one.get("Id"): one.get("Target", "") for one in related}
    sheets = {}
    for one in book.iter():
        if _local(one.tag) == "sheet":
            key = next((v for k, v in one.items() if k.endswith("}id")), "")
            target = targets.get(key, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            sheets[one.get("name", "")] = (one.get("state", "visible") == "visible", member)
    return sheets


def scan_xlsx(archive: zipfile.ZipFile, member: str) -> Marks:
    """Return the marks of one sheet of an .xlsx file; raises `BadSheet`."""
    reader = _Xlsx()
    scan(archive, member, reader)
    return reader.marks


def scan(archive: zipfile.ZipFile, member: str, reader: Reader) -> None:
    """Lead a reader through one member of an archive; raises `BadSheet`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        with archive.open(member) as file:
            parser.ParseFile(file)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BadSheet(str(error)) from None


def _local(name: str) -> str:
    return name.rpartition("}")[2] if "}" in name else name.rpartition(":")[2]


class Reader:
    """Follows the elements of a sheet; the subclasses know what they are called."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row = self.column = self.next_row = self.next_column = -1
        self.words: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """An element ends."""
        raise NotImplementedError

    def text(self, text: str) -> None:
        """Text inside an element."""
        self.words.append(text)

    def doctype(self, *_: Any) -> None:
        """No sheet has a document type; who writes one wants entities."""
        raise BadSheet("DOCTYPE")

    def used(self, row: int, column: int) -> None:
        """A cell that holds something; from 0."""
        marks = self.marks
        if row >= marks.rows:
            marks.rows = row + 1
        if column >= marks.columns:
            marks.columns = column + 1
        if row < 0 or column < 0:
            raise BadSheet(f"{row}, {column}")


class _Xlsx(Reader):
    """`<row r="5"><c r="C5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = "n"
        self.formula = self.value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = _local(name)
        if kind == "v" or kind == "is":
            self.value = True
            self.words.clear()
        elif kind == "c":
            self.column += 1
            if "r" in attributes:
                self.row, self.column = _corner(attributes["r"])
            self.kind = attributes.get("t", "n")
            self.formula = self.value = False
        elif kind == "f":
            self.formula = True
        elif kind == "row":
            self.row = int(attributes.get("r", self.row + 2)) - 1
            self.column = -1

    def end(self, name: str) -> None:
        if _local(name) != "c" or not (self.value or self.formula):
            return
        self.used(self.row, self.column)
        if self.kind == "e":
            self.marks.errors[self.row, self.column] = "".join(self.words)
        elif self.formula and self.kind != "str" and not (self.value and self.words):
            self.marks.errors[self.row, self.column] = t(
                "a formula that was never computed: open the file in Excel and save it"
            )


def _corner(reference: str) -> Corner:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise BadSheet(reference)
    return int(match[2]) - 1, _position(match[1])


@cache
def _position(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
