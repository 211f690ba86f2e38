"""A list of stock: rows become `depots.<id>.stock`, in the unit of the catalogue."""

from __future__ import annotations

from typing import Any

from sim.errors import did_you_mean, shown
from sim.files.cells import comparable, day, meant_day
from sim.files.tables import Row
from sim.scenario.inventory_list import Entries, List
from sim.scenario.inventory_units import Units
from sim.texts import t, vocabulary

STOCK = {
    "depot": ("仓库", "仓库名称", "储备库", "储备库名称", "存放仓库", "存放地点", "储存地点"),
    "item": ("品名", "名称", "物资名称", "物资品名", "品种"),
    "quantity": (
        "数量",
        "库存",
        "库存数",
        "库存数量",
        "账面",
        "账面数",
        "账面数量",
        "账存数",
        "record",
    ),
    "counted": (
        "实有",
        "实存",
        "实盘",
        "实有数",
        "实有数量",
        "实盘数",
        "实盘数量",
        "实存数",
        "盘点数",
        "清点数",
        "fact",
    ),
    "damaged": ("损坏", "损坏数", "损坏数量", "破损数", "破损数量", "残损数", "残损数量"),
    "unit": ("单位", "计量单位"),
    "made": ("生产日期", "出厂日期", "制造日期"),
    "expires": ("有效期至", "有效期", "失效日期", "到期日期", "保质期至"),
    "owner": ("权属", "储备性质", "储备类型", "储备方式"),
}
"""Column -> other names for it."""
BELOW = {(): "item", ("record",): "quantity", ("fact",): "counted", ("damaged",): "damaged"}
"""What stands below an item in a depot's stock -> the column that says it."""


def read_stock(rows: List, found: Entries) -> None:
    """Add the stock in a list to what was found; rows with mistakes are left out."""
    if rows.lacks(STOCK, "item", "quantity", *([] if rows.entry.depot else ["depot"])):
        return
    units = Units(rows)
    batches: dict[tuple[str, str], list[tuple[Row, dict[str, Any]]]] = {}
    for row in rows.rows():
        depot, item = rows.depot(row), rows.item(row)
        if rows.entry.unknown == "skip" and None in (depot, item):
            continue
        batch = _batch(rows, row, item, units)
        _owner(rows, row, depot, found)
        if depot is not None and item is not None and batch is not None:
            batches.setdefault((depot, item), []).append((row, batch))
    for (depot, item), parts in batches.items():
        stock = found.stock.setdefault(depot, {})
        node = ("depots", depot, "stock", item)
        row = parts[0][0]
        if item in stock:
            expected = t("an item of a depot in one list only")
            twice = t("an item that stands in {place} too", place=found.lists[node])
            rows.wrong(row, "item", expected, twice)
            continue
        stock[item] = _entry(parts) | ({"source": rows.entry.source} if rows.entry.source else {})
        found.lists[node] = rows.table.grid.file
        for below, column in BELOW.items():
            found.places[*node, *below] = row.place(column)


def _entry(parts: list[tuple[Row, dict[str, Any]]]) -> dict[str, Any]:
    """Return the stock that one or more rows of an item make."""
    batches = [batch for _, batch in parts]
    entry = {"record": sum(batch["quantity"] for batch in batches)}
    damaged = sum(batch.get("damaged", 0) for batch in batches)
    if damaged:
        entry["damaged"] = damaged
    dates = [{k: batch[k] for k in ("made", "expires") if k in batch} for batch in batches]
    there = [batch.get("counted", batch["quantity"]) for batch in batches]
    if len(batches) == 1 and not dates[0]:
        return entry | ({"fact": there[0]} if "counted" in batches[0] else {})
    return entry | {"batches": [{"quantity": n, **of} for n, of in zip(there, dates, strict=True)]}


def _batch(rows: List, row: Row, item: str | None, units: Units) -> dict[str, Any] | None:
    """Return the numbers and dates of one row, in pieces; `None` where something is wrong."""
    before = len(rows.problems)
    batch: dict[str, Any] = {}
    for column in ("quantity", "counted", "damaged"):
        if column == "quantity" or rows.text(row, column):
            batch[column] = _pieces(rows, row, column, item, units)
    for column in ("made", "expires"):
        if text := rows.text(row, column):
            batch[column] = _day(rows, row, column, text)
    if len(rows.problems) > before or None in batch.values():
        return None
    if batch.get("damaged", 0) > batch.get("counted", batch["quantity"]):
        rows.wrong(row, "damaged", t("no more damaged pieces than there are"), row.texts["damaged"])
    if batch.get("made", "") > batch.get("expires", "9999"):
        expected = t("a day not before {day}", day=batch["made"])
        rows.wrong(row, "expires", expected, batch["expires"])
    return batch if len(rows.problems) == before else None


def _day(rows: List, row: Row, column: str, text: str) -> str | None:
    found = day(text)
    if found is None:
        rows.wrong(row, column, t("a date such as 2026-07-01"), shown(text), meant_day(text))
    return None if found is None else found.isoformat()


def _pieces(rows: List, row: Row, column: str, item: str | None, units: Units) -> int | None:
    """Return a quantity in the item's own unit; of an unknown item the number alone."""
    number, behind = rows.whole(row, column)
    if number is None or item is None:
        return number
    words = [behind, rows.text(row, "unit"), units.of_heading(column)]
    words = list(dict.fromkeys(filter(None, words)))
    known = units.known[item]
    sizes = {word: units.size(word, item) for word in words}
    expected = units.expected(item)
    strange = next((word for word, size in sizes.items() if size is None), "")
    in_cell = "unit" in rows.table.positions and strange == rows.text(row, "unit")
    where = "unit" if in_cell and not behind else column
    if len(set(sizes.values())) > 1:
        rows.wrong(row, column, t("one unit"), ", ".join(words))
    elif strange:
        hint = did_you_mean(strange, known) or units.ways_out(strange, item)
        rows.wrong(row, where, expected, shown(strange), hint)
    elif not words and len(known) > 1:
        rows.wrong(row, where, expected)
    else:
        return number * next((size for size in sizes.values() if size), 1)
    return None


def _owner(rows: List, row: Row, depot: str | None, found: Entries) -> None:
    """Whose goods a depot holds is one matter for all its rows."""
    text = rows.text(row, "owner")
    if not text:
        return
    words = {comparable(x): word for word, pair in vocabulary("owner").items() for x in pair}
    words |= {comparable(word): word for word in vocabulary("owner")}
    owner = words.get(comparable(text))
    if owner is None:
        names = [zh for zh, _ in vocabulary("owner").values()]
        expected = t("one of {words}", words=", ".join([*vocabulary("owner"), *names]))
        rows.wrong(row, "owner", expected, shown(text), did_you_mean(text, [*words, *names]))
    elif depot is not None:
        found.places.setdefault(("depots", depot, "owner"), row.place("owner"))
        known = found.owners.setdefault(depot, {"owner": owner})["owner"]
        if known != owner:
            rows.wrong(row, "owner", t("one owner for a depot: {owner}", owner=known), shown(text))
