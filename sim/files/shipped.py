"""What comes with the program besides its code: notebooks and scenarios.

An installed package holds them in `sim/shipped`; in the project's own folder they lie beside
`sim`, where people read and change them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parents[1]
Part = Literal["notebooks", "scenarios"]


def shipped(part: Part) -> Path | None:
    """Return the folder of the shipped `notebooks` or `scenarios`, `None` where there is none."""
    for folder in (PACKAGE / "shipped" / part, PACKAGE.parent / part):
        if folder.is_dir():
            return folder
    return None
