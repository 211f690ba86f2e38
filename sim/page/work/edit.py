"""Corrections that a person typed in the page, in a copy: what was uploaded stays as it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput
from sim.files.atomic import write_bytes, write_text
from sim.files.sheetwriter import harmless, write_list
from sim.files.text import read_bytes
from sim.files.workbook import ZIP, is_workbook, sheet_grid
from sim.intake.textfile import text_in
from sim.page.work.cells import MOST_BYTES, separator_of
from sim.page.work.job import Job
from sim.texts import t

Cells = dict[tuple[int, int], str]
"""(row from 1, column from 0) -> the text that shall stand there."""


def correct(job: Job) -> dict[str, Any]:
    """Write the file with some cells changed, or with a new text (YAML); return its name."""
    cells = {(row, column): text for row, column, text in job.args.get("cells", ())}
    name = job.path.name
    if "text" in job.args:
        write_text(job.out / name, job.args["text"].replace("\r\n", "\n"))
    elif is_workbook(read_bytes(job.path, name, MOST_BYTES)[:8]):
        name = Path(name).with_suffix(".xlsx").name
        write_corrected_sheet(job.path, job.args.get("sheet") or None, cells, job.out / name)
    else:
        write_corrected_csv(job.path, cells, job.out / name)
    return {"makes": [{"kind": job.args["kind"], "file": name}], "changed": len(cells)}


def write_corrected_csv(path: Path, cells: Cells, out: Path) -> None:
    """Write a CSV file with some cells changed, otherwise as it is, in UTF-8 with signature."""
    text = text_in(read_bytes(path, path.name, MOST_BYTES), path.name, None)
    separator = separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    made, begin = io.StringIO(newline=""), 1
    writer = csv.writer(made, delimiter=separator, lineterminator="\n")
    for row in reader:
        for (line, column), value in cells.items():
            if line == begin:
                row += [""] * (column + 1 - len(row))
                row[column] = harmless(value)
        writer.writerow(row)
        begin = reader.line_num + 1
    write_text(out, made.getvalue(), encoding="utf-8-sig")


def write_corrected_sheet(path: Path, sheet: str | None, cells: Cells, out: Path) -> None:
    """Write a workbook with some cells of one sheet changed; macros are left out.

    .xlsx keeps its other sheets and its looks; of .xls and .ods only the sheet's texts stay.
    """
    data = read_bytes(path, path.name, MOST_BYTES)
    grid = sheet_grid(data, path.name, sheet)  # refuses what is no harmless workbook
    if data.startswith(ZIP) and path.suffix.lower() in (".xlsx", ".xlsm"):
        write_bytes(out, _changed(data, grid.sheet, cells, path.name))
        return
    last = max([*grid.lines, *(row for row, _ in cells)], default=0)
    rows: list[list[str]] = [[] for _ in range(last)]
    for line, row in zip(grid.lines, grid.rows, strict=True):
        rows[line - 1] = list(row)
    for (line, column), value in cells.items():
        rows[line - 1] += [""] * (column + 1 - len(rows[line - 1]))
        rows[line - 1][column] = value
    write_list(out, rows, [14] * max(map(len, rows), default=0))


def _changed(data: bytes, sheet: str, cells: Cells, name: str) -> bytes:
    from openpyxl import load_workbook
    from openpyxl.cell.cell import MergedCell

    book = load_workbook(io.BytesIO(data), keep_vba=False, keep_links=False)
    page = book[sheet]
    for (row, column), value in cells.items():
        cell = page.cell(row, column + 1)
        if isinstance(cell, MergedCell):
            expected = t("a cell that is not merged with the one above; correct it in the file")
            raise UnusableInput([Problem(name, row, cell.coordinate, expected)])
        cell.value = harmless(value) or None
        cell.number_format = "@"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
