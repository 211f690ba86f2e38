"""Doubts about a valid pack: what will hardly be meant, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.errors import Problem, did_you_mean
from sim.files.yamlfile import Node, YamlFile
from sim.rules.load import read_pack
from sim.rules.options import chosen
from sim.rules.pack import Option, Pack, Rule
from sim.scenario.grade import table_for
from sim.texts import t, vocabulary

READ_BY: dict[str, tuple[str, ...]] = {
    "recipient": ("deadline", "presence", "supplement"),
    "by": ("deadline", "presence"),
    "start": ("deadline", "presence"),
    "end": ("deadline", "presence", "supplement"),
    "limit": ("deadline", "presence", "supplement"),
    "soft": ("deadline", "presence", "supplement"),
    "every": ("deadline",),
    "at": ("deadline",),
    "until": ("deadline",),
    "need": ("deadline", "presence", "content"),
    "union": ("deadline", "presence"),
    "written": ("deadline", "presence"),
    "noticed_by": ("deadline", "presence"),
    "regrade": ("deadline", "presence"),
    "strict": ("deadline", "presence", "supplement"),
    "before_confirm": ("deadline", "presence"),
    "of": ("absence", "content", "consistency", "coverage", "period", "register"),
    "steps": ("sequence",),
    "tolerance": ("consistency",),
    "count": ("coverage", "period"),
    "within": ("period",),
    "calendar": ("period",),
    "window": ("supplement",),
}
"""The keys that only some kinds of rules read, and which."""


def doubts(name: str | Path) -> list[Problem]:
    """Return doubts about a valid pack, in the order of its file: `path` where, `expected` what.

    Raises `UnusableInput` where the pack is not valid.
    """
    pack, file = read_pack(name)
    found = [*_pack(pack, file)]
    for rule_id, rule in pack.rules.items():
        found += _rule(rule_id, rule, pack, file)
    for option_id, option in pack.options.items():
        found += _option(option_id, option, pack, file)
    return sorted(found, key=lambda doubt: doubt.line)


def _doubt(file: YamlFile, at: Node, text: str) -> Problem:
    return file.problem(at, text)


def _pack(pack: Pack, file: YamlFile) -> Iterator[Problem]:
    for word in _twice(pack.readings):
        text = t("the reading {word} is named twice; it is judged once", word=word)
        yield _doubt(file, ("readings",), text)
    if all(source.confidence == "low" for source in pack.sources.values()):
        text = t("every source has low confidence: look up the text before you judge by it")
        yield _doubt(file, ("sources",), text)
    for hazard in pack.grade_tables:
        if not any(_concerns(rule, hazard) for rule in pack.rules.values()):
            text = t("no rule of the pack looks at grades of {hazard}", hazard=hazard)
            yield _doubt(file, ("grade_tables", hazard), text)


def _concerns(rule: Rule, hazard: str) -> bool:
    return bool(rule.grades) and (not rule.hazards or hazard in rule.hazards)


def _rule(name: str, rule: Rule, pack: Pack, file: YamlFile) -> Iterator[Problem]:
    at: Node = ("rules", name)
    if not rule.enabled and not _switched_on(name, pack):
        yield _doubt(file, (*at, "enabled"), t("never applies: no option switches it on"))
    for key in ("grades", "hazards"):
        for word in _twice(getattr(rule, key)):
            yield _doubt(file, (*at, key), t("{word} is named twice", word=word))
    for key in sorted(rule.model_fields_set):
        kinds = READ_BY.get(key)
        if kinds and rule.kind not in kinds and getattr(rule, key) not in (None, [], {}):
            text = t(
                "rules of kind {kind} do not read {key}; kinds that do: {kinds}",
                kind=rule.kind,
                key=key,
                kinds=", ".join(kinds),
            )
            yield _doubt(file, (*at, key), text)
    yield from _clock(rule, at, file)
    yield from _reach(rule, at, file)
    yield from _channels(rule, at, file)


def _clock(rule: Rule, at: Node, file: YamlFile) -> Iterator[Problem]:
    if rule.limit == 0 and not rule.never_fails:
        yield _doubt(file, (*at, "limit"), t("0 s can be met at the very second only"))
    if rule.limit is not None and rule.soft is not None:
        yield _doubt(file, (*at, "soft"), t("not looked at, as there is a limit"))
    if rule.until is not None and rule.every is None:
        yield _doubt(file, (*at, "until"), t("not looked at without every"))
    if rule.at and rule.limit is not None:
        yield _doubt(file, (*at, "limit"), t("not looked at beside a time of day"))


def _reach(rule: Rule, at: Node, file: YamlFile) -> Iterator[Problem]:
    """Doubt rules that concern nobody, or nothing that can be graded."""
    recipient = rule.recipient
    if recipient is not None and not isinstance(recipient, str):
        same = rule.owner.role == recipient.role and len(recipient.role) == 1
        if same and rule.owner.supervises == recipient.supervises:
            text = t("owner and recipient have one role: nobody reports to himself")
            yield _doubt(file, (*at, "recipient"), text)
    ungraded = [hazard for hazard in rule.hazards if not table_for(hazard)]
    if rule.grades and ungraded == rule.hazards and ungraded and "unknown" not in rule.grades:
        text = t(
            "no table grades {hazards}: applies only where somebody confirmed a grade",
            hazards=", ".join(ungraded),
        )
        yield _doubt(file, (*at, "grades"), text)


def _channels(rule: Rule, at: Node, file: YamlFile) -> Iterator[Problem]:
    """Doubt names of channels that are nearly a usual one; scenarios may have their own."""
    usual = vocabulary("channel")
    patterns: dict[str, Any] = {"need": rule.need, "start": rule.start, "end": rule.end}
    for key, pattern in patterns.items():
        condition = pattern.get("channel") if not isinstance(pattern, str) else None
        for word in (condition.among or ()) if condition else ():
            hint = did_you_mean(str(word), usual) if word not in usual else ""
            if hint:
                text = t("{word} is no usual channel; did you mean {hint}?", word=word, hint=hint)
                yield _doubt(file, (*at, key, "channel"), text)


def _option(name: str, option: Option, pack: Pack, file: YamlFile) -> Iterator[Problem]:
    at: Node = ("options", name)
    if len(option.choices) == 1:
        yield _doubt(file, at, t("there is only one choice"))
    results = {choice: chosen(pack.raw, option, choice) for choice in option.choices}
    first: dict[str, str] = {}
    for choice, result in results.items():
        key = repr(result)
        if key in first:
            text = t("changes nothing that {other} does not change", other=first[key])
            yield _doubt(file, (*at, "choices", choice), text)
        first.setdefault(key, choice)


def _switched_on(name: str, pack: Pack) -> bool:
    return any(
        keys.get("enabled") is True
        for option in pack.options.values()
        for targets in option.choices.values()
        for target, keys in targets.items()
        if target in ("all", name)
    )


def _twice(words: Sequence[str] | Iterable[str]) -> list[str]:
    listed = list(words)
    return [word for word in dict.fromkeys(listed) if listed.count(word) > 1]
