"""The evaluators' form as a workbook to be printed or filled in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Any

from sim.errors import MissingExtra
from sim.files.atomic import write_bytes
from sim.files.grid import letters
from sim.files.sheetwriter import harmless
from sim.intake.ratings.form import (
    COVER,
    RATED,
    REMARKS,
    Framework,
    Names,
    Remarks,
    Sheet,
    form,
    heading,
)
from sim.texts import in_language, language

HEADER = 3
"""The row of the headings; above it stand title and note."""
REMARK_ROWS = 40
_LISTS = {"zh": "选项", "en": "Lists"}
_FONTS = {"zh": "宋体", "en": "Arial"}
_RATED_WIDTHS, _REMARK_WIDTHS = (10, 28, 38, 16, 50), (14, 20, 11, 60, 13, 16)


@dataclass(frozen=True)
class Drill:
    """What is known beforehand and printed into the form.

    `posts` and `clauses` are offered in drop-downs, other words may be written; `objectives` are
    (number, text) of what is rated by P, S, M, U.
    """

    name: str = ""
    case: str = ""
    date: str = ""
    post: str = ""
    posts: Sequence[str] = ()
    clauses: Sequence[str] = ()
    objectives: Sequence[tuple[str, str]] = ()


def write_sheets(path: str | Path, drill: Drill = Drill(), lang: str = "zh") -> int:
    """Write the form as .xlsx, whole or not at all; return how many sheets are to be filled in.

    Texts are in `zh` or `en`; both are read back.  No cell starts a formula.  Raises
    `MissingExtra` without the extra `excel`, `OSError`.
    """
    if find_spec("openpyxl") is None:
        raise MissingExtra("openpyxl", "excel")
    with in_language(lang):
        data = _Book(drill).bytes()
    write_bytes(path, data)
    return len(form().frameworks) + 1


class _Book:
    """Builds the workbook in the language in force."""

    def __init__(self, drill: Drill):
        from openpyxl import Workbook

        self.drill, self.book = drill, Workbook()
        self.lists: dict[str, str] = {}
        self.book.remove(self.book.active)

    def bytes(self) -> bytes:
        """Return the whole workbook."""
        self._cover()
        for key, framework in form().frameworks.items():
            self._framework(key, framework)
        self._remarks(form().remarks)
        self._options()
        data = io.BytesIO()
        self.book.save(data)
        return data.getvalue()

    def _cover(self) -> None:
        cover, drill = form().cover, self.drill
        sheet = self._sheet(cover, (24, 90))
        known = {"drill": drill.name, "case": drill.case, "date": drill.date, "post": drill.post}
        for row, name in enumerate(COVER, start=HEADER):
            self._row(sheet, row, (heading(COVER, name), known.get(name, "")), 28)
            sheet.cell(row, 1).font = _font(True)
        self._choose(sheet, 2, HEADER + list(COVER).index("post"), 1, "posts", drill.posts)
        for row, line in enumerate(cover.how, start=HEADER + len(COVER) + 1):
            cell = sheet.cell(row, 1, harmless(str(line)))
            cell.alignment, cell.font = _alignment(False), _font()

    def _framework(self, key: str, framework: Framework) -> None:
        sheet = self._sheet(framework, _RATED_WIDTHS)
        rows = [(n, str(one.text), str(one.look), "", "") for n, one in framework.items.items()]
        if key == "hseep":
            rows += [(number, text, "", "", "") for number, text in self.drill.objectives]
        rows += [("", "", "", "", "")] * framework.free
        self._table(sheet, RATED, rows, _RATED_WIDTHS, 34)
        words = [str(one) for one in form().scales[framework.scale].values()]
        column = list(RATED).index("rating") + 1
        self._choose(sheet, column, HEADER + 1, len(rows), framework.scale, words, True)

    def _remarks(self, remarks: Remarks) -> None:
        sheet = self._sheet(remarks, _REMARK_WIDTHS)
        self._table(sheet, REMARKS, [("",) * 6] * REMARK_ROWS, _REMARK_WIDTHS, 32)
        kinds = [str(one) for one in remarks.kinds.values()]
        for name, words, only in (
            ("kind", kinds, True),
            ("post", self.drill.posts, False),
            ("clause", self.drill.clauses, False),
        ):
            column = list(REMARKS).index(name) + 1
            key = {"post": "posts"}.get(name, name)
            self._choose(sheet, column, HEADER + 1, REMARK_ROWS, key, words, only)

    def _sheet(self, made: Sheet, widths: Sequence[int]) -> Any:
        """Add a sheet with its title and note, set up for printing on A4 across."""
        from openpyxl.styles import Alignment
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = self.book.create_sheet(str(made.sheet))
        for column, width in enumerate(widths):
            sheet.column_dimensions[letters(column)].width = width
        sheet.cell(1, 1, str(made.title)).font = _font(True, 14)
        last = letters(len(widths) - 1)
        if str(made.note):
            sheet.merge_cells(f"A2:{last}2")
            note = sheet.cell(2, 1, str(made.note))
            note.alignment, note.font = Alignment(wrap_text=True, vertical="top"), _font()
            sheet.row_dimensions[2].height = 15 * _lines(str(made.note), sum(widths)) + 4
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.oddFooter.center.text = "&A  &P/&N"
        return sheet

    def _table(
        self, sheet: Any, names: Names, rows: Sequence[Sequence[str]],
        widths: Sequence[int], least: int,
    ) -> None:  # fmt: skip
        """Write headings and rows; the headings stay in view and stand on every page."""
        from openpyxl.styles import PatternFill

        self._row(sheet, HEADER, [heading(names, name) for name in names], 20)
        for cell in sheet[HEADER]:
            cell.font, cell.fill = _font(True), PatternFill("solid", fgColor="EDEDED")
        for number, row in enumerate(rows, start=HEADER + 1):
            high = max(_lines(text, width) for text, width in zip(row, widths, strict=True))
            self._row(sheet, number, row, max(least, 15 * high + 6))
        sheet.freeze_panes = f"A{HEADER + 1}"
        sheet.print_title_rows = f"{HEADER}:{HEADER}"

    def _row(self, sheet: Any, number: int, cells: Sequence[str], height: int) -> None:
        from openpyxl.styles import Border, Side

        line = Side(style="thin", color="999999")
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column, harmless(text) or None)
            cell.number_format, cell.alignment, cell.font = "@", _alignment(True), _font()
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        sheet.row_dimensions[number].height = height

    def _choose(
        self, sheet: Any, column: int, first: int, count: int, key: str, words: Sequence[str],
        only: bool = False,
    ) -> None:  # fmt: skip
        """Offer words in a drop-down; `only` these may be written."""
        from openpyxl.worksheet.datavalidation import DataValidation

        if not words or not count:
            return
        at = letters(len(self.lists)) if key not in self.lists else self.lists[key]
        if key not in self.lists:
            self.lists[key] = at
            lists = self._list_sheet()
            for row, word in enumerate(words, start=1):
                lists[f"{at}{row}"] = harmless(word)
        source = f"'{_LISTS[language()]}'!${at}$1:${at}${len(words)}"
        allowed = DataValidation(type="list", formula1=source, allow_blank=True)
        allowed.showErrorMessage = only
        sheet.add_data_validation(allowed)
        letter = letters(column - 1)
        allowed.add(f"{letter}{first}:{letter}{first + count - 1}")

    def _list_sheet(self) -> Any:
        name = _LISTS[language()]
        return self.book[name] if name in self.book.sheetnames else self.book.create_sheet(name)

    def _options(self) -> None:
        """Put the lists of the drop-downs last, out of sight."""
        lists = self._list_sheet()
        self.book.move_sheet(lists, len(self.book.sheetnames))
        lists.sheet_state = "hidden"
        self.book.active = 0


def _font(bold: bool = False, size: int = 11) -> Any:
    from openpyxl.styles import Font

    return Font(name=_FONTS[language()], bold=bold, size=size)


def _alignment(wrap: bool) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=wrap, vertical="center")


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column so many characters wide."""
    long = sum(1 if sign < "\u2e80" else 2 for sign in text)
    return max(1, ceil(1.1 * long / width))
