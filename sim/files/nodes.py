"""From YAML nodes to plain dicts, lists, texts and numbers, with the line of each."""

from __future__ import annotations

import math
import re
from typing import Any

from sim.errors import Problem
from sim.texts import t

MOST_NODES = 200_000
DEEPEST = 100
_WHOLE = re.compile(r"[-+]?(0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
_KNOWN = {
    f"tag:yaml.org,2002:{word}" for word in ("str", "int", "float", "bool", "null", "timestamp")
}
_KNOWN |= {f"tag:yaml.org,2002:{word}" for word in ("map", "seq", "merge")}
Path = tuple[str | int, ...]


def plain(root: Any, file: str) -> tuple[Any, dict[Path, tuple[str, int]], list[Problem]]:
    """Return (data, node -> (file, line), problems) of a composed node graph."""
    reader = _Reader(file)
    try:
        data = reader.read(root, ())
    except _TooMuch:
        data = None
    return data, reader.places, reader.problems


class _TooMuch(Exception):
    """The graph is not worth reading on."""


class _Reader:
    def __init__(self, file: str):
        self.file = file
        self.places: dict[Path, tuple[str, int]] = {}
        self.problems: list[Problem] = []

    def read(self, node: Any, path: Path) -> Any:
        """Return the plain value of a node; aliases are written out."""
        line = node.start_mark.line + 1
        if len(self.places) >= MOST_NODES or len(path) > DEEPEST:
            expected = t("at most {n} entries and {m} levels", n=MOST_NODES, m=DEEPEST)
            self.problem(line, path[:5], expected, t("more, perhaps by aliases (*)"))
            raise _TooMuch
        self.places.setdefault(path, (self.file, line))
        if str(node.tag) not in _KNOWN:
            self.problem(line, path, t("a value without a tag"), str(node.tag))
            return None
        if isinstance(node.value, str):
            return self.scalar(node, line, path)
        if str(node.tag).endswith("map"):
            return self.mapping(node, path)
        return [self.read(entry, (*path, k)) for k, entry in enumerate(node.value)]

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        """Return a mapping; its keys are texts, its lines those of the keys."""
        data: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str) or not key:
                self.problem(
                    line, path, t("a text as key"), t("a list or mapping") if key else "''"
                )
                continue
            if key in data:
                first = t(
                    "the key {key} once, it stands in line {line} already", key=key, line=lines[key]
                )
                self.problem(line, (*path, key), first, t("the same key again"))
                continue
            lines[key] = line
            self.places[*path, key] = (self.file, line)
            data[key] = self.read(value, (*path, key))
        return data

    def scalar(self, node: Any, line: int, path: Path) -> Any:
        """Return a text, whole number, number, bool or `None`."""
        kind, text = str(node.tag).rpartition(":")[2], node.value
        if kind == "null":
            return None
        if kind == "bool" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if kind == "int" and _WHOLE.fullmatch(text) and len(text) <= 30:
            digits = text.replace("_", "")
            return int(digits, 0) if "x" in digits or "o" in digits else int(digits)
        if kind in ("int", "float"):
            return self.number(text, line, path)
        return text

    def number(self, text: str, line: int, path: Path) -> Any:
        """Return a finite number; a text such as 12:30 (a number in YAML 1.1) stays text."""
        try:
            value = float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        except ValueError:
            return text
        if not math.isfinite(value):
            self.problem(line, path, t("a finite number"), text)
        return value

    def problem(self, line: int, path: Path, expected: str, received: str) -> None:
        """Note a problem; reading goes on."""
        dotted = ".".join(map(str, path))
        self.problems.append(Problem(self.file, line, dotted, expected, received))
