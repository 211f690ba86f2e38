"""The inject list (MSEL) of a scenario as a workbook to print and to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.exercise.columns import COLUMNS, LIST, OURS, SCRIPT
from sim.exercise.entry import Desk
from sim.exercise.listing import Line, listing, translations
from sim.exercise.translated import TEXTS
from sim.exercise.workbook import Book, Layout
from sim.files.atomic import write_bytes
from sim.scenario import Scenario, load_scenario
from sim.scenario.merge import merged
from sim.texts import in_language, t

REPEATED = 3
"""Columns that stand on every page: the number and both times."""
_CHOICES = ("kind", "channel", "to", "incident", "does", "who", "reports", "informs")


def export_msel(scenario_path: str | Path, out_path: str | Path, *, lang: str = "zh") -> None:
    """Write the inject list of a scenario as .xlsx, headings and words in `zh` or `en`.

    One row for each inject in the order of time, and grey ones for what happens in truth; what
    two languages say differently stands on a second sheet.  `import_msel` reads it back without
    loss.  Raises `UnusableInput` for the scenario, `MissingExtra` without the extra `excel`,
    `OSError`.
    """
    scenario = load_scenario(scenario_path)
    raw = merged(scenario_path).data.get("injects") or {}
    book = msel_book(scenario, raw, listing(scenario, raw, lang), lang)
    write_bytes(out_path, book.done())


def msel_book(scenario: Scenario, raw: Mapping[str, Any], lines: Sequence[Line], lang: str) -> Book:
    """Return the workbook of a list, still open for further sheets."""
    desk = Desk(scenario, lang)
    book = Book({name: list(desk.lists[name].labels.values()) for name in _CHOICES})
    with in_language(lang):
        title = t("Inject list: {name}", name=scenario.title("", lang))
        start = t("Start of the drill: {time}", time=scenario.start.strftime("%Y-%m-%d %H:%M"))
        header = [COLUMNS[name].heading(lang) for name in OURS]
        groups = [COLUMNS[name].group for name in OURS]
        how = Layout(
            widths=[COLUMNS[name].width for name in OURS],
            titles=(title, start),
            repeated=REPEATED,
            breaks=[len(groups) - 1 - groups[::-1].index(group) for group in (LIST, SCRIPT)],
            choices={OURS.index(name): name for name in _CHOICES},
            shaded=[k for k, line in enumerate(lines) if line.is_truth],
            scale=60,
        )
        rows = [[line.cells.get(name) or None for name in OURS] for line in lines]
        book.sheet(t("Injects"), header, rows, how)
        both = translations(raw)
        if both:
            _translations(book, both, lang)
    return book


def _translations(book: Book, both: Sequence[tuple[str, str, str, str]], lang: str) -> None:
    header = [COLUMNS["key"].heading(lang), t("Column"), "中文", "English"]
    rows = [[key, COLUMNS[column].heading(lang), zh, en] for key, column, zh, en in both]
    how = Layout(widths=(18, 16, 60, 60), scale=80)
    book.sheet(TEXTS[0 if lang == "zh" else 1], header, rows, how)
