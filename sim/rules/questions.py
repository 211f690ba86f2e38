"""The open questions of a pack: its options, and the start of the clock where no option asks it.

A rule under some choices is plain data again.  So the rules that a question concerns can be
read off the pack, and two combinations that leave a rule with the same data need one judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.rules.options import PACK_KEYS, fitting, meant_by_all, set_keys
from sim.rules.pack import Pack, Text

CLOCK = "clock"
"""Name of the question from when the clock counts, of packs without an option for it."""
_CLOCK = Text(zh="时限自何时起算", en="from when the limit counts")
Picks = Mapping[str, str]
"""Question -> choice; questions that are not named keep the first of their choices."""


class Question(NamedTuple):
    """One open question; `choices` begins with the one that counts."""

    name: str
    about: Text
    choices: tuple[str, ...]
    keys: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def concerns(self, rule: str, data: Mapping[str, Any]) -> bool:
        """Whether any choice sets a key of a rule, or of the clocks that it counts by."""
        kind = data.get("kind", "deadline")
        targets = {target for choice in self.choices for target in self.keys[choice]}
        of_pack = {key for choice in self.choices for key in self.keys[choice].get("pack", {})}
        clocked = "pack" in targets and kind in ("deadline", "presence")
        clocked |= "grade_tables" in of_pack
        return rule in targets or ("all" in targets and meant_by_all(data)) or clocked


def questions(pack: Pack, options: Mapping[str, str]) -> list[Question]:
    """Return the questions of a pack; `options` says which choices count instead of defaults."""
    found = []
    for name, option in pack.options.items():
        own = options.get(name, option.default)
        others = tuple(choice for choice in option.choices if choice != own)
        found.append(Question(name, option.about, (own, *others), option.choices))
    asked = any("score_anchor" in keys.get("pack", {}) for q in found for keys in q.keys.values())
    if not asked and len(pack.readings) > 1:
        others = tuple(reading for reading in pack.readings if reading != pack.score_anchor)
        keys: dict[str, Any] = {r: {"pack": {"score_anchor": r}} for r in pack.readings}
        found.append(Question(CLOCK, _CLOCK, (pack.score_anchor, *others), keys))
    return found


def rule_under(pack: Pack, rule: str, asked: list[Question], picks: Picks) -> dict[str, Any]:
    """Return a rule's plain data under some choices; the same as `with_options` gives."""
    data: dict[str, Any] = dict(pack.raw["rules"][rule])
    for question in asked:
        for target, keys in question.keys[picks.get(question.name, question.choices[0])].items():
            every = target == "all" and meant_by_all(data)
            if target == rule or every:
                data = set_keys(data, fitting(data, target, keys))
    return data


class Clocking(NamedTuple):
    """What holds for all rules: the clock that counts, the clocks, the tables of grades."""

    anchor: str
    readings: tuple[str, ...]
    tables: tuple[tuple[str, str], ...]


def clocks_under(pack: Pack, asked: list[Question], picks: Picks) -> Clocking:
    """Return what holds for all rules under some choices."""
    found: dict[str, Any] = {"score_anchor": pack.score_anchor, "readings": pack.readings}
    found["grade_tables"] = pack.grade_tables
    for question in asked:
        choice = picks.get(question.name, question.choices[0])
        keys = question.keys[choice].get("pack", {})
        found |= {key: value for key, value in keys.items() if key in PACK_KEYS}
    tables = tuple(sorted((found["grade_tables"] or {}).items()))
    return Clocking(found["score_anchor"], tuple(found["readings"]), tables)


def partners(pack: Pack, rule: str, asked: list[Question]) -> list[str]:
    """Return the rules that may lift or excuse a rule (`unless: {met: …}`) under any choice."""
    listed = [pack.raw["rules"][rule]]
    listed += [
        keys[target]
        for question in asked
        for keys in question.keys.values()
        for target in (rule, "all")
        if target in keys
    ]
    named = [(data.get("unless") or {}).get("met") for data in listed]
    return list(dict.fromkeys(name for name in named if name in pack.rules))
