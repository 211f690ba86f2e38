"""Mistakes in a pack that types alone do not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile, validate
from sim.log import schema
from sim.rules.kinds import KINDS, PER
from sim.rules.options import PACK_KEYS, chosen, rule_keys
from sim.rules.pack import Option, Pack, Rule, Trigger
from sim.rules.patterns import ACTORS, Condition
from sim.texts import t, vocabulary

_CLOSED = {
    "activity",
    "phase",
    "kind",
    "grade",
    "level",
    "span",
    "actor_role",
    "elements",
    "pending",
}
_WORDS = {"kind": "report", "level": "grade", "actor_role": "role"}
_WORDS |= {"elements": "element", "pending": "element"}
Path = tuple[str | int, ...]


def check(pack: Pack, file: YamlFile) -> list[Problem]:
    """Return every mistake of a pack whose types are right."""
    problems = [*_pack(pack, file)]
    for name, rule in pack.rules.items():
        problems += _rule(name, rule, pack, file)
    for name, trigger in pack.triggers.items():
        problems += _trigger(name, trigger, pack, file)
    seen = {(problem.path, problem.received) for problem in problems}
    for name, option in pack.options.items():
        problems += _option(name, option, pack, file, seen)
    return sorted(problems, key=lambda problem: problem.line)


def _pack(pack: Pack, file: YamlFile) -> Iterator[Problem]:
    if pack.valid.to and pack.valid.to < pack.valid.since:
        expected = t("a day on or after {day}", day=pack.valid.since)
        yield file.problem(("valid", "to"), expected, str(pack.valid.to))
    if pack.score_anchor not in pack.readings:
        expected = t("one of the pack's readings {names}", names=", ".join(pack.readings))
        yield file.problem(("score_anchor",), expected, pack.score_anchor)
    if not pack.rules:
        yield file.problem(("rules",), t("at least one rule"), t("none"))


def _trigger(name: str, trigger: Trigger, pack: Pack, file: YamlFile) -> Iterator[Problem]:
    for k, word in enumerate(trigger.rules):
        if word not in pack.rules:
            hint = did_you_mean(word, pack.rules)
            yield file.problem(("triggers", name, "rules", k), t("a rule"), shown(word), hint)


def _rule(name: str, rule: Rule, pack: Pack, file: YamlFile) -> Iterator[Problem]:
    at: Path = ("rules", name)
    if rule.kind not in KINDS:
        expected = t("a kind that can be evaluated so far: {names}", names=", ".join(KINDS))
        yield file.problem((*at, "kind"), expected, rule.kind)
        return
    if rule.per not in PER[rule.kind]:
        expected = t("one of {words}", words=", ".join(PER[rule.kind]))
        yield file.problem((*at, "per"), expected, rule.per)
    yield from _shape(rule, at, file)
    if rule.at is not None and rule.every != 86_400:
        expected = t("every: 1 d beside a time of day")
        yield file.problem((*at, "at"), expected, rule.at)
    if rule.every is not None and rule.start == "readings":
        expected = t("a start of its own for a duty that recurs")
        yield file.problem((*at, "every"), expected, t("the readings of the pack"))
    yield from _references(name, rule, pack, file)
    for key in ("start", "end", "need", "until", "of", "with"):
        value = getattr(rule, "with_" if key == "with" else key)
        if isinstance(value, Mapping):
            yield from _pattern(value, (*at, key), file)
    for k, step in enumerate(rule.steps):
        yield from _pattern(step, (*at, "steps", k), file)
    for key in ("same", "columns"):
        for column in getattr(rule, key):
            if column not in schema.BY_NAME or column == "source":
                names = [name for name in schema.NAMES if name != "source"]
                expected = t("a column of the event record")
                hint = did_you_mean(column, names)
                yield file.problem((*at, key), expected, shown(column), hint)
    if rule.unless and rule.unless.row:
        yield from _pattern(rule.unless.row, (*at, "unless", "row"), file)


NEEDS: dict[str, tuple[str, ...]] = {
    "absence": ("of",),
    "sequence": ("steps",),
    "content": ("of", "need"),
    "consistency": ("of", "columns"),
    "coverage": ("of",),
    "period": ("of",),
    "register": ("of",),
}
"""The keys without which a rule of a kind says nothing."""


def _shape(rule: Rule, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report what a rule of its kind lacks."""
    timed = (rule.limit, rule.soft, rule.every)
    if rule.kind == "deadline" and timed == (None, None, None):
        yield file.problem(at, t("a limit, or soft, or every"), t("none of them"))
    reported = rule.kind in ("deadline", "presence") and isinstance(rule.end, str)
    if reported and rule.recipient is None:
        yield file.problem(at, t("a recipient of the report"), t("none"))
    for key in NEEDS.get(rule.kind, ()):
        if not getattr(rule, key):
            yield file.problem(at, t("the key {key} for this kind of rule", key=key), t("none"))
    if rule.kind == "sequence" and len(rule.steps) == 1:
        yield file.problem((*at, "steps"), t("at least two steps"), t("one"))
    if rule.kind == "consistency" and len(rule.columns) not in (0, 2):
        yield file.problem((*at, "columns"), t("two columns to compare"), str(len(rule.columns)))
    if rule.kind == "register" and not (rule.with_ or rule.columns):
        yield file.problem(at, t("with, or columns"), t("none of them"))
    if rule.kind == "period" and (rule.within is None) == (rule.each is None):
        yield file.problem(at, t("either within or each"), t("both or none"))


