"""Every option of the pack does what it says; the default is the reading given in the rule book."""

from __future__ import annotations

import pytest

from sim.rules import load_pack

TEN = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"
CITY, DEPT = "hechi", "emergency-dept"


def verdicts(rows, rule, owner=CITY):
    row = rows[rule, owner]
    return tuple(row[f"{r}_verdict"] for r in ("occur", "receive", "confirm"))


def minutes(row, name="margin_s"):
    return None if row[name] is None or row[name] != row[name] else row[name] / 60


@pytest.fixture
def major(record):
    """A major event; the city reports at 2:20, its details at 3:30, an explanation at 0:55."""
    record.occur().knows(CITY).knows(DEPT)
    record.report(CITY, "region", "2:20").report(CITY, "region", "3:30", "detailed", elements=TEN)
    return record


@pytest.mark.parametrize(
    ("start", "expected", "margin"),
    [
        ("confirm", "met", 50),
        ("receive", "met", 20),
        ("occur", "late", -20),
        ("detect", "late", -15),
    ],
)
def test_start_chooses_the_reading_that_counts(major, start, expected, margin):
    major.row("notice", "0:05", actor="plant")  # somebody knew long before the city
    row = major.judge(start=start)["GX-02-city", CITY]
    assert (row["verdict"], minutes(row)) == (expected, margin)
    assert row["summary"] == "depends"


@pytest.mark.parametrize(
    ("by", "margin"),
    [("owner", 50), ("county", 15), ("department", 50), ("region", None), ("anybody", 15)],
)
def test_confirmed_by_chooses_whose_grading_starts_the_clock(major, by, margin):
    major.role("dahua", "county_gov").row("confirm", "0:35", actor="dahua", grade="II")
    row = major.judge(confirmed_by=by)["GX-02-city", CITY]
    if by in ("county", "anybody"):  # before the city's own notice: out of order, but not his own
        assert row["confirm_verdict"] == "met"
    if margin is None:  # the region confirmed nothing: met from receipt, so met
        assert row["confirm_verdict"] == "met"
        assert "others_grade" in row["flags"]
    else:
        assert minutes(row, "confirm_margin_s") == margin


def test_detailed_start_may_be_the_first_report(major):
    row = major.judge(detailed_start="first_report")["GX-03", CITY]
    assert minutes(row) == (2 * 60 + 20 + 180) - 210  # sent 2:20, due 5:20, in at 3:30
    assert row["occur_verdict"] == row["receive_verdict"] == row["confirm_verdict"] == ""


def test_detailed_may_be_owed_by_both(major):
    assert ("GX-03-dept", DEPT) not in major.judge()
    row = major.observe("24:00").judge(detailed_owed_by="both")["GX-03-dept", DEPT]
    assert (row["verdict"], row["reason"]) == ("late", "never_reported")


def test_fewer_elements_may_be_detailed_enough(record):
    record.occur().knows(CITY)
    eight = TEN.rsplit("|", 2)[0]
    record.report(CITY, "region", "2:30", "detailed", elements=eight).observe("24:00")
    assert verdicts(record.judge(), "GX-03") == ("late",) * 3
    assert verdicts(record.judge(detailed_elements="9"), "GX-03") == ("late",) * 3
    assert verdicts(record.judge(detailed_elements="8"), "GX-03") == ("met",) * 3


def test_reports_may_be_judged_all_together(record):
    record.occur().knows(CITY)
    record.report(CITY, "region", "1:00", elements="receipt_time|source|time|place|nature")
    record.report(CITY, "region", "2:30", "follow_up", elements="scope|loss|trend|leaders|measures")
    assert record.judge()["GX-03", CITY]["verdict"] == "unproven"
    row = record.judge(content="union")["GX-03", CITY]
    assert (row["verdict"], minutes(row, "occur_margin_s")) == ("met", 30)


def test_explanation_may_count_from_receipt_only(major):
    major.report(CITY, "region", "1:20", "explanation", reason="no line")
    assert verdicts(major.judge(), "GX-03") == ("late", "met", "met")
    rows = major.judge(explanation_start="receive")
    assert verdicts(rows, "GX-03") == ("excused", "met", "met")


def test_explanation_may_have_to_come_by_phone(major):
    major.report(CITY, "region", "0:55", "explanation", reason="no line", channel="fax")
    assert verdicts(major.judge(), "GX-03")[0] == "excused"
    assert verdicts(major.judge(explanation_channel="phone"), "GX-03")[0] == "late"


