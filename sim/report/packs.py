"""Rule packs for the console: the list of them, and one with its rules, options and sources."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from sim.report.columns import fit, grid, wrap
from sim.rules.words import from_when, grade_words, how_long, parties
from sim.texts import in_language, label, language, t
from sim.texts.clauses import clause_words


def packs_text(packs: Sequence[Any], lang: str | None = None, columns: int | None = None) -> str:
    """Return the list of some `Pack`s as plain text, a line or two for each.

    `columns` is the width, by default the terminal's.
    """
    with in_language(lang or language()):
        head = [t("pack"), t("title"), t("rules"), t("where"), t("in force"), t("confidence")]
        rows = [head]
        for pack in packs:
            words = [label("jurisdiction", pack.jurisdiction), in_force(pack), confidence(pack)]
            rows.append([pack.id, getattr(pack.title, language()), str(len(pack.rules)), *words])
        least = (max(len(pack.id) for pack in packs), 16, 4, 6, 12, 6)
        text = t("Details: yanlian packs NAME; to judge by one: yanlian score LOG --pack NAME")
        return "\n".join([*table(rows, least, columns), text])


def pack_text(pack: Any, lang: str | None = None, columns: int | None = None) -> str:
    """Return one `Pack` as plain text: rules in a table, options, sources, checklist."""
    with in_language(lang or language()):
        total = columns or _terminal()
        lines = [line for text in _heading(pack) for line in wrap(text, total, 4)]
        lines += ["", *_rules(pack, total)]
        if pack.options:
            lines += ["", t("Options (how its open questions are read; * = default)")]
            lines += _options(pack, total)
        lines += ["", t("Sources")]
        lines += _sources(pack, total)
        if pack.checklist:
            lines += ["", t("Checklist (for a person to tick; no record shows it)")]
            rows = [
                [key, clause_words(item.clause), _own(item.text)]
                for key, item in pack.checklist.items()
            ]
            lines += grid(rows, fit(rows, (6, 6, 20), total))
        return "\n".join(lines)


def in_force(pack: Any) -> str:
    """Return from when and until when a pack holds."""
    first, last = pack.valid.since, pack.valid.to
    return f"{first} –" if last is None else f"{first} – {last}"


def confidence(pack: Any) -> str:
    """Return how sure its sources are: each degree once, the surest first."""
    found = {source.confidence for source in pack.sources.values()}
    return t(", ").join(label("confidence", w) for w in ("high", "medium", "low") if w in found)


def table(rows: Sequence[Sequence[str]], least: Sequence[int], columns: int | None) -> list[str]:
    """Return rows, the first one a heading, between rules."""
    widths = fit(rows, least, columns or _terminal())
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return [rule, *grid(rows[:1], widths), rule, *grid(rows[1:], widths), rule]


def _terminal() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def _own(text: Any) -> str:
    return str(getattr(text, language()))


def _heading(pack: Any) -> list[str]:
    parts = [
        t("rules: {n}", n=len(pack.rules)),
        label("jurisdiction", pack.jurisdiction),
        in_force(pack),
        t("version {version}", version=pack.version),
    ]
    clock = label("reading", pack.score_anchor)
    others = [name for name in pack.readings if name != pack.score_anchor]
    if others and any(rule.start == "readings" for rule in pack.rules.values()):
        shown = t(", ").join(label("reading", name) for name in dict.fromkeys(others))
        clock += t("; shown beside it: {readings}", readings=shown)
    title = f"{pack.id}{t(': ')}{_own(pack.title)}"
    return [title, t("; ").join(parts), t("clock: {clock}", clock=clock)]


def _rules(pack: Any, total: int) -> list[str]:
    head = [t("rule"), t("duty"), t("owner → recipient"), t("from when"), t("limit"), t("grades")]
    rows = [head]
    for name, rule in pack.rules.items():
        duty = _own(rule.text) + ("" if rule.enabled else t(" (off by default)"))
        first = f"{name} {clause_words(rule.clause)}"
        words = [from_when(rule, pack), how_long(rule), grade_words(rule)]
        rows.append([first, duty, parties(rule), *words])
    ids = min(20, max(len(name) for name in pack.rules))
    return [*table(rows, (ids, 18, 13, 8, 6, 5), total), *_hazards(pack, total)]


def _hazards(pack: Any, total: int) -> list[str]:
    """Return which hazards rules are about, where they are not about all."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, rule in pack.rules.items():
        if rule.hazards:
            found.setdefault(tuple(rule.hazards), []).append(name)
    lines = []
    for hazards, names in found.items():
        words = t(", ").join(label("hazard", word) for word in hazards)
        which = t("all rules") if len(names) == len(pack.rules) else t(", ").join(names)
        lines += wrap(t("only for {hazards}: {rules}", hazards=words, rules=which), total, 12)
    return lines


def _options(pack: Any, total: int) -> list[str]:
    rows = []
    for name, option in pack.options.items():
        choices = [f"{c}*" if c == option.default else c for c in option.choices]
        rows.append([name, _own(option.about), t(", ").join(choices)])
    return grid(rows, fit(rows, (10, 20, 16), total))


def _sources(pack: Any, total: int) -> list[str]:
    rows = []
    for source in pack.sources.values():
        where = f"{source.title}{t('; ') + source.where if source.where else ''}"
        rows.append([t("confidence {word}", word=label("confidence", source.confidence)), where])
    return grid(rows, fit(rows, (10, 30), total))
