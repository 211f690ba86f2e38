"""A drill's sheet, a chat, a dispatch export, the drill's own clock: by mapping only."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from sim.rules import load_pack, score

from .conftest import events

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

SHEET = """\
columns: {时间: time, 事项: activity, 单位: actor, 伤亡/死亡: dead, 备注: note}
constants: {incident: leak}
words:
  activity:
    上报: {activity: reported, kind: initial, recipient: city}
    归队: return
organisations:
  county: {role: county_gov, superior: city, words: [值班室]}
  city: {role: city_gov, name: 市政府}
time: {zone: Asia/Shanghai, date: 2026-06-20}
complete: {since: "2026-06-20 08:00", until: "2026-06-20 12:00", incident: leak}
"""


def workbook(path, rows, merge=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "日志"
    for row in rows:
        sheet.append(row)
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path.read_bytes()


def test_a_sheet_with_a_title_two_header_rows_merged_cells_and_every_sort_of_time(
    bring, tmp_path
) -> None:
    data = workbook(
        tmp_path / "made.xlsx",
        [
            ["某县演练记录"],
            ["时间", "事项", "单位", "伤亡", None, "备注"],
            [None, None, None, "死亡", "受伤", None],
            [datetime(2026, 6, 20, 8, 15), "上报", "值班室", 3, 4, "x"],
            ["８时４０分左右", "到达", "消防一队", None, None, None],
            [time(9, 5), "归队", "消防一队", 1, 0, None],
            ["9:20", "到达", "消防二队", None, None, "=SUM(A1)"],
            ["", "到达", "消防三队", None, None, None],
            [datetime(1900, 1, 1, 8, 20), "到达", "消防三队", None, None, None],
            ["10:00", "做饭", "消防三队", None, None, None],
            ["10:00", "到达", "消防三队", "-1", None, None],
        ],
        merge=["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "D6:D7"],
    )
    found = bring("d.xlsx", data, "source: {header: [2, 3]}\n" + SHEET)
    got = events(found, "time", "time_lo", "time_hi", "activity", "actor", "recipient", "dead")
    assert got == [
        ("2026-06-20T08:15+08:00", "", "", "reported", "county", "city", "3"),
        (
            "",
            "2026-06-20T08:25:00+08:00",
            "2026-06-20T08:55:00+08:00",
            "arrive",
            "消防一队",
            "",
            "",
        ),
        ("2026-06-20T09:05+08:00", "", "", "return", "消防一队", "", "1"),
        # The 1 of the merged cells counts once, for the row in which it stands.
        ("2026-06-20T09:20+08:00", "", "", "arrive", "消防二队", "", ""),
    ]
    rows = [(one.line, one.column, one.row) for one in found.unread]
    assert rows == [
        (7, "备注", False),  # a formula that was never computed
        (8, "时间", True),
        (9, "时间", True),
        (10, "事项", True),
        (11, "伤亡/死亡", True),
    ]
    assert (found.rows, found.unread_rows, found.events) == (8, 4, 4)
    table = found.log.table
    assert table["source"].tolist()[-1] == "d.xlsx:日志!7"
    (span,) = table[table["activity"] == "observe"].to_dict("records")
    assert (span["time"], span["until"], span["incident"]) == (0, 4 * 3600, "leak")


CHAT = """\
演练群
[08:20] 值班员: 接到报告，工厂起火
[08:25] 值班员： 已报市局
请各单位注意
[23:58] 一队: 到达现场
[00:05] 一队: 收队
"""
PATTERN = r"""
source:
  pattern: '\[(?P<time>[0-9:]+)\]\s*(?P<who>[^:：]+)[:：]\s*(?P<text>.*)'
  continues: text
columns: {time: time, who: actor, text: [activity, note]}
words:
  activity:
    ~接到报告: notice
    ~已报: {activity: reported, recipient: city}
    ~到达: arrive
    ~收队: {activity: return, phase: ended}
time: {zone: Asia/Shanghai, date: 2026-03-19}
complete: unknown
"""


def test_a_chat_by_pattern(bring) -> None:
    found = bring("chat.txt", CHAT, PATTERN)
    assert events(found, "time", "activity", "phase", "actor", "recipient", "note") == [
        ("2026-03-19T08:20+08:00", "notice", "", "值班员", "", "接到报告，工厂起火"),
        ("2026-03-19T08:25+08:00", "reported", "", "值班员", "city", "已报市局 请各单位注意"),
        ("2026-03-19T23:58+08:00", "arrive", "", "一队", "", "到达现场"),
        ("2026-03-20T00:05+08:00", "return", "ended", "一队", "", "收队"),
    ]
    assert [(one.line, one.row) for one in found.unread] == [(1, True)]


DISPATCH = """\
Incident,Unit,Received,Dispatched,Enroute,On Scene,Available
F1,E12,19 11:50:10 PM,19 11:51:00 PM,19 11:52:10 PM,19 11:58:00 PM,20 12:40:00 AM
F1,L3,19 11:50:10 PM,19 11:51:05 PM,,,19 11:57:00 PM
F2,E12,20 02:00:00 PM,20 02:01:00 PM,20 02:05:00 PM,20 02:03:00 PM,
F3,E9,,,,,
F4,E9,20 25:00:00 PM,20 03:01:00 PM,,,
""".replace(",19 ", ",03/19/2026 ").replace(",20 ", ",03/20/2026 ")
WIDE = """\
case: Incident
columns: {Unit: object}
constants: {incident: call, actor: dispatch}
events:
  Received: {activity: notice}
  Dispatched: {activity: order}
  Enroute: {activity: depart}
  On Scene: {activity: arrive}
  Available: {activity: return, phase: ended}
