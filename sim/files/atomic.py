"""Writing all or nothing: under a temporary name first, then put in place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file whole or leave what was there; raises `OSError`."""
    target = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def write_text(path: str | Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text file whole or leave what was there; line ends are written as they are."""
    write_bytes(path, text.encode(encoding))


def _mode(target: Path) -> int:
    """Return the file mode that an ordinary `open` would give, or that the file has."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """Give a new folder to write in; at the end of the block its files go to `path`.

    If the block raises, `path` is as it was.  Files of other names in `path` stay; a folder
    that did not exist appears at once with everything in it.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        yield work
        _put_in_place(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put_in_place(work: Path, target: Path) -> None:
    os.chmod(work, 0o755 & ~_umask())
    if not target.exists():
        os.replace(work, target)
        return
    for file in sorted(p for p in work.rglob("*") if p.is_file()):
        place = target / file.relative_to(work)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, place)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
