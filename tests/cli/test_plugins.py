"""A policy of the user's own: from a file named on the command line, or an installed package."""

from __future__ import annotations

import csv
import io
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from sim.model.dispatching import policies as registry
from sim.scenario import policies as names

SCENARIO = """
yanlian: 1
start: 2026-06-20T05:00+08:00
horizon: 2 h
places: {here: {at: [109, 24]}, far: {at: [109.2, 24]}}
policies: {dispatch: farthest_first}
procedures:
  send: {on: noticed, steps: [dispatch: {skills: [fire], time: 60 s}]}
  go: {on: ordered, steps: [travel]}
offices: {desk: {role: county_gov, place: here, procedures: [send]}}
teams:
  near-team: {base: here, skills: [fire], strength: 3, procedures: [go]}
  far-team: {base: far, skills: [fire], strength: 3, procedures: [go]}
incidents: {fire: {hazard: fire, place: here, course: [{injured: 1}], noticed: {desk: 60 s}}}
"""
PLUGIN = """
import sim

def farthest(order, idle, view):
    return max(idle, key=lambda team: view.seconds(team, order.place))

sim.register_policy("farthest_first", farthest)
"""


@pytest.fixture
def folder(tmp_path):
    """A scenario that names a policy of its own, and the file that registers it."""
    (tmp_path / "town.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "mine.py").write_text(PLUGIN, encoding="utf-8")
    yield tmp_path
    registry.POLICIES.pop("farthest_first", None)
    names.NAMES.pop("farthest_first", None)


def ordered(path) -> list[str]:
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return [r["recipient"] for r in rows if (r["activity"], r["phase"]) == ("order", "ended")]


def test_a_scenario_that_names_a_strangers_policy_is_refused_and_runs_nothing(call, folder):
    before = sorted(folder.rglob("*"))
    result = call("run", folder / "town.yaml", "--out", folder / "out", "--lang", "en")
    assert result.exit_code == 2
    assert "town.yaml:6: policies.dispatch:" in result.stderr
    assert "farthest_first" in result.stderr
    assert sorted(folder.rglob("*")) == before


def test_with_its_file_the_policy_decides(call, folder):
    words = ("run", folder / "town.yaml", "--plugin", folder / "mine.py", "--out", folder / "out")
    result = call(*words)
    assert result.exit_code == 0, result.stderr
    assert ordered(folder / "out" / "events.csv") == ["far-team"]


def test_check_knows_the_policies_of_a_plugin_too(call, folder):
    assert call("check", folder / "town.yaml").exit_code == 2
    assert call("check", folder / "town.yaml", "--plugin", folder / "mine.py").exit_code == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [("import sim\n\n1 / 0\n", 3), ("import sim\nx = (\n", 2)],
    ids=["run", "read"],
)
def test_a_file_that_fails_is_unusable_input_with_its_line(call, folder, text, line):
    (folder / "mine.py").write_text(text, encoding="utf-8")
    before = sorted(folder.rglob("*"))
    words = ("run", folder / "town.yaml", "--plugin", folder / "mine.py", "--out", folder / "out")
    result = call(*words)
    assert result.exit_code == 2
    assert f"mine.py:{line}:" in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(folder.rglob("*")) == before


def test_a_file_that_is_not_there_is_unusable_input(call, folder):
    result = call("run", folder / "town.yaml", "--plugin", folder / "none.py")
    assert result.exit_code == 2
    assert "none.py" in result.stderr


def test_an_installed_package_brings_a_policy_by_its_entry_point(call, folder, monkeypatch):
    """As if a package stated: [project.entry-points."yanlian.policies"] farthest_first = …"""
    monkeypatch.syspath_prepend(folder)
    text = PLUGIN.replace("import sim\n", "").replace(
        'sim.register_policy("farthest_first", farthest)\n', ""
    )
    (folder / "their_package.py").write_text(text, encoding="utf-8")
    entry = EntryPoint("farthest_first", "their_package:farthest", names.GROUP)

    def entry_points(group: str) -> EntryPoints:
        return EntryPoints([entry]).select(group=group)

    monkeypatch.setattr(names, "entry_points", entry_points)
    result = call("run", folder / "town.yaml", "--out", folder / "out")
    assert result.exit_code == 0, result.stderr
    assert ordered(folder / "out" / "events.csv") == ["far-team"]
