"""The guide to extensions, as printed: a step, a policy and a measure of one's own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import sim
from sim.cli.commands import cli
from sim.model import steps as acts
from sim.model.dispatching import policies
from sim.scenario import policies as names
from sim.scenario import steps as kinds
from sim.texts import in_language

GUIDE = (Path(__file__).parents[2] / "docs/extend.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the guide's files are saved; what it registers is gone afterwards."""
    step, policy, _ = blocks("python")
    (tmp_path / "mine.py").write_text(step + policy, encoding="utf-8")
    (scenario,) = blocks("yaml")
    (tmp_path / "town.yaml").write_text(scenario, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    with in_language("en"):
        yield tmp_path
    sys.modules.pop("mine", None)
    for registry in (kinds.KINDS, acts.ACTS):
        registry.pop("brief", None)
    for registry in (policies.POLICIES, names.NAMES):
        registry.pop("strongest", None)


def run(command: str) -> Any:
    sys.modules.pop("mine", None)
    for registry in (kinds.KINDS, acts.ACTS):  # every command is a process of its own
        registry.pop("brief", None)
    for registry in (policies.POLICIES, names.NAMES):
        registry.pop("strongest", None)
    return CliRunner().invoke(cli, command.split()[1:])


def test_commands_run_and_the_record_can_be_read_back(folder: Path) -> None:
    (commands,) = blocks("sh")
    for command in commands.splitlines():
        found = run(command)
        assert found.exit_code == 0, f"{command}\n{found.output}"
    log = sim.read_log(folder / "out/town/events.csv").table
    ended = log[(log["activity"] == "consult") & (log["phase"] == "ended")]
    assert set(ended.groupby("case").size()) == {1, 2}  # at 0.3 both are there in 20 drills
    orders = log[(log["activity"] == "order") & (log["phase"] == "ended")]
    assert set(orders["recipient"]) == {"large"}


def test_without_the_plugin_the_scenario_is_refused(folder: Path) -> None:
    found = run("yanlian check town.yaml")
    assert found.exit_code == 2
    assert "town.yaml:10: procedures.tell.steps.0" in found.output


def test_a_mistake_in_the_step_is_told_by_line_and_path(folder: Path) -> None:
    text = (folder / "town.yaml").read_text(encoding="utf-8")
    (folder / "town.yaml").write_text(text.replace("again: 0.3", "again: 3"), encoding="utf-8")
    found = run("yanlian check town.yaml --plugin mine.py")
    assert found.exit_code == 2
    assert "town.yaml:10: procedures.tell.steps.0.brief.again: expected" in found.output


def test_the_measure_counts_what_the_chance_says(folder: Path) -> None:
    """By hand: never again is one briefing in every drill, surely again is two."""
    space: dict[str, Any] = {}
    exec(compile(blocks("python")[2], "extend.md", "exec"), space)
    table = sim.numbers(space["results"])
    means = table[table["measure"] == "briefings"]["mean"].tolist()
    assert means[0] == 1
    assert 1 < means[1] < 2
    assert means[2] == 2


def test_two_files_may_not_take_one_word(folder: Path) -> None:
    class Other(kinds.Work):
        kind = "verify"

    with pytest.raises(ValueError, match="exists already"):
        sim.register_step(Other, lambda act, step: iter(()))


def test_work_needs_a_word_of_the_record(folder: Path) -> None:
    class Meditate(kinds.Work):
        kind = "meditate"

    with pytest.raises(ValueError, match="no activity of the record"):
        sim.register_step(Meditate, lambda act, step: iter(()))
    assert "meditate" not in kinds.KINDS
