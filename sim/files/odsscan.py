"""The same of .ods, and its merged cells, of which calamine tells nothing either."""

from __future__ import annotations

import zipfile

from sim.files.sheetscan import Marks, Reader, scan


def scan_ods(archive: zipfile.ZipFile) -> dict[str, tuple[bool, Marks]]:
    """Return sheet -> (whether it is seen, its marks) of an .ods file; raises `BadSheet`."""
    reader = _Ods()
    scan(archive, "content.xml", reader)
    return {key: (style not in reader.hidden, marks) for key, style, marks in reader.sheets}


class _Ods(Reader):
    """Rows and cells that repeat, and cells that span others, which are `covered`."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, Marks]] = []
        self.hidden: set[str] = set()
        self.style = ""
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.marks = Marks()
            sheet, style = attributes.get("table:name", ""), attributes.get("table:style-name", "")
            self.sheets.append((sheet, style, self.marks))
            self.row = self.next_row = -1
        elif name == "table:table-row":
            self.row = self.next_row + 1
            self.next_row += int(attributes.get("table:number-rows-repeated", 1))
            self.column = self.next_column = -1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.column = self.next_column + 1
            self.next_column += int(attributes.get("table:number-columns-repeated", 1))
            self.kinds = {k: v for k, v in attributes.items() if k.endswith(":value-type")}
            self.words.clear()
            self.spanned(
                int(attributes.get("table:number-rows-spanned", 1)),
                int(attributes.get("table:number-columns-spanned", 1)),
            )
        elif name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self.style)

    def spanned(self, down: int, across: int) -> None:
        """The cell covers those below and beside it."""
        if down > 1:
            last = (self.row + down - 1, self.column + across - 1)
            self.marks.merged.append(((self.row, self.column), last))

    def end(self, name: str) -> None:
        if name not in ("table:table-cell", "table:covered-table-cell") or not self.kinds:
            return
        self.used(self.next_row, self.next_column)
        if self.kinds.get("calcext:value-type") == "error":
            self.marks.errors[self.row, self.column] = "".join(self.words)
