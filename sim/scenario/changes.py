"""Changes to a scenario before it is read: a variant is its file with some values replaced.

A path is what errors and stream names show: `offices.hechi.duty.night`; a number in it is a
place in a list.  What is changed is the file with everything that it uses, so that units,
references and all checks hold for a variant as for a file that somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile, dotted
from sim.scenario.scenario import Scenario
from sim.texts import t

Path = tuple[str | int, ...]
SECTIONS = frozenset(Scenario.model_fields)


class Change(NamedTuple):
    """`value` at `path`, as a file would write it; `None` takes the key away.

    `file`, `line`: where the change is written, for messages.
    """

    path: Path
    value: Any
    file: str = ""
    line: int = 0


def path_of(text: str) -> Path:
    """Return the parts of a dotted path: numbers are places in a list."""
    return tuple(int(part) if part.isdecimal() else part for part in text.split("."))


def additions(sections: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """Return the changes that add things to sections: section -> key -> thing."""
    return [
        Change((name, key), thing) for name, part in sections.items() for key, thing in part.items()
    ]


def changed(file: YamlFile, changes: Iterable[Change]) -> tuple[YamlFile, list[Problem]]:
    """Return (the file with the changes made, what cannot be changed); `file` stays as it is.

    Everything down to the last part of a path must be there already; the last part may be new,
    also of a section that the file has not got.
    """
    data = dict(file.data)
    places = dict(file.places)
    problems = []
    copied: dict[Path, Any] = {(): data}
    for change in changes:
        holder, problem = _holder(copied, change)
        if problem is not None:
            problems.append(problem)
            continue
        key: Any = change.path[-1] if isinstance(holder, list) else str(change.path[-1])
        if change.value is None and isinstance(holder, list):
            expected = t("a key of a mapping: places of a list are not taken away")
            where = dotted(change.path)
            problems.append(Problem(change.file, change.line, where, expected, shown(str(key))))
            continue
        below = [node for node in places if node[: len(change.path)] == change.path]
        for node in below:
            del places[node]
        if change.value is None:
            holder.pop(key, None)
        else:
            holder[key] = change.value
            places[change.path] = (change.file or file.file, change.line)
    return YamlFile(file.file, data, places), problems


def _holder(copied: dict[Path, Any], change: Change) -> tuple[Any, Problem | None]:
    """Return the mapping or list that holds the last part of a path, each level copied once."""
    path = change.path
    node = copied[()]
    for depth, step in enumerate(path):
        part = str(step) if isinstance(node, dict) else step
        removes = change.value is None
        new = depth == len(path) - 1 or (depth == 0 and len(path) == 2 and part in SECTIONS)
        expected = _unfit(node, part, new and not removes)
        if expected:
            hint = did_you_mean(str(part), node) if isinstance(node, dict) else ""
            where = dotted(path[: depth + 1])
            return None, Problem(change.file, change.line, where, expected, shown(str(part)), hint)
        if depth == len(path) - 1:
            break
        here = path[: depth + 1]
        if depth == 0:
            node.setdefault(part, {})
        if here not in copied:
            inner = node[part]
            copied[here] = dict(inner) if isinstance(inner, dict) else _list(inner)
            node[part] = copied[here]
        node = copied[here]
    return node, None


def _list(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _unfit(node: Any, part: str | int, may_be_new: bool) -> str:
    """Return what was expected in place of `part`, empty where it fits."""
    if isinstance(node, list):
        if isinstance(part, int) and part < len(node):
            return ""
        return t("a place in a list of {n}, from 0", n=len(node))
    if not isinstance(node, dict):
        return t("a path that ends here: {value} has nothing below it", value=shown(node))
    if part in node or may_be_new:
        return ""
    return t("one of the keys {keys}", keys=", ".join(map(str, node)))
