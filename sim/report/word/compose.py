"""A report put together: title page, contents, chapters, annex, signatures, headers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from docx import Document as WordDocument
from docx.oxml.ns import qn

from sim.report.word.blocks import Chapter, Document
from sim.report.word.clean import plain
from sim.report.word.fields import PAGE, el, field, paragraph, run
from sim.report.word.look import put_fonts, put_numbers, put_page, put_styles
from sim.report.word.template import open_template
from sim.report.word.writer import Writer, headings
from sim.texts import language, t

AFTER_FIELDS = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")
"""Settings that Word wants after the one on fields."""


def open_document(template: str | Path | None, lang: str) -> Any:
    """Return an empty document in the house's look, or a template without its text.

    Raises `UnusableInput` where the template is no Word document or unsafe, `OSError`.
    """
    if template is None:
        document = WordDocument()
        put_page(document)
        put_numbers(document, lang)
        put_fonts(document)
        return document
    return open_template(Path(template))


def compose(
    document: Any,
    report: Document,
    anchors: Mapping[str, str],
    annex: Callable[[Iterable[str]], Chapter],
    own: bool,
    live: bool = True,
) -> None:
    """Write a report into a document; `annex` makes the last chapter of the rows linked.

    `anchors`: row -> bookmark; `own`: the look is the house's, else a template's; `live`: the
    contents are a field for Word to fill, else lines for a printer.
    """
    styles = put_styles(document, language(), own)
    writer = Writer(document, styles, report.chapters, anchors, own)
    _cover(writer, report)
    writer.page_break()
    writer.text("subtitle", run(t("Contents")))
    writer.contents(headings(report.chapters, own), live)
    writer.page_break()
    for chapter in report.chapters[:-1]:
        writer.chapter(chapter)
    _signatures(writer, report.signatures)
    writer.page_break()
    writer.chapter(annex(writer.linked))
    _properties(document, report)
    if own:
        _running(document, report, styles)


def _cover(writer: Writer, report: Document) -> None:
    for _ in range(4):
        writer.text("body text")
    writer.text("title", run(report.cover.title))
    writer.text("subtitle", run(report.cover.kind))
    writer.text("subtitle", run(report.cover.draft))
    for _ in range(6):
        writer.text("body text")
    for head, words in report.cover.lines:
        writer.text("cover text", run(f"{head}{t(': ')}{words}"))


def _signatures(writer: Writer, heads: list[str]) -> None:
    """Append the block that persons sign; nothing in it is filled in by the program."""
    rows = [[head, ""] for head in heads]
    title = paragraph(writer.styles["subtitle"], run(t("Signatures")))
    title.pPr.append(el("keepNext"))
    writer.put(title)
    table = writer.table(["", ""], rows, (30, 70))
    for row in table.iterchildren(qn("w:tr")):
        row.find(qn("w:trPr")).append(el("trHeight", val=850, hRule="atLeast"))
        for text in row.iter(qn("w:pPr")):
            text.append(el("keepNext"))
    writer.put(table)
    writer.text(
        "table note", run(t("A draft until it is signed. Signed by persons, not by a program."))
    )


def _properties(document: Any, report: Document) -> None:
    """Set what the file says of itself; no person is named, no clock is read."""
    core = document.core_properties
    core.title, core.subject = plain(report.cover.title)[:255], plain(report.cover.kind)
    core.author, core.last_modified_by, core.comments = "", "", ""
    core.keywords, core.content_status = "", t("draft")
    core.created = core.modified = datetime.datetime(2000, 1, 1)
    settings = document.settings.element
    for found in settings.findall(qn("w:updateFields")):
        settings.remove(found)
    later = [settings.find(qn(f"w:{name}")) for name in AFTER_FIELDS]
    place = min((settings.index(one) for one in later if one is not None), default=len(settings))
    settings.insert(place, el("updateFields", val="true"))


def _running(document: Any, report: Document, styles: Mapping[str, str]) -> None:
    """Number the pages as official documents do: outside, with dashes; say that it is a draft."""
    section = document.sections[0]
    pairs = (
        (section.header, section.footer, "right"),
        (section.even_page_header, section.even_page_footer, "left"),
    )
    for header, footer, side in pairs:
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        for place, style, words in (
            (header, "header", [run(f"{report.cover.title}  {t('draft')}")]),
            (footer, "footer", [run("— "), *field(PAGE, "1"), run(" —")]),
        ):
            made = paragraph(styles[style], *words)
            made.pPr.append(el("jc", val=side))
            for old in list(place._element):
                place._element.remove(old)
            place._element.append(made)
