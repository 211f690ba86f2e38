"""The workbook as it is printed and filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sim.exercise import export_msel
from sim.exercise.columns import COLUMNS, OURS

INJECTS = """\
injects:
  later: {at: 2 h, incident: fire, to: city, kind: notice}
  first:
    at: 10 min
    incident: fire
    to: county
    kind: notice
    channel: phone
    from: {zh: 群众, en: a citizen}
    expect: {text: {zh: 登记, en: take it down}, does: record, within: 90 min}
    controller: 一号
    script: {dialogue: {zh: 喂, en: hello}}
  backup: {unless_done: first, incident: fire, to: [city, county], kind: order, channel: phone}
  random: {at: {uniform: {low: 1 h, high: 3 h}}, to: city, kind: inspection}
"""


@pytest.fixture(params=["zh", "en"])
def book(request: pytest.FixtureRequest, drill: Callable[..., Path], tmp_path: Path) -> Any:
    export_msel(drill(INJECTS), tmp_path / "msel.xlsx", lang=request.param)
    found = openpyxl.load_workbook(tmp_path / "msel.xlsx")
    found.lang = request.param
    return found


def rows(book: Any) -> list[dict[str, Any]]:
    head = [COLUMNS[name].heading(book.lang) for name in OURS]
    listed = list(book.worksheets[0].values)
    assert list(listed[2]) == head
    return [dict(zip(OURS, row, strict=True)) for row in listed[3:]]


def test_rows_stand_in_the_order_of_time_numbered_with_what_happens_between(book: Any) -> None:
    """A contingency comes one second after 10 + 90 min, one by chance at its mean, 2 h."""
    found = [(row["number"], row["key"], row["relative"], row["clock"]) for row in rows(book)]
    assert found == [
        (None, "incidents.fire.0", "T+0:10", "2026-04-15 14:10"),
        ("1", "first", "T+0:10", "2026-04-15 14:10"),
        ("2", "backup", None, None),
        ("3", "later", "T+2:00", "2026-04-15 16:00"),
        ("4", "random", "{uniform: {low: 1 h, high: 3 h}}", None),
    ]


def test_cells_are_in_the_language_of_the_list(book: Any) -> None:
    said = {
        "zh": ("群众", "县值班室", "通报", "值班电话", "登记", "1 小时 30 分钟", "2", "登记", "喂"),
        "en": ("a citizen", "county office", "notice", "duty phone", "take it down", "1 h 30 min",
               "2", "record", "hello"),
    }  # fmt: skip
    first = rows(book)[1]
    columns = ("from", "to", "kind", "channel", "expected", "within", "contingency", "does")
    assert tuple(first[name] for name in (*columns, "dialogue")) == said[book.lang]
    assert (
        rows(book)[2]["to"]
        == {"zh": "市值班室、县值班室", "en": "city office; county office"}[book.lang]
    )
    condition = {"zh": "未按时完成：first", "en": "not done in time: first"}
    assert rows(book)[2]["condition"] == condition[book.lang]


def test_it_prints_on_a4_across_with_headings_on_every_page(book: Any) -> None:
    sheet = book.worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows in ("$3:$3", "3:3")
    assert sheet.print_title_cols in ("$A:$C", "A:C")
    assert sheet["A1"].value in sheet.oddHeader.left.text  # whole, where a cell would be cut
    assert "$1" not in sheet.print_area
    assert sheet.freeze_panes == "D4"
    breaks = [OURS[one.id - 1] for one in sheet.col_breaks.brk]
    assert breaks == ["contingency", "narration"]
    assert 40 <= sheet.page_setup.scale <= 80


def test_drop_downs_offer_what_the_scenario_has(book: Any) -> None:
    sheet, lists = book.worksheets[0], book["_lists"]
    assert lists.sheet_state == "hidden"
    offered = {
        column[0]: [word for word in column[1:] if word]
        for column in zip(*lists.values, strict=True)
    }
    offices = {"zh": ["市值班室", "县值班室"], "en": ["city office", "county office"]}[book.lang]
    assert offered["to"] == offices
    assert len(sheet.data_validations.dataValidation) == len(offered)
    for rule in sheet.data_validations.dataValidation:
        letter = str(rule.sqref).partition(":")[0].rstrip("0123456789")
        heading = sheet[f"{letter}3"].value
        (name,) = [n for n in offered if COLUMNS[n].heading(book.lang) == heading]
        assert rule.formula1.endswith(f"${len(offered[name]) + 1}")


def test_every_text_fits_its_cell(book: Any) -> None:
    """Lines of the height of the row hold the text of the width of the column."""
    from sim.exercise.workbook import LINE, wide

    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            width = sheet.column_dimensions[cell.column_letter].width
            lines = sheet.row_dimensions[cell.row].height / LINE
            assert wide(str(cell.value or "")) <= width * lines, cell
