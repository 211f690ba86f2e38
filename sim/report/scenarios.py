"""The library of scenarios for the console: class, grade, when it occurs, what it trains."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from sim.report.columns import fit, grid, wrap
from sim.scenario import Card
from sim.texts import in_language, label, language, t

INDENT = "    "
DASH = "—"


def scenarios_text(
    found: Sequence[Card], lang: str | None = None, columns: int | None = None
) -> str:
    """Return the cards of scenarios, a line of facts for each and below it what it trains.

    `columns` is the width, by default the terminal's.
    """
    with in_language(lang or language()):
        total = columns or shutil.get_terminal_size((100, 24)).columns
        head = [t("scenario"), t("title"), t("class of event"), t("grade"), t("when it occurs")]
        rows = [[*head, t("articles")], *map(_row, found)]
        least = (max(len(card.id) for card in found), 14, 12, 6, 6, 8)
        widths = fit(rows, least, total)
        rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
        lines = [rule, *grid(rows[:1], widths), rule]
        for card, row in zip(found, rows[1:], strict=True):
            lines += grid([row], widths)
            if card.about:
                aim = card.about.aim.in_language(language())
                lines += [INDENT + line for line in wrap(aim, total - len(INDENT), 4)]
        return "\n".join([*lines, rule, t("To run one: yanlian run scenarios/NAME.yaml")])


def _row(card: Card) -> list[str]:
    name = card.name.in_language(language()) if card.name else ""
    about = card.about
    if about is None:
        return [card.id, name, *([DASH] * 4)]
    articles = t(", ").join(str(number) for number in about.articles)
    words = (label("class", about.class_), label("grade", about.grade), label("when", about.when))
    return [card.id, name, *words, articles]
