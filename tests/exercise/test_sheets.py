"""Lists as people make them, each of another shape: all say the same three injects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.exercise import import_msel
from sim.scenario import load_scenario

TEXTS = ("群众来电：仓库起火", "县里要求续报", "记者到场询问")
MEANT = [
    (30 * 60, "county", "notice", "phone", TEXTS[0]),
    (90 * 60, "county", "order", "phone", TEXTS[1]),
    ((24 * 60 + 20) * 60, "city", "notice", "person", TEXTS[2]),
]
"""The drill starts on 15 April at 14:00; the third inject comes the day after at 14:20."""
HEAD = ("序号", "时间", "注入内容", "类型", "方式", "接收方")
ROWS = [
    (1, "14:30", TEXTS[0], "通报", "值班电话", "县值班室"),
    (2, "15:30", TEXTS[1], "指令", "值班电话", "县值班室"),
    (3, "2026-04-16 14:20", TEXTS[2], "通报", "当面", "市值班室"),
]


def swapped(column: int, *cells: Any) -> list[tuple]:
    """The rows with other cells in a column."""
    return [
        (*row[:column], cell, *row[column + 1 :]) for row, cell in zip(ROWS, cells, strict=True)
    ]


def csv(rows: list[tuple], sign: str = ",") -> str:
    return "".join(sign.join(map(str, row)) + "\n" for row in rows)


MAPPED = """\
msel: 1
columns: {发生时刻: time, 事件: text, 渠道: channel, 责任单位: to}
words:
  to: {县办: county, 市办: 市值班室}
  channel: {座机: phone, 面谈: person}
constants: {incident: fire}
"""
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {"rows": [HEAD, *ROWS]},
    "title and notes around": {
        "rows": [("某市演练情景注入清单",), (), HEAD, *ROWS[:2], (), ROWS[2], ()]
    },
    "relative times": {
        "rows": [
            ("序号", "相对时间", *HEAD[2:]),
            *swapped(1, "+0:30", "D+0 H+1 M+30", "D+1 H+0 M+20"),
        ]
    },
    "days and Chinese clock times": {
        "rows": [HEAD, *swapped(1, "第1天 14:30", "第一天下午3时30分", "第2天14时20分")]
    },
    "English": {
        "rows": [
            ("No.", "Time", "Inject", "Kind", "Channel", "To"),
            (1, "+30 min", TEXTS[0], "notice", "duty phone", "county office"),
            (2, "1 h 30 min", TEXTS[1], "order", "duty phone", "county office"),
            (3, "D2 14:20", TEXTS[2], "notice", "in person", "city office"),
        ]
    },
    "columns in another order, one unknown": {
        "rows": [
            ("接收方", "备注", "方式", "类型", "注入内容", "时间", "序号"),
            *((r[5], "无", r[4], r[3], r[2], r[1], r[0]) for r in ROWS),
        ]
    },
    "two rows of headings": {
        "rows": [
            ("序号", "时间", "情景注入", None, None, "对象"),
            (None, None, "注入内容", "类型", "方式", "接收方"),
            *ROWS,
        ],
        "mapping": "msel: 1\nheader: [1, 2]\n",
    },
    "merged cells": {
        "rows": [HEAD, *swapped(5, "县值班室", None, "市值班室")],
        "merge": "F2:F3",
    },
    "GB18030": {"text": csv([HEAD, *ROWS]), "encoding": "gb18030"},
    "UTF-16 with semicolons": {"text": csv([HEAD, *ROWS], ";"), "encoding": "utf-16"},
    "another sheet of the book, full-width": {
        "rows": [("１", "１４：３０", *ROWS[0][2:]), *ROWS[1:]],
        "head": HEAD,
        "mapping": "msel: 1\nsheet: 清单\n",
    },
    "its own columns and words": {
        "rows": [
            ("发生时刻", "事件", "渠道", "责任单位", "类型"),
            ("14:30", TEXTS[0], "座机", "县办", "通报"),
            ("15:30", TEXTS[1], "座机", "县办", "指令"),
            ("16日14时20分", TEXTS[2], "面谈", "市办", "通报"),
        ],
        "mapping": MAPPED,
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_lists_of_any_usual_shape_come_in(
    shape: str, drill: Callable[..., Path], sheet: Callable[..., Path], tmp_path: Path
) -> None:
    how = SHAPES[shape]
    if "text" in how:
        path = tmp_path / "list.csv"
        path.write_bytes(how["text"].encode(how["encoding"]))
    else:
        head = [how["head"]] if "head" in how else []
        path = sheet([*head, *how["rows"]], merge=how.get("merge", ""))
    mapping = None
    if "mapping" in how:
        mapping = tmp_path / "mapping.yaml"
        mapping.write_text(how["mapping"], encoding="utf-8")
    done = import_msel(path, drill(), tmp_path / "new.yaml", mapping=mapping)
    injects = load_scenario(tmp_path / "new.yaml").injects
    found = [
        (i.at.least() if i.at else None, i.to, i.kind, i.channel, i.text.zh if i.text else "")
        for i in injects.values()
    ]
    assert found == MEANT
    assert {i.incident for i in injects.values()} == {"fire"}
    assert list(done.added) == ["inject-1", "inject-2", "inject-3"] or shape.startswith("its own")

    again = import_msel(path, tmp_path / "new.yaml", tmp_path / "newer.yaml", mapping=mapping)
    assert (again.added, again.changed) == ((), {})
    assert (tmp_path / "newer.yaml").read_bytes() == (tmp_path / "new.yaml").read_bytes()


OURS = """\
injects:
  first:  # 第一条
    at: 30 min
    incident: fire
    to: county
    kind: notice
    text: {zh: 来电, en: a call}
    expect: {does: record, within: 15 min}
  second: {at: 2 h, incident: fire, to: city, kind: notice}  # 第二条
