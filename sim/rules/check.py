"""Mistakes in a pack that types alone do not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile, validate
from sim.rules.check_clock import own_clock
from sim.rules.check_patterns import column_problems, pattern_problems
from sim.rules.check_shape import one_of, scope_problems, shape_problems
from sim.rules.kinds import KINDS
from sim.rules.options import PACK_KEYS, TARGETS, chosen, rule_keys
from sim.rules.pack import Option, Pack, Rule, Trigger
from sim.scenario.grade import table_names
from sim.texts import t, vocabulary

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
    if not pack.sources:
        yield file.problem(("sources",), t("at least one source, with its confidence"), t("none"))
    for name in TARGETS:
        if name in pack.rules:
            expected = t("another id: options mean by {name} something else", name=name)
            yield file.problem(("rules", name), expected, name)
    for hazard, table in pack.grade_tables.items():
        yield from one_of(("grade_tables", hazard), hazard, vocabulary("hazard"), file)
        yield from one_of(("grade_tables", hazard), table, table_names(), file)
    yield from _circles(pack, file)


def _circles(pack: Pack, file: YamlFile) -> Iterator[Problem]:
    """Report rules that lift one another in a circle, so that doing all would leave none owed."""
    lifted = {
        name: rule.unless.met
        for name, rule in pack.rules.items()
        if rule.unless and rule.unless.met and rule.effect == "not_applicable"
    }
    seen: set[str] = set()
    for name in lifted:
        way = [name]
        while (after := lifted.get(way[-1])) in lifted and after not in way:
            way.append(str(after))
        if after == name and len(way) > 1 and name not in seen:
            seen.update(way)
            expected = t(
                "effect: excused in one of them, as {rules} lift one another", rules=", ".join(way)
            )
            yield file.problem(("rules", name, "unless"), expected, " → ".join([*way, name]))


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
    yield from scope_problems(rule, at, file)
    yield from shape_problems(rule, at, file)
    if rule.at and rule.every != 86_400:
        expected = t("every: 1 d beside a time of day")
        yield file.problem((*at, "at"), expected, ", ".join(rule.at))
    if rule.every is not None and rule.start == "readings":
        expected = t("a start of its own for a duty that recurs")
        yield file.problem((*at, "every"), expected, t("the readings of the pack"))
    yield from own_clock(rule, at, file)
    yield from _references(name, rule, pack, file)
    for key in ("start", "end", "need", "until", "of", "with"):
        value = getattr(rule, "with_" if key == "with" else key)
        if value == {} and key != "need" and (key in rule.model_fields_set or key == "with"):
            if key != "with" or "with_" in rule.model_fields_set:
                yield file.problem((*at, key), t("at least one column"), t("an empty mapping"))
        elif isinstance(value, Mapping):
            yield from pattern_problems(value, (*at, key), file)
    for k, step in enumerate(rule.steps):
        yield from pattern_problems(step, (*at, "steps", k), file)
    for key in ("same", "columns"):
        for column in getattr(rule, key):
            yield from column_problems(column, (*at, key), file)
    if rule.unless and rule.unless.row:
        yield from pattern_problems(rule.unless.row, (*at, "unless", "row"), file)


def _references(name: str, rule: Rule, pack: Pack, file: YamlFile) -> Iterator[Problem]:
    at: Path = ("rules", name)
    named: list[tuple[str, Path]] = []
    if rule.unless and rule.unless.met:
        named.append((rule.unless.met, (*at, "unless", "met")))
    if rule.unless and (rule.unless.met is None) == (rule.unless.row is None):
        yield file.problem((*at, "unless"), t("either met or row"), t("both or none"))
    if rule.effect == "excused" and (rule.unless is None or rule.unless.met is None):
        expected = t("a rule under unless.met beside this effect")
        yield file.problem((*at, "effect"), expected, rule.effect)
    for word, path in named:
        if word == name or word not in pack.rules:
            known = [other for other in pack.rules if other != name]
            expected = t("another rule of this pack")
            yield file.problem(path, expected, shown(word), did_you_mean(word, known))
        elif not rule.per == pack.rules[word].per in ("incident", "case"):
            expected = t("two rules that are both counted per incident or both per case")
            yield file.problem(path, expected, f"{rule.per}, {pack.rules[word].per}")
    for k, word in enumerate(rule.hazards):
        yield from one_of((*at, "hazards", k), word, vocabulary("hazard"), file)


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
        if target not in (*TARGETS, *pack.rules):
            hint = did_you_mean(target, [*TARGETS, *pack.rules])
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
