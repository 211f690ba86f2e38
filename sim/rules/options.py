"""Options of a pack: how its open questions are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.rules.pack import Option, Pack, Rule
from sim.texts import t

PACK_KEYS = ("score_anchor", "readings", "grade_tables")
"""Keys of the pack itself that a choice may set, under `pack`."""
TARGETS = ("all", "pack")
"""What a choice may set keys of, beside single rules."""


def with_options(pack: Pack, options: Mapping[str, str] | None = None) -> Pack:
    """Return the pack with every option's choice, the default where none is given.

    Raises `UnusableInput` for options and choices that the pack does not have.
    """
    options = {str(name): str(choice) for name, choice in (options or {}).items()}
    problems = [
        problem
        for name, choice in options.items()
        if (problem := _unknown(pack, name, choice)) is not None
    ]
    if problems:
        raise UnusableInput(problems)
    wanted = tuple(sorted(options.items()))
    if wanted not in pack.read:
        pack.read[wanted] = _read(pack, options)
    return pack.read[wanted]


def _read(pack: Pack, options: Mapping[str, str]) -> Pack:
    raw = dict(pack.raw)
    for name, option in pack.options.items():
        raw = chosen(raw, option, options.get(name, option.default))
    return Pack.model_validate(raw)


def chosen(raw: Mapping[str, Any], option: Option, choice: str) -> dict[str, Any]:
    """Return a pack's plain data with the keys that a choice sets."""
    result = {**raw, "rules": dict(raw["rules"])}
    for target, keys in option.choices.get(choice, {}).items():
        if target == "pack":
            result |= {key: value for key, value in keys.items() if key in PACK_KEYS}
            continue
        names = _deadlines(result["rules"]) if target == "all" else [target]
        for name in names:
            rule = result["rules"].get(name)
            if rule is not None:
                result["rules"][name] = set_keys(rule, fitting(rule, target, keys))
    return result


def fitting(rule: Mapping[str, Any], target: str, keys: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the keys that a choice sets in a rule.

    `all` sets its end only where it is a stage of a report.
    """
    own_end = target == "all" and isinstance(rule.get("end"), Mapping)
    return {key: value for key, value in keys.items() if not (key == "end" and own_end)}


def _deadlines(rules: Mapping[str, Any]) -> list[str]:
    """Return the rules that `all` means."""
    return [name for name, rule in rules.items() if meant_by_all(rule)]


def meant_by_all(rule: Mapping[str, Any]) -> bool:
    """Whether `all` means a rule: those with a clock, and those met by a report."""
    kind = rule["kind"]
    return kind == "deadline" or (kind == "presence" and "recipient" in rule)


def set_keys(rule: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule with keys set; `need` is joined column by column, `null` takes away."""
    result = dict(rule)
    for key, value in keys.items():
        if value is None:
            result.pop(key, None)
        elif key == "need":
            joined = {**result.get(key, {}), **value}
            result[key] = {column: what for column, what in joined.items() if what is not None}
        else:
            result[key] = value
    return result


def _unknown(pack: Pack, name: str, choice: str) -> Problem | None:
    place = t("options of pack {id}", id=pack.id)
    if name not in pack.options:
        expected = t("one of the options {names}", names=", ".join(pack.options) or "-")
        return Problem(place, 0, name, expected, shown(name), did_you_mean(name, pack.options))
    choices = pack.options[name].choices
    if choice not in choices:
        expected = t("one of {words}", words=", ".join(choices))
        return Problem(place, 0, name, expected, shown(choice), did_you_mean(choice, choices))
    return None


def rule_keys() -> tuple[str, ...]:
    """Return the keys that a rule may have."""
    return tuple(field.alias or name for name, field in Rule.model_fields.items())
