"""Real incidents: what the record proves, beside what the authority found.

Expected instants and differences are worked out by hand from the published timelines.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sim.jobs.inputs import about, judge_by
from sim.log import read_log
from sim.rules import agreements, load_finding, load_pack, score

REAL = Path(__file__).parents[2] / "scenarios" / "real"
CASES = (
    "hengxian_2009_fire",
    "changzhi_2012_aniline",
    "zhengzhou_2021_rainstorm",
    "shanxi_2010_circular",
    "quanzhou_2018_c9",
    "qingdao_2013_pipeline",
    "hejiang_2013_thallium",
    "longjiang_2012_cadmium",
)
CHINA = timezone(timedelta(hours=8))


def scored(case, pack, **options):
    verdicts = score(read_log(REAL / case / "events.csv"), load_pack(pack), options)
    return verdicts, verdicts.table


def row_of(table, rule):
    (row,) = table[table["rule"] == rule].to_dict("records")
    return row


def rows_of(case):
    return {
        row["row"]: row for row in read_log(REAL / case / "events.csv").table.to_dict("records")
    }


def chosen_of(finding):
    return [(load_pack(scoring.pack), scoring.options) for scoring in finding.score]


def agreed(case):
    """The finding of a case, and which readings agree with its conclusions about time."""
    finding = load_finding(REAL / case / "finding.yaml")
    log = read_log(REAL / case / "events.csv")
    return finding, agreements(log, finding, chosen_of(finding))


def asked(case):
    """The verdicts that `yanlian score` shows."""
    finding = load_finding(REAL / case / "finding.yaml")
    log = read_log(REAL / case / "events.csv")
    return about(judge_by(log, chosen_of(finding)), finding).table


def test_every_case_is_tested():
    assert set(CASES) == {path.name for path in REAL.iterdir()}


@pytest.mark.parametrize("case", CASES)
def test_findings_name_packs_and_actors_that_exist(case):
    finding = load_finding(REAL / case / "finding.yaml")
    log = read_log(REAL / case / "events.csv")
    actors = set(log.table["actor"])
    assert finding.case == case
    incidents = set(log.table["incident"])
    for conclusion in finding.conclusions:
        assert conclusion.about in actors or case == "longjiang_2012_cadmium"  # nine unnamed
        assert conclusion.incident in incidents
    for scoring in finding.score:
        verdicts = score(log, load_pack(scoring.pack), scoring.options)
        assert len(verdicts) > 0
        assert set(verdicts.table["case"]) == {case}


@pytest.mark.parametrize("case", CASES)
def test_every_event_has_its_source(case):
    log = read_log(REAL / case / "events.csv")
    assert (log.table["source"] != "").all()


def test_hengxian_is_late_from_occurrence_and_met_at_equality_from_receipt():
    _, table = scored("hengxian_2009_fire", "guangxi-general-2006")
    row = row_of(table, "GP-county")
    assert row["owner"] == "hengxian-gov"
    assert row["grade"] == "III"  # four dead
    assert "derived" in row["flags"]
    # fire 03:30 give or take 15 min, so due by 05:45 at the latest; reported 10:20
    assert row["occur_verdict"] == "late"
    assert row["occur_margin_s"] == -(4 * 3600 + 35 * 60)
    # first notice 08:20, due and reported 10:20
    assert row["receive_verdict"] == "met"
    assert row["receive_margin_s"] == 0
    assert {"at_resolution", "bounded"} <= set(row["flags"].split("|"))
    assert row["summary"] == "depends"
    assert row["verdict"] == "late"  # the circular counted from the fire
    assert {"fire", "first-notice", "to-city"} == set(row["evidence"].split("|"))


def test_hengxian_elapsed_times_are_those_of_the_circular():
    log = read_log(REAL / "hengxian_2009_fire" / "events.csv")
    rows = {row["row"]: row for row in log.table.to_dict("records")}
    reported = rows["to-city"]["time"]
    assert reported - (rows["fire"]["time_lo"] + rows["fire"]["time_hi"]) / 2 == 410 * 60
    assert reported - rows["first-notice"]["time"] == 120 * 60


def test_hengxian_without_the_quarter_of_an_hour_is_late_too():
    log = read_log(REAL / "hengxian_2009_fire" / "events.csv")
    table = log.table.copy()
    fire = table["row"] == "fire"
    table.loc[fire, "time"] = 15 * 60  # 03:30, the origin is 03:15
    table.loc[fire, ["time_lo", "time_hi"]] = None
    verdicts = score(type(log)(table, log.origins), load_pack("guangxi-general-2006"))
    row = row_of(verdicts.table, "GP-county")
    assert row["occur_margin_s"] == -(4 * 3600 + 50 * 60)  # 6 h 50 min less 2 h


def test_hengxian_strict_boundary_would_make_it_late_from_receipt_too():
    _, table = scored("hengxian_2009_fire", "guangxi-general-2006", boundary="strict")
    assert row_of(table, "GP-county")["summary"] == "late"


def test_changzhi_is_late_from_occurrence_and_unproven_from_receipt():
    _, table = scored("changzhi_2012_aniline", "shanxi-quoted-2013")
    row = row_of(table, "SX-city")
    assert row["occur_verdict"] == "late"
    # 30 Dec 13:45 + 2 h = 15:45; reported 5 Jan 17:00: six days and 1 h 15 min late
    assert row["occur_margin_s"] == -(6 * 86400 + 75 * 60)
    assert (row["receive_verdict"], row["receive_reason"]) == ("unproven", "no_start")
    # declared 31 Dec 07:40: 17 h 55 min after the inquiry's time
    assert f"occurrence_differs:{17 * 3600 + 55 * 60}" in row["facts"].split("|")


def test_changzhi_company_report_with_a_date_only_is_unproven():
    _, table = scored("changzhi_2012_aniline", "order-493")
    row = row_of(table, "N-01")
    assert (row["verdict"], row["reason"]) == ("unproven", "interval_straddles")
    assert "value_differs:aniline-kg" in row["facts"]


def test_zhengzhou_four_daily_reports_were_not_made():
    verdicts, table = scored("zhengzhou_2021_rainstorm", "zhengzhou-2021-daily")
    origin = verdicts.origins["zhengzhou_2021_rainstorm"]
    late = table[table["verdict"] == "late"]
    days = [(origin + timedelta(seconds=int(s))).day for s in late["deadline_s"]]
    assert days == [25, 26, 27, 28]
    assert set(late["reason"]) == {"never_reported"}
    assert late["margin_s"].isna().all()


def test_zhengzhou_later_totals_differ_and_unobserved_days_prove_nothing():
    verdicts, table = scored("zhengzhou_2021_rainstorm", "zhengzhou-2021-daily")
    origin = verdicts.origins["zhengzhou_2021_rainstorm"]
    by_day = {
        (origin + timedelta(seconds=int(row["deadline_s"]))).strftime("%m-%d"): row
        for row in table.to_dict("records")
        if row["deadline_s"] == row["deadline_s"] and row["deadline_s"] is not None
    }
    for day in ("07-29", "07-30", "08-01"):  # 97, 322, 339 against 380
        assert by_day[day]["verdict"] == "met"
        assert by_day[day]["facts"] == "value_differs:dead-and-missing"
    for day in ("07-20", "07-24", "07-31"):
        assert (by_day[day]["verdict"], by_day[day]["reason"]) == ("unproven", "not_observed")
    assert max(by_day) == "08-01"


def test_no_verdict_speaks_of_intent():
    words = ("瞒", "谎", "conceal", "deliberate")
    for case in CASES:
        for scoring in load_finding(REAL / case / "finding.yaml").score:
            _, table = scored(case, scoring.pack, **scoring.options)
            text = table.to_csv()
            assert not any(word in text for word in words)


def test_finding_keeps_the_authoritys_words_apart():
    finding = load_finding(REAL / "zhengzhou_2021_rainstorm" / "finding.yaml")
    assert [c.category for c in finding.conclusions] == ["瞒报"]
    assert finding.conclusions[0].day == datetime(2022, 1, 21, tzinfo=CHINA).date()
    assert "瞒报" not in finding.ours.zh


def test_hengxian_the_circular_must_have_counted_from_the_fire():
    _, found = agreed("hengxian_2009_fire")
    (one,) = found
    assert (one.rule, one.conclusion.category) == ("GP-county", "迟报")
    assert one.readings == {"occur": "late", "receive": "met"}
    assert one.agreeing == ("occur",)
    # first notice 08:20, reported 10:20: exactly 2 h, so late only where equality is late
    assert one.choices == {"receive": (("boundary", "strict"),)}


def test_changzhi_only_occurrence_agrees_with_the_inquiry_on_the_city():
    _, found = agreed("changzhi_2012_aniline")
    by_actor = {one.conclusion.about: one for one in found}
    city = by_actor["changzhi-gov"]
    assert city.readings == {"occur": "late", "receive": "unproven"}
    assert city.agreeing == ("occur",)
    assert city.choices == {"receive": ()}
    company = by_actor["tianji"]  # 07:40 + 1 h against some time of that day
    assert company.readings == {"receive": "unproven"}
    assert company.agreeing == ()


def test_changzhi_downstream_provinces_are_not_the_province_that_is_owed_the_report():
    _, table = scored("changzhi_2012_aniline", "shanxi-quoted-2013")
    assert row_of(table, "SX-city")["recipient"] == "shanxi-gov"


def test_shanxi_circular_proves_nothing_without_the_times_of_the_reports():
    finding, found = agreed("shanxi_2010_circular")
    late = [one for one in finding.conclusions if one.means == "late"]
    assert [one.lateness for one in late] == ["3小时30分", "10天", "3小时05分", "8小时55分"]
    assert len(found) == 4
    for one in found:
        assert one.readings == {"receive": "unproven"}
        assert (one.agreeing, one.choices) == ((), {"receive": ()})


def test_shanxi_circular_grades_and_figures():
    _, table = scored("shanxi_2010_circular", "order-493")
    rows = table[table["rule"] == "N-02-city-up"].set_index("incident")
    # 1 dead: ordinary; 38: especially major; 4: larger; the crane's hazard has no table
    assert rows["true_grade"].to_dict() == {
        "pile-up": "IV",
        "crane": "",
        "wangjialing": "I",
        "jiaonan": "III",
        "boiler": "III",  # nine dead in fact
    }
    boiler = table[(table["rule"] == "N-01") & (table["incident"] == "boiler")]
    assert boiler["owner"].tolist() == ["yunfeng"]
    assert boiler["reason"].tolist() == ["no_recipient"]


def test_quanzhou_company_told_its_figure_some_time_in_three_weeks():
    _, table = scored("quanzhou_2018_c9", "order-493")
    row = row_of(table, "N-01")
    # found 01:13, due 02:13; told between 01:13 and 24 November
    assert (row["verdict"], row["reason"]) == ("unproven", "interval_straddles")
    assert "value_differs:c9-kg" in row["facts"].split("|")  # 6 970 against 69 100
    _, found = agreed("quanzhou_2018_c9")
    assert found == []  # the conclusions are about the amount, none about time


def test_quanzhou_amount_is_ten_times_what_was_told():
    rows = rows_of("quanzhou_2018_c9")
    assert rows["company-amount"]["quantity"] == 6970
    assert rows["true-amount"]["quantity"] == 69100


def test_qingdao_five_hops_inside_the_company_took_two_hours_55():
    rows = rows_of("qingdao_2013_pipeline")
    seen = rows["pressure-drop"]["time"]
    hops = {name: rows[name]["time"] - seen for name in ("hop-1", "hop-2", "hop-3")}
    # 02:12 to 02:50, 04:47, 05:07
    assert hops == {"hop-1": 38 * 60, "hop-2": 155 * 60, "hop-3": 175 * 60}
    assert rows["to-district"]["time"] - rows["call-110"]["time"] == 39 * 60


def test_qingdao_report_to_the_department_is_not_on_record():
    _, table = scored("qingdao_2013_pipeline", "order-493")
    rows = table[table["rule"] == "N-01"]
    assert rows["owner"].tolist() == ["weifang", "weifang"]  # leak and explosion
    assert set(rows["verdict"]) == {"unproven"}
    assert set(table["true_grade"]) == {"", "I"}  # 62 dead
    dead = [rows_of("qingdao_2013_pipeline")[f"figure-{n}"]["dead"] for n in (22, 35, 44, 52, 55)]
    assert dead == [22, 35, 44, 52, 55]


def test_hejiang_late_detection_is_no_late_report():
    rows = rows_of("hejiang_2013_thallium")
    # tests of 1 and 5 July found nothing: they are no notice; the first that did, 04:00 to 04:30
    assert {rows[name]["activity"] for name in ("test-1", "test-2")} == {"verify"}
    found = rows["found"]
    assert found["time_hi"] - found["time_lo"] == 3600  # each "about" a quarter of an hour
    _, table = scored("hejiang_2013_thallium", "guangxi-2012-65")
    for rule in ("GX-01", "GX-02-city"):
        row = row_of(table, rule)
        assert (row["owner"], row["verdict"]) == ("hezhou-gov", "unproven")
        assert row["reason"] == "grade_unknown"  # II is the level of the response
    assert agreed("hejiang_2013_thallium")[1] == []


def test_longjiang_a_magazines_three_days_are_51_to_75_hours_and_no_verdict():
    rows = rows_of("longjiang_2012_cadmium")
    found, told = rows["found"], rows["fax-downstream"]["time"]
    assert told - found["time_lo"] == 75 * 3600  # 15 January 00:00 to 18 January 03:00
    assert told - found["time_hi"] == 51 * 3600 + 1  # a day's last second is 23:59:59
    verdicts = asked("longjiang_2012_cadmium")
    assert set(verdicts["verdict"]) == {"unproven"}
    assert agreed("longjiang_2012_cadmium")[1] == []


@pytest.mark.parametrize("case", CASES)
def test_rules_named_by_a_finding_exist_and_are_all_that_is_shown(case):
    finding = load_finding(REAL / case / "finding.yaml")
    shown = asked(case)
    for scoring in finding.score:
        assert set(scoring.rules) <= set(load_pack(scoring.pack).rules)
        if scoring.rules:
            rules = shown[shown["pack"] == scoring.pack]["rule"]
            assert set(rules) == set(scoring.rules)
