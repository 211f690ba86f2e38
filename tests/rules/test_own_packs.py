"""Packs that a user writes: starts and ends that are patterns, superiors, lifted duties."""

from __future__ import annotations

import pytest

from sim.rules import load_pack, score

HEAD = """\
format: 1
id: own
version: "1"
title: {zh: 自定规定, en: own rules}
valid: {from: 2020-01-01}
jurisdiction: somewhere
score_anchor: occur
sources:
  text: {title: 某文件, confidence: high}
rules:
  R:
    clause: 第一条
    text: {zh: 义务, en: duty}
    modality: 应
    kind: deadline
    owner: {role: city_gov}
"""


@pytest.fixture
def judge(tmp_path, record):
    def judged(rule: str):
        path = tmp_path / "own.yaml"
        path.write_text(HEAD + rule, encoding="utf-8")
        return score(record.log(), load_pack(path)).table.to_dict("records")

    return judged


def test_start_and_end_may_be_rows_of_any_activity(record, judge):
    """From the city's confirmation to its activation within 30 min (directive, article 11)."""
    record.occur().knows("hechi", confirm="1:10")
    record.row("activate", "1:20", actor="emergency-dept").row("activate", "1:35", actor="hechi")
    (row,) = judge(
        "    start: {activity: confirm, actor: owner, grade: [I, II]}\n"
        "    end: {activity: activate, actor: owner}\n"
        "    limit: 30 min\n"
    )
    assert (row["verdict"], row["margin_s"]) == ("met", 5 * 60)
    assert (row["start_s"], row["end_s"]) == (70 * 60, 95 * 60)
    assert row["occur_verdict"] == row["receive_verdict"] == row["confirm_verdict"] == ""


def test_a_row_missing_from_a_complete_record_is_late(record, judge):
    record.occur().knows("hechi", confirm="1:10").observe("24:00")
    (row,) = judge(
        "    start: {activity: confirm, actor: owner}\n"
        "    end: {activity: activate, actor: owner}\n"
        "    limit: 30 min\n"
    )
    assert (row["verdict"], row["reason"]) == ("late", "never_reported")


def test_the_recipient_may_be_the_owners_superior(record, judge):
    record.role("elsewhere", "region_gov").occur().row("notice", "0:10", actor="hechi")
    record.report("hechi", "elsewhere", "0:20").report("hechi", "region", "1:20")
    (row,) = judge("    recipient: superior(owner)\n    start: receive\n    limit: 1 h\n")
    assert (row["recipient"], row["margin_s"]) == ("region", -10 * 60)


@pytest.mark.parametrize(("level", "expected"), [("I", "not_applicable"), ("II", "met")])
def test_a_row_may_lift_a_duty(record, judge, level, expected):
    record.occur().row("notice", "0:10", actor="hechi").report("hechi", "region", "0:20")
    record.row("activate", "0:05", actor="region", level=level)
    rule = "    recipient: {role: region_gov}\n    start: receive\n    limit: 1 h\n"
    (row,) = judge(rule + "    unless: {row: {activity: activate, level: I}}\n")
    assert row["verdict"] == expected


def test_figures_can_be_demanded_of_a_report(record, judge):
    record.occur().row("notice", "0:10", actor="hechi").observe("24:00")
    record.report("hechi", "region", "0:20").report("hechi", "region", "0:50", dead=3)
    rule = "    recipient: {role: region_gov}\n    start: receive\n    limit: 1 h\n"
    (row,) = judge(rule + "    need: {dead: {compare: '>= 1'}}\n")
    assert row["margin_s"] == 20 * 60


def test_a_duty_recurs_at_a_fixed_distance(record, judge):
    """Due 2 h after first notice, then every 4 h."""
    record.occur().row("notice", "1:00", actor="hechi").observe("12:00")
    record.report("hechi", "region", "2:30").report("hechi", "region", "9:00")
    rows = judge(
        "    recipient: {role: region_gov}\n    start: receive\n    limit: 2 h\n    every: 4 h\n"
    )
    assert [row["deadline_s"] / 3600 for row in rows] == [3, 7, 11, 15]
    assert [row["verdict"] for row in rows] == ["met", "late", "met", "open"]
    assert rows[0]["margin_s"] == 30 * 60
