"""The grade over time, by hand: what it was, what was known, what was confirmed."""

from __future__ import annotations

import pytest

import sim
from sim.rules import grade_facts, grades

CITY = "hechi"


@pytest.fixture
def drill(record):
    """Chemical works (order 493): 3 dead = III, 10 = II.

    0:00 truth 3 dead; 0:30 the city hears of 2 (IV), 1:00 of 3 (III); it confirms IV at 2:00,
    III at 2:10; truth 10 dead at 3:00, told 3:20, confirmed II at 4:00.
    """
    record.occur("0:00", dead=3)
    record.row("receive", "0:30", actor=CITY, recipient="dahua", dead=2)
    record.row("receive", "1:00", actor=CITY, recipient="dahua", dead=3)
    record.row("confirm", "2:00", actor=CITY, grade="IV")
    record.row("confirm", "2:10", actor=CITY, grade="III")
    record.row("truth", "3:00", dead=10)
    record.row("receive", "3:20", actor=CITY, recipient="dahua", dead=10)
    record.row("confirm", "4:00", actor=CITY, grade="II")
    return record


def course(table, what, actor=CITY):
    rows = table[(table["what"] == what) & (table["actor"] == actor)]
    return [(t / 60, b, g) for t, b, g in rows[["time_s", "before", "grade"]].to_numpy()]


def test_courses_of_truth_knowledge_and_confirmation(drill):
    table = grades(drill.log())
    assert course(table, "true", "") == [(0, "", "III"), (180, "III", "II")]
    assert course(table, "known") == [(30, "", "IV"), (60, "IV", "III"), (200, "III", "II")]
    assert course(table, "confirmed") == [(120, "", "IV"), (130, "IV", "III"), (240, "III", "II")]


def test_facts_of_a_late_a_wrong_and_a_raised_grade(drill):
    row = grade_facts(drill.log()).iloc[0]
    assert (row["actor"], row["notice_s"], row["confirmed_s"]) == (CITY, 1800, 7200)
    assert row["wait_s"] == 90 * 60
    assert (row["confirmed"], row["known"], row["true"]) == ("IV", "III", "III")
    assert (row["last"], row["true_last"], row["raised"]) == ("II", "II", 2)
    assert row["raise_wait_s"] == 40 * 60  # told of ten at 3:20, confirmed at 4:00
    assert row["facts"].split("|") == [
        "confirmed_after:90",
        *("below_known:III", "below_true:III", "raised:IV>III", "raised:III>II"),
    ]


def test_the_mark_is_the_callers(drill):
    assert "confirmed_after" not in grade_facts(drill.log(), mark=90 * 60).iloc[0]["facts"]


def test_a_grade_that_is_not_raised_is_said(drill):
    drill.rows.pop()
    row = grade_facts(drill.log()).iloc[0]
    assert row["facts"].split("|")[-1] == "not_raised:II"
    assert (row["last"], row["true_last"]) == ("III", "II")


def test_an_older_figure_changes_no_grade(drill):
    """What was sent before newer news is not taken in (the ledger's rule)."""
    common = {"message": "old", "kind": "initial"}
    drill.row("send", "0:10", phase="ended", actor="dahua", recipient=CITY, dead=1, **common)
    drill.row("receive", "3:40", actor=CITY, dead=1, **common)
    assert course(grades(drill.log()), "known")[-1] == (200, "III", "II")


def test_a_record_without_figures_has_confirmations_only(record):
    record.occur().row("confirm", "1:00", actor=CITY, grade="II")
    log = record.log()
    assert grades(log)["what"].tolist() == ["confirmed"]
    row = grade_facts(log).iloc[0]
    assert (row["known"], row["true"], row["facts"]) == ("", "", "")
    assert str(row["wait_s"]) == "<NA>"


def test_what_is_known_agrees_with_what_the_offices_of_the_model_confirm():
    """Without a stated error of grading an office confirms what its figures give."""
    log = sim.run(sim.load_scenario("scenarios/mine-collapse.yaml"), seed=3, replications=5)
    table = grade_facts(log)
    assert len(table) >= 5
    told = table[table["known"] != ""]
    assert len(told)
    assert (told["confirmed"] == told["known"]).mean() > 0.5
