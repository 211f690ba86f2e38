"""Picture: minutes until the region knew the right number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from sim.log.record import EventLog
from sim.log.schema import FIELDS
from sim.report.columns import cut
from sim.report.names import lane_order, record_names
from sim.report.style import GREY, figure_style, new_picture
from sim.rules.ledger import Book
from sim.texts import in_language, label, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture

WIDTH = 10.0  # inches
LEFT, RIGHT, TOP, BOTTOM, PANEL = 1.95, 1.75, 0.92, 0.78, 0.74


def knowledge_chart(
    log: EventLog,
    incident: str | None = None,
    field: str = "dead",
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    actors: Sequence[str] | None = None,
    case: str | None = None,
    title: str | None = None,
) -> Picture:
    """Return what each office believed of one figure over time, against the truth.

    One case (the only one, or `case`): one panel per office from the incident upwards, the
    truth as a thin dashed step line, what the office held as a thick one; hatched where it
    was wrong, dotted where nobody had told it anything yet.  Several cases: per office the
    share of drills in which it knew the right number within so many minutes of the occurrence.

    `incident`: id, the first one with a true figure if not given.  `field`: a field of the
    schema.  `lang`: `zh` or `en`, else the language in force.  `names`: id -> display name.
    `actors`: whom to show, all that were told the figure if not given.
    Raises `ValueError` where the record never states the true figure, or tells nobody of it.
    """
    many = case is None and len(log.cases) > 1
    part = log if many or not len(log) else log.case(case or log.cases[0])
    book = Book(part)
    with in_language(lang or language()), figure_style():
        return _picture(part, book, incident or _first(book, field), field, names, actors, title)


def knowledge_pictures(
    log: EventLog, lang: str, names: Mapping[str, str], most: int = 3
) -> dict[str, Picture]:
    """Return field -> its picture, for the fields that are worth one; may be empty."""
    book = Book(log)
    with in_language(lang), figure_style():
        return {
            field: _picture(log, book, _first(book, field), field, names)
            for field in fields_told(book, most)
        }


def _picture(
    log: EventLog,
    book: Book,
    incident: str,
    field: str,
    names: Mapping[str, str] | None = None,
    actors: Sequence[str] | None = None,
    title: str | None = None,
) -> Picture:
    """Draw one case as panels, several as curves."""
    told = {h[2] for h in book.beliefs.history if (h[1], h[3]) == (incident, field)}
    if not told or not any(key[1:] == (incident, field) for key in book.truths.courses):
        raise ValueError(t("the record tells nobody of {field}, or never the truth", field=field))
    shown = list(actors) if actors is not None else lane_order(log.table, sorted(told))
    called = {**(record_names(log.table) if language() == "zh" else {}), **(names or {})}
    head = title or t("{field}: when did who know the right number?", field=label("field", field))
    if len(log.cases) > 1:
        from sim.report.knowledge_many import draw_many

        return draw_many(book, incident, field, shown, called, head)
    return _draw(log, book, incident, field, shown, called, head)


def _first(book: Book, field: str) -> str:
    """Return the first incident whose true figure is stated."""
    return next((key[1] for key in sorted(book.truths.courses) if key[2] == field), "")


def fields_told(book: Book, most: int = 3) -> list[str]:
    """Return the fields worth a picture: the truth is stated and two offices were told of it.

    Those whose truth changes come first, then in the order of the schema; at most `most`.
    """
    changes = dict.fromkeys(FIELDS, 0)
    told: dict[str, set[str]] = {name: set() for name in FIELDS}
    for (_, _, name), (_, values) in book.truths.courses.items():
        changes[name] = max(changes[name], len(set(values)))
    for _, _, actor, name in book.beliefs.history:
        told[name].add(actor)
    found = [name for name in FIELDS if changes[name] and len(told[name]) > 1]
    return sorted(found, key=lambda name: changes[name] < 2)[:most]


def _draw(
    log: EventLog,
    book: Book,
    incident: str,
    field: str,
    actors: list[str],
    names: Mapping[str, str],
    title: str,
) -> Picture:
    from sim.report.knowledge_panel import Panel, legend, x_axis

    key = (0, incident, field)
    zero = _zero(log.table, incident)
    holders = [book.beliefs.history.get((0, incident, actor, field), []) for actor in actors]
    times = [int(book.sheet.lo[p]) for p in book.truths.courses[key][0]]
    times += [int(book.sheet.hi[line.at]) for lines in holders for line in lines]
    times = [time for time in times if abs(time) < 1 << 59]
    zero = min(times) if zero is None else zero
    end = zero + max(600, int((max(times) - zero) * 1.06))
    height = TOP + BOTTOM + PANEL * len(actors)
    picture = new_picture(WIDTH, height)
    for k, (actor, lines) in enumerate(zip(actors, holders, strict=True)):
        bottom = BOTTOM + PANEL * (len(actors) - 1 - k)
        width = WIDTH - LEFT - RIGHT
        box = (LEFT / WIDTH, (bottom + 0.08) / height, width / WIDTH, (PANEL - 0.16) / height)
        panel = Panel(picture.add_axes(box), book, key, zero, end)
        panel.draw(lines, names.get(actor) or actor)
        if k + 1 == len(actors):
            x_axis(panel.ax, log.origins[log.cases[0]], zero, end)
        else:
            panel.ax.set_xticklabels([])
    picture.text(0.15 / WIDTH, 1 - 0.14 / height, cut(title, 100), fontsize=13, va="top")
    legend(picture, height, 0.15 / WIDTH, 1 - 0.56 / height)
    note = t("Right: what the office held was what was so at that instant.")
    if _later(book, key, holders):
        note += " " + t("The true figure was counted only afterwards.")
    picture.text(0.15 / WIDTH, 0.08 / height, note, fontsize=8, color=GREY, va="bottom")
    return picture


def _later(book: Book, key: tuple[int, str, str], holders: list) -> bool:
    truths = [book.truths.at(key, line.at) for lines in holders for line in lines]
    return any(truth is not None and truth.basis == "later" for truth in truths)


def _zero(table: pd.DataFrame, incident: str) -> int | None:
    """Return when the incident occurred, `None` where no row says."""
    rows = table[(table["activity"] == "occur") & (table["incident"] == incident)]
    times = rows["time"].fillna(rows["time_lo"]).dropna()
    return int(times.min()) if len(times) else None
