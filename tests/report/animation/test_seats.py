"""Where actors stand: against the table of places, read here once more, and cases by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import sim
from sim.report.animation.seats import find_seats, known_place

TABLE = Path(sim.__file__).parent / "scenario" / "geo" / "guangxi_places.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    PLACES = list(csv.DictReader(file))


def test_every_city_and_county_is_known_by_its_code_and_by_an_office_named_after_it() -> None:
    for place in PLACES:
        assert known_place(place["adcode"]) == place["adcode"]
        assert known_place(place["name"] + "人民政府值班室") == place["adcode"], place["name"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hechi", "河池市"),
        ("Nanning", "南宁市"),
        ("融安冲锋舟一组", "融安县"),
        ("融水冲锋舟队", "融水苗族自治县"),
        ("横县公安局", "横州市"),
        ("靖西县政府", "靖西市"),
        ("柳州市鱼峰区政府", "鱼峰区"),
        ("河池市驻南宁市办事处", "河池市"),
        ("河池市都安瑶族自治县医院", "都安瑶族自治县"),
    ],
)
def test_names_as_people_write_them(text: str, name: str) -> None:
    code = {place["name"]: place["adcode"] for place in PLACES}[name]
    assert known_place(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "沿江村委会",
        "郑州市政府",
        "消防一中队",
        "江南大学",
        "省政府",
        "援融安救援队",
        "hengxian",
    ],
)
def test_what_names_no_place_of_guangxi_is_not_placed(text: str) -> None:
    """Not by a district's name without its last word, nor by a county's further on."""
    assert known_place(text) == ""


def test_coordinates_of_the_scenario_go_before_names(make_record, towns) -> None:
    record, row = make_record
    table = record(
        [
            row(0, "role", "x", actor_role="city_gov", place="a", note="南宁市政府"),
            row(0, "role", "y", actor_role="county_gov", place="q", note="融安县政府"),
            row(0, "role", "z", actor_role="team", place="q", note="搜救队"),
            row(0, "role", "w", actor_role="unit", jurisdiction="p|nanning", note="南宁市某厂"),
            row(0, "role", "r", actor_role="region_gov", jurisdiction="guangxi", note="自治区政府"),
        ]
    ).table
    seats = find_seats(table, towns)
    assert seats.point("x") == (109.0, 24.0)
    rongan = next(p for p in PLACES if p["name"] == "融安县")
    assert seats.point("y") == (float(rongan["longitude"]), float(rongan["latitude"]))
    assert seats.point("z") == seats.point("y"), "stands where the county's government stands"
    assert seats.point("w") is None, "a unit stands somewhere in its county, nobody knows where"
    assert seats.by_name["guangxi"] == "450100", "the region's offices stand in its capital"
    assert seats.by_name["q"] == rongan["adcode"]
    assert "a" not in seats.by_name
