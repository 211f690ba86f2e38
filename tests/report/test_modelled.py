"""What a model says beside a record stands in a part of its own, in no verdict."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.typical import Factor
from sim.report.model_part import model_part, unusual
from sim.report.modelled import Modelled
from sim.scenario import load_scenario
from sim.texts import in_language
from tests.report.test_against import MEDIAN, STEPS, TEN, TWENTY, compared, duty, placed

REAL = Path(__file__).parents[2] / "scenarios" / "real" / "hengxian_2009_fire"


@pytest.fixture(scope="module")
def model():
    return load_scenario(REAL / "scenario.yaml")


def test_factors_are_asked_for_times_at_the_edges_only() -> None:
    """Faster than all, slower than all, in the middle, as all, not known: the first two."""
    middle = placed(900, 900, TEN, TEN, TWENTY, TWENTY)
    found = compared(
        duty(rule="fast") | placed(300, 300, *[TEN] * 4),
        duty(rule="slow"),
        duty(rule="middle") | middle,
        duty(rule="as all") | placed(600, 600, *[TEN] * 4),
        duty(rule="unknown") | placed(-np.inf, np.inf, *[TEN] * 4),
    )
    assert [one["rule"] for one in unusual(found)] == ["fast", "slow"]


def test_the_part_names_drills_and_intervals_and_holds_no_verdict(model) -> None:
    own = duty()
    factor = Factor(STEPS, 900.0, 2.5, 2.27, 2.94, MEDIAN, 600.0, 50_000.0)
    given = Modelled(compared(own), [(own, [factor])], 3, 7, model, "s.yaml", "a-pack")
    with in_language("en"):
        part = model_part(given, {}, "en")
    assert "4 simulated drills of s.yaml (seed 7)" in part.said[0]
    placed_table, factors = part.tables
    assert "verdict" not in placed_table.head
    assert placed_table.rows[0][3] == "slower than every one (40–100)"
    assert "2.5 (2.3–2.9) times as long" in factors.rows[0][1]
    assert "over 3 drills" in factors.note
    assert len(part.pictures) == 1


def test_the_report_has_the_part_only_if_asked_and_the_rest_is_the_same(call) -> None:
    record = ("report", REAL / "events.csv", "--pack", "guangxi-general-2006", "--lang", "en")
    more = ("--against", REAL / "scenario.yaml", "--reading", "receive", "--drills", 4)
    change = ("--change", "offices.hengxian-gov.duty.night=2")
    assert call(*record, "--out", "plain.html").exit_code == 0
    assert call(*record, "--out", "beside.html", *more, *change).exit_code == 0
    plain, beside = (Path(f"{name}.html").read_text("utf-8") for name in ("plain", "beside"))
    (part,) = re.findall(r'<section class="wide model">.*?</section>\n', beside, re.DOTALL)
    assert "Beside simulated drills (computed by a model)" in part
    assert "Times on record among 4 simulated drills" in part
    assert "Replayed with a change, 4 drills: offices.hengxian-gov.duty.night=2" in part
    assert "Beside simulated drills" not in plain
    assert beside.replace(part, "").split() == plain.split()


def test_what_needs_a_scenario_is_refused_without_one(call) -> None:
    found = call("report", REAL / "events.csv", "--out", "x.html", "--reading", "receive")
    assert found.exit_code == 2
    assert not Path("x.html").exists()


def test_one_of_several_cases_is_reported_alone(call) -> None:
    found = call("report", REAL / "events.csv", "--out", "x.html", "--case", "elsewhere")
    assert found.exit_code == 2
    assert "--case: expected one of hengxian_2009_fire" in found.output
    assert not Path("x.html").exists()
