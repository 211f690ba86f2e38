"""What a document consists of, before any word processor knows of it.

Texts are lines: a string, or a sequence of strings, links to rows of the record (`Row`) and
references to tables, figures and chapters (`Part`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sim.texts import t


@dataclass(frozen=True)
class Row:
    """A link to a row of the record, which the annex then shows."""

    row: str
    text: str = ""


@dataclass(frozen=True)
class Target:
    """The place in the annex to which links to a row lead."""

    row: str
    text: str = ""


@dataclass(frozen=True)
class Part:
    """A reference to a chapter, table or figure by its key."""

    key: str


Line: TypeAlias = str | Sequence[str | Row | Target | Part]


@dataclass(frozen=True)
class Para:
    """A paragraph; `small` below tables and figures."""

    line: Line
    small: bool = False


@dataclass(frozen=True)
class Sub:
    """A heading of the second order, or of the third."""

    title: str
    level: int = 2


@dataclass(frozen=True)
class Table:
    """A table with its caption; `widths` are the columns' shares of the text's width.

    A row of one line is the heading of those that follow it.  Without a `title` it has no caption
    and no number.  `height` is the least height of its rows in mm, for forms that are written on.
    """

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Line]]
    widths: Sequence[float] = ()
    height: float = 0


@dataclass(frozen=True)
class Figure:
    """A picture (PNG) with its caption and what it shows for those who cannot see it."""

    key: str
    title: str
    png: bytes
    alt: str


Block: TypeAlias = Para | Sub | Table | Figure


@dataclass(frozen=True)
class Chapter:
    """A chapter; `key` is what references name, `apart` begins it on a new page."""

    key: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    apart: bool = False


@dataclass(frozen=True)
class Cover:
    """The title page: kind of report, what it is about, facts, and whether it is a draft."""

    kind: str
    title: str
    lines: list[tuple[str, str]]
    draft: str


@dataclass(frozen=True)
class Document:
    """A whole report: the title page, its chapters, what is signed at the end."""

    cover: Cover
    chapters: list[Chapter]
    signatures: list[str]


@dataclass(frozen=True)
class Sheet:
    """A form of a page or more: what it is, lines of what and whom it is for, its blocks.

    Its `Sub` headings are not numbered.
    """

    title: str
    lines: list[list[tuple[str, str]]]
    blocks: list[Block] = field(default_factory=list)


MOST_LINKS = 6
"""Rows that are linked in one cell; the table of verdicts (CSV) has all."""


def links(rows: Iterable[str], most: int = MOST_LINKS) -> list[str | Row | Target | Part]:
    """Return links to rows, a line may break between them; a dash where there is none."""
    found = list(dict.fromkeys(row for row in rows if row))
    line: list[str | Row | Target | Part] = []
    for row in found[:most]:
        line += [" ", Row(row)] if line else [Row(row)]
    if len(found) > most:
        line.append(t(" and {n} more", n=len(found) - most))
    return line or ["—"]


def blank(what: str) -> str:
    """Return a place that a person fills in."""
    return t("[to be filled in: {what}]", what=what)
