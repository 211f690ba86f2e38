"""The checklist of a pack: what only paper shows, for a person to tick, out and back in.

Ticks stand beside verdicts and are never mixed into them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.cells import comparable, day, meant_day
from sim.files.sheetwriter import unguarded, write_list
from sim.files.tables import Row, read_table
from sim.rules.pack import Item, Pack
from sim.texts import in_language, label, t, vocabulary
from sim.texts.clauses import clause_words

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("编号",),
    "clause": ("条款",),
    "text": ("内容",),
    "tick": ("结论", "核查结果"),
    "evidence": ("依据",),
    "by": ("核查人",),
    "date": ("日期", "核查日期"),
}
"""Columns of the list and what they are called in Chinese, by which they are read too."""
_WIDTHS = (9, 11, 60, 12, 36, 14, 13)
_MORE = {"yes": ("√", "✓", "y"), "no": ("×", "✗", "x", "n"), "na": ("n/a", "na"), "unchecked": ()}


@dataclass(frozen=True)
class Tick:
    """An item and what a person said of it: `word` is yes, no, na or unchecked."""

    pack: str
    name: str
    item: Item
    word: str = "unchecked"
    evidence: str = ""
    by: str = ""
    date: str = ""


def unticked(packs: Iterable[Pack]) -> list[Tick]:
    """Return every item of the packs' checklists, none of them checked."""
    return [Tick(p.id, name, item) for p in packs for name, item in p.checklist.items()]


def write_checklist(path: str | Path, pack: Pack, lang: str = "zh") -> int:
    """Write a pack's checklist as .xlsx or .csv to be filled in; return how many items it has.

    Headings, texts and the words of the drop-down are in `zh` or `en`; both are read back.
    Raises `MissingExtra` for .xlsx without the extra `excel`, `OSError`.
    """
    with in_language(lang):
        words = [label("tick", word) for word in vocabulary("tick")]
        head = [names[0] if lang == "zh" else name for name, names in COLUMNS.items()]
        rows = [head]
        for name, item in pack.checklist.items():
            clause = clause_words(item.clause)
            rows.append([name, clause, getattr(item.text, lang), words[-1], "", "", ""])
    write_list(Path(path), rows, _WIDTHS, {3: words})
    return len(rows) - 1


def read_checklist(path: str | Path, packs: Iterable[Pack]) -> list[Tick]:
    """Return every item of the packs with what the list at `path` says of it.

    Items that the list lacks are unchecked.  Raises `UnusableInput` with every mistake: an
    unknown or repeated item, a word that is none of the four, a date that is none.
    """
    table = read_table(Path(path), str(path), COLUMNS)
    lacking = [table.lacks(c, COLUMNS[c]) for c in ("id", "tick") if c not in table.positions]
    if lacking:
        raise UnusableInput(lacking)
    ticks = {tick.name: tick for tick in unticked(packs)}
    seen: dict[str, int] = {}
    problems: list[Problem] = []
    for row in table.rows():
        name = unguarded(row.texts.get("id", ""))
        if name not in ticks:
            expected = t("an item of the checklist")
            problems.append(row.problem("id", expected, shown(name), did_you_mean(name, ticks)))
        elif name in seen:
            expected = t("each item once; it stands in line {line} too", line=seen[name])
            problems.append(row.problem("id", expected, shown(name)))
        else:
            seen[name] = row.line
            ticks[name] = _ticked(ticks[name], row, problems)
    problems = [*table.problems, *problems]
    if problems:
        raise UnusableInput(problems)
    return list(ticks.values())


def _ticked(tick: Tick, row: Row, problems: list[Problem]) -> Tick:
    said, date = row.texts.get("tick", ""), row.texts.get("date", "")
    word = _words().get(comparable(said)) if said else "unchecked"
    if word is None:
        expected = t("one of {words}", words=t(", ").join(label("tick", w) for w in _MORE))
        problems.append(row.problem("tick", expected, shown(said)))
    if date and day(date) is None:
        expected = t("a date such as 2012-07-01")
        problems.append(row.problem("date", expected, shown(date), meant_day(date)))
    found = day(date)
    evidence, by = (unguarded(row.texts.get(column, "")) for column in ("evidence", "by"))
    return Tick(
        *(tick.pack, tick.name, tick.item, word or "unchecked", evidence, by),
        found.isoformat() if found else "",
    )


def _words() -> dict[str, str]:
    """Return what may stand in the column `tick`, as it is compared -> its word."""
    found: dict[str, str] = {}
    for word, labels in vocabulary("tick").items():
        found |= {comparable(text): word for text in (word, *labels, *_MORE[word])}
    return found
