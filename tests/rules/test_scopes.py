"""What a verdict is about (`per`), each value on small records judged by hand."""

from __future__ import annotations

from typing import get_args

import pytest

from sim.errors import UnusableInput
from sim.rules import load_pack, score
from sim.rules.kinds import PER
from sim.rules.pack import Kind
from sim.texts import in_language
from tests.rules.conftest import Record
from tests.rules.test_own_packs import HEAD

YEAR = 365 * 24  # hours of 2025; the origin is 1 July 2024, 8:00
LEFT = 184 * 24 - 8  # hours from the origin to the end of 2024


@pytest.fixture
def judge(tmp_path, record):
    """Judge by one rule; return (owner, verdict, reason, flags of the scope) of every instance."""

    def judged(rule: str, made: Record = record):
        path = tmp_path / "own.yaml"
        path.write_text(HEAD.replace("    kind: deadline\n", "") + rule, encoding="utf-8")
        table = score(made.log(), load_pack(path)).table
        return [
            (row["verdict"], row["reason"], row["flags"], row["recurrence"])
            for row in table.to_dict("records")
        ]

    return judged


def cell(record, activity, time, **columns):
    return record.row(activity, time, actor="hechi", **columns)


ACKNOWLEDGED = """\
    kind: deadline
    per: message
    start: {activity: receive, actor: owner}
    end: {activity: acknowledge, actor: owner}
    limit: 10 min
"""


def test_message_every_message_is_to_be_acknowledged_in_ten_minutes(record, judge):
    record.occur().observe("24:00")
    for number, (got, acked) in enumerate([("1:00", "1:09"), ("2:00", "2:11"), ("3:00", "")], 1):
        cell(record, "receive", got, message=f"m{number}")
        if acked:
            cell(record, "acknowledge", acked, message=f"m{number}")
    record.row("receive", "4:00", actor="region", message="m4")  # not the owner's
    assert judge(ACKNOWLEDGED) == [
        ("met", "", "message:m1", 1),
        ("late", "", "message:m2", 2),
        ("late", "never_reported", "message:m3", 3),
    ]


def test_message_an_acknowledgement_of_another_message_does_not_count(record, judge):
    record.occur().observe("24:00")
    cell(record, "receive", "1:00", message="m1")
    cell(record, "acknowledge", "1:05", message="m2")
    assert judge(ACKNOWLEDGED) == [("late", "never_reported", "message:m1", 0)]


def test_message_without_any_nothing_was_called_for_as_far_as_is_known(record, judge):
    record.occur()
    assert judge(ACKNOWLEDGED) == [("unproven", "not_observed", "", 0)]
    record.observe("24:00")
    assert judge(ACKNOWLEDGED) == [("not_applicable", "not_triggered", "", 0)]


def test_message_rows_that_name_none_prove_nothing(record, judge):
    record.occur().observe("24:00")
    cell(record, "receive", "1:00")
    assert judge(ACKNOWLEDGED) == [("unproven", "not_observed", "", 0)]


def test_message_presence_asks_for_it_at_all(record, judge):
    rule = ACKNOWLEDGED.replace("deadline", "presence").replace("    limit: 10 min\n", "")
    record.occur().observe("24:00")
    cell(record, "receive", "1:00", message="m1")
    cell(record, "acknowledge", "9:00", message="m1")
    cell(record, "receive", "2:00", message="m2")
    assert [row[:2] for row in judge(rule)] == [("met", ""), ("late", "never_reported")]


def test_message_rows_of_one_message_make_one_verdict(record, judge):
    """Three tries of one message, one of them without the place; and another message."""
    rule = (
        "    kind: content\n    per: message\n    of: {activity: send, actor: owner}\n"
        "    need: {elements: {has: [place]}}\n"
    )
    record.occur()
    for time, elements in (("1:00", "time|place"), ("1:05", "time"), ("1:10", "place")):
        cell(record, "send", time, message="m1", elements=elements)
    cell(record, "send", "2:00", message="m2", elements="place")
    assert judge(rule) == [
        ("late", "missing_elements", "message:m1", 1),
        ("met", "", "message:m2", 2),
    ]


@pytest.mark.parametrize(("heard", "verdict"), [(3, "met"), (2, "late")])
def test_message_what_was_understood_is_what_was_meant(record, judge, heard, verdict):
    rule = (
        "    kind: consistency\n    per: message\n    of: {activity: receive, actor: owner}\n"
        "    with: {activity: send}\n    columns: [dead, dead]\n"
    )
    record.occur().row("send", "1:00", actor="region", message="m1", dead=3)
    record.row("send", "1:01", actor="region", message="m2", dead=9)
    cell(record, "receive", "1:02", message="m1", dead=heard)
    assert [row[0] for row in judge(rule)] == [verdict]


