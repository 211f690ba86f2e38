"""Run as a program of its own: reads one sheet of a workbook from stdin, writes it as JSON.

    python sheetreader.py SHEET MOST_CELLS < workbook

calamine ends the process that runs it on some damaged .xls files, and makes room for all cells
as far as the last one; here that costs only this process.  SHEET is empty for the first sheet
that is not hidden.  The answer: `sheets` name -> whether it is seen, `sheet`, its `extent` (rows,
columns), and, where that is not above MOST_CELLS, its `rows` of texts and `merged` ranges; or
`error`.  Nothing of this package is imported.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time
from typing import Any


def answer(data: bytes, sheet: str, most: int) -> dict[str, Any]:
    """Return what this program writes."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        shown = calamine.SheetVisibleEnum.Visible
        sheets = {one.name: one.visible == shown for one in book.sheets_metadata}
        found = sheet or next((name for name, seen in sheets.items() if seen), "")
        if found not in sheets:
            return {"sheets": sheets}
        table = book.get_sheet_by_name(found)
    except calamine.CalamineError as error:
        return {"error": str(error)}
    extent = (table.total_height, table.total_width)
    if extent[0] * extent[1] > most:
        return {"sheets": sheets, "sheet": found, "extent": extent}
    rows = [[cell_text(cell) for cell in row] for row in table.to_python(skip_empty_area=False)]
    merged = table.merged_cell_ranges or []
    return {"sheets": sheets, "sheet": found, "extent": extent, "rows": rows, "merged": merged}


def cell_text(cell: Any) -> str:
    """Return a cell as text: numbers to 15 digits as Excel shows them, dates as 2026-07-01."""
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else f"{cell:.15g}"
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


if __name__ == "__main__":
    found = answer(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2]))
    sys.stdout.write(json.dumps(found))
