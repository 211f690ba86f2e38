"""`yanlian register`, as a user calls it, and the guide to it as it is printed."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = (DOCS / "register.md").read_text(encoding="utf-8")
CSV = r"```csv\n(.*?)```"
PRINTED = re.search(r"```text\n(.*?)```", GUIDE, re.DOTALL)[1]
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith(".venv/bin/yanlian register")
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the guide's two records."""
    record = re.search(CSV, (DOCS / "record.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "drill.csv").write_text(record, encoding="utf-8")
    later = re.search(CSV, GUIDE, re.DOTALL)[1]
    (tmp_path / "drill-2027.csv").write_text(later, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def entered(folder, call):
    """The register of the guide after its first block."""
    for line in COMMANDS[:2]:
        assert call(*line.split()[1:]).exit_code == 0
    return folder


def test_the_guide_works_as_printed(folder, call):
    assert len(COMMANDS) == 16
    said = {}
    for line in COMMANDS:
        done = call(*line.split()[1:])
        assert done.exit_code == 0, (line, done.output)
        said[line.split()[2] if "overdue" not in line else "overdue"] = done.output
    assert (folder / "out/register.sqlite").exists()
    lines = [line for line in said["frequency"].splitlines() if line[:3] in ("cla", "Art")]
    assert lines == PRINTED.splitlines()


def test_finding_8_is_late_by_20_minutes(entered, call):
    output = call("register", "findings", "--lang", "en").output
    (eighth,) = re.findall(r"^8  .*?(?=^9  )", output, re.MULTILINE | re.DOTALL)
    assert "GX-02-city" in eighth
    assert "late by 20 min" in " ".join(eighth.split())


def test_the_same_record_again_enters_nothing(entered, call):
    result = call("register", "add", "drill.csv")
    assert result.exit_code == 0
    assert "drill is drill 1 of the register already" in result.output
    result = call("register", "add", "drill.csv", "--corrects", 1, "--by", "me")
    assert "drill 1, findings proposed: 0" in result.output
    output = call("register", "list").output
    assert re.search(r"^1 .*special .* 7 .* me ", output, re.MULTILINE)


def test_overdue_on_a_day_and_closed(entered, call):
    call("register", "confirm", 8, "--by", "head")
    words = ("--what", "a second line", "--owner", "duty office", "--due", "2027-12-31")
    assert "action 1" in call("register", "assign", 8, *words, "--by", "head").output
    assert "second" not in call("register", "actions", "--overdue", "--on", "2027-12-31").output
    assert "second" in call("register", "actions", "--overdue", "--on", "2028-01-01").output
    assert call("register", "close", 1, "--by", "head").exit_code == 0
    assert "second" not in call("register", "actions", "--overdue", "--on", "2028-01-01").output
    assert "done" in call("register", "actions").output


def test_marks_only_where_a_scheme_is_named(entered, call):
    plain = call("register", "appraisal", 2027)
    assert re.search(r"^city-gov +1 +14 +0 +4 +2 ", plain.output, re.MULTILINE)
    assert "points" not in plain.output
    marked = call("register", "appraisal", 2027, "--scheme", "meizhou")
    assert marked.output.startswith(plain.output.rstrip())
    assert "source:" in marked.output


def test_mistakes_of_a_list_are_told_by_their_cells(entered, call):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is in the extra excel")
    call("register", "confirm", 8, "--by", "head")
    assert call("register", "export", "--out", "a.xlsx").exit_code == 0
    book = openpyxl.load_workbook("a.xlsx")
    book.active["I2"], book.active["K2"] = "增设专线", "年底"
    book.save("a.xlsx")
    result = call("register", "import", "a.xlsx", LC_ALL="zh_CN.UTF-8")
    assert result.exit_code == 2
    assert re.findall(r"!([A-Z]+2)", result.stderr) == ["J2", "K2", "N2"]
    assert "年底" in result.stderr


def test_words_in_chinese_and_in_english(entered, call):
    chinese = call("register", "list", LC_ALL="zh_CN.UTF-8").output
    assert "市政府值班室" in chinese
    assert "综合演练" in chinese
    assert "综合" not in call("register", "list", "--lang", "en").output
    assert "演练" in call("register", "--help", LC_ALL="zh_CN.UTF-8").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "--db", "none.sqlite"), "none.sqlite: expected a register"),
        (("list", "--db", "drill.csv"), "drill.csv: expected a register"),
        (("list", "--db", "other.sqlite"), "a database of another program"),
        (("add", "none.csv"), "none.csv"),
        (
            ("add", "drill.csv", "--corrects", 1, "--unit", "nobody"),
            "nobody is not in the directory",
        ),
        (("add", "drill.csv", "--plan", "a|b"), "no |"),
        (("add", "drill.csv", "--db", "newer.sqlite"), "a newer program wrote it"),
        (("confirm", 1, "--by", " "), "--by is missing"),
        (("confirm", 99, "--by", "me"), "no finding 99"),
        (("close", 1, "--by", "me"), "no action 1"),
        (("actions", "--on", "2027-01-01"), "--overdue"),
        (("frequency", "--pack", "order-493"), "no rule on how often"),
        (("appraisal", 2027, "--scheme", "meizho"), "meizhou"),
        (("export", "--out", "a.docx"), ".xlsx or .csv"),
        (("import", "drill.csv"), "a column finding"),
    ],
)
def test_what_cannot_be_used_is_refused_with_status_2(entered, call, words, told):
    with sqlite3.connect("other.sqlite") as other:
        other.execute("CREATE TABLE invoice (n)")
    whole = Path("out/register.sqlite").read_bytes()
    Path("newer.sqlite").write_bytes(whole)
    with sqlite3.connect("newer.sqlite") as newer:
        newer.execute("PRAGMA user_version = 99")
    result = call("register", *words)
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert Path("out/register.sqlite").read_bytes() == whole


def test_a_record_that_cannot_be_read_makes_no_register(folder, call):
    Path("bad.csv").write_text("time,activity,actor\nsoon,send,x\n", encoding="utf-8")
    result = call("register", "add", "bad.csv", "--db", "new/register.sqlite")
    assert result.exit_code == 2
    assert "bad.csv:2" in result.stderr
    assert not Path("new").exists()
