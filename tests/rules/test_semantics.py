"""The contracts' words on records, readings, grades and completeness, one by one."""

from __future__ import annotations

import json
import warnings

import pytest

from sim.log.record import EventLog
from sim.rules import OutsideValidity, deliveries, load_pack, longest_limit, score

TEN = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"
CITY, DEPT = "hechi", "emergency-dept"
READINGS = ("occur", "receive", "confirm")


def verdicts(row):
    return tuple(row[f"{r}_verdict"] for r in READINGS)


def reasons(row):
    return tuple(row[f"{r}_reason"] for r in READINGS)


def city(record, **options):
    return record.judge(**options)["GX-02-city", CITY]


def interval(lo, hi):
    return {"time_lo": lo * 60, "time_hi": hi * 60}


# --- missing starts: bounded by occur <= receive <= confirm -------------------------------


def test_met_from_an_earlier_start_is_met_from_a_missing_later_one(record):
    record.occur().row("confirm", "1:10", actor="county", grade="II")
    row = city(record.report(CITY, "region", "1:55"))
    assert verdicts(row) == ("met", "met", "met")
    assert row["flags"].split("|").count("bounded") == 1


def test_late_from_a_later_start_is_late_from_a_missing_earlier_one(record):
    record.row("confirm", "1:10", actor=CITY, grade="II")
    row = city(record.report(CITY, "region", "3:20"))
    assert verdicts(row) == ("late", "late", "late")
    assert row["confirm_margin_s"] == -10 * 60


def test_otherwise_a_missing_start_is_unproven(record):
    record.occur().row("confirm", "1:10", actor=CITY, grade="II")
    row = city(record.report(CITY, "region", "2:30"))
    assert verdicts(row) == ("late", "unproven", "met")
    assert reasons(row)[1] == "no_start"


# --- intervals --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lo", "hi", "expected", "margin"),
    [
        (100, 115, "met", 5),
        (115, 125, "unproven", None),
        (121, 130, "late", -1),
        (100, 120, "met", 0),
        (120, 121, "unproven", None),
    ],
)
def test_intervals_decide_only_when_every_value_agrees(record, lo, hi, expected, margin):
    record.occur().knows(CITY)
    record.row("reported", actor=CITY, recipient="region", kind="initial", **interval(lo, hi))
    row = city(record)
    assert row["occur_verdict"] == expected
    assert row["occur_reason"] == ("interval_straddles" if expected == "unproven" else "")
    if margin is None:
        assert row["occur_margin_s"] is None or row["occur_margin_s"] != row["occur_margin_s"]
    else:
        assert row["occur_margin_s"] == margin * 60


@pytest.mark.parametrize(("resolution", "flagged"), [(60, True), (1, False)])
def test_a_margin_under_the_resolution_of_the_stamps_is_flagged(record, resolution, flagged):
    record.occur().knows(CITY)
    record.row("reported", 2 * 3600 + 30, actor=CITY, recipient="region", kind="initial")
    for row in record.rows:
        row["resolution"] = resolution
    row = city(record)
    assert row["occur_verdict"] == "late"
    assert ("at_resolution" in row["flags"]) == flagged


# --- occurrence --------------------------------------------------------------------------


def test_the_inquirys_occurrence_wins_and_the_difference_is_shown(record):
    record.occur("0:30", actor="plant").occur("0:00").occur("0:45", actor="county").knows(CITY)
    row = city(record.report(CITY, "region", "2:10"))
    assert row["occur_margin_s"] == -10 * 60
    assert "occurrence_differs:1800" in row["facts"].split("|")


def test_without_an_inquiry_the_earliest_declared_counts(record):
    record.occur("0:45", actor="county").occur("0:30", actor="plant").knows(CITY, "0:50")
    row = city(record.report(CITY, "region", "2:10"))
    assert row["occur_margin_s"] == 20 * 60
    assert row["facts"] == ""


def test_a_replaced_occurrence_does_not_count(record):
    record.occur("0:00").occur("0:30", replaces="r3").knows(CITY)
    assert city(record.report(CITY, "region", "2:10"))["occur_margin_s"] == 20 * 60


# --- obligors ----------------------------------------------------------------------------


