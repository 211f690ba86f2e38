"""Kinds of rules other than deadlines, each on small records judged by hand."""

from __future__ import annotations

import itertools

import pytest

from sim.rules import load_pack, score
from sim.rules.kinds.coverage import uncovered
from tests.rules.test_own_packs import HEAD


@pytest.fixture
def judge(tmp_path, record):
    """Judge the record by one rule; return (verdict, reason, margin) of every instance."""

    def judged(rule: str, row: str = ""):
        head = HEAD.replace("    kind: deadline\n", "")
        path = tmp_path / "own.yaml"
        path.write_text(head + rule, encoding="utf-8")
        found = score(record.log(), load_pack(path)).table.to_dict("records")
        return found[0][row] if row else [(one["verdict"], one["reason"]) for one in found]

    return judged


PRESS = """\
    kind: presence
    start: {activity: activate, actor: owner, level: [II, I]}
    end: {activity: stand_up, object: press}
"""


def test_presence_is_owed_once_it_is_called_for(record, judge):
    record.occur().row("activate", "1:00", actor="hechi", level="II").observe("24:00")
    assert judge(PRESS) == [("late", "never_reported")]
    record.row("stand_up", "3:00", actor="hechi", object="press")
    assert judge(PRESS) == [("met", "")]


def test_presence_is_not_owed_if_nothing_called_for_it_as_far_as_is_known(record, judge):
    record.occur().row("activate", "1:00", actor="hechi", level="III")
    assert judge(PRESS) == [("unproven", "not_observed")]
    record.observe("24:00")
    assert judge(PRESS) == [("not_applicable", "not_triggered")]


def test_presence_has_no_clock_that_stamps_of_receipt_and_grade_could_contradict(record, judge):
    record.occur().knows("hechi", receive="1:30", confirm="1:10")
    record.row("activate", "1:00", actor="hechi", level="II")
    record.row("stand_up", "3:00", actor="hechi", object="press")
    assert judge(PRESS) == [("met", "")]


def test_absence_needs_a_complete_record_to_be_met(record, judge):
    rule = "    kind: absence\n    per: case\n    of: {activity: missed, actor: owner}\n"
    assert judge(rule) == [("unproven", "not_observed")]
    record.observe("24:00")
    assert judge(rule) == [("met", "")]
    record.row("missed", "5:00", actor="hechi", row="proof")
    assert judge(rule) == [("late", "present")]
    assert judge(rule, "evidence") == "proof"


LEDGER = """\
    kind: sequence
    same: [object]
    steps:
      - {activity: stand_up, actor: owner}
      - {activity: activate, actor: owner}
      - {activity: terminate, actor: owner}
"""


def ledger(record, *stamps):
    record.occur()
    for activity, time in zip(("stand_up", "activate", "terminate"), stamps, strict=True):
        if time:
            record.row(activity, time, actor="hechi", object="plan-a")
    return record.observe("24:00")


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        (("1:00", "2:00", "9:00"), ("met", "")),
        (("1:00", "1:00", "1:00"), ("met", "")),  # equal stamps are in order
        (("2:00", "1:00", "9:00"), ("late", "out_of_order")),
        (("1:00", "", "9:00"), ("late", "missing_step")),
        (("1:00", "2:00", ""), ("open", "")),
        (("", "", ""), ("not_applicable", "not_triggered")),
    ],
)
def test_sequence(record, judge, stamps, expected):
    ledger(record, *stamps)
    assert judge(LEDGER) == [expected]


def test_a_sequence_whose_stamps_overlap_is_unproven(record, judge):
    ledger(record, "1:00", "2:00", "9:00")
    row = next(row for row in record.rows if row["activity"] == "stand_up")
    row |= {"time": None, "time_lo": 1800, "time_hi": 9000}
    assert judge(LEDGER) == [("unproven", "interval_straddles")]


def test_every_plan_is_a_sequence_of_its_own(record, judge):
    ledger(record, "1:00", "2:00", "3:00")
    record.row("activate", "4:00", actor="hechi", object="plan-b")
    record.row("terminate", "5:00", actor="hechi", object="plan-b")
    assert judge(LEDGER) == [("met", ""), ("late", "missing_step")]


def test_content_judges_every_row_and_names_what_it_lacks(record, judge):
    rule = (
        "    kind: content\n    of: {activity: publish, actor: owner}\n"
        "    need: {elements: {has: [progress, measures]}}\n"
    )
    record.occur()
    record.row("publish", "1:00", actor="hechi", elements="progress|measures|trend")
    record.row("publish", "2:00", actor="hechi", elements="progress")
    record.row("publish", "3:00", actor="hechi")
    assert judge(rule) == [
        ("met", ""),
        ("late", "missing_elements"),
        ("unproven", "content_unknown"),
    ]


def test_consistency_of_two_columns_of_one_row(record, judge):
    rule = (
        "    kind: consistency\n    of: {activity: activate, actor: owner}\n"
        "    columns: [level, grade]\n"
    )
    record.occur()
    record.row("activate", "1:00", actor="hechi", level="II", grade="II")
    record.row("activate", "2:00", actor="hechi", level="III", grade="II")
    record.row("activate", "3:00", actor="hechi", level="III")
    assert judge(rule) == [("met", ""), ("late", "differs"), ("unproven", "empty_column")]


