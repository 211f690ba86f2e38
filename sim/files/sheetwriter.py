"""Writing a list that people fill in: .xlsx with drop-downs, or CSV that Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from sim.errors import MissingExtra
from sim.files.atomic import write_bytes
from sim.files.harmless import harmless, unguarded

__all__ = ["harmless", "unguarded", "write_list"]

Rows = Sequence[Sequence[str]]


def write_list(
    path: Path,
    rows: Rows,
    widths: Sequence[int],
    choices: Mapping[int, Sequence[str]] | None = None,
) -> None:
    """Write rows, the first of them the header: CSV where the name ends so, else .xlsx.

    `widths` are those of the columns in characters; `choices` the words of the drop-down of a
    column (from 0).  It prints across A4, all columns on a page, the header on every page.  Raises
    `MissingExtra` for .xlsx without the extra `excel`, `OSError`.
    """
    plain = [[harmless(cell) for cell in row] for row in rows]
    if path.suffix.lower() == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(plain)
        write_bytes(path, text.getvalue().encode("utf-8-sig"))
        return
    if find_spec("openpyxl") is None:
        raise MissingExtra("openpyxl", "excel")
    write_bytes(path, _workbook(plain, widths, choices or {}))


def _workbook(rows: Rows, widths: Sequence[int], choices: Mapping[int, Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book, side = Workbook(), Side(style="thin", color="999999")
    sheet, border = book.active, Border(side, side, side, side)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = text or None
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
            cell.border = border
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column, words in choices.items():
        letter = get_column_letter(column + 1)
        allowed = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        sheet.add_data_validation(allowed)
        allowed.add(f"{letter}2:{letter}{max(len(rows), 2)}")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&P / &N"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
