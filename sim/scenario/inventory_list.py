"""One list while it is read: whose names its rows use, and what was wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.cells import comparable, number_and_unit
from sim.files.tables import Columns, Row, Table
from sim.files.yamlfile import Node
from sim.scenario.base import display_names
from sim.texts import t

if TYPE_CHECKING:
    from sim.scenario.inventory import Inventory

MOST_PROBLEMS = 20
"""Problems of one kind with one column that are listed before the rest is counted."""
NOTHING = frozenset(map(comparable, ("/", "-", "--", "—", "——", "\\", "无", "none", "n/a")))
"""What people write into a cell that stays empty."""
Register = dict[str, tuple[str, str]]
"""A name as it is compared -> (the key of the thing, the name as it is written)."""


@dataclass
class Entries:
    """What all lists give: depot -> item -> stock, vehicles; the cells and lists they stand in."""

    stock: dict[str, dict[str, Any]] = field(default_factory=dict)
    owners: dict[str, dict[str, str]] = field(default_factory=dict)
    vehicles: dict[str, Any] = field(default_factory=dict)
    places: dict[Node, tuple[str, int]] = field(default_factory=dict)
    lists: dict[Node, str] = field(default_factory=dict)


class List:
    """The rows of a table and what the scenario calls the things in them; `problems` grows."""

    def __init__(self, entry: Inventory, table: Table, data: Mapping[str, Any]):
        self.entry = entry
        self.table = table
        self.data = data
        self.problems: list[Problem] = []
        self.items = _register(data.get("items"), entry.items)
        self.depots = _register(data.get("depots"), entry.depots)

    def rows(self) -> Iterator[Row]:
        """Yield the rows, empty cells of the columns in `fill` filled from above."""
        above: dict[str, str] = {}
        for row in self.table.rows():
            for column in self.entry.fill:
                if row.texts.get(column):
                    above[column] = row.texts[column]
                elif column in above:
                    row.texts[column] = above[column]
            yield row

    def lacks(self, known: Columns, *columns: str) -> bool:
        """Report which of these columns the table lacks; return whether it lacks any."""
        lacking = [column for column in columns if column not in self.table.positions]
        for column in lacking:
            heading = self.table.perhaps(column, known[column])
            way = f"columns: {{{column}: {in_flow(heading) or '…'}}}"
            self.problems.append(replace(self.table.lacks(column, known[column]), hint=way))
        return bool(lacking)

    def wrong(
        self, row: Row, column: str, expected: str, received: str = "", hint: str = ""
    ) -> None:
        """Report a cell; an error that it shows was reported with the table."""
        if not row.broken(column):
            self.problems.append(row.problem(column, expected, received or t("nothing"), hint))

    def text(self, row: Row, column: str) -> str:
        """Return what stands in a cell, empty where it shows nothing or a dash."""
        text = row.texts.get(column, "")
        return "" if row.broken(column) or comparable(text) in NOTHING else text

    def depot(self, row: Row) -> str | None:
        """Return the key of the depot that a row names, else that of the whole list."""
        if "depot" not in self.table.positions and self.entry.depot is not None:
            return self.entry.depot if comparable(self.entry.depot) in self.depots else None
        expected = t("a depot of the scenario, by key or name")
        if not row.texts.get("depot"):  # a CSV file shows merged cells in their first row only
            self.wrong(row, "depot", expected, hint="fill: [depot]")
            return None
        return self._key(row, "depot", self.depots, expected)

    def item(self, row: Row) -> str | None:
        """Return the key of the item that a row names."""
        return self._key(row, "item", self.items, t("an item of the scenario, by key or name"))

    def _key(self, row: Row, column: str, register: Register, expected: str) -> str | None:
        name = row.texts.get(column, "")
        key, _ = register.get(comparable(name), (None, ""))
        if key is None and not (name and self.entry.unknown == "skip"):
            hint = _suggested(name, f"{column}s", register) if name else ""
            self.wrong(row, column, expected, name and shown(name), hint)
        return key

    def whole(self, row: Row, column: str) -> tuple[int | None, str]:
        """Return the whole number in a cell, at least 0, and the unit behind it."""
        expected = t("a whole number of at least 0")
        text = row.texts.get(column, "")
        value, unit = number_and_unit(text)
        if row.merged(column):
            merged = t("a cell merged with the one above")
            self.wrong(row, column, t("a number of its own in every row"), merged)
        elif value is None or value < 0 or value != value.to_integral_value():
            self.wrong(row, column, expected, text and shown(text))
        elif not row.broken(column):
            return int(value), unit
        return None, unit


def _register(section: Any, given: Mapping[str, str]) -> Register:
    """Return the names in a section, its keys, which win, and what the list is told, above all."""
    things = section if isinstance(section, dict) else {}
    things = {key: thing for key, thing in things.items() if isinstance(thing, dict)}
    found: Register = {}
    for key, thing in things.items():
        for text in display_names(thing):
            found.setdefault(comparable(text), (key, text))
    found |= {comparable(key): (key, key) for key in things}
    told = {comparable(name): (key, name) for name, key in given.items() if key in things}
    return found | told


def _suggested(name: str, mapping: str, register: Register) -> str:
    """Return what to write for an unknown name: the name meant, or a line that maps it to a key.

    Of names that hold it, or that it holds (饮用水 in 饮用水（12 升箱装）), the longest is meant.
    """
    word = comparable(name)
    if close := did_you_mean(word, register, cutoff=0.8):
        return register[close][1]
    related = [x for x in register if min(len(x), len(word)) > 1 and (x in word or word in x)]
    if related:
        key, _ = register[max(related, key=len)]
        return f"{mapping}: {{{in_flow(name)}: {key}}}"
    close = did_you_mean(word, register, cutoff=0.5)  # 帐蓬 for 帐篷
    return register[close][1] if close else f"{mapping}: {{{in_flow(name)}: …}}"


def in_flow(text: str) -> str:
    """Return a text as it can stand in braces in a scenario file, in quotes where it must."""
    plain = re.fullmatch(r"[^\s,:{}\[\]#&*!|>'\"%@`?-][^,:{}\[\]#'\"]*", text) or not text
    return text if plain else json.dumps(text, ensure_ascii=False)


def condensed(problems: list[Problem]) -> list[Problem]:
    """Return equal mistakes of one column once, with their number, and not too many of a kind."""
    equal: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        key = (problem.path, problem.expected, problem.received, problem.hint)
        equal.setdefault(key, []).append(problem)
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for group in equal.values():
        first, n = group[0], len(group)
        if n > 1:
            received = t("{received} in {n} rows", received=first.received, n=n)
            first = replace(first, received=received)
        kinds.setdefault((first.path, first.expected), []).append(first)
    found = []
    for kind in kinds.values():
        found += kind[:MOST_PROBLEMS]
        if len(kind) > MOST_PROBLEMS:
            more = t("{n} more such cells", n=len(kind) - MOST_PROBLEMS)
            found.append(replace(kind[MOST_PROBLEMS], received=more, hint=""))
    return found


def spelt(value: Decimal, unit: str) -> str:
    """Return a quantity as scenario files write it: `1500 kg`."""
    return f"{value.normalize():f} {unit}".strip()
