"""Duties whose verdict depends on how the text is read: which choices lead to which verdict."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from sim.report.clock import signed_minutes
from sim.report.columns import fit, grid
from sim.report.names import named
from sim.rules import AllReadings
from sim.rules.all_readings import choices_of
from sim.texts import in_language, label, language, t
from sim.texts.clauses import clause_words

MOST_LINES = 12
"""Lines of one duty that are printed; CSV and JSON hold all."""
_SAYING = {"met", "late", "excused"}
_KEY = ["case", "pack", "rule", "clause", "incident", "owner", "recipient", "recurrence"]


class FlipLine(NamedTuple):
    """For the report: one duty, its verdict as the pack is read, and what turns it over."""

    clause: str
    rule: str
    owner: str
    verdict: str
    word: str
    turned: tuple[tuple[str, str, str], ...]


def readings_text(
    found: list[AllReadings],
    names: Mapping[str, str] | None = None,
    lang: str | None = None,
    columns: int | None = None,
) -> str:
    """Return as plain text every duty whose verdict depends on a choice, and how.

    `found` are results of `sim.all_readings`, one per pack; `names` display names.
    """
    with in_language(lang or language()):
        total = columns or shutil.get_terminal_size((130, 24)).columns
        parts = [line for one in found for line in _pack(one, names or {}, total)]
        if not parts:
            return t("No verdict depends on how the text is read.")
        head = t("Verdicts that depend on how the text is read (◆ the reading that counts):")
        return "\n".join([head, *parts])


def _pack(found: AllReadings, names: Mapping[str, str], total: int) -> Iterator[str]:
    for key, lines in found.table.groupby(_KEY, sort=False):
        duty = dict(zip(_KEY, key, strict=True))
        yield ""
        yield "  ".join(_title(duty, names))
        rows = lines.to_dict("records")
        table = [
            [("◆ " if row["own"] else "  ") + _cell(row), conditions(found, row["choices"])]
            for row in rows[:MOST_LINES]
        ]
        widths = fit(table, (14, 30), total - 2)
        yield from ("  " + line for line in grid(table, widths))
        if len(rows) > MOST_LINES:
            more = len(rows) - MOST_LINES
            yield "  " + t("and {n} more lines: --format csv lists them all", n=more)
        if not lines["exhaustive"].all():
            yield "  " + t("too many combinations: only questions that change something when tried")


def _title(duty: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    owner = named(names, duty["owner"]) if duty["owner"] else t("(nobody on record)")
    to = t(", ").join(named(names, name) for name in duty["recipient"].split("|") if name)
    rule = f"{duty['rule']} #{duty['recurrence']}" if duty["recurrence"] else duty["rule"]
    return [rule, clause_words(duty["clause"]), f"{owner} → {to}" if to else owner]


def _cell(row: Mapping[Any, Any]) -> str:
    """Return `late -45 … -20`: a verdict with the margins in minutes that a line covers."""
    text = label("verdict", row["verdict"])
    least, most = row["margin_least_s"], row["margin_most_s"]
    if pd.isna(least):
        return text
    words = list(dict.fromkeys(signed_minutes(int(value)) for value in (least, most)))
    return f"{text} {' … '.join(words)}"


def conditions(found: AllReadings, choices: str) -> str:
    """Return choices in words: what each option is about, and which of its choices it may be."""
    parts = [
        t(
            "{about} ({option}): {choices}",
            about=getattr(found.about[name], language()),
            option=name,
            choices=t(" or ").join(label("choice", word) for word in words),
        )
        for name, words in choices_of(choices).items()
    ]
    return t("; ").join(parts) or t("always")


def flip_lines(found: list[AllReadings], names: Mapping[str, str], case: str) -> list[FlipLine]:
    """Return one line per duty of a case that turns over, with its smallest sets of choices.

    What only turns from one verdict that decides nothing to another is left out.
    """
    out = []
    for one in found:
        flips = one.flips[one.flips["case"] == case]
        own = one.table[one.table["own"]].set_index(_KEY)
        for key, group in flips.groupby(_KEY, sort=False):
            duty = dict(zip(_KEY, key, strict=True))
            rule, clause, parties = _title(duty, names)
            rows = own.loc[[key]].to_dict("records")
            now = rows[0]["verdict"]
            turned = tuple(
                (row["verdict"], label("verdict", row["verdict"]), conditions(one, row["choices"]))
                for row in group.to_dict("records")
                if {now, row["verdict"]} & _SAYING
            )
            if turned:
                out.append(FlipLine(clause, rule, parties, now, _cell(rows[0]), turned))
    return out
