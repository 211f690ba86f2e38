"""A unit's own template: its styles, page, headers and footers are kept, all else is left out.

A stranger's file is read with care: what runs programs, fetches from elsewhere or brings entities
is refused, and nothing of the old text, its pictures, comments or footnotes goes into a report.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document as WordDocument
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from sim.errors import Problem, UnusableInput
from sim.files.parts import entities_in
from sim.texts import t
from sim.word.clean import plain

LARGEST = 200 * 2**20
"""Bytes that a template may unpack to."""
KEPT = (
    *("styles", "settings", "numbering", "fontTable", "theme", "webSettings"),
    *("header", "footer", "footnotes", "endnotes"),
)
"""Kinds of parts of a template that its body has and a report keeps."""
_ACTIVE = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDE\w*|IMPORT|LINK|DATABASE|MACROBUTTON|EMBED|RD|HTMLCONTROL)\b", re.I
)
"""Fields that run or fetch something when a document is opened or printed."""


class Refused(ValueError):
    """A template that is not taken, and what was expected instead."""

    def __init__(self, expected: str, received: str):
        super().__init__(received)
        self.expected = expected


def open_template(path: Path) -> Any:
    """Return a template as an empty document; raises `UnusableInput`, `OSError`."""
    try:
        _archive(path)
        document = WordDocument(str(path))
        if document.element.body.sectPr is None:
            raise ValueError(t("no page set-up"))
        _emptied(document)
        _quiet(document)
    except OSError:
        raise
    except Exception as error:  # a stranger's file can be wrong in any way
        expected = getattr(error, "expected", t("a Word document (.docx)"))
        raise UnusableInput([Problem(str(path), 0, "", expected, plain(str(error))[:80])]) from None
    return document


def _archive(path: Path) -> None:
    """Look into the file before anything is made of it."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise ValueError(t("more than {n} MB unpacked", n=LARGEST >> 20))
        names = archive.namelist()
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            expected = t("a Word document without macros: save it as .docx")
            raise Refused(expected, t("macros"))
        types = archive.read("[Content_Types].xml")
        if b"template.main+xml" in types:
            raise Refused(t("a Word document (.docx): save the template as .docx"), ".dotx")
        found = entities_in(archive)
        if found:
            raise Refused(t("a file without a document type and entities"), found)


def _emptied(document: Any) -> None:
    """Take out the body, and all that only the body led to."""
    body = document.element.body
    for child in list(body):
        if child is not body.sectPr:
            body.remove(child)
    part = document.part
    for key, relation in list(part.rels.items()):
        if _kind(relation) not in KEPT:
            del part.rels[key]
    for note in ("footnotes", "endnotes"):
        for relation in part.rels.values():
            if _kind(relation) == note:
                _without_notes(relation.target_part)


def _without_notes(part: Any) -> None:
    """Leave of footnotes the lines that separate them, which settings refer to."""
    root = parse_xml(part.blob)
    for note in list(root):
        if note.get(qn("w:type")) is None:
            root.remove(note)
    part._blob = serialize_part_xml(root)


def _quiet(document: Any) -> None:
    """Refuse what fetches or runs something; forget the template behind the template."""
    for part in document.part.package.iter_parts():
        for key, relation in list(part.rels.items()):
            if not relation.is_external or _kind(relation) == "hyperlink":
                continue
            if _kind(relation) != "attachedTemplate":
                expected = t("a template that holds all its parts itself")
                raise Refused(expected, f"{_kind(relation)}: {relation.target_ref}")
            del part.rels[key]
    settings = document.settings.element
    for found in settings.findall(qn("w:attachedTemplate")):
        settings.remove(found)
    for part in document.part.package.iter_parts():
        for code in _fields(part):
            if _ACTIVE.search(code):
                expected = t("a template without fields that run or fetch something")
                raise Refused(expected, code.strip())


def _fields(part: Any) -> Iterator[str]:
    """Yield the code of the fields of a part, put together from its pieces."""
    if "xml" not in part.content_type or b"instr" not in part.blob:
        return
    root = parse_xml(part.blob)
    code = ""
    for element in root.iter(qn("w:instrText"), qn("w:fldChar"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            yield element.get(qn("w:instr")) or ""
        elif element.tag == qn("w:instrText"):
            code += element.text or ""
        else:
            yield code
            code = ""
    yield code


def _kind(relation: Any) -> str:
    return str(relation.reltype).rpartition("/")[2]
