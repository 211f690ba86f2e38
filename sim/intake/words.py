"""Words of the file to words of the record: what a mapping says, column by column."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.files.cells import clean
from sim.files.harmless import harmless
from sim.intake.mapping import Mapping
from sim.log.schema import BY_NAME
from sim.texts import t, vocabulary

ACTORS = ("actor", "recipient", "superior", "keeper")
Meaning = tuple[dict[str, str], str]
"""(columns of the record -> words, why the word has no meaning or `""`)."""


def meanings(name: str, texts: np.ndarray, mapping: Mapping) -> tuple[np.ndarray, list[Meaning]]:
    """Return (number of each row's word, what each distinct word means in a column)."""
    codes, words = pd.factorize(texts)
    of = _reader(name, mapping)
    return codes, [of(clean(str(word))) for word in words]


def _reader(name: str, mapping: Mapping) -> Callable[[str], Meaning]:
    """Return what tells the meaning of one word."""
    given = mapping.words.get(name, {})
    exact = {clean(word): meant for word, meant in given.items() if not word.startswith("~")}
    searched = [
        (re.compile(word[1:]), meant) for word, meant in given.items() if word.startswith("~")
    ]
    kind = BY_NAME[name].words
    known = vocabulary(kind) if kind else {}
    labels = {label: word for word, pair in known.items() for label in (word, *pair)}
    names = {w: one for one, entry in mapping.organisations.items() for w in (*entry.words, one)}
    names |= {entry.name: one for one, entry in mapping.organisations.items() if entry.name}

    def of(word: str) -> Meaning:
        found = exact.get(word)
        if found is None and word:
            found = next((meant for regex, meant in searched if regex.search(word)), None)
        if found is not None:
            return ({name: found} if isinstance(found, str) else dict(found)), ""
        if not word:
            return {}, ""
        if name in ACTORS and word in names:
            return {name: names[word]}, ""
        if name == "activity" and mapping.others == "keep":
            return {"activity": "other", "object": word}, ""
        if kind:
            if word in labels:
                return {name: labels[word]}, ""
            return {}, t("a word that words.{name} of the mapping explains", name=name)
        return {name: word}, ""

    return of


def neutral(word: str) -> str:
    """Return a text as a list shows it: no spreadsheet takes it for a formula."""
    return harmless(word)
