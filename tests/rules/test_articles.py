"""The directive's articles other than the tenth, each on a record judged by hand."""

from __future__ import annotations

import pytest

from sim.rules import load_pack

YEAR = 365 * 24


def verdict(record, rule, owner="hechi", **options):
    row = record.judge(**options)[rule, owner]
    return row["verdict"], row["reason"]


def graded(record, grade="II", level=None, until="24:00"):
    """The event is confirmed at 1:10 and, if `level` is given, answered at 1:30."""
    record.occur().knows("hechi", grade=grade)
    if level:
        record.row("activate", "1:30", actor="hechi", object="plan", level=level, grade=grade)
    return record.observe(until)


def test_article_1_command_taken_or_not(record):
    graded(record, "I")
    assert verdict(record, "A01-1", "region") == ("late", "never_reported")
    record.row("command", "3:00", actor="region")
    assert verdict(record, "A01-1", "region") == ("met", "")


def test_article_1_of_grade_ii_only_by_option(record):
    graded(record, "II").row("confirm", "1:20", actor="region", grade="II")
    record.row("command", "3:00", actor="region")
    assert verdict(record, "A01-1", "region") == ("not_applicable", "other_grade")
    both = {"command_by_region": "I and II"}
    assert verdict(record, "A01-1", "region", **both) == ("met", "")


@pytest.mark.parametrize(
    ("months", "reading", "expected"),
    [
        (23, "24 months", "met"),
        (26, "24 months", "late"),  # July 2024 + 26 months is September 2026
        (26, "calendar years", "met"),  # still 2026
    ],
)
def test_article_3_special_plans_every_two_years(record, months, reading, expected):
    """A drill on the first day on record, 1 July 2024, the next so many months later."""
    record.row("drill_held", "0:00", actor="hechi", object="flood-plan")
    record.row("drill_held", f"{months * 730}:00", actor="hechi", object="flood-plan")
    record.observe(f"{months * 730 + 1}:00")
    assert verdict(record, "A03-1", drill_period=reading)[0] == expected


def test_article_3_a_comprehensive_drill_in_every_year(record):
    """On record from July 2024 for 30 months: 2025 and 2026 are whole."""
    record.row("drill_held", f"{300 * 24}:00", actor="hechi", object="comprehensive")  # 27 Apr 25
    record.observe(f"{int(2.6 * YEAR)}:00")
    table = record.judge()
    assert table["A03-2", "hechi"]["verdict"]  # the last of the years in the table
    years = [row for row in _rows(record) if (row["rule"], row["owner"]) == ("A03-2", "hechi")]
    assert [row["verdict"] for row in years] == ["unproven", "met", "late", "open"]


def _rows(record):
    from sim.rules import score

    table = score(record.log(), load_pack("guangxi-2012-65")).table
    return table.to_dict("records")


def test_article_3_ledger_in_order_with_equal_stamps(record):
    graded(record, "III", "III")
    for activity, time in (("respond", "1:30"), ("execute", "1:40"), ("terminate", "9:00")):
        record.row(activity, time, actor="hechi", object="plan")
    assert verdict(record, "A03-3") == ("met", "")
    record.rows = [row for row in record.rows if row["activity"] != "respond"]
    assert verdict(record, "A03-3") == ("late", "missing_step")


def test_article_3_revision_is_open_in_a_short_record_and_optional_by_choice(record):
    graded(record, "III")
    assert verdict(record, "A03-4")[0] == "open"
    record.row("plan_reviewed", "20:00", actor="hechi")
    assert verdict(record, "A03-4")[0] == "met"
    assert verdict(record, "A03-4", revision="revised")[0] == "open"
    record.row("plan_revised", "21:00", actor="hechi")
    assert verdict(record, "A03-4", revision="revised")[0] == "met"
    assert ("A03-4", "hechi") not in record.judge(revision="optional")


def test_article_7_stock_on_record_against_stock_counted(record):
    record.role("depot", "depot")
    record.row("stock_recorded", "0:00", actor="depot", item="tent", quantity=10)
    record.row("stock_counted", "1:00", actor="depot", item="tent", quantity=9)
    assert verdict(record, "A07-1", "depot") == ("late", "differs")


@pytest.fixture
def roster(record):
    record.observe("24:00")
    for post in ("duty", "leader"):
        record.row("shift_begin", "0:00", actor="hechi", object=f"hechi/{post}", until=86_401)
    return record


def test_article_8_around_the_clock_with_a_leader(roster):
    assert verdict(roster, "A08-1") == verdict(roster, "A08-2") == ("met", "")
    roster.rows[-1]["until"] = 80_000
    assert verdict(roster, "A08-2") == ("late", "gap")


