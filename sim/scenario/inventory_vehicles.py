"""A list of vehicles: rows become entries of `vehicles`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sim.errors import shown
from sim.files.cells import comparable, number_and_unit
from sim.files.tables import Row
from sim.scenario.inventory_list import Entries, List, spelt
from sim.scenario.inventory_stock import STOCK
from sim.scenario.network import WORDS
from sim.texts import t, vocabulary

VEHICLES = {
    "id": ("编号", "车辆编号", "车牌号", "车牌号码", "车号"),
    "kind": ("车型", "车辆类型", "车辆型号", "车辆名称", "名称", "name"),
    "depot": (*STOCK["depot"], "所在仓库", "所属仓库", "停放地点"),
    "number": ("数量", "台数", "辆数", "车辆数"),
    "capacity": ("载重", "载重量", "核定载重", "核定载质量", "额定载重", "载质量"),
    "volume": ("容积", "货厢容积", "车厢容积", "体积"),
    "speed": ("车速", "速度", "平均车速", "时速"),
    "mode": ("方式", "运输方式"),
    "whose": ("权属", "来源", "车辆来源"),
    "cold": ("冷藏", "冷链", "是否冷藏"),
}
"""Column -> other names for it."""
UNITS = {
    "capacity": {"吨": "t", "千克": "kg", "公斤": "kg"},
    "volume": {"": "m3", "立方米": "m3", "立方": "m3", "方": "m3", "升": "L", "l": "L"},
    "speed": {"": "km/h"}
    | dict.fromkeys(("公里/小时", "千米/小时", "公里/时", "千米/时", "公里每小时"), "km/h"),
}
"""Column -> its other words for units; the empty one is what a number without a unit means."""
COUNTED_IN = ("", "辆", "台", "艘", "架", "列", "部")


def read_vehicles(rows: List, found: Entries) -> None:
    """Add the vehicles in a list to what was found; rows with mistakes are left out."""
    if rows.lacks(VEHICLES, "capacity", *([] if rows.entry.depot else ["depot"])):
        return
    own = rows.data.get("vehicles")
    taken = {*found.vehicles, *(own if isinstance(own, dict) else ())}
    for row in rows.rows():
        before = len(rows.problems)
        entry: dict[str, Any] = {"depot": rows.depot(row)}
        if rows.text(row, "kind"):
            entry["name"] = rows.text(row, "kind")
        if rows.text(row, "number"):
            entry["number"] = _number(rows, row)
        for column in UNITS:
            if column == "capacity" or rows.text(row, column):
                entry[column] = _quantity(rows, row, column)
        _words(rows, row, entry)
        if rows.entry.source:
            entry["source"] = rows.entry.source
        key = _key(rows, row, found.vehicles, taken)
        if len(rows.problems) > before or entry["depot"] is None:
            continue
        taken.add(key)
        found.vehicles[key] = entry
        found.places["vehicles", key] = row.place("id" if rows.text(row, "id") else "kind")
        for name in entry:
            column = {"name": "kind", "modes": "mode"}.get(name, name)
            if column in rows.table.positions:
                found.places["vehicles", key, name] = row.place(column)


def _key(rows: List, row: Row, listed: Mapping[str, Any], taken: set[str]) -> str:
    """Return the vehicle's id; without one its kind, or the list's depot, and a number."""
    given = rows.text(row, "id")
    if given:
        key = _id(given)
        if not key or key in listed:
            rows.wrong(row, "id", t("an id that no other line has"), shown(given))
        return key
    key = first = _id(rows.text(row, "kind")) or "vehicle"
    number = 2
    while key in taken:
        key, number = f"{first}-{number}", number + 1
    return key


def _id(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text).strip("-")


def _number(rows: List, row: Row) -> int | None:
    number, unit = rows.whole(row, "number")
    if number is not None and unit not in COUNTED_IN:
        rows.wrong(row, "number", t("a number of vehicles"), shown(row.texts["number"]))
    return number


def _quantity(rows: List, row: Row, column: str) -> str | None:
    """Return a quantity as a scenario states it; its unit stands in the cell or the heading."""
    text = rows.text(row, column)
    value, unit = number_and_unit(text)
    if value is None or value < 0:
        rows.wrong(row, column, t("a number of at least 0 with its unit"), text and shown(text))
        return None
    heading = number_and_unit(rows.table.unit(column))[1]
    words: Mapping[str, str] = UNITS[column]
    told = [words.get(word.casefold(), word) for word in (unit, heading) if word]
    if len(set(told)) > 1:
        rows.wrong(row, column, t("one unit"), ", ".join(told))
        return None
    if not told and "" not in words:
        expected = t("a unit in the cell or in the heading, such as 5 t")
        rows.wrong(row, column, expected, shown(text))
        return None
    return spelt(value, told[0] if told else words[""])


def _words(rows: List, row: Row, entry: dict[str, Any]) -> None:
    """Put the mode, the owner and the cold chain into an entry."""
    if mode := rows.text(row, "mode"):
        entry["modes"] = [WORDS["mode"].get(mode, mode.casefold())]
    if whose := rows.text(row, "whose"):
        labels = vocabulary("whose").items()
        words = {comparable(label): word for word, pair in labels for label in pair}
        entry["whose"] = words.get(comparable(whose), whose.casefold())
    if cold := rows.text(row, "cold"):
        yes_no = {**WORDS["one_way"], "√": True, "✓": True, "×": False}
        entry["cold"] = yes_no.get(cold.casefold(), cold)
