"""Paths that files name: they stay in the folder of the file that names them."""

from __future__ import annotations

from pathlib import Path


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