def test_article_8_no_roster_at_all_in_a_complete_record_says_how_to_exempt_it(record):
    """Complete without an incident covers the registers too; with one it does not."""
    record.observe("24:00")
    assert verdict(record, "A08-1") == ("late", "no_rows")
    record.rows[-1]["incident"] = "leak"
    assert verdict(record, "A08-1") == ("unproven", "not_observed")


def test_article_8_two_at_key_posts_where_the_unit_names_them(roster):
    assert ("A08-3", "hechi") not in roster.judge()
    assert verdict(roster, "A08-3", key_posts="duty office") == ("late", "gap")
    roster.rows[-2]["persons"] = 2
    assert verdict(roster, "A08-3", key_posts="duty office") == ("met", "")


def test_article_8_a_roll_call_that_is_missed(roster):
    assert verdict(roster, "A08-4") == ("not_applicable", "not_triggered")  # none was held
    roster.row("answered", "2:00", actor="hechi")
    assert verdict(roster, "A08-4") == ("met", "")
    roster.row("missed", "3:00", actor="hechi")
    assert verdict(roster, "A08-4") == ("late", "present")


def test_article_11_activation_level_and_notice(record):
    graded(record, "II")
    assert verdict(record, "A11-1") == ("late", "never_reported")
    assert verdict(record, "A11-3") == ("not_applicable", "not_triggered")
    record.row("activate", "1:30", actor="hechi", object="plan", level="III", grade="II")
    assert verdict(record, "A11-1") == ("met", "")
    assert verdict(record, "A11-3") == ("late", "never_reported")
    rows = [
        row for row in _rows(record) if row["rule"] == "A11-1-level" and row["owner"] == "hechi"
    ]
    assert [row["reason"] for row in rows] == ["differs"]


@pytest.mark.parametrize("how", [("send", "ended"), ("send", ""), ("reported", "")])
def test_article_11_a_notice_counts_however_a_record_writes_it(record, how):
    graded(record, "II", level="II")
    activity, phase = how
    record.row(activity, "1:40", actor="hechi", recipient="yizhou", kind="notice", phase=phase)
    assert verdict(record, "A11-3") == ("met", "")
    record.rows[-1]["kind"] = "follow_up"
    assert verdict(record, "A11-3") == ("late", "never_reported")


def test_article_11_without_authority(record):
    graded(record)
    assert verdict(record, "A11-2") == ("not_applicable", "not_triggered")  # nobody tried
    record.row("activate", "1:20", actor="hechi", object="plan")
    assert verdict(record, "A11-2") == ("met", "")
    record.row("refused", "1:30", actor="hechi", reason="not_authorised")
    assert verdict(record, "A11-2") == ("late", "present")


def test_article_12_press_group_by_level_or_by_grade(record):
    graded(record, "II", "III")
    assert verdict(record, "A12-1") == ("not_applicable", "not_triggered")
    assert verdict(record, "A12-1", press_by="grade") == ("late", "never_reported")
    record.row("stand_up", "2:00", actor="hechi", object="press")
    assert verdict(record, "A12-1", press_by="grade") == ("met", "")


def test_article_12_every_kind_of_content_is_published_some_time(record):
    graded(record, "II", "II")
    record.row("publish", "2:00", actor="hechi", elements="progress|precautions")
    found = {
        tag: verdict(record, f"A12-2-{tag}")[0] for tag in ("progress", "measures", "findings")
    }
    assert found == {"progress": "met", "measures": "late", "findings": "open"}


def test_article_15_assessment_of_every_response_or_of_larger_events(record):
    graded(record, "IV", "IV").row("terminate", "9:00", actor="hechi", object="plan")
    assert verdict(record, "A15-1")[0] == "open"
    assert verdict(record, "A15-1", assessed="larger") == ("not_applicable", "other_grade")
    record.row("aar_submit", "20:00", actor="hechi", recipient="dahua")  # not the office above
    assert verdict(record, "A15-1")[0] == "open"
    record.row("aar_submit", "21:00", actor="hechi", recipient="region")
    assert verdict(record, "A15-1") == ("met", "")


def test_what_is_paper_only_stands_in_the_checklist():
    pack = load_pack("guangxi-2012-65")
    clauses = {item.clause for item in pack.checklist.values()}
    assert clauses >= {"第二条", "第四条", "第六条", "第十三条"}
    judged = {rule.clause for rule in pack.rules.values()} | clauses
    numbers = "一二三四五六七八九十"
    articles = [f"第{n}条" for n in [*numbers, *(f"十{n}" for n in "一二三四五")]]
    assert {"序言", *articles} <= judged
    assert {trigger.clause for trigger in pack.triggers.values()} == {"第十四条"}  # facts only
