"""Plain text in columns, where a Chinese character takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd


def wide(char: str) -> bool:
    """Return whether a character takes two columns, as Chinese characters do."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def width(text: str) -> int:
    """Return how many columns a text takes; combining and zero-width signs take none."""
    return sum(_one(char) for char in text)


def _one(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
        return 0
    return 2 if wide(char) else 1


def cut(text: str, columns: int) -> str:
    """Return the text, cut with … where it is wider than `columns`."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[:-1]
    return text + "…"


def pad(text: str, columns: int, right: bool = False) -> str:
    """Fill a text with blanks to `columns`; `right` puts it at the right side."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, columns: int, lines: int = 2) -> list[str]:
    """Break a text into at most `lines` lines of `columns` columns; the last is cut with …

    Chinese breaks between any two characters, other text between words.  Lines come out
    of about equal length, so that no single sign is left over.
    """
    needed = -(-width(text) // columns)
    if 1 < needed <= lines:
        columns = min(columns, -(-width(text) // needed) + 4)
    out = [""]
    for piece in _pieces(text):
        if width(out[-1] + piece.rstrip()) > columns and out[-1]:
            out.append("")
            piece = piece.lstrip()
        out[-1] += piece
    if len(out) > lines:
        out = [*out[: lines - 1], "".join(out[lines - 1 :])]
    return [cut(line.strip(), columns) for line in out]


_CLOSING = frozenset("，。；：、！？）》」』”’…,.;:!?)")


def _pieces(text: str) -> list[str]:
    """Cut where a line may break: before a blank, between wide signs, after / - _ ·."""
    pieces: list[str] = []
    for char in text:
        new = not pieces or wide(char) or wide(pieces[-1][-1]) or char.isspace()
        if char in _CLOSING and pieces:
            pieces[-1] += char
        elif new or pieces[-1][-1] in "/_-·":
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces


def grid(rows: Sequence[Sequence[str]], widths: Sequence[int], gap: str = "  ") -> list[str]:
    """Return lines of text, every cell wrapped to its column (as many lines as it needs)."""
    lines = []
    for row in rows:
        cells = [wrap(text, columns, 12) for text, columns in zip(row, widths, strict=True)]
        for k in range(max(len(cell) for cell in cells)):
            parts = [
                pad(cell[k] if k < len(cell) else "", columns)
                for cell, columns in zip(cells, widths, strict=True)
            ]
            lines.append(gap.join(parts).rstrip())
    return lines


def fit(rows: Sequence[Sequence[str]], least: Sequence[int], total: int, gap: int = 2) -> list[int]:
    """Return widths of columns for `total` columns: as wide as needed, never under `least`.

    What is too much is taken from the widest columns first.
    """
    widths = [max(low, *(width(row[k]) for row in rows)) for k, low in enumerate(least)]
    room = total - gap * (len(widths) - 1)
    while sum(widths) > room:
        loose = [k for k in range(len(widths)) if widths[k] > least[k]]
        if not loose:
            break
        k = max(loose, key=lambda i: widths[i])
        widths[k] -= 1
    return widths


def plain_table(table: pd.DataFrame, total: int) -> list[str]:
    """Return a table as lines of text, at most `total` columns wide."""
    rows = [[str(name) for name in table.columns]]
    rows += [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    widths = fit(rows, [6] * len(rows[0]), total)
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return [rule, *grid(rows[:1], widths), rule, *grid(rows[1:], widths), rule]
