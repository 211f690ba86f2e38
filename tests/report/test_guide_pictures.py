"""The guide to pictures: its commands and its code run as printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli import cli

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("chemical-leak.yaml", "real/hengxian_2009_fire"):
        target = tmp_path / "scenarios" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / "scenarios" / name).is_dir() else shutil.copy
        copy(ROOT / "scenarios" / name, target)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_commands_write_what_they_name(folder: Path) -> None:
    for command in block("sh").splitlines():
        found = CliRunner().invoke(cli, command.split()[1:])
        assert found.exit_code == 0, f"{command}\n{found.output}"
        assert (folder / command.split("--out ")[1].split()[0]).exists()
    assert (folder / "out/leak.gif").stat().st_size < 5_000_000
    assert 'lang="zh-CN"' in (folder / "out/leak.html").read_text("utf-8")
    assert 'lang="en"' in (folder / "out/hengxian.html").read_text("utf-8")


def test_code_draws_every_picture(folder: Path) -> None:
    space: dict[str, object] = {}
    exec(compile(block("python"), "pictures.md", "exec"), space)
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert names == {f"{name}.png" for name in space["pictures"]} | {"swimlane.svg", "leak.html"}


def test_functions_and_options_that_it_names_are_there() -> None:
    assert set(re.findall(r"\bsim\.(\w+)", GUIDE)) <= set(sim.__all__)
    for command, option in re.findall(r"`(\w+) (--\w+)`", GUIDE):
        shown = CliRunner().invoke(cli, [command, "--help"]).output
        assert option in shown, (command, option)
