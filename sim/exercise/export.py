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
CHOICES = ("kind", "channel", "to", "incident", "does", "who", "reports", "informs")
"""Columns with a drop-down list."""


def export_msel(scenario_path: str | Path, out_path: str | Path, *, lang: str = "zh") -> None:
    """Write the inject list of a scenario as .xlsx, headings and words in `zh` or `en`.

    One row for each inject in the order of time, and grey ones for what happens in truth; what
    two languages say differently stands on a second sheet.  `import_msel` reads it back without
    loss.  Raises `UnusableInput` for the scenario, `MissingExtra` without the extra `excel`,
    `OSError`.
    """
    scenario = load_scenario(scenario_path)
    raw = merged(scenario_path).data.get("injects") or {}
    write_bytes(out_path, msel(scenario, raw, lang))


def msel(scenario: Scenario, raw: Mapping[str, Any], lang: str) -> bytes:
    """Return the workbook of a scenario whose file writes its injects as `raw`."""
    book = Book(choices(scenario, lang), lang)
    lines = listing(scenario, raw, lang)
    groups = [COLUMNS[name].group for name in OURS]
    with in_language(lang):
        how = Layout(
            widths=[COLUMNS[name].width for name in OURS],
            titles=titles(scenario, lang),
            repeated=REPEATED,
            breaks=[len(groups) - 1 - groups[::-1].index(group) for group in (LIST, SCRIPT)],
            choices={OURS.index(name): name for name in CHOICES},
            shaded=[k for k, line in enumerate(lines) if line.is_truth],
        )
        header = [COLUMNS[name].heading(lang) for name in OURS]
        book.sheet(t("Injects"), header, cells(lines, OURS), how)
        add_translations(book, raw, lang)
    return book.done()


def choices(scenario: Scenario, lang: str) -> dict[str, list[str]]:
    """Return the words of the drop-down lists, by column."""
    desk = Desk(scenario, lang)
    return {name: list(dict.fromkeys(desk.lists[name].labels.values())) for name in CHOICES}


def titles(scenario: Scenario, lang: str) -> tuple[str, str]:
    """Return the two lines above a list, in the language in force."""
    start = scenario.start.strftime("%Y-%m-%d %H:%M")
    return (
        t("Inject list: {name}", name=scenario.title("", lang)),
        t("Start of the drill: {time}", time=start),
    )


def cells(lines: Sequence[Line], columns: Sequence[str]) -> list[list[str | None]]:
    """Return the cells of some columns, row by row."""
    return [[line.cells.get(name) or None for name in columns] for line in lines]


def add_translations(book: Book, raw: Mapping[str, Any], lang: str) -> None:
    """Add the sheet with what the two languages say differently, if they do."""
    both = translations(raw)
    if both:
        header = [COLUMNS["key"].heading(lang), t("Column"), "中文", "English"]
        rows = [[key, COLUMNS[column].heading(lang), zh, en] for key, column, zh, en in both]
        how = Layout(widths=(18, 16, 60, 60))
        book.sheet(TEXTS[0 if lang == "zh" else 1], header, rows, how)
