"""Sheets of a workbook that people print and fill in: A4 landscape, with drop-down lists."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, NamedTuple

from sim.errors import MissingExtra
from sim.files.sheetwriter import harmless

Cells = Sequence[str | int | float | None]
LINE = 15.0
"""Points of height for one line of text."""
MOST_LINES = 25
ACROSS = 115
"""Characters across a page of A4 at full size."""
LEAST_SCALE, MOST_SCALE = 40, 80
GREY, HEAD, DARK = "F2F2F2", "D9E2EC", "B23A2A"


class Layout(NamedTuple):
    """How a sheet looks: `widths` in characters at most; `titles` rows above the header.

    `repeated` is how many columns stand on every page; `breaks` the columns (from 0) after which
    a new page begins, without any the sheet is one page wide; `choices` column -> name of a list;
    `shaded` rows (from 0, below the header) in grey; `marked` (row, column) -> `idle` or
    `overloaded`.
    """

    widths: Sequence[int]
    titles: Sequence[str] = ()
    repeated: int = 1
    breaks: Sequence[int] = ()
    choices: Mapping[int, str] = {}
    shaded: Iterable[int] = ()
    marked: Mapping[tuple[int, int], str] = {}


class Book:
    """A workbook in the making; `lists` name -> words of the drop-downs, kept on a hidden sheet."""

    def __init__(self, lists: Mapping[str, Sequence[str]] | None = None, lang: str = "zh"):
        if find_spec("openpyxl") is None:
            raise MissingExtra("openpyxl", "excel")
        from openpyxl import Workbook

        self.book = Workbook()
        self.book.remove(self.book.active)
        self.lists = {name: words for name, words in (lists or {}).items() if words}
        self.face = "宋体" if lang == "zh" else "Calibri"
        self.spare = 60
        """Rows below the last one that have drop-downs too."""

    def sheet(self, name: str, header: Sequence[str], rows: Sequence[Cells], how: Layout) -> Any:
        """Add a sheet and return it: titles, header, rows; set up for printing."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.utils import get_column_letter

        sheet = self.book.create_sheet(name)
        thin = Side(style="thin", color="999999")
        border = Border(left=thin, right=thin, top=thin, bottom=thin)
        for number, text in enumerate(how.titles, start=1):
            cell = sheet.cell(number, 1, harmless(text))
            cell.font = Font(name=self.face, bold=number == 1, size=14 if number == 1 else 10)
        top = len(how.titles) + 1
        widths = fitted(header, rows, how.widths)
        shaded = set(how.shaded)
        for k, row in enumerate([header, *rows]):
            for column in range(len(header)):
                value = row[column] if column < len(row) else None
                cell = sheet.cell(top + k, column + 1)
                cell.value = harmless(value) if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.number_format = "@"
                cell.border = border
                across = "center" if k == 0 or isinstance(value, int | float) else None
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=across)
                colour = "555555" if k - 1 in shaded else None
                cell.font = Font(name=self.face, bold=k == 0, size=10, color=colour)
                if k == 0:
                    cell.fill = PatternFill("solid", fgColor=HEAD)
                elif k - 1 in shaded:
                    cell.fill = PatternFill("solid", fgColor=GREY)
                mark = how.marked.get((k - 1, column))
                if mark == "idle":
                    cell.fill = PatternFill("solid", fgColor="E3E3E3")
                    cell.font = Font(name=self.face, size=10, color="777777")
                elif mark == "overloaded":
                    cell.fill = PatternFill("solid", fgColor=DARK)
                    cell.font = Font(name=self.face, size=10, bold=True, color="FFFFFF")
            sheet.row_dimensions[top + k].height = LINE * lines_of(row, widths)
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width + 2
        sheet.freeze_panes = sheet.cell(top + 1, how.repeated + 1)
        self._drop_downs(sheet, top, len(rows), how.choices)
        _page(sheet, top, how, widths)
        return sheet

    def _drop_downs(self, sheet: Any, top: int, count: int, choices: Mapping[int, str]) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for column, name in choices.items():
            if name not in self.lists:
                continue
            at = get_column_letter(list(self.lists).index(name) + 1)
            # Not strict: a cell may hold several entries of its list.
            rule = DataValidation(
                type="list",
                formula1=f"'{LISTS}'!${at}$2:${at}${len(self.lists[name]) + 1}",
                allow_blank=True,
                showErrorMessage=False,
            )
            sheet.add_data_validation(rule)
            letter = get_column_letter(column + 1)
            rule.add(f"{letter}{top + 1}:{letter}{top + count + self.spare}")

    def done(self) -> bytes:
        """Return the workbook as the bytes of an .xlsx file."""
        if self.lists:
            hidden = self.book.create_sheet(LISTS)
            hidden.sheet_state = "hidden"
            for column, (name, words) in enumerate(self.lists.items(), start=1):
                for row, word in enumerate([name, *words], start=1):
                    hidden.cell(row, column, harmless(word)).number_format = "@"
        data = io.BytesIO()
        self.book.save(data)
        return data.getvalue()


