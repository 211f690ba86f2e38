"""Tables that people bring, read from real files; made by openpyxl, and by LibreOffice if there."""

import datetime as dt
import random
import shutil
import struct
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from sim.errors import MissingExtra, UnusableInput
from sim.files import tables, workbook
from sim.files.cells import comparable, day, meant_day, number, number_and_unit
from sim.files.grid import letters
from sim.files.tables import read_table
from sim.texts import in_language

COLUMNS = {
    "depot": ("仓库", "存放地点"),
    "item": ("品名", "名称"),
    "quantity": ("数量", "账面数量"),
    "unit": ("单位",),
    "made": ("生产日期",),
}
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")


def saved(path, *rows, title="库存", merge=(), cells=()):
    """Return `path`, a workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell, value in dict(cells).items():
        sheet[cell] = value
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def converted(path, suffix):
    """Return the workbook in another format, made by LibreOffice."""
    command = [OFFICE, "--headless", "--convert-to", suffix, "--outdir", path.parent / suffix, path]
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run([*command, profile], check=True, capture_output=True, timeout=300)
    return path.parent / suffix / f"{path.stem}.{suffix}"


def texts(path, **how):
    """Return (table, its rows' texts) and hold that nothing was wrong."""
    table = read_table(path, path.name, COLUMNS, **how)
    found = [row.texts for row in table.rows()]
    assert table.problems == []
    return table, found


def problems(path, **how):
    """Return what is wrong with a table, line by line."""
    with in_language("en"):
        try:
            table = read_table(path, path.name, COLUMNS, **how)
            list(table.rows())
            return [str(problem) for problem in table.problems]
        except UnusableInput as error:
            return str(error).splitlines()


OFFICIAL = [
    ["某市应急物资储备情况表"],
    ["填报单位：某市应急管理局", None, None, None, "2026年7月"],
    ["序号", "仓　库", "品名", "数量（件）", "生产日期"],
    [1, "市级库", "帐篷", 5, dt.date(2026, 7, 1)],
    [2, None, " 棉被 ", "１，２００", dt.datetime(2026, 7, 1)],
    [3, None, "手电筒", "3 000", "2026/7/1"],
    [],
    [4, "县级库", "帐篷", 0.1 + 0.2, None],
    ["合　计", None, None, 4205],
    ["填表人：张某某"],
    [],
]
MERGED = ("A1:E1", "B4:B6")
READ = [
    {"depot": "市级库", "item": "帐篷", "quantity": "5", "made": "2026-07-01"},
    {"depot": "市级库", "item": "棉被", "quantity": "１，２００", "made": "2026-07-01"},
    {"depot": "市级库", "item": "手电筒", "quantity": "3 000", "made": "2026/7/1"},
    {"depot": "县级库", "item": "帐篷", "quantity": "0.3"},
]


@pytest.mark.parametrize(
    "suffix",
    ["xlsx", pytest.param("xls", marks=needs_office), pytest.param("ods", marks=needs_office)],
)
def test_an_official_table_with_a_title_merged_cells_a_total_and_a_signature(tmp_path, suffix):
    path = saved(tmp_path / "stock.xlsx", *OFFICIAL, merge=MERGED)
    if suffix != "xlsx":
        path = converted(path, suffix)
    table, found = texts(path)
    assert found == READ
    assert (table.unit("quantity"), table.heading("depot")) == ("件", "仓 库")
    rows = list(table.rows())
    assert rows[3].place("quantity") == (f"stock.{suffix}:库存!D8", 0)
    assert [row.merged("depot") for row in rows] == [False, True, True, False]
    assert str(rows[1].problem("item", "x")).startswith(f"stock.{suffix}:库存!C5: 品名: ")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_in_every_usual_form(tmp_path, separator, encoding, end):
    rows = [
        ["物资库存表", "", ""],
        ["名称", "账面数量", "单位"],
        ["帐篷", "12", "顶"],
        ["", "", ""],
    ]
    rows += [["棉被\n加厚", "1", "床"], ["手电筒", "2", ""]]
    quoted = [[f'"{cell}"' if "\n" in cell else cell for cell in row] for row in rows]
    path = tmp_path / "stock.csv"
    path.write_bytes(end.join(separator.join(row) for row in quoted).encode(encoding))
    table, found = texts(path)
    assert found == [
        {"item": "帐篷", "quantity": "12", "unit": "顶"},
        {"item": "棉被 加厚", "quantity": "1", "unit": "床"},
        {"item": "手电筒", "quantity": "2"},
    ]
    last = list(table.rows())[-1]
    assert last.place("quantity") == ("stock.csv", 7)  # a cell before runs over two lines
    assert str(last.problem("quantity", "x")).startswith("stock.csv:7: 账面数量: ")


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path):
    saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", 1]).rename(tmp_path / "a.csv")
    (tmp_path / "b.xls").write_bytes("品名\t数量\n帐篷\t1\n".encode("gbk"))
    assert texts(tmp_path / "a.csv")[1] == texts(tmp_path / "b.xls")[1]


