"""A folder of the user's own with the notebooks and the scenarios that they use.

What the user has changed there is never overwritten; what he has not is brought up to date.
`MANIFEST` says what was copied, so that the two can be told apart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from sim.errors import Problem, UnusableInput, YanlianError
from sim.files.atomic import write_bytes, write_text
from sim.files.shipped import Part, shipped
from sim.texts import t

MANIFEST = ".yanlian-lab.json"
NOTEBOOKS: Part = "notebooks"
ENDINGS: dict[Part, tuple[str, ...]] = {
    NOTEBOOKS: (".ipynb",),
    "scenarios": (".yaml", ".csv", ".json", ".xlsx"),
}
"""What is copied of each part."""


@dataclass
class Copied:
    """What became of every file, as paths below the folder, `/` between their parts.

    `new`: was not there.  `updated`: as it had been copied, now in the program's newer version.
    `same`: nothing to do.  `kept`: changed by the user, left as it is.
    """

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def copy_to(folder: Path) -> Copied:
    """Copy notebooks and scenarios to a folder, made if need be, and say what was done.

    Raises `UnusableInput` where something stands in the way, before anything is written.
    """
    files = _files()
    _look(folder, files)
    known = _manifest(folder)
    copied = Copied()
    for name, source in files.items():
        target, data = folder / name, source.read_bytes()
        digest = sha256(data).hexdigest()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _put(copied.new, name, target, data)
        elif (there := sha256(target.read_bytes()).hexdigest()) == digest:
            copied.same.append(name)
        elif there == known.get(name):
            _put(copied.updated, name, target, data)
        else:
            copied.kept.append(name)
            continue
        known[name] = digest
    text = json.dumps(known, indent=1, sort_keys=True) + "\n"
    write_text(folder / MANIFEST, text)
    return copied


def _files() -> dict[str, Path]:
    """Return the files to copy: path below the folder -> where it is shipped."""
    found: dict[str, Path] = {}
    for part, endings in ENDINGS.items():
        root = shipped(part)
        if root is None:
            raise YanlianError(t("the folder {part} is missing from this installation", part=part))
        for path in sorted(root.rglob("*")):
            below = PurePosixPath(part, path.relative_to(root).as_posix())
            hidden = any(word.startswith(".") for word in below.parts)
            if path.suffix in endings and path.is_file() and not hidden:
                found[str(below)] = path
    return found


def _look(folder: Path, files: dict[str, Path]) -> None:
    """Raise `UnusableInput` where a file stands in the place of a folder, or a folder of a file."""
    problems = []
    folders = {parent for name in files for parent in (folder / name).parents}
    for path in sorted(folders):
        if path.exists() and not path.is_dir():
            problems.append(Problem(str(path), 0, "", t("a folder"), t("a file")))
    for name in [*files, MANIFEST]:
        if (folder / name).is_dir():
            problems.append(Problem(str(folder / name), 0, "", t("a file"), t("a folder")))
    if problems:
        raise UnusableInput(problems)


def _manifest(folder: Path) -> dict[str, str]:
    """Return path -> hash of what was copied before; empty where it cannot be read."""
    try:
        known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(known) if isinstance(known, dict) else {}


def _put(told: list[str], name: str, target: Path, data: bytes) -> None:
    write_bytes(target, data)
    told.append(name)