"""


def test_only_what_was_changed_in_our_own_list_changes(
    drill: Callable[..., Path], tmp_path: Path
) -> None:
    """A time by the clock, a new row as contingency, one row deleted."""
    import openpyxl

    from sim.exercise import export_msel

    path = drill(OURS)
    export_msel(path, tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    rows = book.worksheets[0]
    heads = {cell.value: cell.column for cell in rows[3]}
    keys = {rows.cell(r, heads["标识"]).value: r for r in range(4, rows.max_row + 1)}
    rows.cell(keys["first"], heads["时钟时间"], "2026-04-15 14:45")
    rows.cell(keys["first"], heads["备用注入"], "9\n口头提醒")
    last = rows.max_row + 1
    new = {
        "序号": "9",
        "注入内容": "催报",
        "类型": "指令",
        "接收方": "县值班室",
        "所属事件": "仓库火灾",
    }
    for name, value in new.items():
        rows.cell(last, heads[name], value)
    rows.delete_rows(keys["second"])
    book.save(tmp_path / "list.xlsx")
    done = import_msel(tmp_path / "list.xlsx", path, tmp_path / "new.yaml")
    assert done.added == ("inject-9",)
    assert done.changed == {"first": ("contingency", "at")}
    assert done.removed == ("second",)
    before, after = path.read_text("utf-8"), (tmp_path / "new.yaml").read_text("utf-8")
    assert after.startswith(before[: before.index("    at: 30 min")] + "    at: 45 min\n")
    assert "  first:  # 第一条" in after
    injects = load_scenario(tmp_path / "new.yaml").injects
    assert list(injects) == ["first", "inject-9"]
    assert injects["inject-9"].unless_done == "first"
    assert injects["inject-9"].at is None
    assert injects["first"].contingency is not None
    assert injects["first"].contingency.zh == "口头提醒"


def test_a_changed_text_leaves_its_translation_out_and_says_so(
    drill: Callable[..., Path], sheet: Callable[..., Path], tmp_path: Path
) -> None:
    path = drill(OURS)
    rows = [
        ("标识", "时间", "注入内容"),
        ("first", "14:30", "另一个来电"),
        ("second", "16:00", None),
    ]
    done = import_msel(sheet(rows), path, tmp_path / "new.yaml")
    assert done.dropped == (("first", "text"),)
    assert "    text: 另一个来电\n" in (tmp_path / "new.yaml").read_text("utf-8")
    assert done.unchanged == ("second",)
