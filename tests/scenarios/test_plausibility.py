"""A published dispatch, predicted with parameters from cases elsewhere: plausible, or not."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import sim

PATH = Path(__file__).parents[2] / "scenarios" / "plausibility" / "regional-dispatch-2024.yaml"
PUBLISHED = 100
"""Minutes from the first vehicle, away at 19:50, to the last one, away at 21:30."""


@pytest.fixture(scope="module")
def scenario() -> sim.scenario.Scenario:
    return sim.load_scenario(PATH)


def test_loading_is_fitted_to_two_cases_elsewhere(scenario) -> None:
    """Beijing: 5 trucks at two docks in 5 h less 1 h; Hubei: 8 wagons in 10 h 40 min less 1 h."""
    rounds = {"beijing": math.ceil(5 / 2), "hubei": math.ceil(8 / 2)}
    minutes = sorted([(5 - 1) * 60 / rounds["beijing"], (640 - 60) / rounds["hubei"]])
    assert minutes == [80, 145]
    load = scenario.procedures["issue-at-once"].steps[1].time
    fitted = stats.lognorm(load.sigma, scale=math.exp(load.mu))
    assert fitted.ppf([0.25, 0.75]) / 60 == pytest.approx(minutes, rel=1e-9)
    assert {depot.docks for depot in scenario.depots.values()} == {2}


def test_what_is_sent_is_what_is_published(scenario) -> None:
    items = scenario.procedures["send-supplies"].steps[0].items
    assert (len(items), sum(items.values())) == (8, 12_500)


def test_the_published_spread_is_missed_as_the_scenario_says(scenario) -> None:
    """The note beside the prediction says which side it lies on; it must be kept in step."""
    log = sim.run(scenario, 1, 256, until=24 * 3600)
    table = log.table
    left = table[(table["activity"] == "travel") & (table["phase"] == "started")]
    times = left.groupby("case")["time"]
    spread = (times.max() - times.min()).astype(float) / 60
    low, middle, high = np.percentile(spread, [5, 50, 95])
    assert low < middle < high
    word = "missed" if not low <= PUBLISHED <= high else "hit"
    assert scenario.note is not None
    assert f"Outcome: {word}, " in " ".join(scenario.note.en.split())
    assert f"{middle / 60:.1f} h (90 % of drills: {low / 60:.1f} h to {high / 60:.1f} h)" in (
        " ".join(scenario.note.en.split())
    )