def test_message_steps_come_in_order(record, judge):
    rule = (
        "    kind: sequence\n    per: message\n    steps:\n"
        "      - {activity: draft, actor: owner}\n      - {activity: sign, actor: owner}\n"
    )
    record.occur()
    cell(record, "draft", "1:00", message="m1")
    cell(record, "sign", "1:05", message="m1")
    cell(record, "sign", "2:00", message="m2")
    cell(record, "draft", "2:05", message="m2")
    assert [row[:2] for row in judge(rule)] == [("met", ""), ("late", "out_of_order")]


PUBLISHED = "    of: {activity: publish, actor: owner}\n    need: {elements: {has: [measures]}}\n"


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("measures", ("met", "")),
        ("trend", ("late", "missing_elements")),
        ("", ("unproven", "content_unknown")),
    ],
)
def test_actor_everything_he_did_makes_one_verdict(record, judge, second, verdict):
    record.occur()
    cell(record, "publish", "1:00", elements="measures")
    record.incident = "other"
    cell(record, "publish", "2:00", elements=second)
    found = judge("    kind: content\n    per: actor\n" + PUBLISHED)
    assert [row[:2] for row in found] == [verdict]
    apart = judge("    kind: content\n    per: case\n" + PUBLISHED)
    assert len(apart) == 2, "per case keeps one verdict a row"


def test_actor_all_plans_together_are_drilled_in_time(record, judge):
    rule = (
        "    kind: period\n    per: actor\n    of: {activity: drill_held, actor: owner}\n"
        "    same: [object]\n    within: 24 months\n"
    )
    record.observe("1:00", since=-3 * 365 * 86_400)
    for plan in ("a", "b"):
        cell(record, "drill_held", -500 * 86_400, object=plan)
        cell(record, "drill_held", -100 * 86_400, object=plan)
    assert [row[:2] for row in judge(rule)] == [("met", "")]
    cell(record, "drill_held", -900 * 86_400, object="c")
    assert [row[:2] for row in judge(rule)] == [("late", "overdue")]


def test_actor_all_sequences_together(record, judge):
    rule = (
        "    kind: sequence\n    per: actor\n    same: [object]\n    steps:\n"
        "      - {activity: activate, actor: owner}\n      - {activity: terminate, actor: owner}\n"
    )
    record.occur()
    for plan in ("a", "b"):
        cell(record, "activate", "1:00", object=plan)
    cell(record, "terminate", "2:00", object="a")
    assert [row[0] for row in judge(rule)] == ["open"]
    cell(record, "terminate", "0:30", object="b")
    assert [row[:2] for row in judge(rule)] == [("late", "out_of_order")]


@pytest.mark.parametrize("per", ["actor", "year"])
def test_registers_and_stock_taken_together(record, judge, per):
    """Two requisitions, one of them without a receipt; one count that agrees with the books."""
    record.observe(f"{LEFT}:00", since=-(182 * 24 + 8) * 3600)
    cell(record, "requisition", "1:00", order="o1")
    cell(record, "receipt", "2:00", order="o1")
    cell(record, "requisition", "3:00", order="o2")
    cell(record, "stock_recorded", "1:00", item="tents", quantity=5)
    cell(record, "stock_counted", "2:00", item="tents", quantity=5)
    register = (
        f"    kind: register\n    per: {per}\n    of: {{activity: requisition, actor: owner}}\n"
        "    with: {activity: receipt, actor: owner}\n    same: [order]\n"
    )
    stock = (
        f"    kind: consistency\n    per: {per}\n    of: {{activity: stock_counted}}\n"
        "    with: {activity: stock_recorded}\n    same: [item]\n"
        "    columns: [quantity, quantity]\n"
    )
    assert [row[:2] for row in judge(register)] == [("late", "no_entry")]
    assert [row[:2] for row in judge(stock)] == [("met", "")]


NOBODY_MISSES = "    kind: absence\n    per: year\n    of: {activity: missed, actor: owner}\n"


def test_year_is_judged_by_itself_and_needs_a_complete_record(record, judge):
    """Complete from 1 January 2023 to 1 February 2025; a roll call missed in 2024 only."""
    since = -(182 * 24 + 8 + 365 * 24) * 3600
    record.observe(f"{LEFT + 31 * 24}:00", since=since)
    cell(record, "missed", "5:00")
    assert judge(NOBODY_MISSES) == [
        ("met", "", "year:2023", 1),
        ("late", "present", "year:2024", 2),
        ("open", "", "year:2025", 3),
    ]


def test_year_that_began_before_the_record_is_unproven(record, judge):
    record.observe(f"{LEFT + YEAR}:00")
    assert [row[:3] for row in judge(NOBODY_MISSES)] == [
        ("unproven", "not_observed", "year:2024"),
        ("met", "", "year:2025"),
    ]


