"""`yanlian sheets export` and what `score` and `report` do with filled-in forms."""

from __future__ import annotations

from pathlib import Path

import pytest

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROOT = Path(__file__).parents[2]
REAL = ROOT / "scenarios/real/hengxian_2009_fire/events.csv"


@pytest.fixture(autouse=True)
def _in_its_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def sheet(path: Path, number: int) -> list[list[str]]:
    rows = openpyxl.load_workbook(path).worksheets[number].iter_rows(values_only=True)
    return [[str(cell or "") for cell in row] for row in rows]


def test_a_scenario_gives_name_date_posts_and_tasks(call, tmp_path: Path) -> None:
    done = call("sheets", "export", ROOT / "scenarios/mine-collapse.yaml", "--out", "s.xlsx")
    assert done.exit_code == 0, done.output
    cover = {row[0]: row[1] for row in sheet(tmp_path / "s.xlsx", 0)}
    assert cover["演练日期"] == "2026-11-07"
    tasks = [row[0] for row in sheet(tmp_path / "s.xlsx", 3)[3:]]
    assert tasks[:3] == ["recon", "rescue", "medical"]
    assert tasks[3:8] == ["GX-01", "GX-02-city", "GX-02-dept", "GX-03", "GX-04"]
    offered = {cell for row in sheet(tmp_path / "s.xlsx", 5) for cell in row}
    assert {"河池市政府值班室", "第十条", "待改进"} <= offered


def test_a_filled_in_form_stands_beside_the_verdicts(call, tmp_path: Path) -> None:
    assert call("sheets", "export", REAL, "--out", "s.xlsx", "--lang", "en").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert book.worksheets[0]["B4"].value == "hengxian_2009_fire"
    book.worksheets[0]["B6"] = "observer one"
    book.worksheets[4]["D4"], book.worksheets[4]["E4"] = "three dials", "to improve"
    book.save(tmp_path / "s.xlsx")
    plain = call("score", REAL, "--lang", "en")
    done = call("score", REAL, "--ratings", "s.xlsx", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(plain.stdout.rstrip("\n"))
    assert "three dials" in done.stdout[len(plain.stdout) :]
    assert call("score", REAL, "--ratings", "s.xlsx", "--format", "json").exit_code == 2


def test_mistakes_of_all_forms_are_listed_and_nothing_is_written(call, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        call("sheets", "export", "--out", name, "--lang", "en")
        book = openpyxl.load_workbook(tmp_path / name)
        book.worksheets[1]["D4"] = "great"
        book.save(tmp_path / name)
    words = ("--ratings", "a.xlsx", "--ratings", "b.xlsx")
    done = call("report", REAL, *words, "--out", "r.html")
    assert done.exit_code == 2
    for name in ("a.xlsx", "b.xlsx"):
        assert f"{name}:AQT 9009!D4: rating: expected one of excellent" in done.stderr
        assert f"{name}:Cover!B6" in done.stderr
    assert not (tmp_path / "r.html").exists()


@pytest.mark.parametrize("words", [("out.csv",), ("no/where.xlsx",)])
def test_a_name_that_cannot_be_written_is_refused(call, words) -> None:
    assert call("sheets", "export", "--out", *words).exit_code == 2