def test_an_obligor_that_no_row_names_is_unproven(record):
    row = record.occur().knows(CITY).judge()["GX-05-unit-gov", ""]
    assert (row["verdict"], row["reason"]) == ("unproven", "no_obligor")


def test_a_duty_that_the_grade_rules_out_needs_no_obligor(record):
    record.rows.pop(1)  # the department
    record.occur().knows(CITY, grade="III")
    row = record.judge()["GX-02-dept", ""]
    assert (row["verdict"], row["reason"]) == ("not_applicable", "other_grade")


def test_only_departments_that_supervise_the_hazard_owe(record):
    record.role("forest-dept", "region_dept", supervises="forest_fire").occur().knows(CITY)
    assert {o for r, o in record.judge() if r == "GX-02-dept"} == {DEPT}


def test_areas_of_another_level_do_not_rule_a_city_out(record):
    record.role("dahua", "county_gov", jurisdiction="dahua")
    record.occur(jurisdiction="dahua").knows(CITY)
    assert ("GX-02-city", CITY) in record.judge()


def test_without_the_recipient_in_the_directory_nothing_is_proven(record):
    record.rows.pop(2)  # the region
    record.occur().knows(CITY).report(CITY, "region", "1:00")
    row = city(record)
    assert (row["verdict"], row["reason"]) == ("unproven", "no_recipient")


def test_a_report_to_somebody_else_does_not_count(record):
    record.role("dahua", "county_gov").occur().knows(CITY)
    row = city(record.report(CITY, "dahua", "1:00").observe("24:00"))
    assert row["reason"] == "never_reported"


def test_without_any_incident_every_rule_is_unproven(record):
    rows = record.observe("24:00").judge()
    rules = load_pack("guangxi-2012-65").rules
    reasons = {row["reason"] for (name, _), row in rows.items() if rules[name].per == "incident"}
    assert reasons == {"no_incident"}


# --- completeness ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "expected", "reason"),
    [
        ([("0:00", "24:00")], "late", "never_reported"),
        ([("0:00", "2:00")], "late", "never_reported"),  # reaches the limit
        ([("0:00", "1:59")], "open", ""),
        ([("0:50", "24:00")], "unproven", "not_observed"),  # begins after his first notice
        ([("0:00", "1:00"), ("1:30", "24:00")], "open", ""),  # complete until 1:00 only
        ([("0:00", "1:00"), ("1:00", "24:00")], "late", "never_reported"),
    ],
)
def test_completeness_decides_about_acts_that_are_missing(record, spans, expected, reason):
    record.occur().knows(CITY)
    for since, until in spans:
        record.observe(until, since)
    row = city(record)
    assert (row["occur_verdict"], row["occur_reason"]) == (expected, reason)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"actor": "hechi"}, "late"),  # the sender's own record
        ({"actor": "region"}, "late"),  # the recipient's
        ({"actor": "dahua"}, "unproven"),
        ({"channel": "phone"}, "unproven"),  # it may have gone by fax
        ({"incident": "other"}, "unproven"),
    ],
)
def test_only_a_complete_record_of_the_right_thing_proves_absence(record, columns, expected):
    record.occur().knows(CITY).observe("24:00", **columns)
    assert city(record)["occur_verdict"] == expected


def test_a_channel_is_enough_where_the_duty_is_bound_to_it(record):
    record.occur().knows(CITY).observe("24:00", channel="phone")
    row = record.judge(explanation_channel="phone")["GX-04", CITY]
    assert row["occur_verdict"] == "unproven"  # whether details came is not known
    record.observe("3:30")
    assert record.judge(explanation_channel="phone")["GX-04", CITY]["occur_verdict"] == "late"


# --- messages ----------------------------------------------------------------------------


@pytest.mark.parametrize("fate", ["lost", "refused", "given_up", "cancelled"])
def test_a_message_that_never_arrived_discharges_nothing(record, fate):
    record.occur().knows(CITY).observe("24:00")
    record.row(
        "send", "1:30", phase="ended", actor=CITY, recipient="region", message="m", kind="initial"
    )
    record.row(fate, "1:31", actor=CITY, recipient="region", message="m")
    row = city(record)
    assert (row["verdict"], row["reason"]) == ("late", "never_reported")


