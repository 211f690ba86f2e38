"""Mistakes in rule packs: each is reported with file, line, path, and what was meant."""

from __future__ import annotations

import re

import pytest

from sim.errors import UnusableInput
from sim.rules import load_pack, pack_names
from sim.rules.options import with_options
from sim.texts import in_language

GOOD = """\
format: 1
id: local
version: "1"
title: {zh: 本地规定, en: local rule}
valid: {from: 2020-01-01}
jurisdiction: somewhere
score_anchor: confirm
sources:
  text: {title: 某文件, confidence: high}
options:
  end:
    about: {zh: 止点, en: end}
    default: acknowledged
    choices:
      acknowledged: {}
      sent: {all: {end: sent}}
rules:
  L-1:
    clause: 第一条
    text: {zh: 报告, en: report}
    modality: 应
    kind: deadline
    owner: {role: city_gov}
    recipient: {role: region_gov}
    limit: 2 h
    grades: [II, I]
    need:
      elements: {has: [time, place]}
      kind: [initial]
"""

BROKEN = {  # what is changed -> (old text, new text, line, path, words of the message)
    "unknown key": ("    limit: 2 h", "    limmit: 2 h", 25, "rules.L-1.limmit", "limit?"),
    "number without unit": ("limit: 2 h", "limit: 120", 25, "rules.L-1.limit", "duration"),
    "unknown unit": ("limit: 2 h", "limit: 2 hours", 25, "rules.L-1.limit", "did you mean 2 h?"),
    "unknown role": ("{role: region_gov}", "{role: regon_gov}", 24, "recipient", "region_gov?"),
    "unknown column": ("      kind: [init", "      kinds: [init", 29, "need.kinds", "kind?"),
    "unknown element": ("[time, place]", "[time, plase]", 28, "need.elements", "place?"),
    "unknown kind of report": ("kind: [initial]", "kind: [inital]", 29, "need.kind", "initial?"),
    "kind without its rows": ("kind: deadline", "kind: absence", 18, "rules.L-1", "the key of"),
    "kind counted otherwise": ("kind: deadline", "kind: coverage", 18, "L-1.per", "case"),
    "kind that does not exist": ("kind: deadline", "kind: dedline", 22, "L-1.kind", "deadline?"),
    "per not evaluated": ("    limit: 2 h", "    limit: 2 h\n    per: year", 26, "per", "incident"),
    "unknown grade": ("[II, I]", "[II, V]", 26, "grades", "II"),
    "unknown modality": ("modality: 应", "modality: 得", 21, "modality", "必须"),
    "wrong format": ("format: 1", "format: 7", 1, "format", "1"),
    "validity backwards": (
        "{from: 2020-01-01}",
        "{from: 2020-01-01, to: 2019-01-01}",
        5,
        "to",
        "2020",
    ),
    "no date": ("{from: 2020-01-01}", "{from: spring}", 5, "valid.from", "date"),
    "unknown anchor": ("score_anchor: confirm", "score_anchor: confrim", 7, "anchor", "confirm?"),
    "anchor is no reading": (
        "_anchor: confirm",
        "_anchor: confirm\nreadings: [occur]",
        7,
        "anchor",
        "occur",
    ),
    "default is no choice": ("default: ack", "default: ak", 13, "end.default", "acknowledged?"),
    "choice for unknown rule": ("sent: {all:", "sent: {L-2:", 16, "sent.L-2", "L-1?"),
    "choice sets unknown key": ("{end: sent}", "{ent: sent}", 16, "all.ent", "end?"),
    "choice sets wrong value": ("{end: sent}", "{end: sended}", 16, "choices.sent", "sent"),
    "no limit at all": ("    limit: 2 h\n", "", 18, "rules.L-1", "limit"),
    "exception of unknown rule": (
        "    limit: 2 h",
        "    limit: 2 h\n    unless: {met: L-3}",
        26,
        "unless.met",
        "another rule",
    ),
    "organisation named": (
        "kind: [initial]",
        "recipient: nanning-gov",
        29,
        "need.recipient",
        "organisations",
    ),
    "compare on words": ("kind: [initial]", "kind: {compare: '> 3'}", 29, "need.kind", "numbers"),
    "has on a single word": (
        "kind: [initial]",
        "channel: {has: [phone]}",
        29,
        "need.channel",
        "lists",
    ),
    "role of no actor": ("kind: [initial]", "channel: {role: unit}", 29, "need.channel", "actors"),
    "like unknown rule": (
        "    clause: 第一条",
        "    like: L-0",
        19,
        "rules.L-1.like",
        "further up",
    ),
    "source column": ("kind: [initial]", "source: simulated", 29, "need.source", "column"),
    "recurs from three readings": ("limit: 2 h", "every: 1 d", 25, "every", "start"),
    "number below zero": ("limit: 2 h", "limit: -2 h", 25, "limit", "a duration such as 15 min"),
    "unit in Chinese": ("limit: 2 h", "limit: 2小时", 25, "limit", "did you mean 2 h?"),
    "start that is no word": (
        "limit: 2 h",
        "limit: 2 h\n    start: confirmed",
        26,
        "start",
        "irm?",
    ),
    "start without a column": (
        "limit: 2 h",
        "limit: 2 h\n    start: {}",
        26,
        "start",
        "one column",
    ),
    "start of no word": (
        *("limit: 2 h", "limit: 2 h\n    start: {activity: []}"),
        *(26, "start.activity", "at least one word"),
    ),
    "start that nothing can match": (
        *("limit: 2 h", "limit: 2 h\n    start: {dead: {compare: '< 0'}}"),
        *(26, "start.dead", "a number of at least 0 can fulfil"),
    ),
    "start against itself": (
        *("limit: 2 h", "limit: 2 h\n    start: {grade: {nonempty: true, in: ['']}}"),
        *(26, "start.grade", "go with nonempty: true"),
    ),
    "unknown activity": (
        *("limit: 2 h", "limit: 2 h\n    start: {activity: activated}"),
        *(26, "start.activity", "did you mean activate?"),
    ),
    "more than there are": (
        "[time, place]",
        "[time, place], at_least: 3",
        28,
        "elements",
        "most 2",
    ),
    "word for a number": ("kind: [initial]", "dead: many", 29, "need.dead", "a number"),
    "like nothing": (
        "clause: 第一条",
        "like:\n    clause: 第一条",
        19,
        "L-1.like",
        "received nothing",
    ),
    "like itself": (
        "clause: 第一条",
        "like: L-1\n    clause: 第一条",
        19,
        "L-1.like",
        "rule itself",
    ),
    "merge of YAML 1.1": (
        "    need:",
        "    <<: {end: sent}\n    need:",
        27,
        "<<",
        "like: and the id",
    ),
    "alias of nothing": ("limit: 2 h", "limit: *two", 25, "", "whose anchor (&) stands before"),
    "anchor in itself": (
        "    need:",
        "    same: &a [*a]\n    need:",
        27,
        "same",
        "perhaps by aliases",
    ),
    "key twice": ("limit: 2 h", "limit: 2 h\n    limit: 3 h", 26, "limit", "stands in line 25"),
    "rule twice": ("rules:\n", "rules:\n  L-1: {}\n", 19, "rules.L-1", "stands in line 18"),
    "comma without quotes": ("en: local rule", "en: local, rule", 4, "title.rule", "needs quotes"),
    "colon without quotes": ("en: report}", "en: report: now}", 20, "", "quotes around a text"),
    "tab": ("    limit: 2 h", "\tlimit: 2 h", 25, "", "spaces, not a tab"),
    "wrong indentation": ("    limit: 2 h", "     limit: 2 h", 25, "", "the same indentation"),
    "rule called all": ("  L-1:", "  all:", 18, "rules.all", "another id"),
    "no sources": ("  text: {title: 某文件, confidence: high}", "  {}", 8, "sources", "one source"),
    "unknown confidence": ("confidence: high", "confidence: sure", 9, "confidence", "high, medium"),
    "unknown grade table": (
        *("_anchor: confirm", "_anchor: confirm\ngrade_tables: {fire: work_safty}"),
        *(8, "grade_tables.fire", "work_safety?"),
    ),
    "grade table of no hazard": (
        *("_anchor: confirm", "_anchor: confirm\ngrade_tables: {fires: fire}"),
        *(8, "grade_tables.fires", "did you mean fire?"),
    ),
    "no time of day": (
        *("limit: 2 h", "every: 1 d\n    start: occur\n    at: 8:00"),
        *(27, "at", "did you mean 08:00?"),
    ),
    "unknown hazard": ("limit: 2 h", "limit: 2 h\n    hazards: [fires]", 26, "hazards.0", "fire?"),
    "grades in words": ("[II, I]", "较大以上", 26, "grades", "did you mean [III, II, I]?"),
    "role alone": ("owner: {role: city_gov}", "owner: city_gov", 23, "owner", "{role: city_gov}?"),
    "modality in English": ("modality: 应", "modality: must", 21, "modality", "必须?"),
    "rule alone": ("limit: 2 h", "limit: 2 h\n    unless: L-2", 26, "unless", "{met: L-2}?"),
    "lifted by itself": (
        *("limit: 2 h", "limit: 2 h\n    unless: {met: L-1}"),
        *(26, "unless.met", "another rule"),
    ),
    "no recipient": ("    recipient: {role: region_gov}\n", "", 18, "rules.L-1", "a recipient"),
    "choice is a word": ("sent: {all: {end: sent}}", "sent: all", 16, "choices.sent", "a mapping"),
    "standard of another name": ("options:\n", "options:\n  ends: standard\n", 11, "ends", "end?"),
    "supplement of no figure": (
        *("kind: deadline", "kind: supplement\n    columns: [place]"),
        *(23, "columns", "one of dead, missing"),
    ),
}


