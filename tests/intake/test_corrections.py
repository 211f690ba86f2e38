"""A sheet of corrections: each value with who, when and why; once, traceably, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.log.csvfile import csv_text

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

RECORD = """\
row,time,activity,actor,recipient,kind,dead,incident,reason,source
a,2026-07-01T08:00+08:00,occur,,,,,leak,,
b,2026-07-01T09:10+08:00,reported,city,region,initial,3,leak,,city.xlsx:日志!7 + region.csv:4
c,2026-07-01T09:30+08:00,publish,city,,,,leak,,city.xlsx:日志!9
d,2026-07-01T09:30+08:00,publish,city,,,,leak,,city.xlsx:日志!9
"""
SHEET = """\
row,column,value,who,when,why
b,dead,5,officer A,2026-07-02 09:00,misheard
b,time,9:07,officer A,2026-07-02 09:05,typo
d,,,officer B,2026-07-02 09:10,the same publication
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "r.csv").write_text(RECORD, encoding="utf-8")
    (tmp_path / "c.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def corrected(folder: Path, sheet: str | None = None, of: str = "r.csv") -> sim.EventLog:
    if sheet is not None:
        (folder / "c.csv").write_text(sheet, encoding="utf-8")
    return sim.correct_log(sim.read_log(folder / of), folder / "c.csv").log


def test_old_rows_stay_and_new_ones_count(folder: Path) -> None:
    log = corrected(folder)
    assert log.table["row"].tolist() == [
        *("a", "b", "b.c1", "b.c2", "c", "d"),
        *("correction-1", "correction-2", "correction-3"),
    ]
    old = log.table.set_index("row").loc["b"]
    assert (old["dead"], old["time"]) == (3, 70 * 60)
    counts = sim.counted(log).table.set_index("row")
    assert counts.index.tolist() == ["a", "b.c2", "c"]
    assert (counts.loc["b.c2", "dead"], counts.loc["b.c2", "time"]) == (5, 67 * 60)
    assert counts.loc["b.c2", "source"] == "city.xlsx:日志!7 + region.csv:4"
    made = log.table.set_index("row").loc["correction-1"]
    assert (made["actor"], made["reason"], made["source"]) == ("officer A", "misheard", "c.csv:2")
    assert made["time"] == 25 * 3600


def test_the_same_sheet_once_more_changes_nothing(folder: Path) -> None:
    sim.write_log(corrected(folder), folder / "one.csv")
    again = sim.correct_log(sim.read_log(folder / "one.csv"), folder / "c.csv")
    assert (again.new, again.already) == (0, 3)
    assert csv_text(again.log) == csv_text(sim.read_log(folder / "one.csv"))


def test_a_sheet_that_has_grown_adds_what_is_new(folder: Path) -> None:
    sim.write_log(corrected(folder), folder / "one.csv")
    grown = SHEET + "c,reason,late,officer B,2026-07-02 10:00,left out\n"
    (folder / "c.csv").write_text(grown, encoding="utf-8")
    again = sim.correct_log(sim.read_log(folder / "one.csv"), folder / "c.csv")
    assert (again.new, again.already) == (1, 3)


def test_what_was_corrected_is_corrected_again_by_the_row_that_stands(folder: Path) -> None:
    sim.write_log(corrected(folder), folder / "one.csv")
    head = SHEET.splitlines()[0]
    wrong = f"{head}\nb,dead,6,officer C,2026-07-03 09:00,counted\n"
    with sim.texts.in_language("en"), pytest.raises(sim.UnusableInput, match=r"stands now: b\.c2"):
        corrected(folder, wrong, "one.csv")
    log = corrected(folder, wrong.replace("\nb,", "\nb.c2,"), "one.csv")
    assert sim.counted(log).table["dead"].dropna().tolist() == [6]
    assert sim.corrections(log)["new"].tolist() == [
        "5", "2026-07-01T09:07+08:00", "", "6",
    ]  # fmt: skip


def test_a_row_can_be_named_by_its_place(folder: Path) -> None:
    head = SHEET.splitlines()[0]
    line = "{},dead,5,officer A,2026-07-02 09:00,misheard\n"
    for place in ("city.xlsx:日志!7", "region.csv:4"):
        log = corrected(folder, f"{head}\n" + line.format(place))
        assert sim.counted(log).table["dead"].dropna().tolist() == [5]
    with sim.texts.in_language("en"), pytest.raises(sim.UnusableInput, match="these have it"):
        corrected(folder, f"{head}\n" + line.format("city.xlsx:日志!9"))


def test_an_excel_sheet_with_chinese_headings_and_words(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["行", "列", "新值", "何人", "何时", "理由"])
    book.active.append(["b", "死亡", "５", "值班员", "2026年7月2日上午9时", "听错"])
    book.active.append(["b", "time", "上午9时7分", "值班员", "2026-07-02 09:05", "笔误"])
    book.save(folder / "c.xlsx")
    log = sim.correct_log(sim.read_log(folder / "r.csv"), folder / "c.xlsx").log
    row = sim.counted(log).table.set_index("row").loc["b.c2"]
    assert (row["dead"], row["time"]) == (5, 67 * 60)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("zz,dead,5,x,2026-07-02 09:00,y", "c.csv:2: row: expected the id of a row"),
        ("b,deat,5,x,2026-07-02 09:00,y", "did you mean dead?"),
        ("b,source,5,x,2026-07-02 09:00,y", "c.csv:2: column: expected a column of the record"),
        ("b,dead,-5,x,2026-07-02 09:00,y", "c.csv:2: value: expected a number, not negative"),
        ("b,dead,3,x,2026-07-02 09:00,y", "c.csv:2: value: expected another value"),
        ("b,kind,初报告,x,2026-07-02 09:00,y", "c.csv:2: value: expected a word of the list"),
        ("b,time,25:00,x,2026-07-02 09:00,y", "c.csv:2: value: expected"),
        ("b,dead,5,x,9:00,y", "c.csv:2: when: expected a date with the time"),
        ("b,dead,5,,2026-07-02 09:00,y", "c.csv:2: who: expected a word, received nothing"),
        ("b,dead,5,x,2026-07-02 09:00,", "c.csv:2: why: expected a word, received nothing"),
        ("b,,5,x,2026-07-02 09:00,y", "c.csv:2: column: expected the column of this value"),
    ],
)
def test_every_mistake_is_named_and_nothing_is_written(folder, call, line, words) -> None:
    sheet = SHEET.splitlines()[0] + f"\n{line}\nqq,dead,5,x,2026-07-02 09:00,y\n"
    (folder / "c.csv").write_text(sheet, encoding="utf-8")
    done = call("correct", "r.csv", "c.csv", "--out", "out.csv")
    assert done.exit_code == 2
    assert words in done.stderr
    assert "c.csv:3: row" in done.stderr  # the second mistake too
    assert not (folder / "out.csv").exists()


def test_the_command_shows_old_and_new_and_leaves_its_inputs_alone(folder: Path, call) -> None:
    before = [(folder / name).read_bytes() for name in ("r.csv", "c.csv")]
    done = call("correct", "r.csv", "c.csv", "--out", "out.csv", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "row b → b.c1 dead 3 → 5; by officer A, 2026-07-02 09:00: misheard" in done.stdout
    assert "corrections: 3 new, 0 there already" in done.stdout
    assert before == [(folder / name).read_bytes() for name in ("r.csv", "c.csv")]
    for out in ("r.csv", "c.csv"):
        assert call("correct", "r.csv", "c.csv", "--out", out).exit_code == 2
    assert call("check", "out.csv").exit_code == 0


def test_nothing_in_a_correction_is_a_formula(folder: Path) -> None:
    sheet = SHEET.splitlines()[0] + "\nb,note,=1+1,=cmd,2026-07-02 09:00,@x\n"
    log = corrected(folder, sheet)
    made = log.table[log.table["activity"] == "correct"].iloc[0]
    assert (made["actor"], made["reason"]) == ("'=cmd", "'@x")
    assert "'=1+1" in set(log.table["note"])