def test_a_message_still_open_after_the_limit_is_late(record):
    record.occur().knows(CITY)
    record.row(
        "send", "1:30", phase="ended", actor=CITY, recipient="region", message="m", kind="initial"
    )
    record.row("open", "2:30", actor=CITY, recipient="region", message="m")
    assert verdicts(city(record)) == ("late", "unproven", "unproven")


def test_tries_that_fail_are_no_reports(record):
    record.occur().knows(CITY).observe("24:00")
    for time, activity, phase in (("1:00", "send", "started"), ("1:01", "try_failed", "")):
        record.row(
            activity, time, phase=phase, actor=CITY, recipient="region", message="m", kind="initial"
        )
    assert city(record)["reason"] == "never_reported"


def test_a_receipt_by_somebody_else_ends_no_clock(record):
    record.occur().knows(CITY)
    record.row(
        "send", "1:00", phase="ended", actor=CITY, recipient="region", message="m", kind="initial"
    )
    record.row("receive", "1:01", actor="dahua", message="m")
    assert city(record)["reason"] == "no_end_stamp"


def test_what_was_received_in_time_had_been_sent_in_time(record):
    """Without a send row, received at 1:50 says sent by 1:50, though acknowledged at 2:10 only."""
    record.occur().row("receive", "1:50", actor="region", recipient=CITY, message="m")
    record.rows[-1] |= {"kind": "initial"}
    record.row("acknowledge", "2:10", actor="region", recipient=CITY, message="m")
    record.row("confirm", "0:00", actor=CITY, grade="II")
    row = city(record, end="sent", start="occur")
    assert (row["verdict"], row["margin_s"]) == ("met", 600)
    assert city(record, start="occur")["verdict"] == "late"


def test_deliveries_are_one_row_per_message(record):
    record.occur().report(CITY, "region", "1:02", sent="1:00", elements=TEN)
    record.row("reported", "2:00", actor=DEPT, recipient="region", kind="initial")
    table = deliveries(record.log())
    assert table["sender"].tolist() == [CITY, DEPT]
    assert table["sent_s"].tolist() == [3600, 7200]
    assert table["acknowledged_s"].isna().tolist() == [False, True]
    assert table["received_s"].tolist() == [3600, 7200]


def test_the_label_decides_only_where_elements_are_empty(record):
    record.occur().knows(CITY).observe("24:00")
    record.report(CITY, "region", "1:00", "initial", elements="loss|trend")  # no what, where, when
    row = city(record)
    assert (row["verdict"], row["reason"]) == ("late", "missing_elements")
    assert set(row["facts"].split("|")) == {
        "missing_element:time",
        "missing_element:place",
        "missing_element:nature",
    }


def test_a_report_of_unknown_content_proves_neither_way(record):
    record.occur().knows(CITY).observe("24:00")
    rows = record.report(CITY, "region", "1:00", "").judge()
    assert rows["GX-02-city", CITY]["verdict"] == "met"  # a report it is
    row = rows["GX-03", CITY]  # whether it was a detailed one nobody knows
    assert (row["verdict"], row["reason"]) == ("unproven", "content_unknown")
    assert rows["GX-04", CITY]["verdict"] == "unproven"


def test_a_report_of_unknown_content_after_the_limit_excuses_nothing(record):
    record.occur().knows(CITY).observe("24:00").report(CITY, "region", "5:00", "")
    assert record.judge()["GX-03", CITY]["verdict"] == "late"


# --- grades ------------------------------------------------------------------------------


def test_others_confirmations_count_where_the_owner_has_none(record):
    record.occur().row("receive", "0:40", actor=CITY).row(
        "confirm", "1:00", actor="region", grade="II"
    )
    row = city(record.report(CITY, "region", "1:30"))
    assert row["occur_verdict"] == "met"
    assert "others_grade" in row["flags"]


def test_without_confirmations_the_grade_is_derived_from_recorded_figures(record):
    record.occur().row("receive", "0:40", actor=CITY, dead=12)
    row = city(record.report(CITY, "region", "1:30", dead=12))
    assert (row["grade"], row["occur_verdict"]) == ("II", "met")
    assert "derived" in row["flags"]


