"""Every mistake that a user can make, collected and addressed.

A `Problem` is one mistake with its place; `UnusableInput` carries all problems of one
input together.  Nothing is raised at the first mistake where a second can still be found.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from sim.texts import apart, t

_CELL = re.compile(r"(.*!)([A-Z]+)([0-9]+)")


class YanlianError(Exception):
    """Base of every exception that this package raises on purpose."""


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands, what was expected, what was received.

    `file` and `path` are text, `line` counts from 1 (0 = unknown); `hint` is what the
    user probably meant, or empty.  `path` uses dots: `offices.hechi.duty.night`.
    """

    file: str
    line: int
    path: str
    expected: str
    received: str = ""
    hint: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Where it stands, to sort by: file and line; in a sheet, row and column of the cell."""
        cell = _CELL.fullmatch(self.file)
        if cell:
            return cell[1], int(cell[3]), len(cell[2]), cell[2], self.path
        return self.file, self.line, 0, "", self.path

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f"{place}: {self.path}" if self.path else place
        return f"{where}: {sentence(self.expected, self.received, self.hint)}"


def sentence(expected: str, received: str = "", hint: str = "") -> str:
    """Return `expected …, received …, did you mean …?` in the language in force."""
    if received == t("nothing"):
        text = t("expected {expected}, received nothing", expected=apart(expected))
        received = ""
    else:
        text = t("expected {expected}", expected=apart(expected))
    if received:
        text += t(", received {received}", received=apart(received))
    if hint:
        text += t(", did you mean {hint}?", hint=hint)
    return text


class UnusableInput(YanlianError):
    """An input that cannot be used, with all its problems; `str()` is one line each."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingExtra(YanlianError):
    """A feature whose optional packages are not installed; the text says how to install them."""

    def __init__(self, package: str, extra: str):
        python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
        super().__init__(
            t(
                "the package {package} is needed for this; to install it: {command}",
                package=package,
                command=f'{python} -m pip install "yanlian[{extra}]"',
            )
        )


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word closest to `word`, or an empty text when none is close.

    `cutoff` is how alike they must be, from 0 to 1; one of two signs right is 0.5.
    """
    close = difflib.get_close_matches(str(word), [str(k) for k in known], n=1, cutoff=cutoff)
    return close[0] if close else ""


def shown(value: object, width: int = 60) -> str:
    """Return a value as it can stand in a message: one line, cut at `width` characters."""
    text = repr(value) if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"