time: {formats: ["%m/%d/%Y %I:%M:%S %p"], zone: America/New_York}
complete: unknown
"""


def test_a_dispatch_export_with_one_row_for_each_unit(bring) -> None:
    found = bring("fire.csv", DISPATCH, WIDE)
    got = events(found, "case", "object", "activity", "time")
    assert [row[:3] for row in got if row[0] == "F1"] == [
        ("F1", "E12", "notice"),
        ("F1", "E12", "order"),
        ("F1", "E12", "depart"),
        ("F1", "E12", "arrive"),
        ("F1", "E12", "return"),
        ("F1", "L3", "notice"),
        ("F1", "L3", "order"),
        ("F1", "L3", "return"),
    ]
    assert got[4][3] == "2026-03-20T00:40:00-04:00"  # summer time in New York
    # Arrived two minutes before it left: taken as it stands, and said.
    assert any("fire.csv:4" in note and "backwards" in note for note in found.notes)
    assert [(one.line, one.column, one.row) for one in found.unread] == [
        (5, "", True),
        (6, "Received", False),
    ]
    assert [row for row in got if row[0] == "F4"] == [
        ("F4", "E9", "order", "2026-03-20T15:01:00-04:00")
    ]


CLOCK = """\
columns: {t: time, a: activity, w: actor}
others: keep
time:
  zone: Asia/Shanghai
  clock:
    - {wall: "2026-06-20 08:00", exercise: "2026-06-20 08:00"}
    - {wall: "2026-06-20 09:00", exercise: "2026-06-20 09:00", rate: 0}
    - {wall: "2026-06-20 09:30", exercise: "2026-06-20 12:00"}
    - {wall: "2026-06-20 10:00", exercise: "2026-06-20 12:30", rate: 4}
complete: {until: last}
"""


def test_exercise_time_stops_jumps_and_runs_faster(bring) -> None:
    """8:30 runs with the wall; 9:20 stands at 9:00; 9:40 is 12:10; 10:15 is 12:30 + 60 min."""
    text = "t,a,w\n" + "".join(
        f"2026-06-20 {clock},x,w\n" for clock in ("07:50", "08:30", "09:20", "09:40", "10:15")
    )
    found = bring("d.csv", text, CLOCK)
    assert [(a[11:16], b[11:16]) for a, b in events(found, "time_wall", "time")] == [
        ("07:50", "07:50"),
        ("08:30", "08:30"),
        ("09:20", "09:00"),
        ("09:40", "12:10"),
        ("10:15", "13:30"),
    ]
    (span,) = found.log.table[found.log.table["activity"] == "observe"].to_dict("records")
    assert span["until"] == (13 * 60 + 30 - (7 * 60 + 50)) * 60


PACK = """\
format: 1
id: clock
version: "1"
title: {zh: 时钟, en: clock}
valid: {from: 2020-01-01}
jurisdiction: any
score_anchor: occur
sources: {own: {title: made up, confidence: low}}
rules:
  R:
    clause: "1"
    text: {zh: 一小时, en: within 1 h}
    modality: 应
    kind: deadline
    per: case
    owner: case
    each: start
    start: {activity: other, object: a}
    end: {activity: other, object: b}
    limit: 1 h
"""


def test_a_verdict_across_a_jump_of_the_clock_says_so(bring, tmp_path) -> None:
    """8:10 → 8:40 runs with the wall; 8:50 → 9:40 (12:10) does not: 200 min of exercise time."""
    text = "t,a,w\n" + "".join(
        f"2026-06-20 {clock},{word},w\n"
        for clock, word in (("08:10", "a"), ("08:40", "b"), ("08:50", "a"), ("09:40", "b"))
    )
    pack = tmp_path / "pack.yaml"
    pack.write_text(PACK, encoding="utf-8")
    table = score(bring("d.csv", text, CLOCK).log, load_pack(pack)).table
    assert table["verdict"].tolist() == ["met", "late"]
    assert table["margin_s"].tolist() == [30 * 60, (60 - 200) * 60]
    assert [("clock_jump" in flags) for flags in table["flags"]] == [False, True]
