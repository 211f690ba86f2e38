"""The run capsule: everything a stranger needs to run a study again, and an id that binds it.

The id is a hash of the study, every scenario as it is run, the pack as it is read, the version of
this program with the bytes of its code, and the code of plugins.  `verify` runs a sample of the
replications again and compares.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sim
from sim.experiment.design import Point, points_of
from sim.experiment.study import Study, study_of
from sim.files.yamlfile import YamlFile
from sim.rules.load import pack_of
from sim.scenario.merge import gathered

PACKAGES = ("simpy", "numpy", "pandas", "scipy")
"""Packages whose version may change results: stated, not part of the id."""


TAKEN_IN = ("use", "network", "inventory")
"""Keys of a scenario whose files are part of its data by then."""


def capsule(study: Study, points: Sequence[Point], plugins: Iterable[Path] = ()) -> dict[str, Any]:
    """Return the capsule of a study as data that JSON holds."""
    file, _ = gathered(study.folder / study.scenario)
    whole = {key: value for key, value in file.data.items() if key not in TAKEN_IN}
    body = {
        "study": study.file.data,
        "scenario": whole,
        "pack": study.rules.raw,
        "points": [dict(point.levels) for point in points],
        "seed": study.seed,
        "code": code_hash(),
        "plugins": {p.name: p.read_text(encoding="utf-8") for p in plugins},
    }
    return {
        "capsule": 1,
        "id": digest(body),
        "version": sim.__version__,
        **body,
        "made_with": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
    }


def digest(data: Any) -> str:
    """Return 32 hex digits of plain data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return blake2b(text.encode(), digest_size=16).hexdigest()


@lru_cache
def code_hash() -> str:
    """Return a hash of all code and data of this package that can change a result."""
    root = Path(sim.__file__).parent
    found = blake2b(digest_size=16)
    for room in ("errors.py", "files", "log", "scenario", "model", "rules", "experiment"):
        part = root / room
        files = [part] if part.is_file() else sorted(part.rglob("*"))
        for file in files:
            if file.suffix in (".py", ".yaml", ".csv", ".json"):
                found.update(file.relative_to(root).as_posix().encode() + b"\0")
                found.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def study_in(capsule: dict[str, Any], name: str = "capsule") -> Study:
    """Return the study of a capsule, with the pack that it holds."""
    return study_of(YamlFile(name, capsule["study"]), pack_of(capsule["pack"], name))


def points_in(capsule: dict[str, Any], study: Study, name: str = "capsule") -> list[Point]:
    """Return the points of a capsule: nothing but the capsule is read."""
    return points_of(study, YamlFile(name, capsule["scenario"]), [], Path())
