"""Corrections in a copy: the cells that were named change, all others stay."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from sim.errors import UnusableInput
from sim.page.work import Job, do
from sim.page.work.edit import write_corrected_csv, write_corrected_sheet

TEXT = 'time,activity,note\n1,send,"two\nlines, one cell"\n\n2,verfy,"say ""x"""\n3,send\n'


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_one_cell_of_a_csv_changes_and_nothing_else(tmp_path: Path, encoding: str) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text(TEXT.replace("say", "值班记录说明"), encoding=encoding, newline="")
    before = path.read_bytes()
    write_corrected_csv(path, {(5, 1): "verify", (6, 2): "新"}, out)
    assert path.read_bytes() == before
    assert rows(out) == [
        ["time", "activity", "note"],
        ["1", "send", "two\nlines, one cell"],
        [],
        ["2", "verify", '值班记录说明 "x"'],
        ["3", "send", "新"],
    ]


def test_a_semicolon_stays_what_it_was(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("a;b\n1,5;2\n", encoding="utf-8")
    write_corrected_csv(path, {(2, 1): "3"}, out)
    assert out.read_text(encoding="utf-8-sig") == "a;b\n1,5;3\n"


def workbook(path: Path, merged: str = "") -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "记录"
    for row in (["时间", "事项"], ["8:00", "上抱"], ["9:00", "接报"]):
        sheet.append(row)
    sheet["A1"].font = openpyxl.styles.Font(bold=True)
    book.create_sheet("别的")["A1"] = "不变"
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_one_cell_of_a_workbook_changes_its_other_sheets_and_looks_stay(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path, out = workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    write_corrected_sheet(path, "记录", {(2, 1): "上报"}, out)
    book = openpyxl.load_workbook(out)
    found = [[cell.value for cell in row] for row in book["记录"].iter_rows()]
    assert found == [["时间", "事项"], ["8:00", "上报"], ["9:00", "接报"]]
    assert book["记录"]["A1"].font.bold
    assert book["别的"]["A1"].value == "不变"


def test_what_is_typed_never_becomes_a_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path, out = workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    write_corrected_sheet(path, None, {(2, 1): '=HYPERLINK("http://x")'}, out)
    cell = openpyxl.load_workbook(out)["记录"]["B2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")
    (tmp_path / "c.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    write_corrected_csv(tmp_path / "c.csv", {(2, 0): "@SUM(1)"}, tmp_path / "d.csv")
    assert rows(tmp_path / "d.csv")[1][0] == "'@SUM(1)"


def test_a_cell_inside_a_merged_range_is_refused_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "A2:A3")
    with pytest.raises(UnusableInput) as caught:
        write_corrected_sheet(path, None, {(3, 0): "9:05"}, tmp_path / "b.xlsx")
    assert caught.value.problems[0].path == "A3"
    assert not (tmp_path / "b.xlsx").exists()


def job(folder: Path, **args: Any) -> Job:
    (folder / "7" / "out").mkdir(parents=True, exist_ok=True)
    return Job(folder / "7", args, "en")


def test_mistakes_of_a_record_carry_cell_and_value_but_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "3" / "bad.csv"
    path.parent.mkdir()
    path.write_text(
        "actor,time,activity\na,2026-07-01T09:00+08:00,verfy\nb,昨天,send\n", encoding="utf-8"
    )
    found = do("check", job(tmp_path, path=str(path)))["problems"]
    cells = [(one["column"], one["row"], one["value"], one["position"]) for one in found]
    assert cells == [("C", 2, "verfy", 2), ("B", 3, "昨天", 1)]
    assert str(tmp_path) not in str(found)


def test_mistakes_of_a_scenario_carry_their_line(tmp_path: Path) -> None:
    path = tmp_path / "3" / "bad.yaml"
    path.parent.mkdir()
    path.write_text("yanlian: 1\nstart: yesterday\nhorizon: 8 h\n", encoding="utf-8")
    found = do("check", job(tmp_path, path=str(path)))["problems"]
    start = next(one for one in found if one["path"] == "start")
    assert (start["row"], start["source"]) == (2, "start: yesterday")


def test_unread_cells_carry_letter_and_value(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    yaml = (
        "mapping: 1\ncolumns: {时间: time, 事项: activity}\nwords: {activity: {接报: notice}}\n"
        "time: {zone: Asia/Shanghai, date: 2026-03-19}\ncomplete: unknown\n"
    )
    found = do("import", job(tmp_path, path=str(path), yaml=yaml))
    (one,) = found["unread"]
    assert (one["column"], one["row"], one["value"], one["sheet"]) == ("B", 2, "上抱", "记录")
    assert found["makes"][0]["kind"] == "log"
