"""The checklist out and in: what a person ticks, mistakes by their cells, no formulas."""

from __future__ import annotations

import csv

import pytest

from sim.errors import UnusableInput
from sim.files.sheetwriter import harmless, unguarded
from sim.rules import load_pack, read_checklist, unticked, write_checklist

PACK = load_pack("guangxi-2012-65")
ITEMS = len(PACK.checklist)


def filled(path, changes, lang="zh"):
    """Write the list, change its cells by (row, column from 1), write it back."""
    openpyxl = pytest.importorskip("openpyxl", reason="extra excel")
    write_checklist(path, PACK, lang)
    book = openpyxl.load_workbook(path)
    for (row, column), text in changes.items():
        book.active.cell(row, column).value = text
    book.save(path)
    return path


@pytest.mark.parametrize(("lang", "yes", "no"), [("zh", "是", "否"), ("en", "yes", "no")])
def test_a_workbook_comes_back_with_its_ticks(tmp_path, lang, yes, no):
    cells = {(2, 4): yes, (2, 5): "文件3号", (2, 6): "甲", (2, 7): "2026-07-01", (3, 4): no}
    ticks = read_checklist(filled(tmp_path / "a.xlsx", cells, lang), [PACK])
    assert len(ticks) == ITEMS
    first, second, *others = ticks
    assert (first.word, first.evidence, first.by, first.date) == (
        *("yes", "文件3号", "甲"),
        "2026-07-01",
    )
    assert second.word == "no"
    assert {tick.word for tick in others} == {"unchecked"}


def test_the_workbook_offers_the_four_words(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="extra excel")
    write_checklist(tmp_path / "a.xlsx", PACK)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == '"是,否,不适用,未查"'
    assert str(offered.sqref) == f"D2:D{ITEMS + 1}"
    head = [cell.value for cell in sheet[1]]
    assert head == ["编号", "条款", "内容", "结论", "依据", "核查人", "日期"]


def test_csv_is_read_back_in_either_language_and_with_gaps(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,tick,date\nA01-a,是,2026/7/1\nA06-a,N/A,\nA06-b,,\n", encoding="utf-8")
    words = {tick.name: (tick.word, tick.date) for tick in read_checklist(path, [PACK])}
    assert words["A01-a"] == ("yes", "2026-07-01")
    assert words["A06-a"] == ("na", "")
    assert words["A06-b"] == words["A02-a"] == ("unchecked", "")


def test_mistakes_are_collected_by_their_cells(tmp_path):
    cells = {(2, 4): "好", (3, 1): "A01-bb", (4, 1): "A01-a", (5, 7): "昨天"}
    path = filled(tmp_path / "a.xlsx", cells)
    with pytest.raises(UnusableInput) as caught:
        read_checklist(path, [PACK])
    places = {problem.file.rpartition("!")[2]: problem for problem in caught.value.problems}
    assert set(places) == {"D2", "A3", "A4", "G5"}
    assert places["A3"].hint == "A01-b"


def test_a_list_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,clause,remark\nA01-a,,\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match="tick"):
        read_checklist(path, [PACK])


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_starts_a_formula_and_the_text_comes_back(tmp_path, text):
    assert harmless(text) == f"'{text}"
    assert unguarded(harmless(text)) == text
    said = {"zh": text, "en": text}
    item = PACK.checklist["A01-a"].model_copy(update={"text": type(PACK.title)(**said)})
    pack = PACK.model_copy(update={"checklist": {"=A1": item}})
    write_checklist(tmp_path / "a.csv", pack)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]
    assert [tick.name for tick in read_checklist(tmp_path / "a.csv", [pack])] == ["=A1"]


def test_what_is_ours_says_so():
    ours = [tick for tick in unticked([PACK]) if tick.item.basis == "ours"]
    assert [tick.name for tick in ours] == ["A15-a"]
    assert all("补拟" in tick.item.text.zh and "ours" in tick.item.text.en for tick in ours)
    rules = [rule for rule in PACK.rules.values() if rule.basis == "ours"]
    assert rules
    assert all("补拟" in rule.text.zh and "ours" in rule.text.en for rule in rules)