def test_year_of_everything_that_was_published(record, judge):
    record.occur().observe(f"{LEFT + YEAR}:00", since=-(182 * 24 + 8) * 3600)
    cell(record, "publish", "1:00", elements="measures")
    cell(record, "publish", f"{LEFT + 1}:00", elements="trend")
    cell(record, "publish", f"{LEFT + 2}:00", elements="measures")
    assert [row[:3] for row in judge("    kind: content\n    per: year\n" + PUBLISHED)] == [
        ("met", "", "year:2024"),
        ("late", "missing_elements", "year:2025"),
    ]


def test_case_a_deadline_between_rows_that_name_no_incident(record, judge):
    """From the beginning of the drill to its assessment, whatever incidents it has."""
    rule = (
        "    kind: deadline\n    per: case\n    start: {activity: begin}\n"
        "    end: {activity: aar_submit, actor: owner}\n    limit: 30 d\n"
    )
    record.row("begin", "0:00", incident="").occur()
    record.row("aar_submit", f"{30 * 24}:01", actor="hechi", incident="")
    assert [row[:2] for row in judge(rule)] == [("late", "")]


SHAPES = {
    "deadline": "    start: {activity: receive}\n    end: {activity: sign}\n    limit: 1 h\n",
    "presence": "    start: {activity: receive}\n    end: {activity: acknowledge}\n",
    "sequence": "    steps: [{activity: draft}, {activity: sign}]\n",
    "content": PUBLISHED,
    "consistency": "    of: {activity: activate}\n    columns: [level, grade]\n",
    "period": "    of: {activity: drill_held}\n    within: 24 months\n",
    "register": "    of: {activity: requisition}\n    columns: [note]\n",
    "supplement": "    recipient: {role: region_gov}\n    columns: [dead]\n",
}


@pytest.mark.parametrize("per", ["incident", "message", "actor", "case", "year"])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_takes_what_means_something_and_refuses_the_rest(tmp_path, kind, per):
    shape = SHAPES.get(kind, "    of: {activity: missed}\n")
    path = tmp_path / "own.yaml"
    head = HEAD.replace("kind: deadline", f"kind: {kind}\n    per: {per}")
    path.write_text(head + shape, encoding="utf-8")
    if per in PER[kind]:
        assert load_pack(path).rules["R"].per == per
        return
    with in_language("en"), pytest.raises(UnusableInput) as caught:
        load_pack(path)
    (problem,) = caught.value.problems
    assert problem.path == "rules.R.per"
    assert problem.expected == f"one of {', '.join(PER[kind])} for the kind {kind}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("start: {activity: receive}", "start: occur", "start: expected a pattern of rows"),
        (
            "end: {activity: sign}",
            "recipient: {role: region_gov}",
            "end: expected a pattern",
        ),
        ("limit: 1 h", "every: 1 h", "no every beside per: message"),
    ],
)
def test_what_does_not_go_with_messages_is_named(tmp_path, old, new, words):
    path = tmp_path / "own.yaml"
    assert SHAPES["deadline"].count(old) == 1
    rule = "    per: message\n" + SHAPES["deadline"].replace(old, new)
    path.write_text(HEAD + rule, encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput, match=words):
        load_pack(path)


def test_rules_of_a_case_lift_one_another(record, tmp_path):
    """Nobody may miss a roll call, unless nobody refused either."""
    rule = "    kind: absence\n    per: case\n    of: {activity: missed, actor: owner}\n"
    refused = "    of: {activity: refused, actor: owner}\n    unless: null\n"
    other = "  S:\n    like: R\n" + refused
    record.observe("24:00")
    cell(record, "missed", "1:00")
    text = HEAD.replace("    kind: deadline\n", "") + rule + "    unless: {met: S}\n" + other
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    table = score(record.log(), load_pack(path)).table.set_index("rule")
    assert table["verdict"].to_dict() == {"R": "not_applicable", "S": "met"}


def test_a_rule_is_not_lifted_by_one_that_is_counted_otherwise(tmp_path):
    path = tmp_path / "own.yaml"
    rule = "    kind: absence\n    per: case\n    of: {activity: missed}\n    unless: {met: S}\n"
    other = "  S:\n    like: R\n    per: year\n    unless: null\n"
    path.write_text(HEAD.replace("    kind: deadline\n", "") + rule + other, encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput, match="received case, year"):
        load_pack(path)


@pytest.mark.parametrize("key", ["grades: [III]", "hazards: [fire]"])
def test_years_know_of_no_incident(tmp_path, key):
    path = tmp_path / "own.yaml"
    text = HEAD.replace("    kind: deadline\n", "") + NOBODY_MISSES + f"    {key}\n"
    path.write_text(text, encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput, match="which knows of no incident"):
        load_pack(path)
