"""Paths that files name: they stay in the folder of the file that names them."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.texts import t


def inside(folder: Path, name: str) -> Path | None:
    """Return `folder`/`name`, or `None` where that leaves the folder.

    Absolute paths, drive letters, `..` and links that lead outside all leave it.
    """
    if "\\" in name or ":" in name or "\0" in name or Path(name).is_absolute():
        return None
    home = folder.resolve()
    try:
        path = (home / name).resolve()
    except (OSError, RuntimeError):  # a ring of links
        return None
    return path if path.is_relative_to(home) and path != home else None


def no_such_file(file: YamlFile, node: Node, folder: Path, name: str) -> Problem:
    """Return the problem of a node that names no file in `folder`; a file of a like name is hinted.

    Of a path that leaves the folder nothing is said but that.
    """
    expected, received = t("a file inside the scenario's folder"), shown(name)
    path = inside(folder, name)
    if path is None:
        return file.problem(node, expected, received)
    home = path.parent
    there = sorted(p.name for p in home.iterdir() if p.is_file()) if home.is_dir() else []
    close = did_you_mean(path.name, (x for x in there if not x.endswith((".yaml", ".yml"))))
    hint = str(Path(name).with_name(close)) if close else ""
    return file.problem(node, expected, t("{name}, which does not exist", name=received), hint)
