"""From cells to values, column by column: each distinct text is read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import Problem, did_you_mean, shown
from sim.log import stamps
from sim.log.cells import MOST_PROBLEMS, Cells
from sim.log.schema import BY_NAME, FRACTIONS
from sim.texts import t, vocabulary

_EXCEL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2})(:\d\d(?::\d\d)?)")
LARGEST = 2**53
"""Largest number that is read exactly."""


class Columns:
    """The cells of a file read by the types of the schema; `problems` grows on the way."""

    def __init__(self, cells: Cells):
        self.cells = cells
        self.problems: list[Problem] = []

    def values(self, name: str) -> Any:
        """Return a text or number column; cells that are wrong are noted and left empty."""
        column = BY_NAME[name]
        texts = self.cells.columns[name]
        if column.kind == "text":
            return texts
        codes, unique = factorized(texts)
        words = [word.strip() for word in unique]
        if column.kind == "number":
            return self._numbers(name, codes, words)
        if column.words:
            known = vocabulary(column.words)
            wrong = [k for k, word in enumerate(words) if word and word not in known]
            expected = t("a word of the list of {kind}", kind=column.words)
            self._note(name, codes, wrong, words, expected, lambda word: _word(word, known))
        return np.array(words, dtype=object)[codes]

    def _numbers(self, name: str, codes: np.ndarray, words: list[str]) -> Any:
        numbers, good = _floats(words)
        whole = name not in FRACTIONS
        with np.errstate(invalid="ignore"):
            good &= (numbers >= 0) & (numbers <= LARGEST) & ((numbers % 1 == 0) | (not whole))
        empty = np.array([word == "" for word in words], dtype=bool)
        expected = t("a whole number, not negative") if whole else t("a number, not negative")
        self._note(name, codes, np.flatnonzero(~good & ~empty).tolist(), words, expected)
        values, absent = np.where(good, numbers, 0.0), ~good
        if name == "seq":  # given on every line or nowhere
            self._note(name, codes, np.flatnonzero(empty).tolist(), words, expected)
        if whole:
            return pd.arrays.IntegerArray(values.astype(np.int64)[codes], absent[codes])
        return pd.arrays.FloatingArray(values[codes], absent[codes])

    def stamps(self, name: str) -> stamps.Stamps:
        """Return the stamps of a time column; bare dates are allowed in `time` only."""
        codes, unique = factorized(self.cells.columns[name])
        words = [word.strip() for word in unique]
        found = stamps.parse(words)
        bad = found.form == stamps.BAD
        if name != "time":
            bad |= found.form == stamps.DATE
        expected = t("a time with offset such as 2026-07-01T08:05+08:00")
        self._note(name, codes, np.flatnonzero(bad).tolist(), words, expected, _with_offset)
        return stamps.Stamps(found.utc[codes], found.offset[codes], found.form[codes])

    def _note(
        self,
        name: str,
        codes: np.ndarray,
        wrong: Sequence[int],
        words: list[str],
        expected: str,
        hint: Callable[[str], str] = lambda word: "",
    ) -> None:
        """Note one problem for each distinct wrong text, at the first line where it stands."""
        for code in wrong[:MOST_PROBLEMS]:
            rows = np.flatnonzero(codes == code)
            received = shown(words[code])
            if len(rows) > 1:
                received = t("{word} (on {n} lines)", word=received, n=len(rows))
            line = int(self.cells.lines[rows[0]])
            self.problems.append(
                Problem(self.cells.file, line, name, expected, received, hint(words[code]))
            )
        if len(wrong) > MOST_PROBLEMS:
            line = int(self.cells.lines[np.flatnonzero(codes == wrong[MOST_PROBLEMS])[0]])
            more = t("{n} more such texts", n=len(wrong) - MOST_PROBLEMS)
            self.problems.append(Problem(self.cells.file, line, name, expected, more))


def factorized(texts: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return (number of each text, distinct texts in the order in which they come)."""
    if not (texts != "").any():
        return np.zeros(len(texts), dtype=np.int64), [""]
    codes, unique = pd.factorize(texts)
    return codes.astype(np.int64), unique.tolist()


def _floats(words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return (numbers, which words are finite numbers in plain digits)."""
    plain = np.array(
        [word.isascii() and "_" not in word and word != "" for word in words], dtype=bool
    )
    texts = [word if ok else "nan" for word, ok in zip(words, plain.tolist(), strict=True)]
    try:
        numbers = np.array(texts, dtype=object).astype(float)
    except ValueError:
        numbers = np.array([_float(text) for text in texts])
    numbers = numbers.reshape(len(words))
    return numbers, plain & np.isfinite(numbers)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _word(word: str, known: Mapping[str, tuple[str, str]]) -> str:
    """Return the word that was probably meant: by its label, else by how it is spelled."""
    labels = {label: one for one, pair in known.items() for label in pair}
    return labels.get(word) or did_you_mean(word, known)


def _with_offset(word: str) -> str:
    """Return the stamp that was probably meant: with `T`, and China's offset where none is.

    Read as Excel writes dates: `2026/6/20 8:15`.
    """
    trial = word.replace(" ", "T").replace("/", "-")
    shown = _EXCEL.fullmatch(word)
    if shown:
        year, month, day, hour, rest = shown.groups()
        trial = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}{rest}"
    for text in (trial, f"{trial}+08:00"):
        if stamps.parse([text]).form[0] in (stamps.SECOND, stamps.MINUTE):
            return text
    return ""
