"""The guide `docs/against.md` keeps its word: its commands and its Python run as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli.commands import cli
from sim.texts import in_language

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "against.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the guide's commands find the scenarios, and a drill in out/leak."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "out" / "leak").mkdir(parents=True)
    scenario = sim.load_scenario(ROOT / "scenarios" / "chemical-leak.yaml")
    log = sim.run(scenario, 7, packs=(sim.load_pack("guangxi-2012-65"),), name="leak")
    sim.write_log(log, tmp_path / "out" / "leak" / "events.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_commands_run_and_leave_what_they_name(folder: Path) -> None:
    with in_language("en"):
        for command in "".join(blocks("sh")).splitlines():
            found = CliRunner().invoke(cli, [*command.split()[1:], "--lang", "zh"])
            assert found.exit_code == 0, f"{command}\n{found.output}"
    written = {path.name for path in (folder / "out").iterdir()}
    assert written == {"leak", "hengxian.csv", "gx-01.png", "hengxian-model.docx"}


def test_code_runs_and_names_public_functions_only(folder: Path) -> None:
    (code,) = blocks("python")
    space: dict[str, object] = {}
    exec(compile(code, "against.md", "exec"), space)
    assert set(re.findall(r"\bsim\.(\w+)", code)) <= set(sim.__all__)
    assert "GP-county" in space["again"].duties["rule"].tolist()  # type: ignore[attr-defined]
