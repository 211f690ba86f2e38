"""The guide to supplies and shelters: what it prints is a scenario that runs."""

from __future__ import annotations

import re
from pathlib import Path

import sim

GUIDE = (Path(__file__).parents[2] / "docs" / "supplies.md").read_text(encoding="utf-8")
HEAD = """
yanlian: 1
start: 2026-06-21T08:00+08:00
horizon: 20 h
tail: 0 s
use: [guangxi-duty]
places:
  liuzhou: {name: 柳州市, adcode: "450200"}
  school-place: {name: {zh: 第一中学, en: first middle school}, at: [109.45, 24.35]}
"""


def test_the_blocks_of_the_guide_make_a_scenario_that_runs(tmp_path: Path) -> None:
    (table,) = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "stock.csv").write_text(table, encoding="gb18030")
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    second = "  second-depot: {place: liuzhou, superior: city-gov}\n"
    text = "".join([HEAD, *blocks]).replace("inventory:\n", second + "inventory:\n")
    (tmp_path / "city.yaml").write_text(text, encoding="utf-8")
    scenario = sim.load_scenario(tmp_path / "city.yaml")
    assert scenario.depots["second-depot"].stock["quilt"].record == 150
    log = sim.run(scenario, 1, until=scenario.horizon)
    lines = sim.order_lines(log)
    assert lines.groupby("item")["requested"].sum().to_dict() == {"quilt": 1000, "water": 6000}
    assert lines.groupby("item")["accepted"].sum().to_dict() == {"quilt": 1000, "water": 6000}
    rows = log.table
    aside = rows[rows["activity"] == "set_aside"]
    assert dict(zip(aside["item"], aside["quantity"], strict=True)) == {"water": 2400}, "expired"
    housed = rows[rows["activity"] == "admit"].groupby("actor")["persons"].sum().to_dict()
    assert housed == {"school": 600, "gym": 400}
    need = sim.unmet_need(log)
    assert need["unmet"].sum() == 0
    assert (need["person_hours"] > 0).all()
