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


BOUNDARIES = [  # table, field, the other fields, {largest value below: grade, bound: grade, …}
    ("environment_2014", "water_cut", {}, {0: "", 1: "III", 2: "II", 3: "I"}),
    ("earthquake", "magnitude", {}, {3.9: "", 4.0: "IV", 4.9: "IV", 5.0: "III", 5.9: "III"}),
    ("earthquake", "magnitude", {}, {6.0: "II", 6.9: "II", 7.0: "I"}),
    ("earthquake", "dead", {}, {9: "IV", 10: "III", 49: "III", 50: "II", 299: "II", 300: "I"}),
    ("earthquake", "gdp_share", {}, {0.99: "", 1: "I"}),
    ("earthquake_dense", "magnitude", {}, {3.9: "", 4.0: "III", 4.9: "III", 5.0: "II"}),
    ("earthquake_dense", "magnitude", {}, {5.9: "II", 6.0: "I"}),
    ("forest_fire", "hours_burning", {"burned_ha": 1}, {72: "III", 72.1: "II"}),  # 超过72小时
    ("forest_fire", "burned_ha", {}, {0.9: "IV", 1: "III", 99.9: "III", 100: "II", 999.9: "II"}),
    ("food_poisoning", "poisoned", {"dead": 0}, {29: "", 30: "IV", 99: "IV", 100: "IV"}),
    ("food_poisoning", "poisoned", {"dead": 0}, {101: "III", 5000: "III"}),  # 超过100人
    ("food_poisoning", "poisoned", {"dead": 1}, {1: "III", 100: "III", 101: "II"}),  # 且有死亡
    ("food_poisoning", "dead", {}, {0: "", 1: "III", 9: "III", 10: "II"}),
    ("food_poisoning", "dead", {"poisoned": 101}, {0: "III", 1: "II"}),
    ("occupational_poisoning", "poisoned", {}, {9: "IV", 10: "III", 49: "III", 50: "II"}),
    ("occupational_poisoning", "dead", {}, {4: "III", 5: "II"}),
    ("cholera", "sick", {}, {9: "IV", 10: "III", 29: "III", 30: "II"}),
    ("mass_incident", "participants", {}, {999: "", 1000: "II", 4999: "II", 5000: "I"}),
    ("mass_incident", "injured", {}, {9: "", 10: "II", 29: "II", 30: "I"}),
    ("mass_incident", "brawlers", {}, {199: "", 200: "II", 499: "II", 500: "I"}),
    ("radiation", "dead", {}, {0: "", 1: "II", 2: "II", 3: "I"}),  # order 449, article 40
    ("radiation", "injured", {}, {9: "III", 10: "II"}),
    ("accident_2006", "missing", {"dead": 9}, {0: "", 1: "II", 20: "II", 21: "I"}),
    ("accident_2006", "at_risk", {}, {29: "", 30: "I"}),
    ("accident_2006", "poisoned", {"injured": 40}, {9: "", 10: "II", 59: "II", 60: "I"}),
    ("accident_2006", "loss_wan", {}, {4999: "", 5000: "II", 9999: "II", 10_000: "I"}),
    ("accident_2006", "evacuated", {}, {49_999: "", 50_000: "II", 99_999: "II", 100_000: "I"}),
    # 国办函〔2015〕134号附件1: a city of 600 MW or more, a smaller one, the capital, the region
    ("power_city", "load_lost", {}, {19.9: "", 20: "IV", 39.9: "IV", 40: "III", 59.9: "III"}),
    ("power_city", "load_lost", {}, {60: "II", 100: "II"}),
    ("power_city", "users_out", {}, {29.9: "", 30: "IV", 49.9: "IV", 50: "III", 69.9: "III"}),
    ("power_city", "users_out", {"load_lost": 45}, {0: "III", 69.9: "III", 70: "II", 100: "II"}),
    ("power_city_small", "load_lost", {}, {39.9: "IV", 40: "III", 100: "III"}),
    ("power_city_small", "users_out", {}, {49.9: "IV", 50: "III", 100: "III"}),
    ("power_capital", "load_lost", {}, {9.9: "", 10: "IV", 19.9: "IV", 20: "III", 39.9: "III"}),
    ("power_capital", "load_lost", {}, {40: "II", 59.9: "II", 60: "I"}),
    ("power_capital", "users_out", {}, {14.9: "", 15: "IV", 29.9: "IV", 30: "III", 49.9: "III"}),
    ("power_capital", "users_out", {}, {50: "II", 69.9: "II", 70: "I"}),
    ("power_region", "load_lost", {}, {4.9: "", 5: "IV", 9.9: "IV", 10: "III", 12.9: "III"}),
    ("power_region", "load_lost", {}, {13: "II", 29.9: "II", 30: "I"}),
    # 国家突发重大动物疫情应急预案: a county; two, or five places; five counties or two cities
    ("foot_and_mouth", "outbreaks", {}, {0: "", 1: "IV", 4: "IV", 5: "III", 40: "III"}),
    ("foot_and_mouth", "counties_hit", {"outbreaks": 2}, {1: "IV", 2: "III", 4: "III", 5: "II"}),
    ("foot_and_mouth", "cities_hit", {"counties_hit": 2}, {1: "III", 2: "II", 14: "II"}),
    ("weather_2006", "loss_wan", {}, {4999: "", 5000: "I"}),
    ("weather_2006", "dead", {}, {29: "", 30: "I"}),
]


@pytest.mark.parametrize(("table", "field", "others", "expected"), BOUNDARIES)
def test_both_sides_of_every_published_bound(table, field, others, expected):
    assert {value: grade({field: value, **others}, table) for value in expected} == expected


def test_a_joined_criterion_needs_all_its_parts_to_be_known():
    """More than 100 poisoned and a death: of whom nothing is known, nobody is counted dead."""
    assert grade({"poisoned": 150, "dead": None}, "food_poisoning") == "III"


def test_tables_name_what_no_column_of_the_record_carries():
    found = {name: grade_table(name).unrecorded for name in table_names()}
    assert {name: fields for name, fields in found.items() if fields} == {
        "environment_2014": ("water_cut",),
        "earthquake": ("gdp_share",),
        "earthquake_dense": ("gdp_share",),
        "forest_fire": ("hours_burning",),
        "mass_incident": ("brawlers",),
    }


def test_what_a_person_judges_has_a_grade_and_a_text_in_both_languages():
    judged = [one for name in table_names() for one in grade_table(name).judged]
    assert judged
    for one in judged:
        assert one.grade in ("IV", "III", "II", "I")
        assert one.text["zh"]
        assert one.text["en"]


def test_every_table_says_where_it_comes_from():
    for name in table_names():
        table = grade_table(name)
        assert table.source
        assert table.version
        assert table.confidence in ("high", "medium", "low", "assumed")
    assert grade_table("flood").confidence == "assumed"


def test_higher_figures_never_lower_the_grade():
    for name in table_names():
        fields = {field for one in grade_table(name).criteria for field in one.fields}
        for field in fields:
            found = [grade({field: value}, name) for value in range(0, 60_000, 7)]
            ranks = [["", "IV", "III", "II", "I"].index(g) for g in found]
            assert ranks == sorted(ranks), (name, field)


def test_an_unknown_table_is_an_error_with_a_suggestion():
    with pytest.raises(ValueError, match="work_safety"):
        grade({"dead": 1}, "work_safty")


def test_hazards_without_a_table_have_no_grade():
    assert table_for("epidemic") == ""
    assert grade({"dead": 5}, table_for("epidemic")) == ""
    assert highest(["IV", "II", ""]) == "II"