def test_an_unknown_grade_is_unproven(record):
    row = city(record.occur().row("receive", "0:40", actor=CITY))
    assert (row["verdict"], row["reason"]) == ("unproven", "grade_unknown")


def test_the_verdict_by_the_true_grade_stands_beside(record):
    record.occur(dead=12).knows(CITY, grade="III").observe("24:00")
    row = record.report(CITY, "region", "3:30").judge()["GX-02-city", CITY]
    assert (row["verdict"], row["reason"]) == ("not_applicable", "other_grade")
    assert (row["true_grade"], row["true_grade_verdict"]) == ("II", "late")  # due 3:10
    assert row["facts"] == "graded_too_low"


def test_a_grade_never_confirmed_is_a_fact_of_a_complete_record(record):
    record.occur(dead=12).row("receive", "0:40", actor=CITY)
    record.report(CITY, "region", "1:30")
    assert "never_confirmed" not in city(record)["facts"]
    assert "never_confirmed" in city(record.observe("24:00"))["facts"]


def test_a_grade_counted_later_is_the_true_one(record):
    record.occur().knows(CITY, grade="III").row("truth", "200:00", dead=12)
    row = record.report(CITY, "region", "1:00").judge()["GX-02-city", CITY]
    assert (row["true_grade"], row["true_grade_verdict"]) == ("II", "met")


def test_a_truth_that_rises_starts_the_duty_when_it_rose(record):
    record.occur(dead=4).knows(CITY, grade="III").row("truth", "5:00", dead=12)
    row = record.report(CITY, "region", "6:30").judge()["GX-02-city", CITY]
    assert row["true_grade_verdict"] == "met"  # due 7:00


def test_figures_that_differ_from_the_truth_are_a_fact(record):
    record.occur(dead=12).knows(CITY).report(CITY, "region", "1:00", dead=3, missing=9)
    assert city(record)["facts"] == "value_differs:dead"


def test_an_upgraded_duty_needs_a_new_report_unless_it_stated_the_grade(record):
    record.occur().knows(CITY, confirm="1:00", grade="III").row(
        "confirm", "5:00", actor=CITY, grade="II"
    )
    record.report(CITY, "region", "4:50").observe("24:00")
    assert city(record)["reason"] == "never_reported"
    record.report(CITY, "region", "4:55", grade="II")
    assert verdicts(city(record)) == ("met",) * 3


def test_a_breach_before_the_downgrade_stays(record):
    record.occur().knows(CITY, confirm="0:50").row("confirm", "2:30", actor=CITY, grade="III")
    row = city(record.observe("24:00"))
    assert verdicts(row) == ("late", "not_applicable", "not_applicable")


def test_a_duty_done_before_the_downgrade_stays_done(record):
    record.occur().knows(CITY, confirm="0:50").row("confirm", "1:40", actor=CITY, grade="III")
    assert verdicts(city(record.report(CITY, "region", "1:20"))) == ("met",) * 3


# --- table and pack ----------------------------------------------------------------------


def test_records_can_be_written_as_json(record):
    record.occur().knows(CITY).report(CITY, "region", "1:55")
    records = score(record.log(), load_pack("guangxi-2012-65")).records()
    one = next(r for r in json.loads(json.dumps(records)) if r["rule"] == "GX-02-city")
    assert {"case", "rule", "clause", "owner", "recipient", "limit_s", "verdict"} <= set(one)
    assert one["limit_s"] == 7200
    assert one["margin_s"] == 75 * 60
    assert one["readings"]["occur"]["margin_s"] == 5 * 60
    assert one["end_s"] == 115 * 60
    assert isinstance(one["evidence"], list)
    unit = next(r for r in records if r["rule"] == "GX-05-unit-gov")
    assert unit["readings"]["confirm"] is None


def test_evidence_names_the_rows_that_prove_it(record):
    record.occur().knows(CITY).report(CITY, "region", "1:55")
    activities = {row["row"]: row["activity"] for row in record.rows}
    found = {activities[word] for word in city(record)["evidence"].split("|")}
    assert found == {"occur", "receive", "confirm", "acknowledge"}


