"""The guide to teams and roads: what it prints is a scenario that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim

GUIDE = (Path(__file__).parents[2] / "docs" / "forces.md").read_text(encoding="utf-8")
REST = """
yanlian: 1
start: 2026-06-21T05:00+08:00
horizon: 8 h
use: [guangxi-duty]
incidents:
  flood:
    hazard: flood
    place: old-quarter
    at: {at}
    course: [{{at_risk: 100}}]
    noticed: {{alarm-centre: 0 s}}
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(
    ("at", "minutes"),
    # 6.2 km at 60 km/h; an hour in, the only road from the station is closed, so the crew waits
    # until minute 220, and then drives.
    [("10 min", 6.2), ("60 min", 220 - 62 + 6.2)],
)
def test_the_blocks_of_the_guide_make_a_scenario_that_runs(
    tmp_path: Path, at: str, minutes: float
) -> None:
    (table,) = blocks("csv")
    (tmp_path / "roads.csv").write_text(table, encoding="utf-8")
    text = "".join([REST.format(at=at), *blocks("yaml")])
    (tmp_path / "city.yaml").write_text(text, encoding="utf-8")
    scenario = sim.load_scenario(tmp_path / "city.yaml")
    assert set(scenario.teams) == {"fire-1", "militia-1"}
    times = sim.team_times(sim.run(scenario, 1, until=scenario.horizon)).set_index("team")
    crew = times.loc["fire-1"]
    assert crew["departed"] - crew["ordered"] == 60
    assert crew["arrived"] - crew["departed"] == round(minutes * 60)
    company = times.loc["militia-1"]
    assert 60 <= company["strength"] <= 100
    assert company["arrived"] > company["departed"]
