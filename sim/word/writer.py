"""Blocks written as a Word document: headings, tables, figures, fields and links."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx.shared import Emu

from sim.texts import language, t
from sim.texts.clauses import chinese
from sim.word.blocks import Block, Chapter, Figure, Line, Para, Part, Row, Sub, Table, Target
from sim.word.clean import plain
from sim.word.fields import PAGEREF, REF, SEQ, TOC, Marks, el, field, link, paragraph, run

HIGHEST = 0.86
"""Most of the text's height that a picture takes."""
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
FIRST_MARK = 10_000
"""Numbers of bookmarks begin here, above those that a template may hold in its headers."""


class Writer:
    """Appends blocks to a document; remembers which rows of the record were linked.

    `anchors`: row of the record -> its bookmark in the annex; `styles`: name -> id.
    """

    def __init__(
        self,
        document: Any,
        styles: Mapping[str, str],
        chapters: Sequence[Chapter],
        anchors: Mapping[str, str],
        numbered: bool,
    ):
        self.document, self.styles, self.anchors = document, styles, anchors
        self.linked: dict[str, None] = {}
        self.marks = Marks(FIRST_MARK)
        self.numbers = _numbers(chapters)
        self.titles = {c.key: chapter_title(k, c.title, numbered) for k, c in enumerate(chapters)}
        section = document.sections[0]
        self.width = int(section.page_width - section.left_margin - section.right_margin)
        self.height = int(section.page_height - section.top_margin - section.bottom_margin)
        self._heads = 0

    def put(self, *elements: Any) -> None:
        """Append elements to the body, before its page set-up."""
        last = self.document.element.body.sectPr
        for element in elements:
            last.addprevious(element)

    def text(self, style: str, *children: Any) -> None:
        """Append a paragraph in a style, by its name."""
        self.put(paragraph(self.styles[style], *children))

    def chapter(self, chapter: Chapter) -> None:
        """Append a chapter: its heading, then its blocks."""
        if chapter.apart:
            self.page_break()
        inner = self.marks.around(f"part_{chapter.key}", run(chapter.title))
        self._heading("heading 1", inner)
        for block, after in zip(chapter.blocks, [*chapter.blocks[1:], None], strict=True):
            self.block(block)
            if isinstance(block, Table) and not (isinstance(after, Para) and after.small):
                self.text("table note")  # room below a table that has no note

    def _heading(self, style: str, inner: Sequence[Any]) -> None:
        """Append a heading that the contents list."""
        self._heads += 1
        self.text(style, *self.marks.around(toc_mark(self._heads), *inner))

    def block(self, block: Block) -> None:
        """Append one block."""
        if isinstance(block, Sub) and block.level > 2:
            self.text(f"heading {block.level}", run(block.title))
        elif isinstance(block, Sub):
            self._heading("heading 2", [run(block.title)])
        elif isinstance(block, Para):
            self.text("table note" if block.small else "body text", *self.line(block.line))
        elif isinstance(block, Table):
            if block.title:
                self._caption(block, t("Table"))
            self.put(self.table(block.head, block.rows, block.widths, block.height))
        else:
            self._figure(block)

    def line(self, line: Line, bold: bool = False) -> list[Any]:
        """Return the runs, links and references of a line."""
        if isinstance(line, str):
            return [run(line, bold)]
        made: list[Any] = []
        for word in line:
            if isinstance(word, str):
                made.append(run(word, bold))
            elif isinstance(word, Row):
                made.append(self._row(word))
            elif isinstance(word, Target):
                made += self.marks.around(self.anchors[word.row], run(word.text or word.row))
            else:
                made += self._part(word)
        return made

    def _row(self, word: Row) -> Any:
        anchor = self.anchors.get(word.row)
        if anchor is None:
            return run(word.text or word.row)
        self.linked[word.row] = None
        return link(anchor, run(word.text or word.row, style=self.styles["hyperlink"]))

    def _part(self, word: Part) -> list[Any]:
        if word.key in self.titles:
            text = run(self.titles[word.key], style=self.styles["hyperlink"])
            return [link(f"part_{word.key}", text)]
        kind, number = self.numbers[word.key]
        return field(f"{REF} item_{word.key} \\h", f"{kind} {number}")

    def _caption(self, block: Table | Figure, kind: str) -> None:
        number = self.numbers[block.key][1]
        inner = [run(f"{kind} "), *field(f"{SEQ} {kind} \\* ARABIC", str(number))]
        marked = self.marks.around(f"item_{block.key}", *inner)
        self.text("caption", *marked, run(f"  {block.title}"))
        if isinstance(block, Table):  # also in a template whose captions would stay alone
            self.document.element.body.sectPr.getprevious().pPr.append(el("keepNext"))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Line]],
        widths: Sequence[float] = (),
        height: float = 0,
    ) -> Any:
        """Return a table as wide as the text, its head repeated on every page."""
        shares = list(widths) or [1.0] * len(head)
        total = Emu(self.width).twips
        cells = [round(total * share / sum(shares)) for share in shares]
        made = el("tbl", el("tblPr"), el("tblGrid", *(el("gridCol", w=w) for w in cells)))
        for part in (
            el("tblStyle", val=self.styles["table grid"]),
            el("tblW", w=sum(cells), type="dxa"),
            el("tblLayout", type="fixed"),
        ):
            made[0].append(part)
        if any(head):
            made.append(self._table_row(head, cells, True))
        for row in rows:
            made.append(self._table_row(row, cells, False))
            if height:
                least = round(height * TWIPS)
                made[-1][0].append(el("trHeight", val=least, hRule="atLeast"))
        return made

    def _table_row(self, row: Sequence[Line], widths: Sequence[int], head: bool) -> Any:
        across = len(row) == 1 and len(widths) > 1
        made = el("tr", el("trPr", el("cantSplit")))
        if head:
            made[0].append(el("tblHeader"))
        for line, width in zip(row, [sum(widths)] if across else widths, strict=True):
            look = el("tcPr", el("tcW", w=width, type="dxa"))
            if across:
                look.append(el("gridSpan", val=len(widths)))
            if head or across:
                look.append(el("shd", val="clear", color="auto", fill="EDEDED"))
            look.append(el("vAlign", val="center"))
            style = "table head" if head else "table text"
            text = paragraph(self.styles[style], *self.line(line, across))
            made.append(el("tc", look, text))
        return made

    def _figure(self, block: Figure) -> None:
        """Append a picture as wide as the text, lower where it would fill the page."""
        place = self.document.add_paragraph()
        place._p.insert(0, el("pPr", el("keepNext"), el("jc", val="center")))
        shape = place.add_run().add_picture(io.BytesIO(block.png))
        scale = min(self.width / shape.width, HIGHEST * self.height / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape._inline.docPr.set("descr", plain(block.alt))
        self._caption(block, t("Figure"))

    def contents(self, heads: Sequence[tuple[int, str]], live: bool = True) -> None:
        """Append the table of contents: a field that Word fills, with what is known put in.

        Not `live`: lines of references alone, whose pages any program finds by itself.
        """
        whole = field(f'{TOC} \\o "1-2" \\h \\z \\u', "", dirty=True)
        for k, (level, title) in enumerate(heads):
            mark = toc_mark(k + 1)
            words = [run(title), el("r", el("tab")), *field(f"{PAGEREF} {mark} \\h", "")]
            children = [link(mark, *words)] if live else words
            if live and k == 0:
                children = [*whole[:3], *children]
            if live and k + 1 == len(heads):
                children.append(whole[-1])
            self.text(f"toc {level}", *children)

    def page_break(self) -> None:
        """Append a new page."""
        self.put(el("p", el("r", el("br", type="page"))))


def toc_mark(number: int) -> str:
    """Return the bookmark of the k-th heading, named as Word names them."""
    return f"_Toc{900000 + number}"


def chapter_title(index: int, title: str, numbered: bool) -> str:
    """Return a chapter's title with the number that the style set gives it."""
    if not numbered:
        return title
    return f"{chinese(index + 1)}、{title}" if language() == "zh" else f"{index + 1} {title}"


def _numbers(chapters: Sequence[Chapter]) -> dict[str, tuple[str, int]]:
    """Return key -> (kind, number) of all tables and figures, in the order of the document."""
    found: dict[str, tuple[str, int]] = {}
    count = {Table: 0, Figure: 0}
    for chapter in chapters:
        for block in chapter.blocks:
            if isinstance(block, (Table, Figure)) and block.title:
                count[type(block)] += 1
                word = t("Table") if isinstance(block, Table) else t("Figure")
                found[block.key] = (word, count[type(block)])
    return found


def headings(chapters: Sequence[Chapter], numbered: bool) -> list[tuple[int, str]]:
    """Return (level, title) of the headings of two levels, numbered as the style set does."""
    found: list[tuple[int, str]] = []
    for k, chapter in enumerate(chapters):
        found.append((1, chapter_title(k, chapter.title, numbered)))
        subs = [b for b in chapter.blocks if isinstance(b, Sub) and b.level == 2]
        for n, sub in enumerate(subs, start=1):
            number = f"（{chinese(n)}）" if language() == "zh" else f"{k + 1}.{n} "
            found.append((2, (number if numbered else "") + sub.title))
    return found
