"""YAML files read strictly, with the line of every node.

YAML 1.2: `08:12`, `on` and `no` are texts, `010` is ten.  Keys are always texts.  Refused,
each with its line: doubled keys, tabs, tags, several documents, files that are no text, and
aliases that grow out of hand.  Time stamps stay texts.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput
from sim.files.nodes import plain
from sim.files.text import read_bytes, text_of
from sim.files.validate import validate
from sim.files.yamltexts import syntax_problem
from sim.texts import t

__all__ = ["Node", "YamlFile", "read_yaml", "validate"]

MOST_BYTES = 5_000_000
Node = tuple[str | int, ...]
"""A path inside a file: keys of mappings and positions of lists, `("offices", "hechi")`."""


@dataclass(frozen=True)
class YamlFile:
    """One file: `data` as plain dicts, lists, texts, numbers; `places` node -> (file, line)."""

    file: str
    data: dict[str, Any]
    places: Mapping[Node, tuple[str, int]] = field(default_factory=dict)

    def place(self, path: Node) -> tuple[str, int]:
        """Return file and line (from 1) of a node, or of its nearest known parent."""
        for end in range(len(path), -1, -1):
            found = self.places.get(path[:end])
            if found:
                return found
        return self.file, 0

    def line(self, path: Node) -> int:
        """Return the line (from 1) of a node, or of its nearest known parent."""
        return self.place(path)[1]

    def problem(self, path: Node, expected: str, received: str = "", hint: str = "") -> Problem:
        """Return a problem at a node of this file."""
        file, line = self.place(path)
        return Problem(file, line, dotted(path), expected, received, hint)


def dotted(path: Node) -> str:
    """Return a path as messages show it: `offices.hechi.duty`."""
    return ".".join(map(str, path))


def read_yaml(path: str | Path, most: int = MOST_BYTES) -> YamlFile:
    """Return the mapping that a YAML file of at most so many bytes holds, with all places.

    Raises `UnusableInput` with every problem that can be found at once.
    """
    name = str(path)
    text = text_of(read_bytes(Path(path), name, most), name)
    data, places = pickle.loads(_read(text, name))
    return YamlFile(name, data, places)


@lru_cache(maxsize=16)
def _read(text: str, name: str) -> bytes:
    """Return (data, places) pickled: a library file is read once, and everybody has his own."""
    root = _compose(text, name)
    if root is None:
        raise UnusableInput(
            [Problem(name, 0, "", t("a mapping of keys to values"), t("an empty file"))]
        )
    data, places, problems = plain(root, name)
    if not problems and not isinstance(data, dict):
        kind = t("a list") if isinstance(data, list) else t("a single value")
        problems = [Problem(name, places[()][1], "", t("a mapping of keys to values"), kind)]
    if problems:
        raise UnusableInput(problems)
    return pickle.dumps((data, places))


def read_value(text: str, name: str) -> Any:
    """Return the one value that a piece of YAML holds, `None` where it is empty.

    Raises `UnusableInput` with problems of `name`.
    """
    root = _compose(text, name)
    if root is None:
        return None
    data, _, problems = plain(root, name)
    if problems:
        raise UnusableInput(problems)
    return data


def _compose(text: str, name: str) -> Any:
    """Return the root node of the one document of a text, `None` if there is none."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    reader = YAML(typ="safe", pure=True)
    try:
        return reader.compose(text)
    except YAMLError as error:
        raise UnusableInput([syntax_problem(error, name, text)]) from None
    except RecursionError:
        problem = Problem(name, 0, "", t("less than a hundred levels"), t("more"))
        raise UnusableInput([problem]) from None
