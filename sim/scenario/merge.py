"""`use:`: a scenario file takes in library files, its own words win.

The files of `use:` are taken in order, each with its own `use:` first; later wins, and the
file itself wins over all.  Merging goes down to the keys of one object: an object that is
given again merges its keys (`offices.hechi.duty` replaces `duty` and keeps the rest), and
the value of a key is replaced whole, so that a distribution is never mixed from two.

A name is a file in the folder of the scenario (`duty.yaml`, or `duty` for short), else one
that is shipped with this package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.inside import inside
from sim.files.yamlfile import Node, YamlFile, read_yaml
from sim.scenario.inventory import with_inventory
from sim.scenario.network import network_of
from sim.texts import t

LIBRARY = Path(__file__).with_name("library")
OWN = ("use", "name", "note", "about", "source", "yanlian")
"""Keys that speak of one file only and are not taken over from a library file."""
DEPTH = 2
"""Section and object: below them a value is replaced whole."""


def merged(path: str | Path) -> YamlFile:
    """Return the file at `path` with everything it uses and lists; raises `UnusableInput`."""
    file, problems = gathered(path)
    if problems:
        raise UnusableInput(problems)
    return file


def gathered(path: str | Path) -> tuple[YamlFile, list[Problem]]:
    """Return the same and what is wrong with its lists; raises `UnusableInput` for the rest."""
    gathering = _Gathering(Path(path).parent)
    main = read_yaml(path)
    data, places = gathering.with_used(main, (Path(path).resolve(),))
    if gathering.problems:
        raise UnusableInput(gathering.problems)
    return with_inventory(YamlFile(str(path), data, places), gathering.folder)


@dataclass
class _Gathering:
    """Files read so far; `folder` is the one that no path may leave."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)

    def with_used(self, file: YamlFile, chain: tuple[Path, ...]) -> tuple[dict[str, Any], dict]:
        """Return (data, places) of a file laid over the files that it uses."""
        data: dict[str, Any] = {}
        places: dict[Node, tuple[str, int]] = {}
        if len(chain) > 1:  # the first file's version is looked at with everything else
            self.problems += version_problems(file)
        for node, name in self.names(file):
            used = self.find(file, node, name, chain)
            if used is not None:
                below, its_places = self.with_used(used, (*chain, Path(used.file).resolve()))
                overlay(data, places, _taken_over(below), its_places)
        rows, their_places, problems = network_of(file, self.folder)
        self.problems += problems
        overlay(data, places, rows, their_places)
        overlay(data, places, file.data, dict(file.places))
        return data, places

    def names(self, file: YamlFile) -> list[tuple[Node, str]]:
        """Return (node, name) for every entry of `use:`."""
        use = file.data.get("use") or []
        if not isinstance(use, list):
            self.problems.append(file.problem(("use",), t("a list of file names"), shown(use)))
            return []
        found: list[tuple[Node, str]] = []
        for k, name in enumerate(use):
            if isinstance(name, str) and name:
                found.append((("use", k), name))
            else:
                self.problems.append(file.problem(("use", k), t("the name of a file"), shown(name)))
        return found

    def find(
        self, file: YamlFile, node: Node, name: str, chain: tuple[Path, ...]
    ) -> YamlFile | None:
        """Return the file that a name stands for; one that was taken in already is passed over."""
        beside = [inside(self.folder, name), inside(self.folder, f"{name}.yaml")]
        shipped = {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}
        path = next((p for p in beside if p and p.is_file()), shipped.get(name))
        if path is None:
            expected = t(
                "a file in the scenario's folder, or one of {words}", words=", ".join(shipped)
            )
            self.problems.append(
                file.problem(node, expected, shown(name), did_you_mean(name, shipped))
            )
            return None
        path = path.resolve()
        if path in chain:
            ring = " → ".join(p.name for p in (*chain[chain.index(path) :], path))
            self.problems.append(
                file.problem(node, t("files that do not use each other in a ring"), ring)
            )
            return None
        if path in self.seen:
            return None
        self.seen.add(path)
        try:
            return read_yaml(path)
        except UnusableInput as error:
            self.problems.extend(error.problems)
            return None


def version_problems(file: YamlFile) -> list[Problem]:
    """Return the problem with a file that does not begin with `yanlian: 1`."""
    if file.data.get("yanlian") == 1:
        return []
    received = shown(file.data["yanlian"]) if "yanlian" in file.data else t("nothing")
    return [file.problem(("yanlian",), t("yanlian: 1 (version of the format)"), received)]


def _taken_over(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a library file gives; its `source` goes down to its objects."""
    sections = {key: value for key, value in data.items() if key not in OWN}
    if "source" not in data:
        return sections
    for key, section in sections.items():
        if isinstance(section, dict) and key != "sources":
            sections[key] = {
                name: _from(data["source"], thing) if isinstance(thing, dict) else thing
                for name, thing in section.items()
            }
    return sections


def _from(source: Any, thing: dict[str, Any]) -> dict[str, Any]:
    """Return an object of a library file with the source of the file, where it has none itself."""
    own = thing.get("source")
    if not isinstance(own, dict):
        return {"source": source, **thing}
    others = dict.fromkeys((k for k in thing if k not in ("source", "name", "note")), source)
    return {**thing, "source": others | own}


def overlay(
    data: dict[str, Any],
    places: dict[Node, tuple[str, int]],
    upper: dict[str, Any],
    its_places: dict[Node, tuple[str, int]],
) -> None:
    """Lay `upper` over `data`, and its places over `places`; both are changed."""
    replaced = set(_lay(data, upper, ()))
    for node in [n for n in places if any(n[:k] in replaced for k in range(1, len(n) + 1))]:
        del places[node]
    places.update(its_places)


def _lay(data: dict[str, Any], upper: dict[str, Any], path: Node) -> list[Node]:
    replaced: list[Node] = []
    for key, value in upper.items():
        old = data.get(key)
        if len(path) < DEPTH and isinstance(value, dict) and isinstance(old, dict):
            data[key] = dict(old)
            replaced += _lay(data[key], value, (*path, key))
        else:
            data[key] = value
            replaced.append((*path, key))
    return replaced
