"""Doubts about valid packs: each is named with its line, and the shipped packs leave none."""

from __future__ import annotations

import pytest

from sim.rules import doubts, pack_names
from sim.rules.doubts import READ_BY
from sim.rules.pack import Rule
from sim.texts import in_language
from tests.rules.test_broken_packs import GOOD

DOUBTFUL = {  # what is changed -> (old text, new text, line, path, words of the doubt)
    "reading twice": (
        *("_anchor: confirm", "_anchor: confirm\nreadings: [confirm, occur, confirm]"),
        *(8, "readings", "confirm is named twice"),
    ),
    "grade twice": ("[II, I]", "[II, I, II]", 26, "grades", "II is named twice"),
    "never switched on": (
        *("limit: 2 h", "limit: 2 h\n    enabled: false"),
        *(26, "enabled", "never applies"),
    ),
    "key that the kind does not read": (
        *("kind: deadline", "kind: absence\n    of: {activity: missed}"),
        *(26, "limit", "rules of kind absence do not read limit"),
    ),
    "limit of nothing": ("limit: 2 h", "limit: 0 s", 25, "limit", "the very second"),
    "limit and guide": ("limit: 2 h", "limit: 2 h\n    soft: 1 h", 26, "soft", "there is a limit"),
    "until without every": (
        *("limit: 2 h", "limit: 2 h\n    until: {activity: terminate}"),
        *(26, "until", "without every"),
    ),
    "limit beside a time of day": (
        *("limit: 2 h", "limit: 2 h\n    every: 1 d\n    at: '08:00'\n    start: occur"),
        *(25, "limit", "beside a time of day"),
    ),
    "to itself": (
        "role: region_gov",
        "role: city_gov",
        24,
        "recipient",
        "nobody reports to himself",
    ),
    "no grades for it": (
        *("limit: 2 h", "limit: 2 h\n    hazards: [epidemic]"),
        *(27, "grades", "no table grades epidemic"),
    ),
    "channel nearly usual": (
        *("kind: [initial]", "channel: phones"),
        *(29, "need.channel", "did you mean phone?"),
    ),
    "one choice": ("      sent: {all: {end: sent}}\n", "", 11, "options.end", "only one choice"),
    "two names for one": (
        *("sent: {all: {end: sent}}", "sent: {}"),
        *(16, "choices.sent", "acknowledged does not change"),
    ),
    "nothing is sure": ("confidence: high", "confidence: low", 8, "sources", "low confidence"),
}


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_doubtful_pack_is_valid_and_doubted(tmp_path, what):
    old, new, line, path, words = DOUBTFUL[what]
    assert GOOD.count(old) == 1
    file = tmp_path / "local.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with in_language("en"):
        found = doubts(file)
    fitting = [d for d in found if path in d.path and words in d.expected]
    assert [d.line for d in fitting] == [line], [str(d) for d in found]


def test_tables_for_hazards_that_no_rule_grades(tmp_path):
    file = tmp_path / "local.yaml"
    text = GOOD.replace("limit: 2 h", "limit: 2 h\n    hazards: [fire]")
    file.write_text(text + "grade_tables: {flood: flood}\n", encoding="utf-8")
    with in_language("en"):
        (doubt,) = doubts(file)
    assert doubt.expected == "no rule of the pack looks at grades of flood"


def test_the_pack_of_the_tests_leaves_no_doubt(tmp_path):
    file = tmp_path / "local.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert doubts(file) == []


@pytest.mark.parametrize("name", pack_names())
def test_shipped_packs_leave_no_doubt_but_that_of_their_source(name):
    found = [(d.path, d.expected) for d in doubts(name)]
    if name == "national-plan-2006":
        (only,) = found
        assert only[0] == "sources"
    else:
        assert found == []


def test_keys_that_kinds_read_are_keys_of_rules():
    assert set(READ_BY) <= set(Rule.model_fields)
