"""Limits in a column, a clock for every start, duties of a case: worked out by hand."""

from __future__ import annotations

import pytest

from sim.errors import UnusableInput
from sim.rules import load_pack, score

HEAD = """\
format: 1
id: loan
version: "1"
title: {zh: 贷款, en: loans}
valid: {from: 2020-01-01}
jurisdiction: somewhere
score_anchor: occur
sources:
  text: {title: 内部规定, confidence: high}
rules:
  R:
    clause: "1"
    text: {zh: 期限, en: deadline}
    modality: 应
    kind: deadline
    per: case
"""
CASE = "    owner: case\n"
A_TO_B = "    start: {activity: other, object: a}\n    end: {activity: other, object: b}\n"


@pytest.fixture
def judge(tmp_path, record):
    def judged(rule: str, **options):
        path = tmp_path / "loan.yaml"
        path.write_text(HEAD + rule, encoding="utf-8")
        rows = score(record.log(), load_pack(path)).table.to_dict("records")
        keys = ("recurrence", "verdict", "reason", "limit_s", "margin_s")
        return [
            tuple(None if str(v) == "<NA>" else v for v in (row[k] for k in keys)) for row in rows
        ]

    return judged


def test_the_deadline_itself_stands_in_a_column(record, judge) -> None:
    """Due at 5:00 whatever the start; b at 5:10 is 10 min late; from a at 1:00 that is 4 h."""
    record.row("other", "1:00", object="a", due=5 * 3600).row("other", "5:10", object="b")
    assert judge(CASE + A_TO_B + "    limit: due\n") == [(0, "late", "", 4 * 3600, -600)]


def test_the_time_allowed_stands_in_a_column(record, judge) -> None:
    """90 min from 1:00 end at 2:30; b at 2:20 leaves 10 min."""
    record.row("other", "1:00", object="a", allowed=5400).row("other", "2:20", object="b")
    assert judge(CASE + A_TO_B + "    limit: allowed\n") == [(0, "met", "", 5400, 600)]


@pytest.mark.parametrize(
    ("until", "verdict"),
    [
        ("4:59", ("open", "")),
        ("5:00", ("late", "never_reported")),
        (None, ("unproven", "not_observed")),
    ],
)
def test_late_missing_and_not_due_stay_apart(record, judge, until, verdict) -> None:
    record.row("other", "1:00", object="a", due=5 * 3600)
    if until:
        record.observe(until)
    ((_, *found, limit, margin),) = judge(CASE + A_TO_B + "    limit: due\n")
    assert (tuple(found), limit, margin) == (verdict, 4 * 3600, None)


def test_the_row_that_starts_the_clock_decides_between_different_limits(record, judge) -> None:
    record.row("other", "0:30", object="c", due=9 * 3600)
    record.row("other", "1:00", object="a", due=2 * 3600).row("other", "2:01", object="b")
    assert judge(CASE + A_TO_B + "    limit: due\n") == [(0, "late", "", 3600, -60)]


def test_without_a_limit_on_record_nothing_is_proven(record, judge) -> None:
    record.row("other", "1:00", object="a").row("other", "2:01", object="b")
    assert judge(CASE + A_TO_B + "    limit: due\n") == [(0, "unproven", "no_limit", None, None)]


def test_every_start_has_its_clock_and_only_what_follows_discharges_it(record, judge) -> None:
    """b at 0:50 lies before all; a 1:00 → b 1:50, 10 min to spare; a 3:00 → b 4:05, 5 min late."""
    for time, word in [("0:50", "b"), ("1:00", "a"), ("1:50", "b"), ("3:00", "a"), ("4:05", "b")]:
        record.row("other", time, object=word)
    assert judge(CASE + A_TO_B + "    each: start\n    limit: 1 h\n") == [
        (1, "met", "", 3600, 600),
        (2, "late", "", 3600, -300),
    ]
    # Without each: one clock, and what was done before it began counts.
    assert judge(CASE + A_TO_B + "    limit: 1 h\n") == [(0, "met", "", 3600, 4200)]


def test_starts_and_ends_that_share_a_column_belong_together(record, judge) -> None:
    record.row("other", "1:00", object="a", message="x").row(
        "other", "1:10", object="a", message="y"
    )
    record.row("other", "1:20", object="b", message="y").row(
        "other", "2:30", object="b", message="x"
    )
    rule = CASE + A_TO_B + "    each: start\n    same: message\n    limit: 1 h\n"
    assert judge(rule) == [(1, "late", "", 3600, -1800), (2, "met", "", 3600, 50 * 60)]


