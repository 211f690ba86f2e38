"""Expected acts against a slow second count of the record, row by row."""

from __future__ import annotations

from statistics import median

import pytest

from sim.exercise.papers.acts import PHASES, Act, acts
from sim.exercise.papers.course import figures, grade_at, state_at
from sim.exercise.papers.drill import drilled
from sim.exercise.papers.injects import put_in
from sim.exercise.papers.sayings import said
from sim.texts import in_language
from tests.exercise.papers.conftest import SCENARIO


def rows_by_drill(drill):
    """The rows of every drill that begin or end an act, as dicts."""
    stages = {(a, stage) for pairs in PHASES.values() for a, stage in pairs}
    found = {case: [] for case in drill.log.cases}
    for row in drill.log.table.to_dict("records"):
        if (row["activity"], row["phase"]) in stages:
            found[row["case"]].append(row)
    return found.values()


def times_by_hand(drill, by_drill, act):
    """When each drill first had the act, by looping over all rows of its record."""
    found = []
    for rows in by_drill:
        same = [
            row["time"]
            for row in rows
            if row["activity"] == act.activity
            and row["actor"] == act.actor
            and row["kind"] == act.kind
            and row["incident"] == act.incident
            and (not act.recipient or row["recipient"] == act.recipient)
            and row["time"] <= drill.scenario.horizon
        ]
        found += [min(same)] if same else []
    return found


def test_times_are_the_medians_of_first_times_against_a_loop_over_the_rows(drill):
    found = acts(drill)
    assert len(found) > 30
    by_drill = rows_by_drill(drill)
    for act in found:
        times = times_by_hand(drill, by_drill, act)
        assert act.time == median(times), act
        assert act.share == len(times) / drill.runs >= 0.5
        assert act.low <= act.time <= act.high


def test_acts_stand_in_order_of_time_and_no_effect_before_its_cause(drill):
    """Pathwise order is kept by medians where every drill has both acts."""
    found = acts(drill)
    assert [act.time for act in found] == sorted(act.time for act in found)
    by = {(act.actor, act.activity, act.recipient, act.kind): act for act in found}
    noticed = by["unit", "notice", "", ""]
    told = by["unit", "send", "county-gov", "initial"]
    passed = by["county-gov", "send", "city-gov", "initial"]
    assert noticed.time < told.time < passed.time


def test_the_true_state_is_carried_on_from_one_change_to_the_next(drill, zh):
    """By hand from the file: at 90 min 150 people, 10 min later 620, 25 min later 1200."""
    begin = 90 * 60
    assert state_at(drill, "gathering", begin - 1) == {}
    assert state_at(drill, "gathering", begin) == {"at_risk": 150, "participants": 150}
    assert state_at(drill, "gathering", begin + 25 * 60)["participants"] == 1200
    assert state_at(drill, "gathering", begin + 4 * 3600)["at_risk"] == 1200, "stays as it was"
    assert figures({"dead": 4, "injured": 0, "loss_wan": 20.5}) == "死亡4人、直接损失20.5万元"
    assert figures({}) == "暂无数字"


@pytest.mark.parametrize(("minutes", "grade"), [(10, ""), (25, "II")])
def test_the_grade_follows_the_number_of_participants(drill, minutes, grade):
    """Mass incidents: from 1000 on major; below, the state table has no grade."""
    assert grade_at(drill, "gathering", 90 * 60 + minutes * 60) == grade


def test_figures_are_said_with_their_units(zh):
    assert figures({"magnitude": 6.1, "users_out": 53}) == "震级6.1、停电用户53%"
    assert figures({"load_lost": 46, "outbreaks": 4}) == "减供负荷46%、疫点4个"
    with in_language("en"):
        assert figures({"load_lost": 46, "loss_wan": 5, "burned_ha": 2}) == (
            "grid load lost 46 %, direct loss (10 000 yuan) 5, forest damaged 2 ha"
        )


def test_an_order_for_supplies_to_nobody_in_particular_names_the_place(drill, zh):
    order = Act("", 6000, 0, 0, 1, "county-gov", "supply_order", "", "", "gathering", "", "", "")
    assert said(drill, order) == "“请按清单备货，送至港北区某批发市场。”"
    assert said(drill, order._replace(recipient="city-gov")).startswith("“贵港市政府值班室请")


def test_kinds_of_injects_have_their_label_in_both_languages():
    """A report of kind `notice` is a notice, not what the activity of that name is called."""
    for lang, word in (("zh", "通报"), ("en", "notice")):
        with in_language(lang):
            means = {one.key: one.means for one in put_in(drilled(SCENARIO, lang, runs=1))}
        assert means["spokesman-asks"].endswith(word)