def test_longest_limit_is_the_longest_of_the_rules():
    assert longest_limit(load_pack("guangxi-2012-65")) == 6 * 3600
    assert longest_limit(load_pack("zhengzhou-2021-daily")) == 86_400


def test_outside_validity_warns_and_judges_all_the_same(record):
    record.occur().knows(CITY).report(CITY, "region", "1:55")
    log = record.log()
    early = EventLog(log.table, {"drill": log.origins["drill"].replace(year=2005)})
    with pytest.warns(OutsideValidity):
        table = score(early, load_pack("guangxi-2012-65")).table
    assert table["flags"].str.contains("outside_validity").all()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        score(log, load_pack("guangxi-2012-65"))


def test_order_493_counts_each_hop_from_its_own_receipt(record):
    record.role("plant", "unit").role("dahua-dept", "county_dept", supervises="chemical_leak")
    record.role("hechi-dept", "city_dept", supervises="chemical_leak")
    record.role("dahua", "county_gov")
    record.occur().row("notice", "0:05", actor="plant")
    record.report("plant", "dahua-dept", "1:00").report("dahua-dept", "hechi-dept", "3:01")
    record.report("dahua-dept", "dahua", "2:59")
    rows = record.judge("order-493")
    assert rows["N-01", "plant"]["margin_s"] == 5 * 60
    assert rows["N-02-county-up", "dahua-dept"]["margin_s"] == -60
    assert rows["N-02-county-gov", "dahua-dept"]["margin_s"] == 60


def test_order_493_is_about_work_safety_only(record):
    record.role("plant", "unit").occur(hazard="flood").row("notice", "0:05", actor="plant")
    row = record.judge("order-493")["N-01", "plant"]
    assert (row["verdict"], row["reason"]) == ("not_applicable", "other_hazard")


def test_a_daily_report_discharges_its_own_day_only(record):
    record.occur()  # 08:00
    for day in (0, 2):  # 18:00 of the first and of the third day
        time = (day * 24 + 10) * 3600
        record.row("reported", time, actor=CITY, recipient="region", kind="daily")
    record.observe("72:00").row("terminate", "64:00", actor=CITY)  # 24:00 of the third day
    table = score(record.log(), load_pack("zhengzhou-2021-daily")).table
    assert table["recurrence"].tolist() == [1, 2, 3]
    assert table["verdict"].tolist() == ["met", "late", "met"]
    assert table["margin_s"].tolist()[0] == 6 * 3600 - 1  # 24:00 is the last second of the day
    assert table["reason"].tolist()[1] == "never_reported"


def test_grades_whose_order_is_not_known_prove_nothing(record):
    """III between 1:00 and 2:00, II at 1:30: raised or lowered, nobody knows."""
    record.occur().observe("24:00").row("receive", "0:40", actor=CITY)
    record.row("confirm", actor=CITY, grade="III", **interval(60, 120))
    record.row("confirm", "1:30", actor=CITY, grade="II")
    row = city(record)
    assert (row["verdict"], row["reason"]) == ("unproven", "order_unknown")
    assert verdicts(row) == ("unproven",) * 3
    record.rows[-2] |= interval(60, 90)  # not after: raised
    assert (city(record)["verdict"], city(record)["reason"]) == ("late", "never_reported")


def test_of_a_report_that_may_have_come_before_the_rise_it_is_not_known_whether_it_counts(record):
    """II since 5:00; the new duty wants a new report until 7:00."""
    record.occur().knows(CITY, confirm="1:00", grade="III")
    record.row("confirm", "5:00", actor=CITY, grade="II")
    report = {"activity": "reported", "actor": CITY, "recipient": "region", "kind": "initial"}
    record.row(**report, **interval(290, 310))
    assert verdicts(city(record)) == ("unproven",) * 3
    record.rows[-1] |= interval(300, 310)
    assert verdicts(city(record)) == ("met",) * 3
    assert city(record)["margin_s"] == 110 * 60
    record.rows[-1] |= interval(270, 299)  # before: it does not count at all
    assert reasons(city(record)) == ("not_observed",) * 3