def test_explanation_may_excuse_the_first_report_too(major):
    major.report(CITY, "region", "0:55", "explanation", reason="no line")
    assert verdicts(major.judge(), "GX-02-city") == ("late", "met", "met")
    assert verdicts(major.judge(explanation_excuses="both"), "GX-02-city") == (
        "excused",
        "met",
        "met",
    )


def test_an_explanation_that_says_what_where_when_is_a_first_report(record):
    record.occur().knows(CITY)
    record.report(
        CITY, "region", "0:55", "explanation", reason="no line", elements="time|place|nature"
    )
    assert verdicts(record.judge(), "GX-02-city") == ("met",) * 3


def test_the_department_may_have_to_explain_itself(major):
    major.report(CITY, "region", "0:55", "explanation", reason="no line")
    major.report(DEPT, "region", "4:30", "detailed", elements=TEN).observe("24:00")
    rows = major.judge(detailed_owed_by="both")
    assert verdicts(rows, "GX-03-dept", DEPT) == ("excused",) * 3
    rows = major.judge(detailed_owed_by="both", explanation_by="both")
    assert verdicts(rows, "GX-03-dept", DEPT) == ("late",) * 3
    assert verdicts(rows, "GX-04-dept", DEPT) == ("late",) * 3
    assert verdicts(rows, "GX-03")[0] == "excused"


def test_an_explanation_before_confirmation_may_not_count(major):
    major.report(CITY, "region", "0:55", "explanation", reason="no line")
    rows = major.judge(explanation_before_confirm="not")
    assert verdicts(rows, "GX-03")[0] == "late"


def test_the_end_may_be_receipt(record):
    record.occur().knows(CITY)
    number = {"message": "m", "kind": "initial"}
    record.row("send", "1:50", phase="ended", actor=CITY, recipient="region", **number)
    record.row("receive", "1:58", actor="region", **number)
    record.row("acknowledge", "2:05", actor="region", recipient=CITY, message="m")
    assert minutes(record.judge()["GX-02-city", CITY], "occur_margin_s") == -5
    assert minutes(record.judge(end="received")["GX-02-city", CITY], "occur_margin_s") == 2
    assert minutes(record.judge(end="sent")["GX-02-city", CITY], "occur_margin_s") == 10


def test_one_report_of_two_obligors_may_be_enough(record):
    record.occur().knows(CITY).knows(DEPT).report(CITY, "region", "1:00").observe("24:00")
    assert verdicts(record.judge(), "GX-02-dept", DEPT) == ("late",) * 3
    assert verdicts(record.judge(obligors="joint"), "GX-02-dept", DEPT) == ("met",) * 3


def test_the_department_may_owe_the_six_hour_report(record):
    record.occur().knows(CITY, grade="III").knows(DEPT, grade="III").observe("24:00")
    assert ("GX-01-dept", DEPT) not in record.judge()
    row = record.judge(situation_by_department="owed")["GX-01-dept", DEPT]
    assert row["verdict"] == "late"


def test_each_city_owes_or_the_lead_city_alone(record):
    record.role("liuzhou", "city_gov", jurisdiction="liuzhou")
    record.role("nanning", "city_gov", jurisdiction="nanning")
    record.occur(jurisdiction="liuzhou|hechi").knows(CITY).knows("liuzhou")
    owners = {owner for rule, owner in record.judge() if rule == "GX-02-city"}
    assert owners == {"hechi", "liuzhou"}
    owners = {owner for rule, owner in record.judge(cities="lead") if rule == "GX-02-city"}
    assert owners == {"liuzhou"}


@pytest.mark.parametrize(("how", "due"), [("upgrade", 7), ("never", 3), ("always", 7)])
def test_a_rise_of_the_grade_restarts_the_clock_or_not(record, how, due):
    record.occur().knows(CITY, confirm="1:00", grade="III")
    record.row("confirm", "5:00", actor=CITY, grade="II").report(CITY, "region", "6:30")
    row = record.judge(regrade=how)["GX-02-city", CITY]
    assert row["confirm_deadline_s"] == due * 3600
    assert row["occur_deadline_s"] == (2 if how == "never" else 7) * 3600