def test_a_start_is_not_its_own_end(record, judge) -> None:
    """Every call followed by the next within 20 min; nothing follows the last."""
    for time in ("1:00", "1:15", "1:40"):
        record.row("other", time, object="a")
    record.observe("3:00")
    rule = CASE + A_TO_B.replace("object: b", "object: a") + "    each: start\n    limit: 20 min\n"
    assert [row[1:3] for row in judge(rule)] == [
        ("met", ""),
        ("late", ""),
        ("late", "never_reported"),
    ]


def test_where_nothing_starts_nothing_is_owed(record, judge) -> None:
    rule = CASE + A_TO_B + "    each: start\n    limit: 1 h\n"
    assert judge(rule)[0][1:3] == ("unproven", "not_observed")
    record.observe("3:00")
    assert judge(rule)[0][1:3] == ("not_applicable", "not_triggered")


def test_a_constant_actor_may_owe_what_is_done_in_a_case(record, judge) -> None:
    record.role("bank", "unit").row("other", "1:00", object="a", actor="bank")
    record.row("other", "1:30", object="b", actor="bank")
    owned = A_TO_B.replace("object: ", "actor: owner, object: ")
    rule = "    owner: {role: unit}\n" + owned + "    each: start\n    limit: 1 h\n"
    assert judge(rule) == [(0, "met", "", 3600, 1800)]


@pytest.mark.parametrize(
    ("rule", "line", "words"),
    [
        (CASE + A_TO_B + "    limit: deadlin\n", 20, "limit: expected a duration such as 2 h, or"),
        (CASE + A_TO_B + "    limit: dead\n", 20, "received 'dead'"),
        (CASE + "    end: received\n    start: occur\n    limit: 1 h\n", 18, "a pattern of rows"),
        (CASE + A_TO_B + "    limit: 1 h\n    recipient: superior(owner)\n", 21, "no recipient"),
        (CASE + A_TO_B.replace("object: b", "actor: owner") + "    limit: 1 h\n", 19, "no owner"),
        (CASE + A_TO_B + "    each: year\n    limit: 1 h\n", 20, "only for the kind period"),
        (CASE + A_TO_B + "    every: 1 d\n    limit: due\n", 21, "a duration beside every"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path, rule: str, line: int, words: str) -> None:
    path = tmp_path / "loan.yaml"
    path.write_text(HEAD + rule, encoding="utf-8")
    with pytest.raises(UnusableInput) as error:
        load_pack(path)
    assert any(
        f"loan.yaml:{line}:" in text and words in text for text in str(error.value).splitlines()
    )


OTHER = HEAD.replace("    kind: deadline\n", "") + CASE


@pytest.mark.parametrize(
    ("rule", "words", "until", "verdict"),
    [
        # Never c: it is there; it is not, in a complete record; nobody knows.
        ("    kind: absence\n    of: {object: c}\n", "ac", None, ("late", "present")),
        ("    kind: absence\n    of: {object: c}\n", "ab", "9:00", ("met", "")),
        ("    kind: absence\n    of: {object: c}\n", "ab", None, ("unproven", "not_observed")),
        # First a, then b.
        ("    kind: sequence\n    steps: [{object: a}, {object: b}]\n", "ab", None, ("met", "")),
        (
            "    kind: sequence\n    steps: [{object: a}, {object: b}]\n",
            "ba",
            None,
            ("late", "out_of_order"),
        ),
        # b at all, once there was an a.
        ("    kind: presence\n" + A_TO_B, "cab", "9:00", ("met", "")),
        ("    kind: presence\n" + A_TO_B, "c", "9:00", ("not_applicable", "not_triggered")),
    ],
)
def test_other_kinds_of_rules_of_a_case(
    tmp_path, record, rule: str, words: str, until: str | None, verdict: tuple[str, str]
) -> None:
    for k, word in enumerate(words, start=1):
        record.row("other", f"{k}:00", object=word)
    if until:
        record.observe(until)
    path = tmp_path / "loan.yaml"
    path.write_text(OTHER + rule, encoding="utf-8")
    (row,) = score(record.log(), load_pack(path)).table.to_dict("records")
    assert (row["verdict"], row["reason"]) == verdict


def test_exceptions_link_rules_of_a_case(tmp_path, record) -> None:
    """b is 30 min late, excused by an explanation c within 1 h."""
    record.row("other", "1:00", object="a").row("other", "1:50", object="c")
    record.row("other", "2:30", object="b")
    path = tmp_path / "loan.yaml"
    rule = CASE + A_TO_B + "    limit: 1 h\n    unless: {met: C}\n    effect: excused\n"
    other = "  C:\n    like: R\n    unless: null\n    effect: not_applicable\n"
    other += "    end: {activity: other, object: c}\n"
    path.write_text(HEAD + rule + other, encoding="utf-8")
    table = score(record.log(), load_pack(path)).table
    assert table[["rule", "verdict", "margin_s"]].to_numpy().tolist() == [
        ["R", "excused", -1800],
        ["C", "met", 600],
    ]
