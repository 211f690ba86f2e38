"""Real incidents: what the record proves, beside what the authority found.

Expected instants and differences are worked out by hand from the published timelines.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sim.log import read_log
from sim.rules import load_finding, load_pack, score

REAL = Path(__file__).parents[2] / "scenarios" / "real"
CASES = ("hengxian_2009_fire", "changzhi_2012_aniline", "zhengzhou_2021_rainstorm")
CHINA = timezone(timedelta(hours=8))


def scored(case, pack, **options):
    verdicts = score(read_log(REAL / case / "events.csv"), load_pack(pack), options)
    return verdicts, verdicts.table


def row_of(table, rule):
    (row,) = table[table["rule"] == rule].to_dict("records")
    return row


@pytest.mark.parametrize("case", CASES)
def test_findings_name_packs_and_actors_that_exist(case):
    finding = load_finding(REAL / case / "finding.yaml")
    log = read_log(REAL / case / "events.csv")
    actors = set(log.table["actor"])
    assert finding.case == case
    for conclusion in finding.conclusions:
        assert conclusion.about in actors
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
