"""The guide to the inject list: its commands, its files and its code work as printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.exercise import import_msel
from sim.exercise.columns import COLUMNS
from sim.scenario import load_scenario
from sim.texts import in_language

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "msel.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the guide's commands were run."""
    folder = tmp_path_factory.mktemp("guide")
    for name in ("scenarios", "out"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "scenarios" / "mine-collapse.yaml", folder / "scenarios")
    with pytest.MonkeyPatch.context() as patch, in_language("en"):
        patch.chdir(folder)
        for command in blocks("sh")[0].splitlines():
            found = CliRunner().invoke(cli, [*command.split()[1:], "--lang", "zh"])
            assert found.exit_code == 0, f"{command}\n{found.output}"
    return folder


def test_commands_leave_the_files_that_they_name(folder: Path) -> None:
    there = {path.name for path in (folder / "out").iterdir()}
    assert there == {"msel.xlsx", "mine.yaml", "rehearsal.xlsx", "easier.yaml"}
    source = (folder / "scenarios" / "mine-collapse.yaml").read_bytes()
    assert source == (folder / "out" / "mine.yaml").read_bytes()
    load_scenario(folder / "out" / "easier.yaml")


def test_the_mapping_reads_a_list_with_its_headings(folder: Path) -> None:
    import openpyxl

    mapping, injects = blocks("yaml")
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "脚本"
    for row in [
        ("发生时刻", "事件", "渠道", "责任单位"),
        ("03:30", "家属来电", "座机", "县里"),
        ("+2:00", "记者询问", "座机", "市里"),
    ]:
        book.active.append(row)
    book.save(folder / "list.xlsx")
    new = folder / "out" / "mapped.yaml"
    import_msel(
        folder / "list.xlsx",
        folder / "scenarios" / "mine-collapse.yaml",
        new,
        mapping=folder / "mapping.yaml",
    )
    found = load_scenario(new).injects
    assert found["inject-1"].to == "nandan-gov"
    assert found["inject-2"].at is not None
    assert found["inject-2"].at.least() == 7200
    new.unlink()

    scenario = (folder / "scenarios" / "mine-collapse.yaml").read_text("utf-8")
    trial = folder / "trial.yaml"
    trial.write_text(scenario.replace("\ninjects:\n", "\n" + injects, 1), encoding="utf-8")
    assert set(load_scenario(trial).injects) == {"ask", "remind", "relative-calls"}


def test_code_of_the_guide_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    space: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "msel.md", "exec"), space)
    assert Path("out/msel-en.xlsx").is_file()


def test_every_column_is_named_with_its_heading() -> None:
    (listed,) = re.findall(r"our columns: (.*?)\.\n", GUIDE, re.DOTALL)
    assert re.findall(r"`(\w+)`", listed) == sorted(COLUMNS, key=listed.index)
    assert set(re.findall(r"`(\w+)`", listed)) == set(COLUMNS)
