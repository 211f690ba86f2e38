"""The guide to evaluators' forms: its commands as printed, its table against the form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.intake.ratings import form

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")
pytest.importorskip("docx")

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/sheets.md").read_text(encoding="utf-8")
COMMANDS = re.search(r"```sh\n(.*?)```", GUIDE, re.DOTALL)[1].splitlines()


def test_every_command_works_in_order(tmp_path: Path, call) -> None:
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    record = ROOT / "scenarios/real/hengxian_2009_fire/events.csv"
    (tmp_path / "events.csv").write_bytes(record.read_bytes())
    assert len(COMMANDS) == 4
    for line in COMMANDS:
        done = call(*line.split()[1:])
        assert done.exit_code == 0, (line, done.output)
        if "forms-en" in line:  # two people fill it in
            for name, who in (("a.xlsx", "one"), ("b.xlsx", "two")):
                book = openpyxl.load_workbook(tmp_path / "forms-en.xlsx")
                book.worksheets[0]["B6"], book.worksheets[1]["D4"] = who, "good"
                book.save(tmp_path / name)
    assert (tmp_path / "aar.docx").exists()


def test_the_sheets_are_those_of_the_table() -> None:
    names = re.findall(r"^\| (\S+) (.*?) \|", GUIDE, re.MULTILINE)[1:]
    sheets = [form().cover, *form().frameworks.values(), form().remarks]
    assert names == [(one.sheet.zh, one.sheet.en) for one in sheets]
