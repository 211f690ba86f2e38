"""The sibling packs, hop by hop: every limit met at equality, and late by one minute more.

A line of `HOPS` is one duty: pack, rule, hazard, grade, who reports to whom, the hour and minute
after the event by which the published text wants it, how (a call, paper, a reason) and the options
chosen.  They are worked out by hand from the stamps below: the event at 0:00, everybody's first
notice at 0:30, everybody's grade at 1:00.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from sim.rules import load_pack, longest_limit, pack_names, score
from tests.rules.conftest import Record

NOTICED, GRADED = 30, 60
ALL = "time|place|scene|loss|unit|causes|nature|course|scope|trend|measures|requests|commander"


@dataclass(frozen=True)
class Hop:
    """One duty; `due` in minutes after the event."""

    pack: str
    rule: str
    hazard: str
    grade: str
    owner: str
    to: str
    due: int
    report: dict = field(default_factory=dict)
    options: dict = field(default_factory=dict)


H = 60
DAY = 24 * H
UNIT, COUNTY, CITY, REGION = "works", "county", "city", "region"
COUNTY_DEPT, CITY_DEPT, REGION_DEPT = "county-dept", "city-dept", "region-dept"
PHONE, WRITTEN = {"channel": "phone"}, {"channel": "fax"}
REASON = {"kind": "explanation", "reason": "road cut"}
WORDS = {"phone": PHONE, "fax": WRITTEN, "reason": REASON, "detailed": {"kind": "detailed"}}
HOPS = """
# articles 9 to 11: 1 h, then 2 h a level, from the first notice
order-493           N-01              mine        IV  works>county-dept       1:30
order-493           N-02-county-up    mine        IV  county-dept>city-dept   2:30
order-493           N-02-county-gov   mine        IV  county-dept>county      2:30
order-493           N-02-city-up      mine        III city-dept>region-dept   2:30
order-493           N-02-city-gov     mine        III city-dept>city          2:30
order-493           N-02-region-up    mine        II  region-dept>state       2:30
order-493           N-02-region-gov   mine        II  region-dept>region      2:30
# articles 19 and 20: 2 h a level from receipt, the province 1 h
public-health-376   N-07-unit         epidemic    -   works>county-dept       2:30
public-health-376   N-07-dept-gov     epidemic    -   county-dept>county      2:30
public-health-376   N-07-dept-up      epidemic    -   county-dept>city-dept   2:30
public-health-376   N-07-dept-state   epidemic    -   county-dept>state       2:30
public-health-376   N-07-county       food_poisoning -   county>city             2:30
public-health-376   N-07-city         food_poisoning -   city>region             2:30
public-health-376   N-07-region       food_poisoning -   region>state            1:30
# article 3: 4 h from notice, major events 2 h
environment-2011-17 N-08-gov          environment IV  county-dept>county      4:30
environment-2011-17 N-08-up           environment III county-dept>city-dept   4:30
environment-2011-17 N-08-major-gov    environment II  city-dept>city          2:30
environment-2011-17 N-08-major-region environment I   city-dept>region-dept   2:30
environment-2011-17 N-08-major-state  environment II  city-dept>state         2:30
# the county 2 h from the disaster, those above 2 h from receipt, townships 1 h
relief-reporting    N-14-county       flood       -   county-dept>city-dept   2:00
relief-reporting    N-14-city         flood       -   city-dept>region-dept   2:30
relief-reporting    N-14-region       flood       -   region-dept>state       2:30
relief-reporting    N-15-first        flood       -   town>county-dept        1:00 townships=judged
# article 17: 2 h from the finding (1:00), 1 h from receipt, 4 h from the outbreak
animal-disease-450  N-09-county       animal_disease III county-dept>region-dept 3:00
animal-disease-450  N-09-region-gov   animal_disease -   region-dept>region      1:30
animal-disease-450  N-09-region-up    animal_disease -   region-dept>state       1:30
animal-disease-450  N-09-state        animal_disease -   region>state            4:00
# article 42: 4 h from the accident
radiation-449       N-10-state        radiation   II  region>state            4:00
# provinces and cities: from the event, unless receipt is named
anhui-2010          AH-city-major     fire        II  city>region             2:00
anhui-2010          AH-dept-major     fire        I   region-dept>region      2:00
anhui-2010          AH-city           fire        III city>region             4:00
anhui-2010          AH-dept           fire        III region-dept>region      4:00
anhui-later         AHL-city          fire        III city>region             2:00
anhui-later         AHL-dept          fire        II  region-dept>region      2:00
# 2 h from the event; the reason 1 h from receipt
shandong            SD-city           fire        II  city>region             2:00
shandong            SD-reason         fire        II  city>region             1:30 reason
jiangxi-2013        JX-county         fire        III county>city             2:00
jiangxi-2013        JX-city           fire        III city>region             3:00
jiangxi-2013        JX-dept           fire        I   region-dept>region      3:00
# 2 h from the event; the reason 2 h from receipt
lanzhou             LZ-county         fire        II  county>city             2:00
lanzhou             LZ-forecast       fire        III county>city             2:30 reason
lanzhou-2014        LZ-county         fire        III county>city             2:00
lanzhou-2014        LZ-forecast       fire        III county>city             2:30 reason
lanzhou-2014        LZ-major          fire        II  county>city             1:00
lanzhou-2014        LZ-major          fire        II  county>city             1:30 start=receive
# 15 min by phone, 35 min on paper; III 1 h, IV 6 h on paper
henan-2021          HN-phone          fire        II  city-dept>region-dept   0:15 phone
henan-2021          HN-written        fire        II  city-dept>region-dept   0:35 fax
henan-2021          HN-larger         fire        III county-dept>region-dept 1:00 fax
henan-2021          HN-ordinary       fire        IV  county-dept>region-dept 6:00 fax
# main facts 30 min, written detail 2 h
zhuhai              ZH-main           fire        II  county>city             0:30
zhuhai              ZH-detail         fire        II  county>city             2:00 detailed fax
# 30 min from receipt (ours)
xilinhot-2024       XL-dept           fire        -   county-dept>county      1:00
anshan-2007         AS-larger         fire        III county>city             1:00
anshan-2007         AS-ordinary       fire        IV  county>city             24:00
jilin-city-2006     JL-larger         fire        I   county>city             1:00
# 4 h at most
national-plan-2006  N-11              fire        II  region>state            4:00
national-plan-2006  N-11              fire        II  region>state            4:30 start=receive
"""


def hops() -> list[Hop]:
    found = []
    for line in HOPS.strip().splitlines():
        if line.startswith("#"):
            continue
        pack, rule, hazard, grade, way, due, *words = line.split()
        owner, to = way.split(">")
        hours, minutes = map(int, due.split(":"))
        hop = Hop(pack, rule, hazard, grade.strip("-"), owner, to, hours * H + minutes)
        for word in words:
            key, _, value = word.partition("=")
            if value:
                hop.options[key] = value
            else:
                hop.report.update(WORDS[key])
        found.append(hop)
    return found


def record(hazard: str, grade: str, hours: int = 72) -> Record:
    """Everybody is there, is told at 0:30 and grades at 1:00; the record is complete."""
    made = Record(incident="event")
    made.role("works", "unit", jurisdiction="county|city")
    made.role("town", "township_gov", jurisdiction="county")
    for level, above in (("county", "city"), ("city", "region"), ("region", "state")):
        made.role(level, f"{level}_gov", jurisdiction=level, superior=above)
        about = {"jurisdiction": level, "superior": f"{above}-dept", "supervises": hazard}
        made.role(f"{level}-dept", f"{level}_dept", **about)
    made.role("state", "state")
    made.observe(f"{hours}:00").occur(hazard=hazard)
    for actor in (UNIT, "town", COUNTY, CITY, REGION, COUNTY_DEPT, CITY_DEPT, REGION_DEPT):
        made.row("notice", NOTICED * 60, actor=actor)
        if grade:
            made.row("confirm", GRADED * 60, actor=actor, grade=grade)
    return made


pytestmark = pytest.mark.filterwarnings("ignore::sim.rules.OutsideValidity")


def clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def name(hop: Hop) -> str:
    return "/".join([hop.pack, hop.rule, *hop.options.values()])


@pytest.mark.parametrize("hop", hops(), ids=name)
@pytest.mark.parametrize("late", [0, 1])
def test_every_hop_is_met_at_its_limit_and_late_a_minute_after(hop: Hop, late: int):
    made = record(hop.hazard, hop.grade)
    made.report(hop.owner, hop.to, clock(hop.due + late), **hop.report)
    row = made.judge(hop.pack, **hop.options)[hop.rule, hop.owner]
    assert (row["verdict"], row["margin_s"]) == (("met", "late")[late], -60 * late)


@pytest.mark.parametrize("hop", hops(), ids=name)
def test_a_hop_that_is_not_made_at_all_is_late(hop: Hop):
    row = record(hop.hazard, hop.grade).judge(hop.pack, **hop.options)[hop.rule, hop.owner]
    assert (row["verdict"], row["reason"]) == ("late", "never_reported")


def test_the_table_has_every_deadline_with_a_number():
    """What recurs, and informing the public, is tested below."""
    named = {(hop.pack, hop.rule) for hop in hops()}
    elsewhere = {"HN-follow-up", "N-15-daily", "INF-first", "INF-conference", "INF-others"}
    elsewhere |= {f"N-14-{level}-daily" for level in ("county", "city", "region")}
    for pack in sorted({hop.pack for hop in hops()} | {"public-information-2016"}):
        for rule, entry in load_pack(pack).rules.items():
            if entry.kind == "deadline" and (entry.limit or entry.every):
                assert (pack, rule) in named or rule in elsewhere, (pack, rule)


@pytest.mark.parametrize(
    ("pack", "rule", "owner", "grade", "hazard"),
    [
        (
            "order-493",
            "N-02-city-up",
            CITY_DEPT,
            "IV",
            "mine",
        ),  # ordinary accidents end at the city
        ("order-493", "N-02-region-up", REGION_DEPT, "III", "mine"),  # larger ones at the province
        ("environment-2011-17", "N-08-major-gov", CITY_DEPT, "III", "environment"),
        ("anhui-2010", "AH-city", CITY, "II", "fire"),
        ("shandong", "SD-city", CITY, "III", "fire"),
        ("henan-2021", "HN-phone", CITY_DEPT, "III", "fire"),
        ("jilin-city-2006", "JL-larger", COUNTY, "IV", "fire"),
        ("national-plan-2006", "N-11", REGION, "III", "fire"),
        ("radiation-449", "N-10-state", REGION, "III", "radiation"),
    ],
)
def test_other_grades_owe_nothing(pack, rule, owner, grade, hazard):
    row = record(hazard, grade).judge(pack)[rule, owner]
    assert (row["verdict"], row["reason"]) == ("not_applicable", "other_grade")


def test_order_493_does_not_reach_natural_disasters():
    found = record("flood", "II").judge("order-493").values()
    assert {row["reason"] for row in found} == {"other_hazard"}


@pytest.mark.parametrize(
    ("pack", "main", "reason", "owner", "to", "due"),
    [
        ("shandong", "SD-city", "SD-reason", CITY, REGION, NOTICED + H),
        ("lanzhou", "LZ-county", "LZ-forecast", COUNTY, CITY, NOTICED + 2 * H),
    ],
)
def test_an_explanation_in_time_excuses_a_late_report(pack, main, reason, owner, to, due):
    made = record("fire", "II").report(owner, to, clock(due), **REASON)
    made.report(owner, to, "5:00")
    found = made.judge(pack)
    assert found[main, owner]["verdict"] == "excused"
    late = record("fire", "II").report(owner, to, clock(due + 1), **REASON)
    late.report(owner, to, "5:00")
    assert late.judge(pack)[main, owner]["verdict"] == "late"
    in_time = record("fire", "II").report(owner, to, "1:50").judge(pack)
    assert in_time[reason, owner]["verdict"] == "not_applicable"


def test_a_call_does_not_stand_for_paper_nor_paper_for_a_call():
    made = record("fire", "II").report(CITY_DEPT, REGION_DEPT, "0:10", **PHONE)
    found = made.judge("henan-2021")
    assert found["HN-phone", CITY_DEPT]["margin_s"] == 5 * 60
    assert found["HN-written", CITY_DEPT]["verdict"] == "late"
    fax = record("fire", "II").report(CITY_DEPT, REGION_DEPT, "0:10", **WRITTEN)
    assert fax.judge("henan-2021")["HN-phone", CITY_DEPT]["verdict"] == "late"


def recurrences(made: Record, pack: str, rule: str, owner: str, **options) -> list[tuple]:
    table = score(made.log(), load_pack(pack), options).table
    mine = table[(table["rule"] == rule) & (table["owner"] == owner)]
    return [
        (clock(int(due) // 60), verdict)
        for due, verdict in zip(mine["deadline_s"], mine["verdict"], strict=True)
    ]


def test_follow_ups_at_8_and_at_17_take_turns():
    """The event at 8:00 sharp: due then, at 17:00, and so on; a report fills one window."""
    made = record("fire", "III", hours=34)
    made.report(CITY_DEPT, REGION_DEPT, "8:30", kind="follow_up")  # 16:30
    made.report(CITY_DEPT, REGION_DEPT, "24:01", kind="follow_up")  # 8:01 of the next day
    assert recurrences(made, "henan-2021", "HN-follow-up", CITY_DEPT) == [
        ("0:00", "late"),  # the event came at the very minute
        ("9:00", "met"),  # 17:00
        ("24:00", "late"),  # 8:00
        ("33:00", "met"),  # 17:00
        ("48:00", "open"),  # 8:00, after the end of the record
    ]


@pytest.mark.parametrize(
    ("owner", "to", "rule", "due"),
    [
        (COUNTY_DEPT, CITY_DEPT, "N-14-county-daily", 1),  # 9:00, an hour after the origin
        (CITY_DEPT, REGION_DEPT, "N-14-city-daily", 2),
        (REGION_DEPT, "state", "N-14-region-daily", 4),
    ],
)
def test_the_daily_report_of_losses_is_due_level_by_level(owner, to, rule, due):
    made = record("flood", "", hours=60)
    for hours, late in ((due, 0), (due + 24, 1)):
        made.report(owner, to, clock(hours * H + late), kind="daily", dead=0)
    made.row("terminate", clock((due + 48) * H + 30), actor=COUNTY)
    assert recurrences(made, "relief-reporting", rule, owner) == [
        (clock(due * H), "met"),
        (clock((due + 24) * H), "late"),
        (clock((due + 48) * H), "met"),  # the report a minute too late for the day before
    ]


def test_the_township_reports_by_8_where_it_is_judged():
    made = record("flood", "", hours=30).report("town", COUNTY_DEPT, "23:59", kind="daily")
    options = {"townships": "judged"}
    assert recurrences(made, "relief-reporting", "N-15-daily", "town", **options) == [
        ("0:00", "late"),
        ("24:00", "met"),
        ("48:00", "open"),
    ]


@pytest.mark.parametrize(
    ("level", "days", "shortest"), [("county", 4, 2), ("city", 5, 3), ("region", 7, 5)]
)
def test_verified_figures_within_working_days_read_both_ways(level, days, shortest):
    made = record("flood", "", hours=400).row("terminate", "10:00", actor=COUNTY)
    made.report(f"{level}-dept", "state", clock(10 * H + days * DAY), kind="verified")
    rule, owner = f"N-14-{level}-verified", f"{level}-dept"
    row = made.judge("relief-reporting")[rule, owner]
    assert (row["verdict"], row["margin_s"]) == ("met", 0)
    short = made.judge("relief-reporting", working_days="without")[rule, owner]
    assert (short["verdict"], short["margin_s"]) == ("late", -(days - shortest) * 86_400)


@pytest.mark.parametrize(("dead", "verdict"), [(9, "not_applicable"), (10, "late")])
def test_ten_dead_go_to_the_province_at_once(dead, verdict):
    made = record("flood", "").row("verify", "1:00", actor=COUNTY_DEPT, dead=dead)
    row = made.judge("relief-reporting")["N-14-ten", COUNTY_DEPT]
    assert row["verdict"] == verdict
    made.report(COUNTY_DEPT, REGION_DEPT, "1:30", dead=dead)
    row = made.judge("relief-reporting")["N-14-ten", COUNTY_DEPT]
    assert row["verdict"] == ("met" if dead >= 10 else "not_applicable")


def test_order_493_asks_for_all_of_article_12_sooner_or_later():
    made = record("mine", "IV").report(
        UNIT, COUNTY_DEPT, "1:00", elements="unit|time|place|scene|course|loss"
    )
    row = made.judge("order-493")["N-03-unit", UNIT]
    assert (row["verdict"], row["facts"]) == ("late", "missing_element:measures")
    made.report(UNIT, COUNTY_DEPT, "5:00", kind="follow_up", elements="measures")
    assert made.judge("order-493")["N-03-unit", UNIT]["verdict"] == "met"


def test_henan_asks_for_all_that_its_notice_lists():
    made = record("fire", "IV").report(COUNTY_DEPT, REGION_DEPT, "1:00", elements=ALL)
    assert made.judge("henan-2021")["HN-content", COUNTY_DEPT]["verdict"] == "met"
    short = record("fire", "IV").report(
        COUNTY_DEPT, REGION_DEPT, "1:00", elements=ALL.replace("|requests", "")
    )
    row = short.judge("henan-2021")["HN-content", COUNTY_DEPT]
    assert row["facts"] == "missing_element:requests"


def changed(hazard: str, day: int) -> Record:
    """The unit reports one death; on a later day it learns of a second one."""
    made = record(hazard, "IV", hours=40 * 24)
    made.report(UNIT, COUNTY_DEPT, "1:00", dead=1)
    return made.row("verify", clock(day * DAY), actor=UNIT, dead=2)


@pytest.mark.parametrize(
    ("hazard", "rule", "day", "verdict"),
    [
        ("mine", "N-04-unit", 30, "late"),
        ("mine", "N-04-unit", 31, "not_applicable"),
        ("fire", "N-04-unit-short", 7, "late"),
        ("fire", "N-04-unit-short", 8, "not_applicable"),
        ("traffic", "N-04-unit", 7, "not_applicable"),  # the 7 days count there
    ],
)
def test_changed_casualties_are_to_be_supplemented_in_30_or_7_days(hazard, rule, day, verdict):
    made = changed(hazard, day)
    assert made.judge("order-493")[rule, UNIT]["verdict"] == verdict
    if verdict == "late":
        made.report(UNIT, COUNTY_DEPT, clock(day * DAY + 2 * H), kind="follow_up", dead=1)
        assert made.judge("order-493")[rule, UNIT]["verdict"] == "late", "still the old figure"
        made.report(UNIT, COUNTY_DEPT, clock(day * DAY + 3 * H), kind="follow_up", dead=2)
        row = made.judge("order-493")[rule, UNIT]
        assert row["verdict"] == "met"
        assert row["end_s"] - row["start_s"] == 3 * 3600


def test_departments_pass_changed_casualties_on():
    made = record("mine", "IV", hours=72)
    made.report(UNIT, COUNTY_DEPT, "1:00", dead=1).report(COUNTY_DEPT, CITY_DEPT, "2:00", dead=1)
    made.report(UNIT, COUNTY_DEPT, "9:00", kind="follow_up", dead=2)
    assert made.judge("order-493")["N-04-dept", COUNTY_DEPT]["verdict"] == "late"
    made.report(COUNTY_DEPT, CITY_DEPT, "10:00", kind="follow_up", dead=2)
    assert made.judge("order-493")["N-04-dept", COUNTY_DEPT]["verdict"] == "met"


def test_every_change_is_a_supplement_of_its_own():
    """Two changes, and one report that gives the last figure: it covers both."""
    made = changed("mine", 2).row("verify", "60:00", actor=UNIT, dead=3)
    made.report(UNIT, COUNTY_DEPT, "61:00", kind="follow_up", dead=3)
    table = score(made.log(), load_pack("order-493")).table
    mine = table[(table["rule"] == "N-04-unit") & (table["owner"] == UNIT)]
    assert mine["verdict"].tolist() == ["met", "met"]
    assert (mine["end_s"] - mine["start_s"]).tolist() == [13 * 3600, 3600]


@pytest.mark.parametrize(
    ("grade", "rule", "owner"),
    [("IV", "N-05-county", COUNTY), ("III", "N-05-city", CITY), ("II", "N-05-region", REGION)],
)
@pytest.mark.parametrize("late", [0, 1])
def test_the_inquiry_reports_in_60_days_or_120_by_approval(grade, rule, owner, late):
    made = record("mine", grade, hours=3000)
    made.report("works", owner, clock(60 * DAY + late), kind="inquiry")
    row = made.judge("order-493")[rule, owner]
    assert (row["verdict"], row["margin_s"]) == (("met", "late")[late], -60 * late)
    longer = made.judge("order-493", extension="approved")[rule, owner]
    assert (longer["verdict"], longer["margin_s"]) == ("met", 60 * 86_400 - 60 * late)


@pytest.mark.parametrize(
    ("rule", "channel", "due"), [("INF-first", "web", 5), ("INF-conference", "conference", 24)]
)
@pytest.mark.parametrize("late", [0, 1])
def test_the_public_is_told_in_5_h_and_by_conference_in_24(rule, channel, due, late):
    made = record("fire", "II")
    made.row("publish", clock(due * H + late), actor=CITY_DEPT, channel=channel)
    row = made.judge("public-information-2016")[rule, CITY]
    assert (row["verdict"], row["occur_margin_s"]) == (("met", "late")[late], -60 * late)
    assert row["receive_margin_s"] == NOTICED * 60 - 60 * late


def test_no_pack_makes_a_drill_go_on_for_more_than_a_day():
    """What is owed in weeks (inquiries, verified figures) is left open by a drill."""
    assert {longest_limit(load_pack(name)) <= 86_400 for name in pack_names()} == {True}


def test_other_public_matters_are_judged_by_choice_only():
    made = record("fire", "III").row("publish", "48:01", actor=CITY)
    assert ("INF-others", CITY) not in made.judge("public-information-2016")
    row = made.judge("public-information-2016", others="judged")["INF-others", CITY]
    assert (row["verdict"], row["margin_s"]) == ("late", -60)


def test_grades_from_figures_follow_the_table_of_the_year():
    """Nine dead: major by the annex of 2011, larger by the plan of 2014."""
    made = Record(incident="event").role("region-dept", "region_dept", jurisdiction="region")
    made.role("city", "city_gov", jurisdiction="city")
    made.role("city-dept", "city_dept", supervises="environment", jurisdiction="city")
    made.occur(hazard="environment").row("notice", "0:30", actor="city-dept", dead=9)
    made.report("city-dept", "city", "3:00", dead=9)
    old = made.judge("environment-2011-17")
    assert old["N-08-major-gov", "city-dept"]["margin_s"] == -30 * 60  # 2 h from 0:30
    assert old["N-08-gov", "city-dept"]["reason"] == "other_grade"
    new = made.judge("environment-2011-17", table="2014")
    assert new["N-08-gov", "city-dept"]["margin_s"] == 90 * 60  # 4 h from 0:30
    assert new["N-08-major-gov", "city-dept"]["reason"] == "other_grade"


def test_written_reports_follow_calls():
    made = record("environment", "IV").report(COUNTY_DEPT, CITY_DEPT, "2:00", **PHONE)
    assert made.judge("environment-2011-17")["N-08-written", COUNTY_DEPT]["verdict"] == "late"
    made.report(COUNTY_DEPT, CITY_DEPT, "6:00", **WRITTEN)
    assert made.judge("environment-2011-17")["N-08-written", COUNTY_DEPT]["verdict"] == "met"
    quiet = record("environment", "IV").judge("environment-2011-17")["N-08-written", COUNTY_DEPT]
    assert quiet["verdict"] == "not_applicable"


def test_a_county_may_report_to_the_province_through_the_city():
    """Order 450: level by level, 2 h from the county's own finding at 1:00."""
    made = record("animal_disease", "").row("confirm", "1:00", actor=COUNTY_DEPT, grade="IV")
    made.report(COUNTY_DEPT, CITY_DEPT, "1:30").report(CITY_DEPT, REGION_DEPT, "2:59")
    row = made.judge("animal-disease-450")["N-09-county", COUNTY_DEPT]
    assert (row["verdict"], row["margin_s"]) == ("met", 60)


