"""What comes with the program besides its code: notebooks and scenarios.

An installed package holds them in `sim/shipped`; in the project's own folder they lie beside
`sim`, where people read and change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from sim.errors import Problem, UnusableInput, did_you_mean

PACKAGE = Path(__file__).resolve().parents[1]
Part = Literal["notebooks", "scenarios"]


def shipped(part: Part) -> Path | None:
    """Return the folder of the shipped `notebooks` or `scenarios`, `None` where there is none."""
    for folder in (PACKAGE / "shipped" / part, PACKAGE.parent / part):
        if folder.is_dir():
            return folder
    return None


def named(name: str | Path, folder: Path, names: Sequence[str], expected: str) -> Path:
    """Return the YAML file that a name stands for: one of the shipped ones, else one by its path.

    Raises `UnusableInput` (`expected` what would do) for a word that names neither.
    """
    path = Path(name)
    if isinstance(name, str) and name in names:
        return folder / f"{name}.yaml"
    if isinstance(name, str) and path.suffix not in (".yaml", ".yml") and not path.exists():
        raise UnusableInput([Problem(name, 0, "", expected, name, did_you_mean(name, names))])
    return path
