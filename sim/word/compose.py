"""A report put together: title page, contents, chapters, annex, signatures, headers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document as WordDocument
from docx.oxml.ns import qn

from sim.texts import language, t
from sim.word.blocks import Chapter, Document, Sheet, Sub
from sim.word.clean import plain
from sim.word.fields import PAGE, el, field, paragraph, run
from sim.word.look import put_fonts, put_numbers, put_page, put_styles
from sim.word.template import open_template
from sim.word.writer import Writer, headings

AFTER_FIELDS = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")
"""Settings that Word wants after the one on fields."""


def open_document(template: str | Path | None, lang: str, wide: bool = False) -> Any:
    """Return an empty document in the house's look, or a template without its text.

    `wide`: on its side, where there is no template.  Raises `UnusableInput` where the template is
    no Word document or unsafe, `OSError`.
    """
    if template is None:
        document = WordDocument()
        put_page(document, wide)
        put_numbers(document, lang)
        put_fonts(document)
        return document
    return open_template(Path(template))


def compose(
    document: Any,
    report: Document,
    anchors: Mapping[str, str],
    annex: Callable[[Iterable[str]], Chapter] | None,
    own: bool,
    live: bool = True,
) -> None:
    """Write a report into a document; `annex` makes the last chapter of the rows linked.

    Without `annex` all chapters stand before the signatures.  `anchors`: row -> bookmark; `own`:
    the look is the house's, else a template's; `live`: the contents are a field for Word to fill,
    else lines for a printer.
    """
    styles = put_styles(document, language(), own)
    writer = Writer(document, styles, report.chapters, anchors, own)
    _cover(writer, report)
    writer.page_break()
    writer.text("subtitle", run(t("Contents")))
    writer.contents(headings(report.chapters, own), live)
    writer.page_break()
    for chapter in report.chapters[:-1] if annex else report.chapters:
        writer.chapter(chapter)
    _signatures(writer, report.signatures)
    if annex:
        writer.page_break()
        writer.chapter(annex(writer.linked))
    _properties(document, report.cover.title, report.cover.kind, t("draft"))
    if own:
        _running(document, f"{report.cover.title}  {t('draft')}", styles)


def compose_sheets(
    document: Any, title: str, kind: str, sheets: Sequence[Sheet], own: bool
) -> None:
    """Write forms into a document, each from a new page on, under a running title."""
    styles = put_styles(document, language(), own)
    writer = Writer(document, styles, [], {}, own)
    for k, sheet in enumerate(sheets):
        if k:
            writer.page_break()
        writer.text("subtitle", run(sheet.title, bold=True))
        for line in sheet.lines:
            words = "\u3000".join(f"{head}{t(': ')}{text}" for head, text in line)
            writer.text("table note", run(words))
        for block in sheet.blocks:
            if isinstance(block, Sub):
                head = paragraph(styles["table note"], run(block.title, bold=True))
                head.pPr.append(el("keepNext"))
                writer.put(head)
            else:
                writer.block(block)
    _properties(document, title, kind, "")
    if own:
        document.sections[0].different_first_page_header_footer = False
        _running(document, f"{title}  {kind}", styles)


def _cover(writer: Writer, report: Document) -> None:
    low = writer.height < writer.width
    for _ in range(1 if low else 4):
        writer.text("body text")
    writer.text("title", run(report.cover.title))
    writer.text("subtitle", run(report.cover.kind))
    writer.text("subtitle", run(report.cover.draft))
    for _ in range(2 if low else 6):
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


def _properties(document: Any, title: str, kind: str, status: str) -> None:
    """Set what the file says of itself; no person is named, no clock is read."""
    core = document.core_properties
    core.title, core.subject = plain(title)[:255], plain(kind)
    core.author, core.last_modified_by, core.comments = "", "", ""
    core.keywords, core.content_status = "", status
    core.created = core.modified = datetime.datetime(2000, 1, 1)
    settings = document.settings.element
    for found in settings.findall(qn("w:updateFields")):
        settings.remove(found)
    later = [settings.find(qn(f"w:{name}")) for name in AFTER_FIELDS]
    place = min((settings.index(one) for one in later if one is not None), default=len(settings))
    settings.insert(place, el("updateFields", val="true"))


def _running(document: Any, title: str, styles: Mapping[str, str]) -> None:
    """Number the pages as official documents do: outside, with dashes; title above."""
    section = document.sections[0]
    pairs = (
        (section.header, section.footer, "right"),
        (section.even_page_header, section.even_page_footer, "left"),
    )
    for header, footer, side in pairs:
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        for place, style, words in (
            (header, "header", [run(title)]),
            (footer, "footer", [run("— "), *field(PAGE, "1"), run(" —")]),
        ):
            made = paragraph(styles[style], *words)
            made.pPr.append(el("jc", val=side))
            for old in list(place._element):
                place._element.remove(old)
            place._element.append(made)
