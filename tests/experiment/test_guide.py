"""The guide to studies: what it prints is a study that runs, and code that works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli.commands import cli
from sim.report.picture import Picture
from sim.texts import in_language

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the guide's file is saved and its commands are run."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "scenarios").mkdir()
    shutil.copy(ROOT / "scenarios" / "chemical-leak.yaml", folder / "scenarios")
    (study,) = blocks("yaml")
    (folder / "scenarios" / "my-study.yaml").write_text(study, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, in_language("en"):
        patch.chdir(folder)
        (commands,) = blocks("sh")
        for command in commands.splitlines():
            found = CliRunner().invoke(cli, [*command.split()[1:], "--lang", "zh"])
            assert found.exit_code == 0, f"{command}\n{found.output}"
    return folder


def test_commands_leave_the_files_that_the_guide_names(folder: Path) -> None:
    names = {file.name for file in (folder / "out" / "my-study").iterdir()}
    assert names >= {"report.html", "shares.csv", "numbers.csv", "differences.csv", "capsule.json"}


def test_code_of_the_guide_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    space: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "studies.md", "exec"), space)
    results = space["results"]
    assert isinstance(results, sim.Results)
    states = dict(zip(*(sim.safe_table(results).iloc[:, k] for k in (0, 4)), strict=True))
    assert len(states) == 3
    assert isinstance(sim.frontier_chart(results), Picture)


def test_every_function_and_picture_that_the_guide_names_is_public() -> None:
    names = set(re.findall(r"\bsim\.(\w+)", GUIDE))
    assert names - {"experiment"} <= set(sim.__all__)
