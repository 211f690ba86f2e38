"""Reading rule packs: shipped ones by name, others by path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.rules.check import check
from sim.rules.pack import Pack
from sim.texts import t

_SHIPPED = Path(__file__).with_name("packs")
_loaded: dict[tuple[str, int], Pack] = {}


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped packs."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def load_pack(name: str | Path) -> Pack:
    """Return a pack, by the name of a shipped one or by the path of a file.

    Raises `UnusableInput` with every mistake in it, each with its line.
    """
    path = _path(name)
    try:
        key = (str(path.resolve()), path.stat().st_mtime_ns)
    except OSError:
        key = (str(path), 0)
    if key not in _loaded:
        _loaded[key] = _load(path)
    return _loaded[key]


def _path(name: str | Path) -> Path:
    if isinstance(name, str) and name in pack_names():
        return _SHIPPED / f"{name}.yaml"
    path = Path(name)
    if isinstance(name, str) and path.suffix not in (".yaml", ".yml") and not path.exists():
        names = pack_names()
        expected = t("the path of a pack, or one of {names}", names=", ".join(names))
        raise UnusableInput([Problem(name, 0, "", expected, name, did_you_mean(name, names))])
    return path


def _load(path: Path) -> Pack:
    file = read_yaml(path)
    data, problems = _written_out(file)
    pack, mistakes = validate(Pack, data, file)
    problems += mistakes
    if pack is not None:
        pack.raw.update(data)
        problems += check(pack, file)
    if problems:
        raise UnusableInput(problems)
    assert isinstance(pack, Pack)
    return pack


def _written_out(file: YamlFile) -> tuple[dict[str, Any], list[Problem]]:
    """Return the file's data with every rule's `like` replaced by the keys of that rule.

    `like` names a rule further up; the rule's own keys win.
    """
    rules = file.data.get("rules")
    if not isinstance(rules, dict):
        return file.data, []
    done: dict[str, Any] = {}
    problems = []
    for name, rule in rules.items():
        like = rule.get("like") if isinstance(rule, dict) else None
        if isinstance(rule, dict) and "like" in rule:
            rule = {key: value for key, value in rule.items() if key != "like"}
            base = done.get(str(like))
            if isinstance(base, dict):
                rule = {**base, **rule}
            else:
                expected, hint = t("a rule further up"), did_you_mean(str(like), done)
                problems.append(file.problem(("rules", name, "like"), expected, shown(like), hint))
        done[name] = rule
    return {**file.data, "rules": done}, problems


def longest_limit(pack: Pack) -> int:
    """Return the longest limit of a pack's deadlines in seconds: how long a run must go on."""
    limits = [0]
    for rule in pack.rules.values():
        if rule.kind != "deadline":
            continue  # their `soft` may be months
        limits += [value for value in (rule.limit, rule.soft, rule.every) if value is not None]
    return max(limits)
