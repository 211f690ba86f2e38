"""`yanlian against` and `yanlian replay` as an evaluator uses them, on the case of Hengxian."""

from __future__ import annotations

import pandas as pd
import pytest

PACK = ("--pack", "guangxi-general-2006")


@pytest.fixture
def case(hengxian):
    return hengxian, hengxian.with_name("scenario.yaml")


def test_against_says_where_the_time_stands_and_what_would_have_made_it_typical(
    call, case, tmp_path
) -> None:
    """From receipt the county took 120 min: 08:20 to 10:20."""
    found = call(
        *("against", *case, *PACK, "--drills", "30", "--reading", "receive", "--lang", "en"),
        *("--rule", "GP-county", "--factor"),
        *("--picture", tmp_path / "a.png", "--out", tmp_path / "a.csv"),
    )
    assert found.exit_code == 0, found.output
    assert "hengxian_2009_fire beside 30 simulated drills" in found.output
    assert "start of the clocks: from receipt" in found.output
    assert "times as long as assumed makes 120 min the median" in found.output
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    (row,) = pd.read_csv(tmp_path / "a.csv").to_dict("records")
    assert (row["rule"], row["real_low"], row["real_high"]) == ("GP-county", 7200, 7200)
    assert row["faster"] + row["equal"] + row["slower"] == row["n"] <= 30
    assert not (tmp_path / "a.steps.csv").exists()  # its record shows no work step by step


def test_from_the_fire_the_time_has_bounds_and_a_factor_for_each(call, case) -> None:
    """Fire 03:15 to 03:45, report 10:20: 395 to 425 min."""
    found = call(
        *("against", *case, *PACK, "--drills", "20", "--lang", "en"),
        *("--rule", "GP-county", "--owner", "hengxian-gov", "--factor"),
    )
    assert found.exit_code == 0, found.output
    assert "395–425" in found.output
    assert "slower than every one" in found.output
    assert "makes 395 min" in found.output
    assert "makes 425 min" in found.output


def test_replay_says_that_it_is_the_model_and_what_was_held(call, case, tmp_path) -> None:
    found = call(
        *("replay", *case, *PACK, "--drills", "8", "--reading", "receive", "--lang", "zh"),
        *("--change", "offices.hengxian-gov.duty.night=2", "--out", tmp_path / "r.csv"),
    )
    assert found.exit_code == 0, found.output
    assert "以下是模型的结果，不是事实" in found.output
    assert "横县政府办公室 → 南宁市政府值班室：120 分钟" in found.output
    assert "改动：offices.hengxian-gov.duty.night=2" in found.output
    (row,) = pd.read_csv(tmp_path / "r.csv").query("rule == 'GP-county'").to_dict("records")
    assert (row["real"], row["real_low"]) == ("met", 7200)
    assert row["held_n"] <= 8
    assert abs(row["held_s"] - 7200) <= 60


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--factor",), "--rule"),
        (("--rule", "GP-county", "--picture", "a.gif"), ".png"),
        (("--rule", "GP-county", "--picture", "nowhere/a.png"), "nowhere"),
        (("--rule", "GP-count", "--drills", "2"), "did you mean GP-county"),
        (("--rule", "GP-county", "--owner", "x", "--drills", "2"), "hengxian-gov"),
        (("--drills", "0"), "0"),
    ],
)
def test_against_refuses_what_it_cannot_use_and_writes_nothing(
    call, case, words, told, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = call("against", *case, *PACK, *words, "--out", "a.csv", "--lang", "en")
    assert found.exit_code == 2, found.output
    assert told in found.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("offices.hengxian-gov.duty.night", "a path and a value"),
        ("=2", "a path and a value"),
        ("offices.hengxian.duty.night=2", "hengxian-gov"),
        ("offices.hengxian-gov.duty.night=many", "--change: offices.hengxian-gov.duty"),
        ("offices.hengxian-gov.duty={night: 2", "--change"),
        ("incidents.fires=", "fire"),
    ],
)
def test_replay_names_every_change_that_cannot_be_made(call, case, change, told) -> None:
    found = call("replay", *case, *PACK, "--change", change, "--drills", "1", "--lang", "en")
    assert found.exit_code == 2, found.output
    assert told in found.stderr


def test_another_drills_scenario_is_refused_with_its_actors(call, case, scenarios) -> None:
    found = call("against", case[0], scenarios / "river-flood.yaml", "--lang", "en")
    assert found.exit_code == 2
    assert "actors of the scenario: " in found.stderr
