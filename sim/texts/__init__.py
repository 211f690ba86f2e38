"""Every text that a user sees, in Chinese and in English.

Sentences are written in English in the code, `t("expected {expected}", expected=…)`, and
translated by the catalogues `zh/LC_MESSAGES/<room>.po` (compiled to `.mo` by the task
`texts`).  Words of the record (activities, roles, verdicts, …) have their labels in
`vocabulary.csv`, one row a word, and `label("activity", "verify")` returns them.
"""

from __future__ import annotations

import csv
import gettext
import locale
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_HERE = Path(__file__).parent
_current: ContextVar[str] = ContextVar("yanlian_language", default="")


def language() -> str:
    """Return the language in force: `zh` or `en`; the locale's when none was chosen."""
    return _current.get() or _locale_language()


@cache
def _locale_language() -> str:
    try:
        name = locale.getlocale(locale.LC_MESSAGES)[0] or ""
    except (AttributeError, ValueError):  # Windows has no LC_MESSAGES
        name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def use_language(lang: str) -> None:
    """Choose the language of all texts from here on; `""` goes back to the locale's."""
    if lang and lang not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, not {lang!r}")
    _current.set(lang)


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Use a language inside a `with` block, then the former one again."""
    former = _current.get()
    use_language(lang)
    try:
        yield
    finally:
        _current.set(former)


@cache
def _chinese() -> gettext.NullTranslations:
    chain = gettext.NullTranslations()
    for path in sorted((_HERE / "zh" / "LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        catalogue.add_fallback(chain)
        chain = catalogue
    return chain


def t(text: str, **values: object) -> str:
    """Return `text` in the language in force, its `{names}` filled with `values`."""
    if language() == "zh":
        text = _chinese().gettext(text)
    return text.format(**values) if values else text


def apart(text: str) -> str:
    """Return `text` as it follows Chinese words: after a space where it begins with Latin signs."""
    return f" {text}" if language() == "zh" and text[:1] < "\u2e80" else text


def either(texts: Iterable[str]) -> str:
    """Return alternatives in words: `a number or a text`."""
    first, *others = texts
    for other in others:
        word = t(" or ")
        spaced = language() == "zh" and first[-1:] < "\u2e80" and other[:1] < "\u2e80"
        first += f" {word} {other}" if spaced else word + other
    return first


@cache
def vocabulary(kind: str) -> dict[str, tuple[str, str]]:
    """Return the closed list of one kind of word: word -> (zh, en), in the file's order.

    Kinds: activity, phase, role, span, fate, report, channel, grade, verdict, reading,
    modality, element, field, hazard, reason, warning (levels), outcome (of warnings), group,
    class and when (of scenarios), inject (kinds that are no report), team, post,
    choice (of the options of rule packs).  An unknown kind is an empty dict.
    """
    with (_HERE / "vocabulary.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == kind]
    return {row["word"]: (row["zh"], row["en"]) for row in rows}


def label(kind: str, word: str) -> str:
    """Return the label of a word in the language in force; the word itself if it has none."""
    pair = vocabulary(kind).get(word)
    return word if pair is None else pair[LANGUAGES.index(language())]