def test_the_sheet_is_the_first_that_is_seen_or_the_one_named(tmp_path):
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["hidden", 1])
    book = openpyxl.load_workbook(path)
    for title in ("库存", "出库"):
        if title not in book.sheetnames:
            book.create_sheet(title)
        book[title].append(["品名", "数量"] if title != "库存" else [])
        book[title].append([title, 1])
    book["库存"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert texts(path)[1] == [{"item": "出库", "quantity": "1"}]
    assert texts(path, sheet="库存")[1][0]["item"] == "hidden"
    assert problems(path, sheet="出库单") == [
        "a.xlsx: expected one of the sheets 库存, 出库, received '出库单', did you mean 出库?"
    ]


@needs_office
def test_hidden_sheets_of_ods_are_passed_over(tmp_path):
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["hidden", 1])
    book = openpyxl.load_workbook(path)
    book.create_sheet("seen").append(["品名", "数量"])
    book["seen"].append(["seen", 1])
    book["库存"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert texts(converted(path, "ods"))[1] == [{"item": "seen", "quantity": "1"}]


def test_the_header_may_be_given_and_two_rows_of_it_are_read_by_the_lower(tmp_path):
    rows = [["品名", "数量", None], [None, "账面数量", "单位"], ["帐篷", 4, "顶"]]
    path = saved(tmp_path / "a.xlsx", *rows, merge=["A1:A2", "B1:C1"])
    assert texts(path)[1] == [{"item": "帐篷", "quantity": "4", "unit": "顶"}]
    path = saved(tmp_path / "b.xlsx", ["品名", "数量"], ["名称", "数量"], ["帐篷", 4])
    assert texts(path, header=2)[1] == [{"item": "帐篷", "quantity": "4"}]
    assert problems(path, header=9) == [
        "b.xlsx:库存!A9: expected a header line and rows, received an empty row"
    ]


def test_values_of_formulas_are_read_and_errors_named_with_their_cells(tmp_path):
    """The sheet's XML is written by hand: openpyxl stores no values of formulas."""
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", 1], ["棉被", 2], ["水", 3])
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>品名</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>数量</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>"帐"&amp;"篷"</f><v>帐篷</v></c>'
        '<c r="B2"><f>1+2</f><v>3</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>棉被</t></is></c>'
        '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>水</t></is></c><c r="B4"><f>B2</f></c></row>'
        "</sheetData></worksheet>"
    )
    replaced(path, "xl/worksheets/sheet1.xml", sheet.encode())
    table = read_table(path, path.name, COLUMNS)
    rows = list(table.rows())
    assert rows[0].texts == {"item": "帐篷", "quantity": "3"}
    assert [row.broken("quantity") for row in rows] == [False, True, True]
    assert [str(p) for p in table.problems] == [
        "a.xlsx:库存!B3: 数量: expected a value, received #DIV/0!",
        "a.xlsx:库存!B4: 数量: expected a value, received a formula that was never computed: "
        "open the file in Excel and save it",
    ]


@needs_office
def test_errors_in_ods_are_named_too(tmp_path):
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", "=1/0"], ["棉被", "=1+2"])
    path = converted(path, "ods")
    assert problems(path) == ["a.ods:库存!B2: 数量: expected a value, received #DIV/0!"]
    table = read_table(path, path.name, COLUMNS)
    assert [row.texts.get("quantity") for row in table.rows()][1] == "3"


def replaced(path, member, data):
    """Replace one member of a zip archive."""
    with zipfile.ZipFile(path) as old:
        members = {info.filename: old.read(info) for info in old.infolist()}
    members[member] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)


