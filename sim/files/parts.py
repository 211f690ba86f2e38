"""The parts of a packed document (.xlsx, .ods, .docx): none of them has a document type."""

from __future__ import annotations

import zipfile

_CHUNK = 1 << 20
_MARKS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_LONGEST = max(map(len, _MARKS))


def entities_in(archive: zipfile.ZipFile) -> str:
    """Return the name of the first part that declares a document type or entities, or empty.

    No such document has any; who writes one wants to expand them or to read other files.  Parts
    are read as they are packed, piece by piece.
    """
    for name in archive.namelist():
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(name) as file:
            before = b""
            while piece := file.read(_CHUNK):
                if any(mark in before + piece for mark in _MARKS):
                    return name
                before = piece[-_LONGEST:]
    return ""