@pytest.mark.parametrize(("how", "due"), [("upgrade", 6), ("always", 7)])
def test_a_fall_into_the_list_restarts_only_under_always(record, how, due):
    record.occur().knows(CITY, "0:40", "0:50", "II").row("confirm", "1:00", actor=CITY, grade="III")
    record.report(CITY, "region", "2:00", "situation", elements="measures")
    assert record.judge(regrade=how)["GX-01", CITY]["occur_deadline_s"] == due * 3600


def test_exactly_at_the_limit_may_be_late(record):
    record.occur().knows(CITY).report(CITY, "region", "2:00")
    assert verdicts(record.judge(), "GX-02-city") == ("met",) * 3
    assert verdicts(record.judge(boundary="strict"), "GX-02-city") == ("late", "met", "met")


@pytest.fixture
def immediate(record):
    record.role("plant", "unit", jurisdiction="dahua").role("village", "grassroots")
    record.role("dahua", "county_gov", jurisdiction="dahua", superior="hechi")
    record.role("dahua-dept", "county_dept", jurisdiction="dahua")
    record.occur().row("notice", "0:10", actor="plant").row("notice", "0:20", actor="village")
    return record.report("plant", "dahua", "0:45").observe("24:00")


def test_at_once_has_no_number_and_only_a_mark(immediate):
    rows = immediate.judge()
    row = rows["GX-05-unit-gov", "plant"]
    assert (row["verdict"], row["summary"]) == ("met", "met")
    assert "soft_late" in row["flags"]  # 35 min, our mark is 30
    assert minutes(row) is None
    assert rows["GX-05-grassroots-gov", "village"]["reason"] == "never_reported"


@pytest.mark.parametrize(("limit", "expected"), [("15 min", -20), ("30 min", -5), ("1 h", 25)])
def test_at_once_may_be_given_a_number(immediate, limit, expected):
    row = immediate.judge(immediate=limit, immediate_recipients="both")["GX-05-unit-gov", "plant"]
    assert minutes(row) == expected


def test_one_of_government_and_department_is_enough_or_not(immediate):
    row = immediate.judge()["GX-05-unit-dept", "plant"]
    assert (row["verdict"], row["reason"]) == ("excused", "still_owed")
    row = immediate.judge(immediate_recipients="both")["GX-05-unit-dept", "plant"]
    assert (row["verdict"], row["reason"]) == ("late", "never_reported")


def test_an_evaluators_tick_may_make_a_report_detailed(record):
    record.occur().knows(CITY).observe("24:00")
    record.report(CITY, "region", "2:30", "detailed", elements="time|place")
    assert record.judge()["GX-03", CITY]["reason"] == "missing_elements"
    row = record.judge(detailed_elements="tick")["GX-03", CITY]
    assert (row["verdict"], row["reason"]) == ("unproven", "content_unknown")
    record.rows[-3]["elements"] = record.rows[-2]["elements"] = "time|place|judged_full"
    row = record.judge(detailed_elements="tick")["GX-03", CITY]
    assert (row["verdict"], minutes(row, "occur_margin_s")) == ("met", 30)
    record.rows[-3]["elements"] = record.rows[-2]["elements"] = TEN + "|judged_short"
    row = record.judge(detailed_elements="tick")["GX-03", CITY]
    assert (row["verdict"], row["reason"]) == ("late", "missing_elements")


def test_explanation_may_count_from_the_moment_the_difficulty_is_known(major):
    """Known at 1:30, told at 2:20: 50 min; an hour from occurrence would have ended at 1:00."""
    major.report(CITY, "region", "2:20", "explanation", reason="no line")
    assert verdicts(major.judge(), "GX-03")[0] == "late"
    row = major.judge(explanation_start="known")["GX-04", CITY]
    assert (row["verdict"], row["reason"]) == ("not_applicable", "not_triggered")  # GX-03 is met
    major.row("foreseen", "1:30", actor=CITY)
    major.rows = [r for r in major.rows if r.get("kind") != "detailed"]
    row = major.observe("24:00").judge(explanation_start="known")["GX-04", CITY]
    assert (row["verdict"], minutes(row)) == ("met", 10)
    assert major.judge(explanation_start="known")["GX-03", CITY]["verdict"] == "excused"


