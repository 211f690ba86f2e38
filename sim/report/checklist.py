"""What a person ticked and what bears on article 14, in words, apart from the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.report.clock import minutes
from sim.report.names import named
from sim.report.words import facts_words
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
    """What kind of fact bears on a trigger, for one rule and owner, and what exactly."""

    trigger: str
    rule: str
    owner: str
    fact: str
    about: str


def fact_lines(table: Any, packs: Iterable[Any], names: Mapping[str, str]) -> list[FactLine]:
    """Return the rows of `sim.rules.trigger_facts` in words, one line a rule, owner and kind."""
    known = {pack.id: pack for pack in packs}
    groups: dict[tuple[str, ...], list[Any]] = {}
    for row in table.itertuples(index=False):
        groups.setdefault((row.pack, row.trigger, row.rule, row.owner, row.fact), []).append(row)
    return [
        FactLine(
            getattr(known[pack].triggers[trigger].text, language()),
            rule,
            named(names, owner) if owner else "—",
            label("fact", fact),
            _about(rows, known[pack].rules[rule].basis),
        )
        for (pack, trigger, rule, owner, fact), rows in groups.items()
    ]


def _about(rows: Sequence[Any], basis: str) -> str:
    """Return what the facts of a line are, in how many duties, and where the rule comes from."""
    late = [t("{n} min", n=minutes(-int(row.margin_s))) for row in rows if row.fact == "late"]
    told = [row.about for row in rows if row.fact != "late"]
    if any(about.startswith("missing_element:") for about in told):
        told = [about for about in told if about != "missing_elements"]
    words = [t(", ").join(late), *facts_words(dict.fromkeys(told))]
    if any(row.verdict == "excused" for row in rows):
        words.append(label("verdict", "excused"))
    if basis != "text":
        words.append(label("basis", basis))
    number = len({(row.incident, row.recurrence) for row in rows})
    text = t("; ").join(filter(None, words))
    return f"{text} ×{number}" if number > 1 else text