def test_mistakes_of_the_table_itself_come_together(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("品名,名称,数量\n帐篷,,1\n棉被,,1,200\n#N/A,,3\n", encoding="utf-8")
    assert problems(path) == [
        "a.csv:1: item: expected one column for item, received 品名, 名称",
        "a.csv:3: expected as many cells as the header has, received 4",
        "a.csv:4: 品名: expected a value, received #N/A",
    ]


def test_a_missing_column_is_named_with_what_there_is(tmp_path):
    path = saved(tmp_path / "a.xlsx", ["标题"], ["品名", "数目"], ["帐篷", 1])
    table = read_table(path, path.name, COLUMNS)
    assert str(table.lacks("quantity", COLUMNS["quantity"])) == (
        "a.xlsx:库存!A2: quantity: expected a column quantity / 数量 / 账面数量 in a.xlsx, "
        "received '品名, 数目'"
    )


def bomb(path, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w") as member:
            for _ in range(size // 1_000_000):
                member.write(b"0" * 1_000_000)


def lying(path, size):
    """A bomb whose directory says that it holds ten bytes."""
    bomb(path, size)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)


def far_cell(path, ref):
    saved(path, ["品名", "数量"], ["帐篷", 1], cells={ref: "x"})


OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(path, rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OASIS}office:1.0"'
            f' xmlns:table="{OASIS}table:1.0" xmlns:text="{OASIS}text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="t">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


CELL = '<table:table-cell office:value-type="string"%s><text:p>品名</text:p></table:table-cell>'
ROW = "<table:table-row%s>%s</table:table-row>"
HOSTILE = {
    "an empty file": lambda p: p.write_bytes(b""),
    "binary data": lambda p: p.write_bytes(bytes(range(256)) * 10),
    "UTF-16, as Unicode text of Excel": lambda p: p.write_bytes("品名\t数量\n".encode("utf-16")),
    "a zip archive cut off": lambda p: p.write_bytes(b"PK\3\4 and no more"),
    "a zip archive of something else": lambda p: zipfile.ZipFile(p, "w").writestr("a.txt", "x"),
    "an OLE file cut off": lambda p: p.write_bytes(
        workbook.OLE + b"\xa1\xb1\x1a\xe1" + b"\0" * 900
    ),
    "a web page saved as .xls": lambda p: p.write_bytes(b"<html><table><tr><td>1</td></tr>"),
    "quotes that never close": lambda p: p.write_bytes('品名,数量\n"帐篷,1\n'.encode()),
    "a file too large": lambda p: p.write_bytes(b"x" * (tables.MOST_BYTES + 1)),
    "a zip bomb": lambda p: bomb(p, workbook.MOST_UNPACKED + 2_000_000),
    "a zip bomb that lies": lambda p: lying(p, 3_000_000),
    "a last cell at the end of the sheet": lambda p: far_cell(p, "XFD1048576"),
    "a last cell in the last row": lambda p: far_cell(p, "B1048576"),
    "repeated rows in .ods": lambda p: ods(
        p, ROW % (' table:number-rows-repeated="99999999999"', CELL % "")
    ),
    "repeated cells in .ods": lambda p: ods(
        p, ROW % ("", CELL % ' table:number-columns-repeated="99999999"')
    ),
    "negative rows in .ods": lambda p: ods(
        p, ROW % (' table:number-rows-repeated="-5"', CELL % "")
    ),
    "an .ods that is no XML": lambda p: ods(p, "<a></b>"),
    "an empty sheet": lambda p: saved(p),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_files_are_problems_never_tracebacks(tmp_path, name):
    path = tmp_path / "stock.xlsx"
    HOSTILE[name](path)
    found = problems(path)
    assert len(found) == 1, name
    assert found[0].startswith("stock.xlsx"), found
    assert "expected" in found[0]
    assert "received" in found[0]


def test_entities_in_a_sheet_are_refused(tmp_path):
    """Ten thousand million texts of ten letters, as a document type would have them."""
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", 1])
    steps = "".join(f'<!ENTITY e{k + 1} "{f"&e{k};" * 10}">' for k in range(9))
    sheet = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{steps}]><worksheet>&e9;</worksheet>'
    replaced(path, "xl/worksheets/sheet1.xml", sheet.encode())
    assert "a file without a document type and entities" in problems(path)[0]


PASSWORD = "expected a workbook that can be opened (.xlsx, .xls, .ods), or a CSV file, received "
PASSWORD += "a workbook with a password"


def test_a_password_is_named(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook.OLE + bytes(508) + "EncryptedPackage".encode("utf-16-le"))
    assert problems(path) == [f"a.xlsx: {PASSWORD}"]
    path = tmp_path / "a.ods"
    ods(path, "")
    entry = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/>'
    replaced(path, "META-INF/manifest.xml", entry.encode())
    replaced(path, "content.xml", b"\x8f\x02")
    assert problems(path) == [f"a.ods: {PASSWORD}"]


@needs_office
def test_a_password_of_xls_is_named(tmp_path):
    """The record after the first becomes FILEPASS (0x2F), as in an encrypted file."""
    path = converted(saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", 1]), "xls")
    data = bytearray(path.read_bytes())
    second = data.index(b"\x09\x08\x10\x00") + 20
    data[second : second + 2] = b"\x2f\x00"
    path.write_bytes(data)
    assert problems(path)[0].endswith("received a damaged file, or one with a password")


def damaged(data, dice):
    """Return the bytes with a few of them changed."""
    data = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def test_a_damaged_workbook_never_ends_in_a_traceback(tmp_path):
    """Copies with a few bytes changed: of the whole file (200), of the XML inside (40); seed 7."""
    path, dice = saved(tmp_path / "a.xlsx", *OFFICIAL, merge=MERGED), random.Random(7)
    whole, member = path.read_bytes(), "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(path).read(member)
    for k in range(240):
        path.write_bytes(damaged(whole, dice) if k < 200 else whole)
        if k >= 200:
            replaced(path, member, damaged(sheet, dice))
        assert all(line.startswith("a.xlsx") for line in problems(path))


@needs_office
def test_a_damaged_xls_never_ends_in_a_traceback(tmp_path):
    """Forty copies with bytes changed, on some of which calamine ends its process (seed 7)."""
    path = converted(saved(tmp_path / "a.xlsx", *OFFICIAL, merge=MERGED), "xls")
    good, dice = path.read_bytes(), random.Random(7)
    for _ in range(40):
        path.write_bytes(good[:512] + damaged(good[512:], dice))
        assert all(line.startswith("a.xls") for line in problems(path))


def ended(*_, **__):
    return subprocess.CompletedProcess([], -6, b"", b"memory allocation failed")


def hung(*_, **__):
    raise subprocess.TimeoutExpired([], 60)


@pytest.mark.parametrize("reading", [ended, hung])
def test_a_file_that_ends_the_process_that_reads_it_is_damaged(tmp_path, monkeypatch, reading):
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", 1])
    monkeypatch.setattr(workbook.subprocess, "run", reading)
    assert problems(path)[0].endswith("received a damaged file")


def test_a_workbook_without_the_extra_says_what_to_install(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.xlsx", ["品名", "数量"], ["帐篷", 1])
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    for python, quoted in (("/a b/python", '"/a b/python"'), ("/ab/python", "/ab/python")):
        monkeypatch.setattr(sys, "executable", python)
        with pytest.raises(MissingExtra) as error:
            read_table(path, path.name, COLUMNS)
        assert str(error.value).endswith(f': {quoted} -m pip install "yanlian[excel]"')


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"), ("１２", "12"), ("1,200", "1200"), ("1，200", "1200"), ("1 200", "1200"),
        ("　7 ", "7"), ("-3", "-3"), ("2.50", "2.5"), ("1'000'000", "1000000"), (".5", "0.5"),
        ("12,34", None), ("1,2000", None), ("1e5", None), ("", None), ("十二", None), ("5箱", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text, value):
    assert number(text) == (None if value is None else Decimal(value))


def test_units_follow_numbers():
    assert number_and_unit("１０ 箱") == (Decimal(10), "箱")
    assert number_and_unit("1,200kg") == (Decimal(1200), "kg")
    assert number_and_unit("30 m³") == (Decimal(30), "m3")
    for text in ("若干", "12,5", "1.2.3", "1e5", "2026/7/1", "1-2"):
        assert number_and_unit(text) == (None, text)


@pytest.mark.parametrize(
    "text",
    ["2026-07-01", "2026/7/1", "2026.7.1", "2026年7月1日", "20260701", "2026-07-01 00:00:00"],
)
def test_dates_as_people_write_them(text):
    assert day(text) == dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "7/1/2026", "2026年7月", "46204", "2026-07-01 08:00"]
)
def test_no_dates(text):
    assert day(text) is None


def test_day_numbers_of_spreadsheets_against_openpyxl():
    for value in (20_000, 46_204, 80_000):
        there = openpyxl.utils.datetime.from_excel(value).date().isoformat()
        assert meant_day(str(value)) == there
    assert meant_day("12") == meant_day("x") == ""


def test_letters_of_columns_against_openpyxl():
    assert [letters(k) for k in range(20_000)] == [
        openpyxl.utils.get_column_letter(k + 1) if k < 18_278 else letters(k) for k in range(20_000)
    ]


def test_names_are_compared_half_width_and_without_spaces():
    assert comparable("＊品　名：") == comparable("品\n名") == "品名"
    assert comparable("ＫＧ") == "kg"
