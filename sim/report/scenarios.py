"""The library of scenarios for the console: class, grade, when it occurs, what it trains."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.packs import table
from sim.scenario import Card
from sim.texts import in_language, label, language, t
from sim.texts.clauses import article

LEAST = (18, 16, 8, 6, 6, 10, 16)
"""The least widths of the columns."""


def scenarios_text(
    found: Sequence[Card], lang: str | None = None, columns: int | None = None
) -> str:
    """Return the cards of scenarios as a table; `columns` is the width, else the terminal's."""
    with in_language(lang or language()):
        head = [
            t("scenario"),
            t("title"),
            t("class of event"),
            t("grade"),
            t("when it occurs"),
            t("articles"),
        ]
        rows = [[*head, t("what it trains")], *map(_row, found)]
        text = t("To run one: yanlian run scenarios/NAME.yaml")
        return "\n".join([*table(rows, LEAST, columns), text])


def _row(card: Card) -> list[str]:
    name = card.name.in_language(language()) if card.name else ""
    about = card.about
    if about is None:
        return [card.id, name, "—", "—", "—", "—", "—"]
    articles = t(", ").join(article(number, short=True) for number in about.articles)
    return [
        *(card.id, name, label("class", about.class_), label("grade", about.grade)),
        *(label("when", about.when), articles, about.aim.in_language(language())),
    ]
