"""Units in which lists count: an item's own and its packs, by whatever words people use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.files.cells import comparable
from sim.scenario.inventory_list import List, in_flow
from sim.texts import either, language, t

UNITS = {
    "piece": "件 个 只 顶 床 条 张 台 把 支 根 块 具 pcs pieces",
    "case": "箱 cases carton ctn",
    "box": "盒 boxes",
    "bag": "袋 bags",
    "pack": "包 packs",
    "bottle": "瓶 bottles",
    "barrel": "桶 barrels",
    "can": "罐 听 cans",
    "set": "套 sets",
    "pair": "双 对 pairs",
    "roll": "卷 rolls",
    "bundle": "捆 bundles",
    "pallet": "托 托盘 pallets",
    "kg": "千克 公斤",
    "t": "吨",
    "L": "升",
}
"""Unit -> other words for it; single things are counted with many words in Chinese."""
COMMON = {
    comparable(word): comparable(unit)
    for unit, words in UNITS.items()
    for word in (unit, *words.split())
}


class Units:
    """`known`: item -> unit or pack -> how many pieces that is."""

    def __init__(self, rows: List):
        self.rows = rows
        self.known = {key: _units(item) for key, item in rows.data.get("items", {}).items()}
        self.told = {comparable(word): unit for word, unit in rows.entry.units.items()}
        words = {comparable(unit) for units in self.known.values() for unit in units}
        self.words = {*words, *self.told, *COMMON}
        self.sizes: dict[tuple[str, str], int | None] = {}

    def of_heading(self, column: str) -> str:
        """Return the unit that a heading states, 数量（箱）; 数量（账面） states none."""
        word = self.rows.table.unit(column) or self.rows.table.unit("quantity")
        return word if comparable(word) in self.words else ""

    def size(self, word: str, item: str) -> int | None:
        """Return how many pieces a unit of an item is, `None` where it has no such unit."""
        if (word, item) not in self.sizes:
            self.sizes[word, item] = self._size(word, self.known[item])
        return self.sizes[word, item]

    def expected(self, item: str) -> str:
        """Return in words what units an item is counted in."""
        data = self.rows.data["items"][item]
        name = data.get("name") if isinstance(data, dict) else None
        name = name.get(language()) if isinstance(name, dict) else name
        title = name if isinstance(name, str) else item
        return t("a unit of {item}: {units}", item=title, units=", ".join(self.known[item]))

    def ways_out(self, word: str, item: str) -> str:
        """Return what to write where an item may be counted in such a unit after all."""
        unit = next(iter(self.known[item]), "…")
        return either([f"units: {{{in_flow(word)}: {unit}}}", f"packs: {{{in_flow(word)}: …}}"])

    def _size(self, word: str, known: Mapping[str, int]) -> int | None:
        """Look for what the list says of the word, the word itself, then another word for it."""
        word = comparable(self.told.get(comparable(word), word))
        exact = {comparable(unit): size for unit, size in known.items()}
        alike = {COMMON.get(unit, unit): size for unit, size in exact.items()}
        return exact.get(word, alike.get(COMMON.get(word, word)))


def _units(item: Any) -> dict[str, int]:
    packs = item.get("packs") if isinstance(item, dict) else None
    unit = item.get("unit") if isinstance(item, dict) else None
    given = packs.items() if isinstance(packs, dict) else ()
    own = {unit: 1} if isinstance(unit, str) else {}
    return own | {word: size for word, size in given if isinstance(size, int) and size > 0}
