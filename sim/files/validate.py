"""From errors of pydantic to problems with file, line, path and a suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.expected import EXTRA, expected_text, words_of
from sim.files.known import known_keys
from sim.texts import either, t

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from sim.files.yamlfile import Node, YamlFile

MISSING = ("missing", "missing_argument")


def validate(
    type_: Any,
    data: Any,
    file: YamlFile,
    prefix: Node = (),
    context: Mapping[str, Any] | None = None,
) -> tuple[Any, list[Problem]]:
    """Return (value of `type_`, []) or (`None`, every problem of `data`).

    `type_` is anything that pydantic validates; `prefix` is where `data` stands in `file`;
    `context` is handed to the validators.
    """
    from pydantic import ValidationError

    adapter = _adapter(type_)
    try:
        return adapter.validate_python(data, context=dict(context or {})), []
    except ValidationError as error:
        errors = _deepest(_by_path(error.errors(include_url=False), data))
        found = [
            _problem(adapter, path, group, data, file, prefix) for path, group in errors.items()
        ]
        return None, _without_twins(sorted(found, key=lambda problem: problem.line))


@lru_cache(maxsize=512)
def _adapter(type_: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(type_)


def _by_path(errors: list[Any], data: Any) -> dict[Node, list[dict[str, Any]]]:
    """Group the errors by their path in the file: pydantic's labels of unions are left out."""
    grouped: dict[Node, list[dict[str, Any]]] = {}
    for error in errors:
        grouped.setdefault(_path_in(data, error), []).append(error)
    return grouped


def _path_in(data: Any, error: Mapping[str, Any]) -> Node:
    path: list[str | int] = []
    loc = error["loc"]
    for k, part in enumerate(loc):
        if _holds(data, part):
            data = data[part]
        elif error["type"] not in MISSING or k < len(loc) - 1:
            continue
        path.append(part)
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _deepest(errors: dict[Node, list[dict[str, Any]]]) -> dict[Node, list[dict[str, Any]]]:
    """Leave out an error at a node where another branch of a union got further down."""
    return {
        path: group
        for path, group in errors.items()
        if not any(len(other) > len(path) and other[: len(path)] == path for other in errors)
    }


def _problem(
    adapter: TypeAdapter[Any],
    path: Node,
    group: list[dict[str, Any]],
    data: Any,
    file: YamlFile,
    prefix: Node,
) -> Problem:
    """Return one problem for all errors at one path."""
    error = group[0]
    where = (*prefix, *path)
    if error["type"] in MISSING:
        return file.problem(where, t("the key {key}", key=path[-1]), t("nothing"))
    if error["type"] in EXTRA:
        known = known_keys(adapter, path[:-1])
        expected = t("one of the keys {keys}", keys=", ".join(known))
        if error.get("input") is None:  # {en: first, second}
            expected += t(" (a text with a comma needs quotes)")
        return file.problem(
            where, expected, shown(str(path[-1])), did_you_mean(str(path[-1]), known)
        )
    expected = either(dict.fromkeys(expected_text(one) for one in group))
    received = error.get("input")
    hint = (error.get("ctx") or {}).get("hint") or _hint(error, received)
    return file.problem(where, expected, described(received), hint)


def _hint(error: Mapping[str, Any], received: Any) -> str:
    if error["type"] == "string_type" and isinstance(received, (int, float)):
        return f'"{received}"'
    words = words_of(error)
    if error["type"] == "union_tag_invalid":
        received = error["ctx"]["tag"]
    return did_you_mean(received, words) if words and isinstance(received, str) else ""


def described(value: Any) -> str:
    """Return what was received, for a message."""
    if value is None:
        return t("nothing")
    if isinstance(value, dict):
        keys = ", ".join(map(str, value))
        return (
            t("a mapping with the keys {keys}", keys=shown(keys)[1:-1])
            if value
            else t("an empty mapping")
        )
    if isinstance(value, list):
        return t("a list of length {n}", n=len(value))
    if isinstance(value, bool):
        return str(value).lower()
    return shown(value)


def _without_twins(problems: list[Problem]) -> list[Problem]:
    """Drop `the key x is missing` where a misspelt x stands in the same mapping."""
    meant = {f"{p.path.rpartition('.')[0]}.{p.hint}" for p in problems if p.hint}
    missing = t("nothing")
    kept = [p for p in problems if p.received != missing or _full(p.path) not in meant]
    return kept or problems


def _full(path: str) -> str:
    return path if "." in path else f".{path}"