def test_the_end_may_be_the_entry_in_the_platform(record):
    record.occur().knows(CITY).observe("24:00").report(CITY, "region", "1:00")
    row = record.report(CITY, "region", "2:30", channel="platform").judge(end="platform")
    row = row["GX-02-city", CITY]
    assert (row["occur_verdict"], minutes(row, "occur_margin_s")) == ("late", -30)
    assert verdicts(record.judge(), "GX-02-city") == ("met",) * 3


def test_the_national_four_hours_may_be_added(record):
    record.occur().knows(CITY, grade="I").row("receive", "1:30", actor="region")
    assert ("N-11", "region") not in record.judge()
    rows = record.judge(especially_major="national")
    assert rows["N-11", "region"]["reason"] == "no_recipient"
    record.role("state-council", "state").report("region", "state-council", "4:30")
    row = record.judge(especially_major="national")["N-11", "region"]
    assert verdicts({("N-11", "region"): row}, "N-11", "region") == ("late", "met", "met")
    assert minutes(row, "receive_margin_s") == 60
    assert "basis_other" in row["flags"]


def test_sensitive_events_may_be_reported_like_major_ones(record):
    record.occur().knows(CITY, grade="IV").knows(DEPT, grade="IV").observe("24:00")
    names = ("GX-02-city-sensitive", "GX-02-dept-sensitive", "GX-03-sensitive")
    owners = (CITY, DEPT, CITY)
    assert not {(name, owner) for name, owner in zip(names, owners, strict=True)} & set(
        record.judge()
    )
    rows = record.judge(sensitive="as_major")
    assert {rows[key]["reason"] for key in zip(names, owners, strict=True)} == {"not_triggered"}
    record.row("sensitive", "1:00", actor=CITY).report(CITY, "region", "2:50")
    rows = record.judge(sensitive="as_major")
    assert minutes(rows["GX-02-city-sensitive", CITY]) == 10
    assert rows["GX-02-dept-sensitive", DEPT]["reason"] == "never_reported"
    assert rows["GX-03-sensitive", CITY]["reason"] == "never_reported"


def test_a_deputy_on_call_may_count_as_the_second_person(record):
    record.observe("24:00")
    for post in ("duty", "on_call"):
        record.row("shift_begin", "0:00", actor=CITY, object=f"{CITY}/{post}", until=86_401)
    key = ("A08-3", CITY)
    assert record.judge(key_posts="duty office")[key]["verdict"] == "late"
    assert record.judge(key_posts="duty office", deputy="on_call")[key]["verdict"] == "met"
    record.rows[-1]["object"] = f"{CITY}/deputy"  # present
    assert record.judge(key_posts="duty office")[key]["verdict"] == "met"


def test_the_watch_may_bind_counties_too(record):
    record.role("dahua", "county_gov").observe("24:00")
    assert ("A08-1", "dahua") not in record.judge()
    rows = record.judge(watch_owed_by="counties")
    assert rows["A08-1", "dahua"]["reason"] == rows["A08-2", "dahua"]["reason"] == "no_rows"


@pytest.mark.parametrize(("limit", "margin"), [("15 d", -5), ("30 d", 10), ("60 d", 40)])
def test_the_assessment_may_be_given_a_number(record, limit, margin):
    """The response ends on day 1, the assessment is submitted on day 21: 20 days."""
    record.occur().row("terminate", "24:00", actor=CITY, object="plan")
    record.row("aar_submit", "504:00", actor=CITY, recipient="region")
    assert minutes(record.judge()["A15-1", CITY]) is None
    row = record.judge(assessment_limit=limit)["A15-1", CITY]
    assert minutes(row) == margin * 24 * 60


def test_every_choice_of_every_option_is_tried_here():
    """The list that a new option must be added to."""
    assert set(load_pack("guangxi-2012-65").options) == {
        "start", "confirmed_by", "detailed_start", "detailed_owed_by", "detailed_elements",
        "content", "explanation_start", "explanation_channel", "explanation_excuses",
        "explanation_by", "explanation_before_confirm", "end", "first_report_form", "obligors",
        "situation_by_department", "cities", "regrade", "boundary", "immediate",
        "immediate_recipients",
        "command_by_region", "drill_period", "revision", "key_posts", "press_by", "assessed",
        "especially_major", "sensitive", "deputy", "watch_owed_by", "assessment_limit",
    }  # fmt: skip
    # command_by_region to assessed: tests/rules/test_articles.py
