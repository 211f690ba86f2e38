"""Settings tried one by one say what a study of them says; nothing is run twice."""

from __future__ import annotations

import pytest

import sim.lab.trials as room
from sim.errors import UnusableInput
from sim.experiment import conduct
from sim.lab.trials import Trials


def test_values_are_those_of_a_study_whose_points_are_the_settings(study) -> None:
    trials = Trials(study())
    for setting in (("1", "up"), ("2", "cut"), ("1", "cut")):
        trials.run(setting, 6)
    entries = [
        {"offices.city.duty": duty, "line": line}
        for duty, line in ((1, "up"), (2, "cut"), (1, "cut"))
    ]
    whole = conduct(study(design={"list": entries}, replications=6, batch=6))
    found = trials.results()
    assert found.values.equals(whole.values)
    assert [dict(point) for point in found.points] == [dict(point) for point in whole.points]


def test_drills_added_later_are_the_further_ones_of_the_same_study(study) -> None:
    in_parts, at_once = Trials(study()), Trials(study())
    for drills in (2, 5, 4):
        in_parts.run(("1", "up"), drills)
    at_once.run(("1", "up"), 5)
    keys = ["measure", "replication"]
    one, other = (
        trials.results().values.sort_values(keys, ignore_index=True)
        for trials in (in_parts, at_once)
    )
    assert one.equals(other)
    assert in_parts.drills(("1", "up")) == 5


def test_a_setting_that_was_run_is_not_run_again(study, monkeypatch) -> None:
    calls = []
    work = room.work
    monkeypatch.setattr(room, "work", lambda job, task: calls.append(task) or work(job, task))
    trials = Trials(study())
    for _ in range(3):
        trials.run(("2", "up"), 3)
    assert [(task.first, task.size) for task in calls] == [(0, 3)]


def test_the_base_is_that_of_one_at_a_time_else_the_first_levels(study) -> None:
    assert Trials(study()).base == ("1", "up")
    design = {"one_at_a_time": {"offices.city.duty": 2, "line": "cut"}}
    assert Trials(study(design=design)).base == ("2", "cut")


def test_a_range_is_tried_at_five_levels(study) -> None:
    factors = {"channels.phone.tries": {"from": 1, "to": 5, "whole": True}}
    drawn = study(names={}, factors=factors, design={"latin_hypercube": {"points": 4}})
    assert Trials(drawn).levels["channels.phone.tries"] == {str(k): k for k in range(1, 6)}


def test_labels_name_what_was_changed(study) -> None:
    trials = Trials(study())
    for setting in (("1", "up"), ("2", "cut")):
        trials.run(setting, 2)
    assert trials.results().label(1) == "duty 2, telephone <img src=x onerror=alert(1)>"


def test_a_level_that_does_not_fit_the_scenario_is_told_with_its_path(study) -> None:
    trials = Trials(
        study(factors={"offices.city.duty": [1, "many"], "line": {"up": {}, "cut": {}}})
    )
    with pytest.raises(UnusableInput, match=r"offices\.city\.duty"):
        trials.run(("many", "up"), 2)
    assert trials.drills(("many", "up")) == 0