@pytest.mark.parametrize(("counted", "verdict"), [(100, "met"), (95, "met"), (94, "late")])
def test_consistency_of_stock_with_a_tolerance_of_the_record(record, judge, counted, verdict):
    """On record 100, at most 5 % apart: 95 is in, 94 is out."""
    rule = (
        "    kind: consistency\n    per: case\n    of: {activity: stock_counted, actor: owner}\n"
        "    with: {activity: stock_recorded, actor: owner}\n    same: [item]\n"
        "    columns: [quantity, quantity]\n    tolerance: 0.05\n"
    )
    record.row("stock_recorded", "0:00", actor="hechi", item="tent", quantity=100)
    record.row("stock_recorded", "0:00", actor="hechi", item="quilt", quantity=7)
    record.row("stock_counted", "1:00", actor="hechi", item="tent", quantity=counted)
    assert [verdict for verdict, _ in judge(rule)] == [verdict]


COVERED = """\
    kind: coverage
    per: case
    of: {activity: shift_begin, actor: owner, object: {part: duty}}
"""


def shift(record, begin, end, persons=None, object="hechi/duty"):
    hours, minutes = map(int, end.split(":"))
    until = hours * 3600 + minutes * 60
    return record.row(
        "shift_begin", begin, actor="hechi", object=object, until=until, persons=persons
    )


def test_coverage_without_a_gap_is_met_and_other_posts_do_not_count(record, judge):
    record.observe("24:00")
    shift(record, "0:00", "8:00")
    shift(record, "8:00", "24:01")
    assert judge(COVERED) == [("met", "")]
    record.rows[-1]["object"] = "hechi/leader"
    assert judge(COVERED) == [("late", "gap")]


def test_a_gap_is_named_with_its_first_second_and_its_length(record, judge):
    record.observe("24:00")
    shift(record, "0:00", "8:00")
    shift(record, "8:30", "24:01")
    assert judge(COVERED, "start_s") == 8 * 3600
    assert judge(COVERED, "margin_s") == -1800


def test_two_must_be_there_at_every_second(record, judge):
    record.observe("12:00")
    shift(record, "0:00", "12:01", persons=1)
    shift(record, "0:00", "6:00", persons=1)
    two = COVERED + "    count: 2\n"
    assert judge(two) == [("late", "gap")]
    assert judge(two, "margin_s") == -6 * 3600
    shift(record, "6:00", "12:01")
    assert judge(two) == [("met", "")]


def test_uncovered_agrees_with_counting_every_second():
    """A slow obvious twin over 300 random rosters."""
    import random

    draw = random.Random(4)
    for _ in range(300):
        count, window = draw.randint(1, 3), (5, 40)
        roster = []
        for _ in range(draw.randint(0, 8)):
            begin = draw.randint(0, 40)
            roster.append((begin, begin + draw.randint(1, 20), draw.randint(1, 2)))
        short = {
            second
            for second in range(*window)
            if sum(n for a, b, n in roster if a <= second < b) < count
        }
        gaps = uncovered(roster, window, count)
        assert {s for a, b in gaps for s in range(a, b)} == short
        assert all(b < c for (_, b), (c, _) in itertools.pairwise(gaps))


YEARS = 365 * 24
DRILLS = "    kind: period\n    per: case\n    of: {activity: drill_held, actor: owner}\n"


def held(record, *hours):
    for hour in hours:
        record.row("drill_held", f"{hour}:00", actor="hechi", object="plan-a")
    return record


def test_a_drill_every_24_months(record, judge):
    """Complete from 1 July 2024 for five years; drills after 1, 2.5 and 4 years."""
    rule = DRILLS + "    within: 24 months\n    same: [object]\n"
    record.observe(f"{5 * YEARS}:00")
    held(record, YEARS, int(2.5 * YEARS), 4 * YEARS)
    assert judge(rule) == [("met", "")]
    del record.rows[-2]
    assert judge(rule) == [("late", "overdue")]


def test_no_drill_on_a_record_shorter_than_the_period_is_open(record, judge):
    rule = DRILLS + "    within: 24 months\n"
    record.observe("48:00")
    assert judge(rule) == [("open", "")]
    record.rows[-1]["until"] = 3 * YEARS * 3600
    assert judge(rule) == [("late", "overdue")]


def test_every_calendar_year_that_is_wholly_on_record_needs_a_drill(record, judge):
    """From July 2024 to July 2027: 2024 is not whole, 2025 held, 2026 not, 2027 still open."""
    record.observe(f"{3 * YEARS}:00")
    held(record, YEARS - 90 * 24)  # spring of 2025
    assert judge(DRILLS + "    each: year\n") == [
        ("unproven", "not_observed"),
        ("met", ""),
        ("late", "overdue"),
        ("open", ""),
    ]


REGISTER = """\
    kind: register
    per: case
    of: {activity: receive, actor: owner}
    with: {activity: record, actor: owner}
    same: [message]
    columns: [note]
"""


def test_every_row_has_its_entry_filled_in(record, judge):
    record.observe("24:00")
    for number in ("1", "2", "3"):
        record.row("receive", "1:00", actor="hechi", message=number)
    record.row("record", "1:05", actor="hechi", message="1", note="from the county")
    record.row("record", "1:06", actor="hechi", message="2")
    assert judge(REGISTER) == [("met", ""), ("late", "empty_column"), ("late", "no_entry")]


def test_an_entry_before_its_row_is_none(record, judge):
    record.observe("24:00").row("receive", "1:00", actor="hechi", message="1")
    record.row("record", "0:50", actor="hechi", message="1", note="x")
    assert judge(REGISTER) == [("late", "no_entry")]
