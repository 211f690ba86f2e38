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
