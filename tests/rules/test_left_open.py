"""What the slow second reading of the rules found: each worked out by hand on a small record."""

from __future__ import annotations

import pytest

from sim.rules import load_pack, score
from tests.rules.conftest import Record
from tests.rules.test_own_packs import HEAD

DAY = 24 * 3600


@pytest.fixture
def judge(tmp_path, record):
    """Judge by one rule; return (owner, verdict, reason) of every instance."""

    def judged(rule: str, made: Record = record):
        path = tmp_path / "own.yaml"
        path.write_text(HEAD.replace("    kind: deadline\n", "") + rule, encoding="utf-8")
        table = score(made.log(), load_pack(path)).table
        return [tuple(row) for row in table[["owner", "verdict", "reason"]].to_numpy().tolist()]

    return judged


SUPPLEMENT = (
    "    kind: supplement\n    recipient: {role: region_gov}\n    columns: [dead, injured]\n"
    "    window: 7 d\n    soft: 1 h\n"
)


@pytest.fixture
def changed(record):
    """One dead and two injured reported at 1:00; at 3:00 he learns of two and three."""
    record.occur().report("hechi", "region", "1:00", dead=1, injured=2)
    return record.row("verify", "3:00", actor="hechi", dead=2, injured=3)


def test_a_report_that_still_gives_one_of_the_old_figures_is_no_supplement(changed, judge):
    changed.observe("24:00").report("hechi", "region", "3:30", dead=2, injured=2)
    assert judge(SUPPLEMENT) == [("hechi", "late", "never_reported")]
    changed.report("hechi", "region", "3:40", dead=2, injured=3)
    assert judge(SUPPLEMENT) == [("hechi", "met", "")]


@pytest.mark.parametrize(
    ("whose", "verdict"), [("hechi", "late"), ("region", "late"), ("emergency-dept", "unproven")]
)
def test_a_supplement_is_missing_in_the_recipients_record_too(changed, judge, whose, verdict):
    changed.observe("24:00", actor=whose)
    assert judge(SUPPLEMENT)[0][1] == verdict


@pytest.mark.parametrize(
    ("lo", "hi", "verdict", "reason"),
    [
        (170, 179, "late", "never_reported"),  # sent before he learned of it
        (170, 190, "unproven", "no_end_stamp"),
        (180, 190, "met", ""),
    ],
)
def test_whether_a_report_came_after_the_change_must_be_known(
    changed, judge, lo, hi, verdict, reason
):
    report = {"actor": "hechi", "recipient": "region", "dead": 2, "injured": 3}
    changed.observe("24:00").row("reported", time_lo=lo * 60, time_hi=hi * 60, **report)
    assert judge(SUPPLEMENT) == [("hechi", verdict, reason)]


def test_a_change_that_may_lie_outside_the_window_is_not_late(record, judge):
    """It occurred between 0:00 and 2:00; learned 7 d and 1 h after 0:00."""
    record.row("occur", hazard="mine", time_lo=0, time_hi=2 * 3600).observe(f"{9 * 24}:00")
    record.report("hechi", "region", "2:30", dead=1)
    record.row("verify", 7 * DAY + 3600, actor="hechi", dead=2)
    assert judge(SUPPLEMENT) == [("hechi", "unproven", "interval_straddles")]
    record.rows[3] |= {"time_lo": 3600}
    assert judge(SUPPLEMENT) == [("hechi", "late", "never_reported")]


def test_a_warning_is_no_report_and_tells_no_figure(record, judge):
    record.occur().observe("24:00").report("hechi", "region", "1:00", "warning", dead=1)
    record.row("verify", "3:00", actor="hechi", dead=2)
    assert judge(SUPPLEMENT) == [("hechi", "not_applicable", "not_triggered")]
    record.report("hechi", "region", "4:00", dead=2)
    record.row("receive", "5:00", actor="hechi", kind="warning", dead=9)
    assert judge(SUPPLEMENT) == [("hechi", "not_applicable", "not_triggered")]


def test_who_has_no_superior_on_record_has_told_none(record, judge):
    rule = (
        "    kind: presence\n    start: {activity: terminate, actor: owner}\n"
        "    end: {activity: aar_submit, recipient: superior(owner)}\n"
    )
    del record.rows[0]["superior"]
    record.occur().row("terminate", "1:00", actor="hechi").row("aar_submit", "2:00", actor="hechi")
    assert judge(rule) == [("hechi", "unproven", "not_observed")]
    record.rows[0]["superior"] = record.rows[-1]["recipient"] = "region"
    assert judge(rule) == [("hechi", "met", "")]


def test_a_duty_that_ended_before_anything_was_due_is_not_triggered(record, judge):
    rule = (
        "    kind: deadline\n    recipient: {role: region_gov}\n    start: occur\n    every: 4 h\n"
        "    until: {activity: terminate}\n"
    )
    record.occur().observe("24:00").row("terminate", "3:59", actor="hechi")
    assert judge(rule) == [("hechi", "not_applicable", "not_triggered")]


def test_every_owner_is_judged_whoever_else_had_a_message(record, judge):
    """Liuzhou has none; hechi's is acknowledged in time, and a nameless row is not liuzhou's."""
    record.role("liuzhou", "city_gov").occur().observe("24:00")
    record.row("receive", "1:00", actor="hechi", message="m1").row("receive", "2:00", actor="hechi")
    record.row("acknowledge", "1:05", actor="hechi", message="m1")
    rule = (
        "    kind: deadline\n    per: message\n    start: {activity: receive, actor: owner}\n"
        "    end: {activity: acknowledge, actor: owner}\n    limit: 10 min\n"
    )
    assert sorted(judge(rule)) == [
        ("hechi", "met", ""),
        ("liuzhou", "not_applicable", "not_triggered"),
    ]


def test_a_report_without_a_label_that_no_evaluator_judged_may_be_detailed(record):
    record.occur().knows("hechi").observe("24:00")
    record.report("hechi", "region", "2:30", "", elements="time|place")
    row = record.judge(detailed_elements="tick")["GX-03", "hechi"]
    assert (row["verdict"], row["reason"]) == ("unproven", "content_unknown")
    record.rows[-3]["elements"] = "time|place|judged_short"
    row = record.judge(detailed_elements="tick", content="union")["GX-03", "hechi"]
    assert (row["verdict"], row["reason"]) == ("late", "missing_elements")
