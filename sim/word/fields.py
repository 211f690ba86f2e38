"""Pieces of a Word document as XML: runs, fields, bookmarks, links."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sim.word.clean import plain

TOC, PAGE, PAGEREF, REF, SEQ = "TOC", "PAGE", "PAGEREF", "REF", "SEQ"


def el(name: str, /, *children: Any, **attributes: Any) -> Any:
    """Return the element `w:name` with attributes of the same namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, bold: bool = False, style: str = "") -> Any:
    """Return a run of text; the text is cleaned."""
    made = el("r")
    if bold or style:
        made.append(el("rPr", *([el("rStyle", val=style)] if style else ())))
        if bold:
            made[0].append(el("b"))
    words = el("t")
    words.text = plain(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def field(code: str, shown: str, dirty: bool = False) -> list[Any]:
    """Return the runs of a field; `code` is ours, never a text of a record."""
    begin = el("fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    text = el("instrText")
    text.text = f" {code} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    middle, end = el("fldChar", fldCharType="separate"), el("fldChar", fldCharType="end")
    made = [el("r", begin), el("r", text), el("r", middle)]
    if shown:
        made.append(run(shown))
    return [*made, el("r", end)]


def link(anchor: str, *runs: Any) -> Any:
    """Return a link to a bookmark of the same document."""
    return el("hyperlink", *runs, anchor=anchor, history="1")


def paragraph(style: str, *children: Any) -> Any:
    """Return a paragraph in a style (by its id)."""
    head = [el("pPr", el("pStyle", val=style))] if style else []
    return el("p", *head, *children)


class Marks:
    """Bookmarks, each with a number of its own."""

    def __init__(self, first: int = 0) -> None:
        self.number = first

    def around(self, name: str, *children: Any) -> list[Any]:
        """Return the children between the ends of a bookmark."""
        self.number += 1
        start = el("bookmarkStart", id=self.number, name=name)
        return [start, *children, el("bookmarkEnd", id=self.number)]
