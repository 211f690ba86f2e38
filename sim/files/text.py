"""Bytes of a text file to text: UTF-8 with or without BOM, else GB18030 as Chinese Excel writes."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Problem, UnusableInput
from sim.texts import t


class NoText(ValueError):
    """Bytes that are no text in any encoding that is read."""


def decoded(data: bytes) -> str:
    """Return the text; raises `NoText` for binary data or another encoding (e.g. UTF-16)."""
    if b"\0" not in data:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise NoText(t("text in UTF-8 or GB18030"))


def read_bytes(path: Path, name: str, most: int | None = None) -> bytes:
    """Return what is in a file; raises `UnusableInput` where it cannot be read or is too large.

    `name` is what problems call the file, `most` its size in bytes at most.
    """
    try:
        size = path.stat().st_size
        if most is None or size <= most:
            return path.read_bytes()
        expected = t("a file of at most {n} MB", n=f"{most / 1e6:g}")
        received = f"{size / 1e6:.1f} MB"
    except OSError as error:
        expected, received = t("a file that can be read"), error.strerror or str(error)
    raise UnusableInput([Problem(name, 0, "", expected, received)])


def text_of(data: bytes, name: str) -> str:
    """Return the text of a file's bytes; raises `UnusableInput`."""
    try:
        return decoded(data)
    except NoText as error:
        received = t("binary data or another encoding")
        raise UnusableInput([Problem(name, 0, "", str(error), received)]) from None
