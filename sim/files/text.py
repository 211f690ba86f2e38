"""Bytes of a text file to text: UTF-8 with or without BOM, else GB18030 as Chinese Excel writes."""

from __future__ import annotations

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
