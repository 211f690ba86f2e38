"""The register in words: drills, findings, actions, trend, frequency and appraisal as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sim.report.clock import minutes
from sim.report.columns import fit, grid, wrap
from sim.report.coverage import SIGNS, needed_words, rows_of, state_words
from sim.report.names import named
from sim.report.times import percent
from sim.rules.coverage import STATES
from sim.rules.yearly import WORDS
from sim.texts import label, language, t
from sim.texts.clauses import clause_words

Names = Mapping[str, str]
Line = Sequence[str]


def table_text(head: Line, rows: Iterable[Line], columns: int) -> str:
    """Return lines under a head as a table that is at most so many columns wide."""
    whole = [list(head), *(list(row) for row in rows)]
    widths = fit(whole, [4] * len(head), columns)
    rule = "─" * min(columns, sum(widths) + 2 * (len(widths) - 1))
    lines = [rule, *grid(whole[:1], widths), rule, *grid(whole[1:], widths), rule]
    return "\n".join(line.rstrip() for line in lines)


def drills_text(drills: Iterable[Mapping[str, Any]], names: Names, columns: int = 130) -> str:
    """Return the drills by date, with their findings by state."""
    head = [t("no."), t("date"), t("held by"), t("kind"), t("plans"), t("scenario")]
    states = ("proposed", "confirmed", "rejected")
    head += [*(label("finding_state", state) for state in states), t("entered by"), t("entered")]
    rows = [
        [
            *(str(one["number"]), one["held"], named(names, one["unit"])),
            *(label("drill_kind", one["kind"]), _plans(one["plans"]), one["scenario"]),
            *(str(one[state]) for state in states),
            *(one["entered_by"], one["entered_at"][:10]),
        ]
        for one in drills
    ]
    return table_text(head, rows, columns)


def _plans(plans: str) -> str:
    return t(", ").join(plans.split("|")) if plans else "—"


def finding_words(finding: Mapping[str, Any]) -> str:
    """Return a finding in words: a person's, if any, what was demanded, and the facts."""
    late, number = finding["late_s"], finding["duties"]
    fact = t("not done as demanded") if late is None else t("late by {n} min", n=minutes(late))
    if number > 1:
        fact = t("{fact} (the worst of {n} duties)", fact=fact, n=number)
    return t("; ").join(filter(None, (finding["text"], finding[f"demand_{language()}"], fact)))


def findings_text(findings: Iterable[Mapping[str, Any]], names: Names, columns: int = 130) -> str:
    """Return the findings, each with its facts, the rows that prove it, and who decided."""
    head = [t("no."), t("drill"), t("date"), t("clause"), t("rule"), t("body"), t("what was found")]
    rows = [
        [
            *(str(one["number"]), str(one["drill"]), one["held"], clause_words(one["clause"])),
            *(one["rule"], named(names, one["owner"]), finding_words(one)),
            t(", ").join(one["evidence"].split("|")) if one["evidence"] else "—",
            *(label("finding_state", one["state"]), one["entered_by"]),
        ]
        for one in findings
    ]
    return table_text([*head, t("evidence"), t("state"), t("entered by")], rows, columns)


def actions_text(actions: Iterable[Mapping[str, Any]], names: Names, columns: int = 130) -> str:
    """Return the actions by due date."""
    head = [t("no."), t("finding no."), t("rule"), t("body"), t("action")]
    head += [t("person in charge"), t("due")]
    rows = [
        [
            *(str(one["number"]), str(one["finding"]), one["rule"], named(names, one["body"])),
            *(one["what"], one["owner"], one["due"], label("action_state", one["state"])),
            *(one["entered_by"], one["entered_at"][:10], one["note"]),
        ]
        for one in actions
    ]
    return table_text(
        [*head, t("state"), t("entered by"), t("entered"), t("remark")], rows, columns
    )


def trend_text(table: pd.DataFrame, names: Names, columns: int = 130) -> str:
    """Return the shares per year and over all years, with the drills' signs by date."""
    head = [t("clause"), t("body"), t("year"), t("drills"), t("met of those decided [95 %]")]
    rows, before = [], ("", "", "")
    several = table["pack"].nunique() > 1
    years = table.groupby(["pack", "clause", "owner"])["year"].count()
    for one in rows_of(table):
        key = (one.pack, one.clause, one.owner)
        if not one.year and years[key] == 2:
            continue  # all years are the one above
        first = [clause_words(one.clause) or "—", named(names, one.owner) or "—"]
        if several:
            first[0] += f" ({one.pack})"
        share = "—"
        if one.decided:
            ends = f"{percent(one.low)}–{percent(one.high)}"
            share = f"{one.met}/{one.decided} = {percent(one.met / one.decided)} % [{ends} %]"
        year = str(one.year) if one.year else t("all")
        signs = " ".join(SIGNS[word] for word in one.states.split("|"))
        rows.append([*(("", "") if key == before else first), year, str(one.drills), share, signs])
        before = key
    legend = t("; ").join(f"{SIGNS[word]} {state_words(word)}" for word in STATES[:-1])
    notes = [legend, t("A drill counts once: the worst of its duties stands for it.")]
    whole = table[table["year"].eq(0)]
    late = whole["decided"] - whole["met"]
    notes += filter(None, [needed_words(list(zip(whole["met"], late, strict=True)))])
    lines = [line for note in notes for line in wrap(note, columns, 6)]
    return "\n".join([table_text([*head, t("drills by date")], rows, columns), *lines])


def frequency_text(found: Any, names: Names, columns: int = 130) -> str:
    """Return what the pack's rules say of how often drills were held."""
    head = [t("clause"), t("rule"), t("body"), t("plan or year"), t("last drill"), t("verdict")]
    rows = [
        [
            *(clause_words(one.clause), one.rule, named(names, one.owner)),
            str(one.year) if one.year else _plans(one.plan),
            *(one.last or "—", state_words(one.verdict)),
        ]
        for one in rows_of(found.table)
    ]
    note = t(
        "The register is taken to be complete from {since} to {on}; what was held outside it, and "
        "bodies and plans that it does not name, are not judged.",
        since=found.since,
        on=found.on,
    )
    return "\n".join([table_text(head, rows, columns), *wrap(note, columns, 3)])


def appraisal_text(table: pd.DataFrame, year: int, names: Names, columns: int = 130) -> str:
    """Return a year's facts per body."""
    head = [t("body"), t("took part in"), t("duties")]
    head += [*(state_words(word) for word in WORDS), t("drills held")]
    rows = []
    for one in table.to_dict("records"):
        held = str(one["held"])
        if one["held"]:
            held = t("{n} ({k} comprehensive)", n=one["held"], k=one["comprehensive"])
        numbers = (str(one[word]) for word in ("took_part", "duties", *WORDS))
        rows.append([named(names, one["owner"]), *numbers, held])
    notes = [
        t("Facts of the drills of {year} for the appraisal (article 13); no marks.", year=year),
        t(
            "Open, unproven and excused duties are neither met nor missed; what is noted only is "
            "no failure."
        ),
    ]
    lines = [line for note in notes for line in wrap(note, columns, 3)]
    return "\n".join([table_text(head, rows, columns), *lines])