def problems_of(tmp_path, text):
    path = tmp_path / "local.yaml"
    path.write_text(text, encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput) as caught:
        load_pack(path)
    return caught.value.problems, str(caught.value), str(path)


def test_the_unbroken_pack_is_accepted(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_text(GOOD, encoding="utf-8")
    pack = load_pack(path)
    assert pack.id == "local"
    assert pack.rules["L-1"].limit == 7200


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_pack_is_refused_with_its_line(tmp_path, what):
    old, new, line, path, words = BROKEN[what]
    assert GOOD.count(old) == 1
    problems, text, file = problems_of(tmp_path, GOOD.replace(old, new))
    fitting = [p for p in problems if p.line == line and path in p.path]
    assert fitting, text
    assert any(words in str(p) for p in fitting), text
    assert all(re.match(rf"{re.escape(file)}:\d+: ", str(p)) for p in problems)


def test_all_mistakes_are_reported_together(tmp_path):
    broken = GOOD.replace("[time, place]", "[time, plase]").replace("kind: [initial]", "kind: x")
    broken = broken.replace("default: ack", "default: ak")
    problems, _, _ = problems_of(tmp_path, broken)
    assert [p.line for p in problems] == [13, 28, 29]


def test_rules_that_lift_one_another_are_refused_unless_one_is_only_excused(tmp_path):
    """All done would leave none of them owed."""
    second = "  L-2:\n    like: L-1\n    unless: {met: L-1}\n"
    text = GOOD + "    unless: {met: L-2}\n" + second
    problems, whole, _ = problems_of(tmp_path, text)
    assert "L-1 → L-2 → L-1" in whole
    assert [p.path for p in problems] == ["rules.L-1.unless"]
    path = tmp_path / "excused.yaml"
    path.write_text(text + "    effect: excused\n", encoding="utf-8")
    assert set(load_pack(path).rules) == {"L-1", "L-2"}


def test_a_base_that_stands_further_down_is_the_only_mistake_named(tmp_path):
    text = GOOD.replace("  L-1:\n", "  L-0:\n    like: L-1\n  L-1:\n")
    problems, whole, _ = problems_of(tmp_path, text)
    assert [p.path for p in problems] == ["rules.L-0.like"]
    assert "L-1, which stands further down" in whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "received an empty file"),
        ("# only a remark\n", "received an empty file"),
        ("rules: [L-1]\n", "rules: expected a mapping"),
        (GOOD[: GOOD.index("rules:")] + "rules: {}\n", "at least one rule"),
        (GOOD[: GOOD.index("    clause")], "rules.L-1: expected a mapping of keys to values"),
        (GOOD + "#" * 2_000_000, "a file of at most 0.5 MB, received 2.0 MB"),
    ],
)
def test_files_that_are_hardly_packs(tmp_path, text, words):
    _, whole, _ = problems_of(tmp_path, text)
    assert words in whole


