"""The guide as printed: its commands run, and its table lists what they write."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.report.columns import width
from sim.scenario import cards

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "papers.md").read_text("utf-8")
LINES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
]


def ran(line, monkeypatch, tmp_path):
    program, *words = shlex.split(line)
    assert program == ".venv/bin/yanlian"
    monkeypatch.chdir(tmp_path)
    if not (tmp_path / "scenarios").exists():
        (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    return CliRunner().invoke(cli, words, env={"LC_ALL": "C.UTF-8", "COLUMNS": "120"})


@pytest.mark.parametrize("line", LINES)
def test_every_command_of_the_guide_runs(line, monkeypatch, tmp_path):
    result = ran(line, monkeypatch, tmp_path)
    assert result.exit_code == 0, result.output
    if " papers " in line:
        out = tmp_path / line.split()[line.split().index("--out") + 1]
        named = set(re.findall(r"^\| `([a-z]+\.(?:docx|xlsx))`", GUIDE, re.MULTILINE))
        written = {path.name for path in out.iterdir()}
        assert {name for name in written if not name.startswith("evaluator-")} == named
        assert "evaluator-scene.docx" in written
        assert all(name in result.output for name in written)


@pytest.mark.parametrize(("lang", "word"), [("zh", "公共卫生事件"), ("en", "accident")])
@pytest.mark.parametrize("columns", [80, 120])
def test_the_list_names_every_scenario_and_fits_the_terminal(lang, word, columns):
    shown = CliRunner().invoke(cli, ["scenarios", "--lang", lang], env={"COLUMNS": str(columns)})
    lines = shown.output.splitlines()
    for card in cards(ROOT / "scenarios"):
        assert any(line.startswith(f"{card.id} ") for line in lines)
    assert word in shown.output
    assert max(width(line) for line in lines) <= columns


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_a_folder_without_scenarios_is_refused(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(cli, ["scenarios", str(tmp_path / folder)])
    assert result.exit_code == 2
    assert str(tmp_path / folder) in result.output


def test_bad_input_of_papers_is_status_2_and_writes_nothing(tmp_path):
    for name in ("missing.yaml", "bad.yaml"):
        (tmp_path / "bad.yaml").write_text("yanlian: 1\nabout: {class: war}\n", "utf-8")
        words = ["papers", str(tmp_path / name), "--out", str(tmp_path / "out")]
        result = CliRunner().invoke(cli, words, env={"LC_ALL": "C.UTF-8"})
        assert result.exit_code == 2
        assert not (tmp_path / "out").exists()
    assert "about.class" in result.output
