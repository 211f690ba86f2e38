"""What stands on the report page: everything computed here, nothing in the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.log.record import EventLog
from sim.log.schema import STANDING
from sim.report.clock import stamp
from sim.report.coverage import needed_words
from sim.report.duties import READINGS, Duty, duties, listed
from sim.report.findings import beside, finding_lines, our_lines
from sim.report.names import display_names, named, roles
from sim.report.numbers import assumed_numbers, sourced_numbers
from sim.report.rowtexts import RowText, key_rows, row_texts, with_causes
from sim.report.scorecard import late_otherwise, margin_words, remarks
from sim.report.tally import applies_words, met_words, tallies
from sim.report.words import (
    cell,
    counts_words,
    limit_words,
    owner_words,
    reason_words,
    recurring,
    split_words,
    verdict_words,
)
from sim.texts import label, t
from sim.texts.clauses import clause_words


@dataclass(frozen=True)
class Line:
    """One line of the clause table."""

    clause: str
    rule: str
    text: str
    owner: str
    recipient: str
    limit: str
    readings: tuple[tuple[str, str], ...]
    verdict: str
    word: str
    why: str
    split: str
    split_late: bool
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """All that the template prints."""

    title: str
    facts: list[tuple[str, str]]
    roots: list[RowText]
    result: str
    details: list[str]
    lines: list[Line]
    totals: list[list[str]]
    samples: str
    key: list[RowText]
    annex: list[RowText]
    annex_of: int
    finding: list[tuple[str, str]] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    agreed: list[tuple[str, str]] = field(default_factory=list)
    ours: list[tuple[str, str]] = field(default_factory=list)
    assumed: list[tuple[str, str]] = field(default_factory=list)
    sourced: list[tuple[str, str, str]] = field(default_factory=list)
    simulated: bool = False
    cases: int = 1


def build_page(
    log: EventLog,
    verdicts: Any,
    scenario: Any = None,
    sources: Any = None,
    finding: Any = None,
    names: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    lang: str = "zh",
    title: str = "",
) -> Page:
    """Return the page for the first case of a record; many cases add the sums of all.

    Call it with the language in force (`in_language`).
    """
    called = {**display_names(scenario, lang), **(names or {})}
    case = log.cases[0]
    one = log.case(case)
    found = duties(verdicts)
    here = [duty for duty in found if duty.case == case]
    shown = listed(here)
    proofs = list(dict.fromkeys(row for duty in shown for row in duty.evidence))
    annex = [*key_rows(one, proofs), *with_causes(one, proofs)]
    rows = row_texts(one, called, annex, proofs)
    by_id = {row.row: row for row in rows}
    key = [by_id[row] for row in key_rows(one, proofs) if row in by_id]
    many = len(log.cases) > 1
    return Page(
        title=title or _title(scenario, log.cases, lang),
        facts=_facts(one, scenario, called, here, len(log.cases), lang),
        roots=[row for row in key if _is_root(one, row.row)],
        result=result_words(found, len(log.cases)),
        details=remarks(found),
        lines=[_line(duty, called, by_id, texts or {}) for duty in shown],
        totals=_totals(found, called) if many else [],
        samples=_samples(found) if many else "",
        key=key,
        annex=rows,
        annex_of=len(one),
        finding=finding_lines(finding, called, lang),
        ours=our_lines(finding, lang),
        beside=beside(shown, called) if finding else [],
        assumed=assumed_numbers(sources),
        sourced=sourced_numbers(sources, scenario),
        simulated=scenario is not None,
        cases=len(log.cases),
    )


def _title(scenario: Any, cases: tuple[str, ...], lang: str) -> str:
    if scenario is not None:
        return str(scenario.title(cases[0], lang))
    return cases[0] if len(cases) == 1 else t("Record of {n} cases", n=len(cases))


def _is_root(log: EventLog, row: str) -> bool:
    activity = log.table.loc[log.table["row"] == row, "activity"].iloc[0]
    return activity in ("occur", "truth", "inject")


def _facts(
    log: EventLog, scenario: Any, names: Mapping[str, str], here: list[Duty], cases: int, lang: str
) -> list[tuple[str, str]]:
    """Return what was drilled, as (heading, words)."""
    origin = log.origins[log.cases[0]]
    table = log.table
    acts = table[~table["activity"].isin(STANDING)]
    moments = pd.concat([acts["time"], acts["time_lo"], acts["time_hi"]]).dropna()
    facts = [(t("case"), log.cases[0] + (t(" (first of {n})", n=cases) if cases > 1 else ""))]
    if scenario is not None and scenario.note:
        facts.append((t("description"), scenario.note.in_language(lang)))
    hazards = [w for w in table.loc[table["activity"] == "occur", "hazard"].unique() if w]
    if hazards:
        facts.append((t("kind of event"), t(", ").join(label("hazard", w) for w in hazards)))
    if len(moments):
        first, last = stamp(origin, moments.min()), stamp(origin, moments.max())
        facts.append((t("on record"), t("{first} to {last}", first=first, last=last)))
    facts.append((t("taking part"), _parties(table, names)))
    packs = t(", ").join(dict.fromkeys(duty.pack for duty in here if duty.pack))
    if packs:
        facts.append((t("judged by"), packs))
    return facts


def _parties(table: Any, names: Mapping[str, str]) -> str:
    role = roles(table)
    active = dict.fromkeys([*table["actor"], *table["recipient"]])
    offices = [a for a in role if a in active and role[a] not in ("team", "depot", "site")]
    teams = [a for a in role if a in active and role[a] in ("team", "depot")]
    words = [t(", ").join(named(names, a) for a in offices)]
    if teams:
        words.append(t(", ").join(named(names, a) for a in teams))
    return t("; ").join(word for word in words if word) or t("(no directory on record)")


def result_words(found: list[Duty], cases: int) -> str:
    """Return the result in one sentence."""
    shown = [duty for duty in found if duty.applies]
    if not shown:
        return t("No duty of the pack applies to this record.")
    depends = sum(duty.depends for duty in shown)
    text = t("Of {n} duties that apply: {counts}.", n=len(shown), counts=counts_words(shown))
    if cases > 1:
        text = t("Over {n} cases. ", n=cases) + text
    if depends:
        text += t(" For {n} of them the verdict depends on where the clock starts.", n=depends)
    hidden = len(late_otherwise(shown))
    if hidden:
        text += t(" {n} that are met would be late by another start of the clock.", n=hidden)
    return text


def _line(
    duty: Duty, names: Mapping[str, str], rows: Mapping[str, RowText], texts: Mapping[str, str]
) -> Line:
    owner = owner_words(duty, names)
    recipient = t(", ").join(named(names, r) for r in duty.recipient.split("|") if r)
    readings = tuple(
        (duty.readings[n].verdict if n in duty.readings else "", cell(duty.readings.get(n)))
        for n in READINGS
    )
    evidence = tuple((rows[r].anchor, r) for r in duty.evidence if r in rows)
    return Line(
        clause_words(duty.clause),
        recurring(duty),
        texts.get(duty.rule, ""),
        owner,
        recipient,
        limit_words(duty),
        readings,
        duty.verdict,
        verdict_words(duty),
        reason_words(duty),
        split_words(duty),
        any(found.verdict == "late" for found in duty.against.values()),
        evidence,
    )


def _totals(found: list[Duty], names: Mapping[str, str]) -> list[list[str]]:
    """Return one line a rule and owner over all cases: numbers of drills, margins, share met."""
    lines = []
    for entry in tallies(found):
        duty = entry.first
        parts = [
            t("{verdict} {n}", n=n, verdict=label("verdict", v)) for v, n in entry.counts.items()
        ]
        words = [applies_words(entry), t(", ").join(parts), margin_words(entry.margins)]
        who = owner_words(duty, names)
        limits = t("varies") if entry.varies else limit_words(duty)
        lines.append([duty.rule, who, limits, *words, met_words(entry)])
    return lines


def _samples(found: list[Duty]) -> str:
    """Return how many drills would say more than these do."""
    entries = tallies(found)
    return needed_words([(entry.met, entry.late) for entry in entries])
