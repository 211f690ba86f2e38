"""Changing one section of a YAML file as text: every other line stays as its author wrote it.

Values are replaced where they stand, so that comments, order, quotes and line breaks around them
remain; what is new is written in the usual form of scenarios.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.exercise.flow import flow_text

Path = tuple[str, ...]
Edits = Mapping[Path, Any]
"""Path below the section, such as `("call", "expect", "within")` -> new value; `None` = gone."""


class _Cut(NamedTuple):
    start: int
    end: int
    text: str


def spliced(text: str, section: str, edits: Edits) -> str:
    """Return the text of a YAML file with these values of a section changed.

    A path that is not there is added at the end of the mapping that holds it.
    """
    for path, value in edits.items():
        text = _one(text, section, path, value)
    return text


def _one(text: str, section: str, path: Path, value: Any) -> str:
    holder = _root(text)
    steps = (section, *path)
    for depth, step in enumerate(steps):
        entry = next((pair for pair in holder.value if pair[0].value == step), None)
        if entry is None:
            return text if value is None else _add(text, steps, depth, holder, value)
        key, node = entry
        if depth < len(steps) - 1 and _is_filled(node):
            if node.start_mark.index < key.end_mark.index:  # an alias: it stands elsewhere too
                raise ValueError(f"{'.'.join(steps)}: below an alias")
            holder = node
            continue
        rest = steps[depth + 1 :]
        if value is None:
            cut = _Cut(0, 0, "") if rest else _removal(text, holder, entry)
        else:
            cut = _swap(text, holder, entry, _below(rest, value))
        return text[: cut.start] + cut.text + text[cut.end :]
    return text


def _root(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).compose(text)


def _is_filled(node: Any) -> bool:
    return bool(isinstance(node.value, list) and node.value and str(node.tag).endswith("map"))


def _below(steps: Path, value: Any) -> Any:
    for step in reversed(steps):
        value = {step: value}
    return value


def _end(node: Any, text: str) -> int:
    """Return where a node's own text ends: without the comments and blank lines behind it."""
    if isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        inner = last[1] if isinstance(last, tuple) else last
        if inner.start_mark.index >= node.start_mark.index:
            return _end(inner, text)
    end = int(node.end_mark.index)
    return int(node.start_mark.index) + len(text[node.start_mark.index : end].rstrip())


def _swap(text: str, holder: Any, entry: tuple[Any, Any], value: Any) -> _Cut:
    """Put a new value in the place of an old one."""
    key, node = entry
    colon = text.index(":", int(key.end_mark.index)) + 1
    end = _end(node, text)
    if node.start_mark.index < colon:  # an alias
        end = _line_end(text, colon)
    if not holder.flow_style and isinstance(value, dict) and not _fits_in_line(value):
        lines = _lines(value, int(key.start_mark.column) + 2)
        return _Cut(colon, end, "\n" + "\n".join(lines))
    return _Cut(colon, end, f" {flow_text(value)}")


def _removal(text: str, holder: Any, entry: tuple[Any, Any]) -> _Cut:
    key, node = entry
    start, end = int(key.start_mark.index), _end(node, text)
    if end < start:  # an alias
        end = _line_end(text, start)
    if holder.flow_style:
        others = [k for k, _ in holder.value]
        if others.index(key) < len(others) - 1:
            return _Cut(start, int(others[others.index(key) + 1].start_mark.index), "")
        if len(others) > 1:
            start = text.rindex(",", 0, start)
        return _Cut(start, end, "")
    if len(holder.value) == 1:
        return _Cut(start, end, "{}")
    return _Cut(text.rfind("\n", 0, start) + 1, min(_line_end(text, end) + 1, len(text)), "")


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _add(text: str, steps: Path, depth: int, holder: Any, value: Any) -> str:
    """Add a path to a mapping that lacks its step `depth`."""
    new = {steps[depth]: _below(steps[depth + 1 :], value)}
    if depth == 0:
        return text.rstrip("\n") + "\n\n" + "\n".join(_lines(new, 0)) + "\n"
    if holder.flow_style:
        at = len(text[: int(holder.end_mark.index) - 1].rstrip())
        return text[:at] + ", " + flow_text(new)[1:-1] + text[at:]
    indent = int(holder.value[0][0].start_mark.column)
    at = _line_end(text, _end(holder, text))
    return text[:at] + "\n" + "\n".join(_lines(new, indent)) + text[at:]


def _lines(data: Mapping[str, Any], indent: int) -> list[str]:
    """Return a mapping as block lines; what fits is written in one line."""
    found = []
    for key, value in data.items():
        head = f"{' ' * indent}{flow_text(key)}:"
        if isinstance(value, dict) and value and (indent <= 2 or not _fits_in_line(value)):
            found += [head, *_lines(value, indent + 2)]
        else:
            found.append(f"{head} {flow_text(value)}")
    return found


def _fits_in_line(value: Any) -> bool:
    return len(flow_text(value)) <= 80
