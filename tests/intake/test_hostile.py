"""Workbooks that mean harm or mean nothing: refused or made harmless, and said so."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.files import workbook
from sim.files.tables import read_table
from sim.texts import in_language

from .conftest import events

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

MAPPING = "columns: {t: time, a: activity, w: actor}\nothers: keep\ncomplete: unknown\n"
MAPPING += "time: {zone: Asia/Shanghai}\n"
ROWS = [["t", "a", "w"], [datetime(2026, 6, 20, 8, 15), "x", "w"]]


def book(rows=ROWS, epoch=None) -> bytes:
    made = openpyxl.Workbook()
    if epoch is not None:
        made.epoch = epoch
    for row in rows:
        made.active.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def with_parts(data: bytes, change) -> bytes:
    """Pack a workbook anew; `change` gets and returns name -> bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = change({name: archive.read(name) for name in archive.namelist()})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def doctype(name: str, encoding: str = "utf-8"):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(parts):
        text = parts[name].decode("utf-8")
        head, sign, rest = text.partition("?>")
        whole = head.replace("UTF-8", encoding).replace("utf-8", encoding) + sign + bomb + rest
        if not sign:
            whole = bomb + text
        return parts | {name: whole.encode(encoding)}

    return change


def external(parts):
    sheet = parts["xl/worksheets/sheet1.xml"]
    return parts | {"xl/worksheets/sheet1.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + sheet}


HOSTILE = {
    "entities in the sheet": doctype("xl/worksheets/sheet1.xml"),
    "entities in the workbook": doctype("xl/workbook.xml"),
    "entities in the relations": doctype("xl/_rels/workbook.xml.rels"),
    "entities in the styles": doctype("xl/styles.xml"),
    "entities in UTF-16": doctype("xl/styles.xml", "utf-16"),
    "an external entity": external,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_part_of_a_workbook_may_have_entities(bring, name: str) -> None:
    data = with_parts(book(), HOSTILE[name])
    with in_language("en"), pytest.raises(UnusableInput) as error:
        bring("d.xlsx", data, MAPPING)
    assert "document type and entities" in str(error.value)
    assert "d.xlsx" in str(error.value)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(bring) -> None:
    """A thousandth of its size: 250 MB of zeros in 250 kB."""
    data = with_parts(book(), lambda p: p | {"xl/media/x.bin": bytes(250_000_000)})
    assert len(data) < 1_000_000
    with in_language("en"), pytest.raises(UnusableInput, match="at most 200 MB"):
        bring("d.xlsx", data, MAPPING)


def test_a_size_that_the_archive_lies_about_is_no_way_round(bring, monkeypatch) -> None:
    """The directory says 10 bytes; what is packed is longer and fails its check."""
    data = bytearray(with_parts(book(), lambda p: p | {"xl/media/x.xml": b"y" * 5_000}))
    at = data.index(b"xl/media/x.xml", data.index(b"PK\x01\x02"))
    data[at - 46 + 24 : at - 46 + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UnusableInput, match=r"d\.xlsx"):
        bring("d.xlsx", bytes(data), MAPPING)


def sheet_of(rows: str):
    """A change that puts rows written as XML into the sheet."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData>'
    return lambda p: p | {"xl/worksheets/sheet1.xml": (text + "</worksheet>").encode()}


def test_a_million_rows_are_refused_without_room_for_them(bring) -> None:
    full = "<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c>"
    rows = "".join(f"<row>{'' if k % 100 else full}</row>" for k in range(1, 10**6 + 1))
    with in_language("en"), pytest.raises(UnusableInput, match="2000000 cells"):
        bring("d.xlsx", with_parts(book(), sheet_of(rows)), MAPPING)


def test_one_stray_cell_in_the_last_corner_is_refused(bring) -> None:
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + last
    with in_language("en"), pytest.raises(UnusableInput, match="1048576 rows of 16384"):
        bring("d.xlsx", with_parts(book(), sheet_of(rows)), MAPPING)


def test_too_many_rows_for_a_list_are_said(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("sim.files.tables.MOST_ROWS", 3)
    (tmp_path / "l.csv").write_text("a\n" + "1\n" * 5, encoding="utf-8")
    table = read_table(tmp_path / "l.csv", "l.csv", {"a": ()})
    assert list(table.rows()) == []
    assert len(table.problems) == 1


@pytest.mark.parametrize("system", [1900, 1904])
def test_both_date_systems_of_workbooks_give_the_same_instants(bring, system: int) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    epoch = {1900: CALENDAR_WINDOWS_1900, 1904: CALENDAR_MAC_1904}[system]
    rows = [
        *ROWS,
        [time(9, 5), "y", "w"],
        [date(1904, 1, 2), "no day of an event", "w"],
        [0.35, "a number of no day", "w"],
    ]
    if system == 1900:
        rows.append([datetime(1900, 3, 1, 8), "an empty date", "w"])
    mapping = MAPPING.replace("Shanghai}", "Shanghai, date: 2026-06-20}")
    found = bring("d.xlsx", book(rows, epoch), mapping)
    assert events(found, "time", "object") == [
        ("2026-06-20T08:15+08:00", "x"),
        ("2026-06-20T09:05+08:00", "y"),
    ]
    assert [one.line for one in found.unread] == list(range(4, len(rows) + 1))


def test_macros_are_not_run_and_it_is_said(bring) -> None:
    def change(parts):
        types = parts["[Content_Types].xml"].replace(
            b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        )
        return parts | {"xl/vbaProject.bin": b"\xd0\xcf", "[Content_Types].xml": types}

    with in_language("en"):
        found = bring("d.xlsm", with_parts(book(), change), MAPPING)
        plain = bring("d.xlsx", book(), MAPPING)
    assert events(found, "object") == [("x",)]
    assert found.notes == ("d.xlsm holds macros; they were not run",)
    assert plain.notes == ()


def test_members_with_paths_as_names_are_never_unpacked(bring, tmp_path: Path) -> None:
    names = ("../evil.txt", "/tmp/evil.txt", "..\\evil.txt", "xl/../../evil.txt")
    data = with_parts(book(), lambda p: p | dict.fromkeys(names, b"evil"))
    before = set(tmp_path.parent.rglob("*evil*"))
    found = bring("d.xlsx", data, MAPPING)
    assert events(found, "object") == [("x",)]
    assert set(tmp_path.parent.rglob("*evil*")) == before


def test_a_sheet_that_names_a_member_outside_is_damaged_not_read(bring) -> None:
    def change(parts):
        rels = parts["xl/_rels/workbook.xml.rels"]
        return parts | {
            "xl/_rels/workbook.xml.rels": rels.replace(
                b"worksheets/sheet1.xml", b"../../../etc/passwd"
            )
        }

    with pytest.raises(UnusableInput, match=r"d\.xlsx"):
        bring("d.xlsx", with_parts(book(), change), MAPPING)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_what_starts_like_a_formula_is_a_text_on_the_way_in_and_out(
    bring, tmp_path: Path, sign: str
) -> None:
    """In CSV; leading tabs and line ends are white space and go."""
    from sim.log import read_log, write_log

    cell = f"{sign}cmd|' /C calc'!A0"
    found = bring("d.csv", f't,a,w\n2026-06-20 08:15,x,"{cell}"\n', MAPPING)
    (actor,) = [row[0] for row in events(found, "actor")]
    assert actor == "'" + cell.strip() if cell.strip()[0] != "c" else actor == cell.strip()
    assert found.log.table["actor"].iloc[-1] == cell.strip()
    write_log(found.log, tmp_path / "events.csv")
    assert read_log(tmp_path / "events.csv").table.equals(found.log.table)


def test_the_limits_are_those_of_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs/import.md").read_text("utf-8")
    assert workbook.MOST_UNPACKED == 200_000_000
    assert "工作簿 200 MB" in guide
    assert workbook.MOST_CELLS == 2_000_000
    assert "200 万格" in guide
