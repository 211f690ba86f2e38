"""Sources of single numbers: every one must stand beside its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.texts import t


def source_problems(file: YamlFile) -> list[Problem]:
    """Return the keys of a `source: {…}` that the object around it does not have."""
    return list(_in(file.data, (), file))


def _in(data: Any, path: Node, file: YamlFile) -> Iterator[Problem]:
    if isinstance(data, dict):
        source = data.get("source")
        for key in source if isinstance(source, dict) else ():
            if key not in data:
                beside = [name for name in data if name != "source"]
                expected = t("one of the keys {keys}", keys=", ".join(map(str, beside)))
                hint = did_you_mean(str(key), beside)
                yield file.problem((*path, "source", key), expected, shown(key), hint)
        for key, value in data.items():
            yield from _in(value, (*path, key), file)
    elif isinstance(data, list):
        for k, value in enumerate(data):
            yield from _in(value, (*path, k), file)