def _references(name: str, rule: Rule, pack: Pack, file: YamlFile) -> Iterator[Problem]:
    at: Path = ("rules", name)
    known = [other for other in pack.rules if other != name]
    named: list[tuple[str, Path]] = []
    if rule.unless and rule.unless.met:
        named.append((rule.unless.met, (*at, "unless", "met")))
    if rule.unless and (rule.unless.met is None) == (rule.unless.row is None):
        yield file.problem((*at, "unless"), t("either met or row"), t("both or none"))
    if rule.effect == "excused" and (rule.unless is None or rule.unless.met is None):
        expected = t("a rule under unless.met beside this effect")
        yield file.problem((*at, "effect"), expected, rule.effect)
    for word, path in named:
        if word not in known:
            expected = t("another rule of this pack")
            yield file.problem(path, expected, shown(word), did_you_mean(word, known))
    named_hazards = vocabulary("hazard")
    for k, word in enumerate(rule.hazards):
        if word not in named_hazards:
            expected = t("one of {words}", words=", ".join(named_hazards))
            hint = did_you_mean(word, named_hazards)
            yield file.problem((*at, "hazards", k), expected, shown(word), hint)


def _pattern(pattern: Mapping[str, Condition], at: Path, file: YamlFile) -> Iterator[Problem]:
    for column, condition in pattern.items():
        path = (*at, column)
        if column not in schema.BY_NAME or column == "source":
            names = [name for name in schema.NAMES if name != "source"]
            expected = t("a column of the event record")
            yield file.problem(path, expected, shown(column), did_you_mean(column, names))
            continue
        kind = schema.BY_NAME[column].kind
        if condition.compare is not None and kind not in ("number", "time"):
            yield file.problem(path, t("compare only on columns of numbers"), column)
        if condition.part is not None and kind != "word":
            yield file.problem(path, t("part only on columns of ids"), column)
        if condition.has is not None and kind != "list":
            yield file.problem(path, t("has only on columns of lists"), column)
        if condition.at_least is not None and condition.has is None:
            yield file.problem(path, t("at_least only beside has"), column)
        if condition.relational and column not in ACTORS:
            expected = t(
                "owner and role only on columns of actors: {names}", names=", ".join(ACTORS)
            )
            yield file.problem(path, expected, column)
        if column in ACTORS and condition.among is not None:
            expected = t("roles, owner or superior(owner): packs name no organisations")
            yield file.problem(path, expected, shown(condition.among[0]))
        yield from _words(column, condition, path, file)


def _words(column: str, condition: Condition, at: Path, file: YamlFile) -> Iterator[Problem]:
    known = vocabulary(_WORDS.get(column, column)) if column in _CLOSED else {}
    for word in [*(condition.among or ()), *(condition.has or ())] if known else ():
        if word and str(word) not in known:
            expected = t("one of {words}", words=", ".join(known))
            yield file.problem(at, expected, shown(word), did_you_mean(str(word), known))


def _option(
    name: str, option: Option, pack: Pack, file: YamlFile, seen: set[tuple[str, str]]
) -> Iterator[Problem]:
    at: Path = ("options", name)
    if option.default not in option.choices:
        expected = t("one of {words}", words=", ".join(option.choices))
        hint = did_you_mean(option.default, option.choices)
        yield file.problem((*at, "default"), expected, shown(option.default), hint)
    for choice, targets in option.choices.items():
        here = (*at, "choices", choice)
        found = list(_targets(targets, pack, here, file))
        yield from found
        if not found:
            for problem in _as_chosen(pack, option, choice, file):
                if (problem.path, problem.received) not in seen:
                    path = f"{'.'.join(map(str, here))}: {problem.path}"
                    yield replace(problem, line=file.line(here), path=path)


def _targets(
    targets: Mapping[str, Mapping[str, Any]], pack: Pack, at: Path, file: YamlFile
) -> Iterator[Problem]:
    for target, keys in targets.items():
        if target not in ("all", "pack", *pack.rules):
            hint = did_you_mean(target, ["all", "pack", *pack.rules])
            yield file.problem((*at, target), t("all, pack or a rule"), shown(target), hint)
            continue
        known = PACK_KEYS if target == "pack" else rule_keys()
        for key in keys:
            if key not in known:
                expected = t("one of the keys {keys}", keys=", ".join(known))
                yield file.problem(
                    (*at, target, key), expected, shown(key), did_you_mean(key, known)
                )


def _as_chosen(pack: Pack, option: Option, choice: str, file: YamlFile) -> list[Problem]:
    """Return what is wrong with the pack after a choice."""
    data = chosen(pack.raw, option, choice)
    changed, problems = validate(Pack, data, file)
    if changed is not None:
        for name, rule in changed.rules.items():
            if rule != pack.rules[name]:
                problems += _rule(name, rule, changed, file)
        problems += _pack(changed, file)
    return problems
