"""One sheet of a workbook (.xlsx, .xls, .ods) as texts, with calamine of the extra `excel`."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim.errors import MissingExtra, Problem, UnusableInput, did_you_mean, shown
from sim.files.grid import Grid
from sim.files.odsscan import scan_ods
from sim.files.parts import entities_in
from sim.files.sheetscan import BadSheet, Corner, Marks, scan_xlsx, xlsx_sheets
from sim.texts import t

MOST_UNPACKED = 200_000_000
"""Most bytes of a workbook when it is unpacked."""
MOST_CELLS = 2_000_000
"""Most cells between A1 and the last cell that is used."""
MOST_SECONDS = 60
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_workbook(data: bytes) -> bool:
    """Return whether a file's bytes begin like a workbook, whatever the file is called."""
    return data.startswith((ZIP, OLE))


def has_macros(data: bytes) -> bool:
    """Return whether a workbook brings macros; they are never run, whatever it is called."""
    if data.startswith(OLE):
        return "_VBA_PROJECT".encode("utf-16-le") in data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())


def sheet_names(data: bytes, name: str) -> list[str]:
    """Return the names of a workbook's sheets, hidden ones too; raises as `sheet_grid` does."""
    if not is_workbook(data):
        raise _no_workbook(name, t("another kind of file"))
    if find_spec("python_calamine") is None:
        raise MissingExtra("python-calamine", "excel")
    if data.startswith(ZIP):
        archive = _archive(data, name)
        if "xl/workbook.xml" in archive.namelist():
            try:
                return list(xlsx_sheets(archive))
            except BadSheet as error:
                raise _damaged(name, error) from None
    return list(_read(data, name, None)["sheets"])


def sheet_grid(data: bytes, name: str, sheet: str | None) -> Grid:
    """Return one sheet of a workbook; `sheet` defaults to the first that is not hidden.

    Merged cells all hold the text of the first one in their first column, so that lists read
    downwards.  Errors are cells with `#REF!` and the like, and formulas whose value was never
    stored (not in .xls, where such cells are empty).  Raises `UnusableInput`, and
    `MissingExtra` without the extra `excel`.
    """
    if find_spec("python_calamine") is None:
        raise MissingExtra("python-calamine", "excel")
    marks = Marks()
    if data.startswith(ZIP):
        sheet, marks = _scanned(_archive(data, name), name, sheet)
        _no_larger(marks.rows, marks.columns, f"{name}:{sheet}")
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise _no_workbook(name, t("a workbook with a password"))
    found = _read(data, name, sheet)
    sheet = _chosen(found["sheets"], name, sheet)
    rows, columns = found["extent"]
    _no_larger(rows, columns, f"{name}:{sheet}")
    texts: list[list[str]] = found["rows"]
    merged = [
        at
        for first, last in found["merged"] or marks.merged
        for at in _fill_down(texts, first, last)
    ]
    wrong = {row for row, _ in marks.errors}
    kept = [k for k, row in enumerate(texts) if k in wrong or any(map(str.strip, row))]
    return Grid(
        file=name,
        sheet=sheet,
        lines=[k + 1 for k in kept],
        rows=[texts[k] for k in kept],
        errors={(row + 1, column): text for (row, column), text in marks.errors.items()},
        merged=frozenset((row + 1, column) for row, column in merged),
    )


def _read(data: bytes, name: str, sheet: str | None) -> dict[str, Any]:
    """Return what `sheetreader` says of a sheet."""
    reader = str(Path(__file__).with_name("sheetreader.py"))
    command = [sys.executable, "-P", reader, sheet or "", str(MOST_CELLS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MOST_SECONDS)
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise _no_workbook(name, t("a damaged file")) from None
    if "error" in found and data.startswith(OLE):  # calamine tells the two apart by a file's name
        raise _no_workbook(name, t("a damaged file, or one with a password"))
    if "error" in found:
        raise _damaged(name, found["error"])
    return found


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Return the zip archive that a workbook is; every member was read once.

    What its directory says of sizes is not believed: reading stops there and compares.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            expected = t("at most {n} MB when unpacked", n=MOST_UNPACKED // 1_000_000)
            raise UnusableInput([Problem(name, 0, "", expected, t("more"))])
        damaged = archive.testzip()
        entities = "" if damaged else entities_in(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _damaged(name, error) from None
    except (NotImplementedError, RuntimeError):  # a method of packing, or a password, of its own
        raise _no_workbook(name, t("a workbook with a password")) from None
    if damaged is not None:
        raise _damaged(name, damaged)
    if entities:
        expected = t("a file without a document type and entities")
        raise UnusableInput([Problem(name, 0, "", expected, entities)])
    return archive


def _scanned(archive: zipfile.ZipFile, name: str, sheet: str | None) -> tuple[str, Marks]:
    """Return the name of the sheet to be read, and its marks."""
    members = archive.namelist()
    manifest = "META-INF/manifest.xml"
    if manifest in members and b"encryption-data" in archive.read(manifest):
        raise _no_workbook(name, t("a workbook with a password"))
    try:
        if "xl/workbook.xml" in members:
            sheets = xlsx_sheets(archive)
            found = _chosen({key: seen for key, (seen, _) in sheets.items()}, name, sheet)
            return found, scan_xlsx(archive, sheets[found][1])
        if "content.xml" in members:
            scanned = scan_ods(archive)
            for key, (_, marks) in scanned.items():  # all of them are opened at once
                _no_larger(marks.rows, marks.columns, f"{name}:{key}")
            found = _chosen({key: seen for key, (seen, _) in scanned.items()}, name, sheet)
            return found, scanned[found][1]
    except BadSheet as error:
        raise _damaged(name, error) from None
    raise _no_workbook(name, t("another kind of file"))


def _chosen(sheets: Mapping[str, bool], name: str, sheet: str | None) -> str:
    """Return the name of the sheet asked for, else of the first that is seen."""
    if sheet is None and any(sheets.values()):
        return next(key for key, seen in sheets.items() if seen)
    if sheet is not None and sheet in sheets:
        return sheet
    expected = t("one of the sheets {names}", names=", ".join(sheets))
    received = t("nothing") if sheet is None else shown(sheet)
    hint = did_you_mean(sheet or "", sheets)
    raise UnusableInput([Problem(name, 0, "", expected, received, hint)])


def _no_larger(rows: int, columns: int, name: str) -> None:
    if rows * columns > MOST_CELLS:
        expected = t("at most {n} cells as far as the last one used", n=MOST_CELLS)
        received = t("{rows} rows of {columns}", rows=rows, columns=columns)
        raise UnusableInput([Problem(name, 0, "", expected, received)])


def _fill_down(texts: list[list[str]], first: Corner, last: Corner) -> Iterator[Corner]:
    """Repeat the first cell of a merged range below itself; yield the cells so filled."""
    row, column = first
    for below in range(row + 1, min(last[0] + 1, len(texts))):
        if column < len(texts[below]) and not texts[below][column]:
            texts[below][column] = texts[row][column]
            yield below, column


def _no_workbook(name: str, received: str) -> UnusableInput:
    expected = t("a workbook that can be opened (.xlsx, .xls, .ods), or a CSV file")
    return UnusableInput([Problem(name, 0, "", expected, received)])


def _damaged(name: str, reason: object) -> UnusableInput:
    return _no_workbook(name, t("a damaged file ({reason})", reason=shown(str(reason))))
