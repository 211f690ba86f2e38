"""The evaluators' form as data: frameworks, their items and words, columns and sheets.

A framework's words are a person's judgement; nothing here makes a mark of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from sim.files.cells import comparable
from sim.files.yamlfile import read_yaml
from sim.texts import language


class Part(BaseModel):
    """Base of all parts of the form."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A text in both languages; `str()` is that of the language in force."""

    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.zh if language() == "zh" else self.en


class Item(Part):
    """What is rated; `look`: what to look at; not `rated`: it takes a text only."""

    text: Words
    look: Words = Words()
    rated: bool = True


class Sheet(Part):
    """A sheet's name, its title and what stands below the title."""

    sheet: Words
    title: Words
    note: Words = Words()


class Framework(Sheet):
    """A sheet of ratings by the words of `scale`, with so many `free` rows."""

    scale: str
    items: dict[str, Item] = {}
    free: int = 0


class Remarks(Sheet):
    """The sheet of free remarks, each of one of the `kinds`."""

    kinds: dict[str, Words]


class Cover(Sheet):
    """The first sheet: who rates what, and `how` the form is filled in."""

    how: list[Words]


class Form(Part):
    """All sheets; `scales`: scale -> word -> labels."""

    scales: dict[str, dict[str, Words]]
    frameworks: dict[str, Framework]
    remarks: Remarks
    cover: Cover


Names = Mapping[str, tuple[str, ...]]
COVER: Names = {
    "drill": ("演练名称", "drill"),
    "case": ("场次", "case"),
    "date": ("演练日期", "date"),
    "evaluator": ("评估人（化名）", "evaluator (pseudonym)"),
    "post": ("岗位", "post"),
}
RATED: Names = {
    "number": ("编号", "no."),
    "item": ("评估内容", "what is rated"),
    "look": ("观察要点", "what to look at"),
    "rating": ("评定", "rating"),
    "seen": ("所见情况", "what was seen"),
}
REMARKS: Names = {
    "evaluator": ("评估人（化名）", "evaluator (pseudonym)"),
    "post": ("岗位", "post"),
    "time": ("时间", "time"),
    "seen": ("所见情况", "what was seen"),
    "kind": ("类别", "kind"),
    "clause": ("条款", "clause"),
}
"""Columns (of the cover: lines) and their headings in Chinese and English; both are read."""


def heading(names: Names, name: str) -> str:
    """Return the heading of a column in the language in force."""
    return names[name][0 if language() == "zh" else 1]


@cache
def form() -> Form:
    """Return the form."""
    return Form.model_validate(read_yaml(Path(__file__).with_name("frameworks.yaml")).data)


def meanings(words: Mapping[str, Words]) -> dict[str, str]:
    """Return what may stand in a drop-down, as it is compared -> its word."""
    labels = ((text, word) for word, pair in words.items() for text in (word, pair.zh, pair.en))
    return {comparable(text): word for text, word in labels}