LISTS = "_lists"
HEADER = 230
"""Most signs of a page's header or footer: Excel takes 255, with its codes."""


def _page(sheet: Any, top: int, how: Layout, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.pagebreak import Break, ColBreak
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    if how.breaks:
        sheet.page_setup.scale = _scale(widths, how)
    else:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.6, 0.3
    sheet.print_title_rows = f"{top}:{top}"
    sheet.print_title_cols = f"A:{get_column_letter(how.repeated)}"
    sheet.oddFooter.center.text = "&P / &N"
    if how.breaks:
        # On pages to the right only the repeated columns stand beside: titles would be cut there.
        sheet.print_area = f"A{top}:{get_column_letter(len(widths))}{sheet.max_row}"
        above, below = how.titles[:2], how.titles[2:]
        sheet.oddHeader.left.text = "  ·  ".join(above)[:HEADER].replace("&", "&&")
        sheet.oddFooter.left.text = " ".join(below)[:HEADER].replace("&", "&&") or None
        sheet.oddFooter.center.text, sheet.oddFooter.right.text = None, "&P / &N"
        sheet.oddHeader.left.size = sheet.oddFooter.left.size = 9
        sheet.page_margins.header = 0.3
        sheet.page_margins.top = 0.6
        sheet.col_breaks = ColBreak()
        for column in how.breaks:
            sheet.col_breaks.append(Break(id=column + 1))


def _scale(widths: Sequence[int], how: Layout) -> int:
    """Return the scale in per cent at which what stands between two breaks fits on a page."""
    edges = [how.repeated, *(column + 1 for column in how.breaks), len(widths)]
    always = sum(widths[: how.repeated]) + 3 * how.repeated
    parts = [
        always + sum(widths[first:last]) + 3 * (last - first) for first, last in pairwise(edges)
    ]
    return max(LEAST_SCALE, min(MOST_SCALE, int(100 * ACROSS / max(parts))))


def wide(text: str) -> int:
    """Return how many characters of a column a text takes: Chinese ones take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def fitted(header: Sequence[str], rows: Sequence[Cells], most: Sequence[int]) -> list[int]:
    """Return widths that fit the texts, none above the most, none so narrow as to cut a heading.

    Columns without any text are to be written in by hand: half of the most.
    """
    found = []
    for column, limit in enumerate(most):
        texts = [str(row[column]) for row in rows if column < len(row) and row[column] is not None]
        longest = max((wide(line) for text in texts for line in text.split("\n")), default=0)
        fits = min(longest, limit) if longest else limit // 2
        found.append(max(fits, _heading_width(header[column])))
    return found


def _heading_width(text: str) -> int:
    """Return the least width of a heading: no word is cut; a Chinese one may take two lines."""
    return max(wide(w) if w.isascii() else min(wide(w), wide(w) // 2 + 4) for w in text.split(" "))


def lines_of(row: Cells, widths: Sequence[int]) -> int:
    """Return how many lines the highest cell of a row takes."""
    most = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, str):
            parts = value.split("\n")
            most = max(most, sum(-(-wide(part) // max(width, 1)) or 1 for part in parts))
    return min(most, MOST_LINES)
