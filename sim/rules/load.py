"""Reading rule packs: shipped ones by name, others by path."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.shipped import named
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.rules.check import check
from sim.rules.pack import Pack
from sim.texts import t

_SHIPPED = Path(__file__).with_name("packs")
_loaded: dict[tuple[str, int], tuple[Pack, YamlFile]] = {}
MOST_BYTES = 500_000
"""No pack of rules that people have read is larger."""


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped packs."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def load_pack(name: str | Path) -> Pack:
    """Return a pack, by the name of a shipped one or by the path of a file.

    Raises `UnusableInput` with every mistake in it, each with its line.
    """
    return read_pack(name)[0]


def read_pack(name: str | Path) -> tuple[Pack, YamlFile]:
    """Return a pack and the file that it stands in; raises `UnusableInput`."""
    path = pack_path(name)
    try:
        key = (str(path.resolve()), path.stat().st_mtime_ns)
    except OSError:
        key = (str(path), 0)
    if key not in _loaded:
        _loaded[key] = _load(path)
    return _loaded[key]


def pack_path(name: str | Path) -> Path:
    """Return the file of a pack; raises `UnusableInput` for a name that no shipped one has."""
    names = pack_names()
    expected = t("the path of a pack, or one of {names}", names=", ".join(names))
    return named(name, _SHIPPED, names, expected)


def pack_of(data: dict[str, Any], name: str) -> Pack:
    """Return a pack from its plain data, `raw` of a pack; raises `UnusableInput`."""
    file = YamlFile(name, data)
    pack, problems = validate(Pack, data, file)
    if pack is None or problems:
        raise UnusableInput(problems)
    assert isinstance(pack, Pack)
    pack.raw.update(data)
    return pack


def _load(path: Path) -> tuple[Pack, YamlFile]:
    file = read_yaml(path, MOST_BYTES)
    data, problems = _written_out(file)
    pack, mistakes = validate(Pack, data, file)
    without_base = {problem.path.rpartition(".")[0] for problem in problems}
    missing = t("nothing")  # what a rule lacks whose `like` leads nowhere is no further mistake
    problems += [
        problem
        for problem in mistakes
        if problem.received != missing or problem.path.rpartition(".")[0] not in without_base
    ]
    if pack is not None:
        pack.raw.update(data)
        problems += check(pack, file)
    if problems:
        raise UnusableInput(problems)
    assert isinstance(pack, Pack)
    return pack, file


def _written_out(file: YamlFile) -> tuple[dict[str, Any], list[Problem]]:
    """Return the file's data with every rule's `like` replaced by the keys of that rule.

    `like` names a rule further up; the rule's own keys win.  An option that says `standard` is
    the shipped one of that name.
    """
    data, problems = {**file.data}, []
    options, rules = data.get("options"), data.get("rules")
    if isinstance(options, dict):
        known = standard_options()
        data["options"] = {n: known.get(n, o) if o == STANDARD else o for n, o in options.items()}
        for name, option in options.items():
            if option == STANDARD and name not in known:
                words = ", ".join(known)
                expected = t("choices of its own; standard are only {names}", names=words)
                hint = did_you_mean(name, known)
                problems.append(file.problem(("options", name), expected, STANDARD, hint))
                del data["options"][name]
    if not isinstance(rules, dict):
        return data, problems
    done: dict[str, Any] = {}
    for name, rule in rules.items():
        if isinstance(rule, dict) and "<<" in rule:
            expected = t("like: and the id of a rule further up, instead of <<")
            problems.append(file.problem(("rules", name, "<<"), expected))
            rule = {key: value for key, value in rule.items() if key != "<<"}
        like = rule.get("like") if isinstance(rule, dict) else None
        if isinstance(rule, dict) and "like" in rule:
            rule = {key: value for key, value in rule.items() if key != "like"}
            base = done.get(str(like))
            if isinstance(base, dict):
                rule = {**base, **rule}
            else:
                expected, received = t("a rule further up"), shown(like)
                hint = "" if str(like) in rules else did_you_mean(str(like), done)
                if like is None:
                    received = t("nothing")
                elif str(like) in rules:
                    received = t("{rule}, which stands further down", rule=like)
                if like == name:
                    received = t("the rule itself")
                problems.append(file.problem(("rules", name, "like"), expected, received, hint))
        done[name] = rule
    return {**data, "rules": done}, problems


STANDARD = "standard"


@cache
def standard_options() -> dict[str, Any]:
    """Return the options that a pack may take over by the word `standard`."""
    return read_yaml(Path(__file__).with_name("standard.yaml")).data


def longest_limit(pack: Pack) -> int:
    """Return the longest limit of a pack's deadlines in seconds: how long a run must go on."""
    limits = [0]
    for rule in pack.rules.values():
        if rule.kind != "deadline":
            continue  # their `soft` may be months
        limits += [value for value in (rule.limit, rule.soft, rule.every) if value is not None]
    return max(limits)
