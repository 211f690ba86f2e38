"""The guide to imports, as it is printed: its files, commands, tables and mappings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.intake import import_files, load_mapping
from sim.intake.mapping import Mapping
from sim.rules import load_pack, score

from .conftest import events

GUIDE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
FILES = {name: text for name, _, text in re.findall(
    r"^`([\w.-]+)`:\n\n```(\w+)\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE
)}  # fmt: skip
COMMANDS = [
    line.split()[1:]
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
]
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
MAPPINGS = [text for text in BLOCKS if text.startswith("mapping:")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_command_works(folder: Path, call) -> None:
    assert len(COMMANDS) == 6
    for words in COMMANDS:
        done = call(*words)
        assert done.exit_code == 0, (words, done.output)
    assert (folder / "report.html").exists()


def test_the_drill_gives_the_rows_that_the_guide_says(folder: Path) -> None:
    found = import_files([folder / "drill.csv"], folder / "drill.yaml")
    assert events(found, "time", "time_lo", "activity", "actor", "recipient", "dead") == [
        ("2026-03-19T08:20+08:00", "", "occur", "", "", ""),
        ("", "2026-03-19T08:25:00+08:00", "notice", "county", "", ""),
        ("2026-03-19T09:05+08:00", "", "reported", "county", "city", "3"),
        ("2026-03-19T10:10+08:00", "", "reported", "city", "region", "3"),
    ]
    assert [one.line for one in found.unread] == [6, 7]


def test_the_verdicts_of_the_loans_are_those_of_the_table(folder: Path) -> None:
    found = import_files([folder / "loans.csv"], folder / "loans.yaml")
    table = score(found.log, load_pack(folder / "loans-pack.yaml")).table
    lines = re.findall(r"^\| (007|NA|X|null) \| (.*) \| (.*) \|$", GUIDE, re.MULTILINE)
    assert len(lines) == 4
    for case, *cells in lines:
        for rule, cell in zip(("ASSESS", "DECIDE"), cells, strict=True):
            (row,) = table[(table["case"] == case) & (table["rule"] == rule)].to_dict("records")
            verdict, _, more = cell.partition(", ")
            assert row["verdict"] == verdict, (case, rule)
            if more.lstrip("±+-").isdigit():
                assert row["margin_s"] == 60 * int(more.lstrip("±"))
            else:
                assert row["reason"] == more


@pytest.mark.parametrize("text", MAPPINGS)
def test_every_mapping_is_valid(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    assert isinstance(load_mapping(path), Mapping)


def test_every_key_of_a_mapping_is_explained() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert explained == set(Mapping.model_fields) - {"mapping"}
