"""`yanlian join`: what it writes, whatever it is given."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .conftest import record

COUNTY = "9:05 reported - county city initial 3 leak county"
CITY = "9:10 reported - county city initial 5 leak city"
MAPPING = """\
mapping: 1
columns: {t: time, a: activity, w: actor, to: recipient, n: note}
constants: {keeper: works}
words: {activity: {told: reported}}
time: {zone: Asia/Shanghai, date: 2026-07-01}
complete: unknown
"""
SHEET = "t,a,w,to,n\n8:50,told,works,county,=1+1\n9:00,cooked,works,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "county.csv").write_text(record(COUNTY), encoding="utf-8")
    (tmp_path / "city.csv").write_text(record(CITY), encoding="utf-8")
    (tmp_path / "works.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "works.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def listed(path: Path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_records_and_a_foreign_file_with_its_mapping_beside_it(folder: Path, call) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = call(
        "join", "county.csv", "city.csv", "works.csv", "--out", "events.csv", "--lang", "en"
    )
    assert done.exit_code == 0, done.output
    rows = listed(folder / "events.csv")
    (begin,) = [row for row in rows if row["activity"] == "begin"]
    assert begin["source"].count("sha256:") == 3
    assert [r["source"] for r in rows[1:]] == ["works.csv:2", "county.csv:2", "city.csv:2"]
    (conflict,) = [
        r for r in listed(folder / "events.joined.csv") if r["finding"] == "value_differs"
    ]
    assert (conflict["column"], conflict["value"], conflict["other_value"]) == ("dead", "3", "5")
    assert (conflict["source"], conflict["other_source"]) == ("county.csv:2", "city.csv:2")
    (unread,) = listed(folder / "events.unread.csv")
    assert (unread["file"], unread["row"]) == ("works.csv", "3")
    assert "dead: county.csv:2 = 3 / city.csv:2 = 5" in done.stdout
    assert before == {name: (folder / name).read_bytes() for name in before}


def test_joining_again_and_in_another_order_gives_the_same_bytes(folder: Path, call) -> None:
    files = ("county.csv", "city.csv", "works.csv")
    (folder / "x").mkdir()
    for order, out in ((files, "events.csv"), (files[::-1], "x/events.csv")):
        assert call("join", *order, "--out", out).exit_code == 0
    one, two = (folder / name for name in ("events.csv", "x/events.csv"))
    case = folder.name.encode()
    assert one.read_bytes().replace(case, b"x") == two.read_bytes()
    for name in ("joined", "unread"):
        first, second = (path.with_name(f"events.{name}.csv").read_bytes() for path in (one, two))
        assert first.replace(case, b"x") == second
    assert call("join", "events.csv", "--out", "again.csv").exit_code == 0
    assert (folder / "again.csv").read_bytes() == one.read_bytes()


def test_a_mapping_for_all_files_that_have_none(folder: Path, call) -> None:
    (folder / "works.yaml").rename(folder / "all.yaml")
    done = call("join", "county.csv", "works.csv", "--mapping", "all.yaml", "--out", "events.csv")
    assert done.exit_code == 0, done.output
    assert len(listed(folder / "events.csv")) == 3


def test_mistakes_of_all_files_are_told_together_and_nothing_is_written(folder, call) -> None:
    (folder / "city.csv").write_text("time,activity,actor\n9:00,notice,x\n", encoding="utf-8")
    (folder / "works.yaml").write_text(MAPPING.replace("a: activity", "a: actvity"), "utf-8")
    done = call("join", "county.csv", "city.csv", "works.csv", "--out", "events.csv")
    assert done.exit_code == 2
    assert "city.csv:2: time: expected a time with offset" in done.stderr
    assert "works.yaml:2" in done.stderr
    assert not list(folder.glob("events*"))


def test_a_foreign_file_without_a_mapping_is_told_what_to_do(folder: Path, call) -> None:
    (folder / "works.yaml").unlink()
    done = call("join", "county.csv", "works.csv", "--out", "events.csv")
    assert done.exit_code == 2
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04")
    done = call("join", "county.csv", "book.xlsx", "--out", "events.csv")
    assert "yanlian import book.xlsx --guess --out mapping.yaml" in done.stderr.replace("\n", "")


@pytest.mark.parametrize("out", ["county.csv", "works.yaml", "clocks.yaml"])
def test_no_input_is_an_output(folder: Path, call, out: str) -> None:
    (folder / "clocks.yaml").write_text("clocks: {}\n", encoding="utf-8")
    before = (folder / out).read_bytes()
    done = call("join", "county.csv", "works.csv", "--clocks", "clocks.yaml", "--out", out)
    assert done.exit_code == 2
    assert (folder / out).read_bytes() == before


def test_two_files_of_one_name_are_refused(folder: Path, call) -> None:
    (folder / "x").mkdir()
    (folder / "x" / "county.csv").write_text(record(CITY), encoding="utf-8")
    done = call("join", "county.csv", "x/county.csv", "--out", "events.csv")
    assert done.exit_code == 2
    assert "different names" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--window", "soon"), "--window"),
        (("--reference", "cuonty"), "did you mean county?"),
        (("--clocks", "nowhere.yaml"), "a file that exists"),
    ],
)
def test_options_that_mean_nothing(folder: Path, call, words, told: str) -> None:
    sheet = record("9:05 send ended county city initial 3 leak")
    (folder / "county.csv").write_text(sheet, encoding="utf-8")
    done = call("join", "county.csv", "city.csv", *words, "--out", "events.csv")
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (folder / "events.csv").exists()


def test_nothing_in_the_list_is_a_formula(folder: Path, call) -> None:
    text = record(CITY.replace(" 5 ", " 3 ") + " - =HYPERLINK(1)")
    (folder / "city.csv").write_text(text, encoding="utf-8")
    (folder / "=x.csv").write_text(record(COUNTY.replace("9:05", "9:06")), encoding="utf-8")
    done = call("join", "county.csv", "=x.csv", "city.csv", "--out", "events.csv")
    assert done.exit_code == 0
    cells = [c for row in listed(folder / "events.joined.csv") for c in row.values()]
    assert any(cell.startswith("'=x") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
