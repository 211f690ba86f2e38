"""What a person ticked and what bears on article 14, in words, apart from the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.report.clock import minutes
from sim.report.names import named
from sim.report.words import fact_words
from sim.rules.checklist import Tick
from sim.texts import label, language, t, vocabulary
from sim.texts.clauses import clause_words


class TickLine(NamedTuple):
    """One item of the checklist in the words of the report."""

    name: str
    clause: str
    text: str
    word: str
    said: str
    evidence: str
    by: str
    date: str


def tick_lines(ticks: Iterable[Tick]) -> list[TickLine]:
    """Return the items in words, in the language in force."""
    return [
        TickLine(
            *(one.name, clause_words(one.item.clause), getattr(one.item.text, language())),
            *(one.word, label("tick", one.word), one.evidence, one.by, one.date),
        )
        for one in ticks
    ]


def tick_sums(ticks: Sequence[Tick]) -> str:
    """Return `yes 3, no 1, not checked 30`."""
    said = [one.word for one in ticks]
    parts = [f"{label('tick', w)} {said.count(w)}" for w in vocabulary("tick") if w in said]
    return t(", ").join(parts)


def tick_text(ticks: Sequence[Tick]) -> str:
    """Return the checklist for the console: the sums, then what was checked."""
    lines = [t("Checklist (ticked by a person, no part of the verdicts): ") + tick_sums(ticks)]
    for line in tick_lines(ticks):
        if line.word != "unchecked":
            who = t(", ").join(filter(None, (line.evidence, line.by, line.date)))
            lines.append(f"  {line.name}  {line.clause}  {line.said}  {line.text}")
            lines += [f"      {who}"] if who else []
    return "\n".join(lines)


class FactLine(NamedTuple):
    """A fact that bears on a trigger, for one rule and owner; `times` how often."""

    trigger: str
    rule: str
    owner: str
    fact: str
    about: str


def fact_lines(table: Any, packs: Iterable[Any], names: Mapping[str, str]) -> list[FactLine]:
    """Return the rows of `sim.rules.trigger_facts` in words, equal ones told once."""
    texts = {(p.id, name): one for p in packs for name, one in p.triggers.items()}
    found: dict[FactLine, int] = {}
    for row in table.itertuples(index=False):
        trigger = getattr(texts[row.pack, row.trigger].text, language())
        about = fact_words(row.about) if row.about else ""
        if row.fact == "late" and row.margin_s < 0:
            about = t("{n} min", n=minutes(-int(row.margin_s)))
        if row.verdict == "excused":
            about = t("; ").join(filter(None, (about, label("verdict", "excused"))))
        owner = named(names, row.owner) if row.owner else "—"
        line = FactLine(trigger, row.rule, owner, label("fact", row.fact), about)
        found[line] = found.get(line, 0) + 1
    return [
        line._replace(about=f"{line.about} ×{n}".strip()) if n > 1 else line
        for line, n in found.items()
    ]