def test_standard_options_are_those_that_are_shipped(tmp_path):
    path = tmp_path / "local.yaml"
    own = GOOD[GOOD.index("  end:\n") : GOOD.index("rules:")]
    path.write_text(GOOD.replace(own, "  end: standard\n  boundary: standard\n"), encoding="utf-8")
    pack = load_pack(path)
    assert set(pack.options["end"].choices) == {"acknowledged", "received", "sent"}
    assert with_options(pack, {"boundary": "strict"}).rules["L-1"].strict


def test_an_end_that_is_rows_is_not_changed_by_an_option_about_reports(tmp_path):
    path = tmp_path / "local.yaml"
    rows = "  L-2:\n    like: L-1\n    end: {activity: activate, actor: owner}\n    need: {}\n"
    path.write_text(GOOD + rows, encoding="utf-8")
    pack = load_pack(path)
    sent = with_options(pack, {"end": "sent"})
    assert sent.rules["L-1"].end == "sent"
    assert sent.rules["L-2"].end == pack.rules["L-2"].end


def test_a_misspelt_shipped_pack_is_suggested():
    with in_language("en"), pytest.raises(UnusableInput, match="guangxi-2012-65"):
        load_pack("guangxi-2012-56")


def test_options_that_do_not_exist_are_all_reported():
    pack = load_pack("guangxi-2012-65")
    with in_language("en"), pytest.raises(UnusableInput) as caught:
        with_options(pack, {"ends": "sent", "boundary": "strickt"})
    text = str(caught.value)
    assert "did you mean end?" in text
    assert "did you mean strict?" in text


def test_shipped_packs_load():
    for name in pack_names():
        pack = load_pack(name)
        assert pack.id == name
        assert pack.sources
        for option in pack.options.values():
            for choice in option.choices:
                assert choice
