"""Grades by the thresholds of order 493 and the other tables (rules 2.5)."""

from __future__ import annotations

import pytest

from sim.scenario.grade import grade, grade_table, highest, table_for, table_names


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"dead": 2}, "IV"),
        ({"dead": 3}, "III"),
        ({"dead": 9}, "III"),
        ({"dead": 10}, "II"),
        ({"dead": 29}, "II"),
        ({"dead": 30}, "I"),
        ({"injured": 49}, "III"),
        ({"injured": 50}, "II"),
        ({"injured": 60, "poisoned": 40}, "I"),  # poisoned count as hurt
        ({"loss_wan": 999.9}, "IV"),
        ({"loss_wan": 1000}, "III"),
        ({"dead": 1, "loss_wan": 10000}, "I"),  # the highest criterion
        ({"dead": 2, "missing": 40}, "IV"),  # order 493 counts the dead
        ({"dead": None}, ""),
        ({}, ""),
    ],
)
def test_work_safety_by_order_493_article_3(fields, expected):
    assert grade(fields, "work_safety") == expected


@pytest.mark.parametrize(
    ("table", "fields", "expected"),
    [
        ("environment_2014", {"evacuated": 5000}, "III"),
        ("environment_2014", {"evacuated": 49_999}, "II"),
        ("environment_2014", {"dead": 9}, "III"),
        ("environment_2011", {"dead": 9}, "II"),  # the older plan was stricter
        ("environment_2011", {"poisoned": 100}, "I"),
        ("geological", {"loss_wan": 500}, "II"),
        ("forest_fire", {"burned_ha": 0.5}, "IV"),
        ("forest_fire", {"burned_ha": 1000}, "I"),
        ("forest_fire", {"dead": 0}, ""),  # nobody dead says nothing there
        ("earthquake", {"dead": 6, "missing": 4}, "III"),  # missing count as dead
        ("earthquake", {"dead": 300}, "I"),
        ("mass_incident", {"participants": 999}, ""),  # III and IV are local data
        ("mass_incident", {"dead": 3}, "II"),
        ("fire", {"dead": 4, "injured": 2}, "III"),  # Hengxian 2009
        ("flood", {"dead": 1, "missing": 2}, "III"),
    ],
)
def test_other_tables_by_their_published_thresholds(table, fields, expected):
    assert grade(fields, table) == expected


def test_every_table_says_where_it_comes_from():
    for name in table_names():
        table = grade_table(name)
        assert table.source
        assert table.version
        assert table.confidence in ("high", "medium", "low", "assumed")
    assert grade_table("flood").confidence == "assumed"


def test_higher_figures_never_lower_the_grade():
    for name in table_names():
        for criterion in grade_table(name).criteria:
            (field, *_) = criterion.fields
            found = [grade({field: value}, name) for value in range(0, 60_000, 7)]
            ranks = [["", "IV", "III", "II", "I"].index(g) for g in found]
            assert ranks == sorted(ranks)


def test_an_unknown_table_is_an_error_with_a_suggestion():
    with pytest.raises(ValueError, match="work_safety"):
        grade({"dead": 1}, "work_safty")


def test_hazards_without_a_table_have_no_grade():
    assert table_for("epidemic") == ""
    assert grade({"dead": 5}, table_for("epidemic")) == ""
    assert highest(["IV", "II", ""]) == "II"
