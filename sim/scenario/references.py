"""Keys that name other objects: every one must exist.

Fields that hold such a key are annotated `RefersTo(section, …)`; the whole scenario is
walked along its types, steps included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from sim.errors import Problem, did_you_mean, shown
from sim.files.cells import comparable
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.base import RefersTo, display_names
from sim.scenario.steps import StepData
from sim.texts import either, t

Reference = tuple[Node, RefersTo, str]
"""(where it stands, what it may refer to, the key that is written there)."""


def references(thing: BaseModel, path: Node) -> Iterator[Reference]:
    """Yield every reference inside an object that stands at `path`."""
    for name, field in type(thing).model_fields.items():
        value = getattr(thing, name, None)
        yield from _in(field.annotation, field.metadata, value, (*path, field.alias or name))


def _in(kind: Any, metadata: Any, value: Any, path: Node) -> Iterator[Reference]:
    origin, args = get_origin(kind), get_args(kind)
    if value is None:
        return
    if origin is Annotated:
        yield from _in(args[0], [*args[1:], *metadata], value, path)
    elif isinstance(value, str):
        yield from ((path, mark, value) for mark in metadata if isinstance(mark, RefersTo))
        if origin in (Union, UnionType):
            for choice in args:
                yield from _in(choice, metadata, value, path)
    elif isinstance(value, StepData):
        yield from references(value, (*path, value.kind))
    elif isinstance(value, BaseModel):
        yield from references(value, path)
    elif origin in (Union, UnionType):
        for choice in args:
            if _fits(choice, value):
                yield from _in(choice, metadata, value, path)
    elif isinstance(value, dict) and len(args) == 2:
        for key, entry in value.items():
            yield from _in(args[0], (), key, (*path, key))
            yield from _in(args[1], (), entry, (*path, key))
    elif isinstance(value, list) and args:
        for k, entry in enumerate(value):
            yield from _in(args[0], (), entry, (*path, k))


def _fits(kind: Any, value: Any) -> bool:
    """Return whether a branch of a union is the one that a list or mapping came from."""
    if get_origin(kind) is Annotated:
        return _fits(get_args(kind)[0], value)
    origin = get_origin(kind)
    return (
        isinstance(origin, type) and isinstance(value, (dict, list)) and isinstance(value, origin)
    )


def missing_references(
    things: Mapping[Node, BaseModel], known: Mapping[str, Collection[str]], file: YamlFile
) -> list[Problem]:
    """Return a problem for every reference of `things` to a key that its sections do not have."""
    problems = []
    for path, thing in things.items():
        for node, mark, key in references(thing, path):
            keys = [*mark.words, *(key for section in mark.sections for key in known[section])]
            if key not in keys:
                expected = t("a key under {sections}", sections=either(mark.sections))
                hint = _meant(key, keys, mark.sections, file)
                problems.append(file.problem(node, expected, shown(key), hint))
    return problems


def _meant(word: str, keys: Collection[str], sections: Collection[str], file: YamlFile) -> str:
    """Return the key that was probably meant: the one whose display name this is, or like this."""
    names: dict[str, str] = {}
    for section in sections:
        things = file.data.get(section)
        for key, thing in things.items() if isinstance(things, dict) else ():
            for name in display_names(thing):
                names.setdefault(comparable(name), key)
    close = did_you_mean(comparable(word), names)
    return names.get(comparable(word)) or did_you_mean(word, keys) or names.get(close, "")
