"""The guide to the directive names every rule, item and option of the pack, and no other rule."""

from __future__ import annotations

import re
from pathlib import Path

from sim.rules import load_pack

PACK = load_pack("guangxi-2012-65")
GUIDE = (Path(__file__).parents[2] / "docs/directive.md").read_text("utf-8")


def test_the_guide_names_every_rule_and_marks_what_never_fails():
    told = dict(re.findall(r"`((?:A\d\d|GX|N)-[\w-]+)`([^`|]*)", GUIDE))
    known = set(PACK.rules)
    assert known <= set(told)
    assert set(told) - known == set()
    soft = {name for name, rule in PACK.rules.items() if rule.never_fails}
    marked = {name for name, words in told.items() if "○" in words.split("；")[0]}
    lone = {"A10-7-follow-up", "A00-gov"}  # one mark for two
    assert marked | lone == soft


def test_the_guide_names_every_option():
    named = set(re.findall(r"`([a-z_]+)`", GUIDE))
    assert set(PACK.options) <= named


def test_the_guide_names_every_item_of_the_checklist():
    told = set()
    for head, first, last in re.findall(r"(A\d\d)-([a-z])\b(?: … ([a-z]))?", GUIDE):
        told |= {f"{head}-{chr(c)}" for c in range(ord(first), ord(last or first) + 1)}
    assert set(PACK.checklist) == {name for name in told if name in PACK.checklist}
    assert told - set(PACK.checklist) == set()