@pytest.mark.parametrize(("least", "verdict"), [("10", "late"), ("8", "met")])
def test_what_is_written_down_of_a_call(least, verdict):
    made = record("fire", "")
    made.row(
        "record",
        "0:40",
        actor=COUNTY,
        elements="time|place|causes|course|measures|scope|trend|caller",
    )
    row = made.judge("duty-log-zhaoqing", least=least)["DL-1", COUNTY]
    assert row["verdict"] == verdict


def test_orders_and_requests_are_no_reports():
    made = record("mine", "IV").report(COUNTY_DEPT, CITY_DEPT, "0:40", kind="support_request")
    assert made.judge("order-493")["N-02-county-up", COUNTY_DEPT]["verdict"] == "late"


def test_follow_ups_to_the_state_council():
    made = record("fire", "II").report(REGION, "state", "3:00")
    assert made.judge("national-plan-2006")["N-11-follow-up", REGION]["verdict"] == "late"
    made.report(REGION, "state", "9:00", kind="follow_up")
    assert made.judge("national-plan-2006")["N-11-follow-up", REGION]["verdict"] == "met"


@pytest.mark.parametrize(
    ("pack", "rule", "owner", "to", "hazard"),
    [
        ("order-493", "N-02-state", REGION, "state", "mine"),
        ("radiation-449", "N-10-unit", UNIT, COUNTY_DEPT, "radiation"),
    ],
)
def test_at_once_is_met_when_done_and_marked_after_half_an_hour(pack, rule, owner, to, hazard):
    for minute, flag in ((60, ""), (61, "soft_late")):
        row = record(hazard, "II").report(owner, to, clock(minute)).judge(pack)[rule, owner]
        assert (row["verdict"], row["flags"]) == ("met", flag)
