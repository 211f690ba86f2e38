"""The books of depots against what lay there, and when depots had too little: from the record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.goods import each, goods
from sim.log.record import EventLog

ACCURACY = ("case", "depot", "item", "recorded", "actual", "basis", "agrees", "error")
OUTS = ("case", "depot", "item", "where", "start", "end", "seconds", "asked", "lacking")
_OUT = ("picked", "set_aside")
_IN = ("put_in_stock", "put_back")
_REFILLS = {
    "books": ("reserve", "put_in_stock", "put_back", "stock_counted"),
    "shelf": ("picked", "put_in_stock", "put_back", "stock_counted"),
}
"""What shows that there is some again, on the books and on the shelf."""


def record_accuracy(log: EventLog) -> pd.DataFrame:
    """Return one row per case, depot and item whose books can be compared with its shelf.

    `recorded`: pieces on the books at the beginning.  `actual`: pieces that lay there then, by
    the row `stock_true` (`basis` true), else by the first count (`counted`): what was counted,
    what had gone out before added, what had come in before taken off.  `agrees`: the two are
    equal.  `error`: |recorded − actual| / max(recorded, actual), 0 where both are 0; a share of
    the larger number, so that an empty shelf counts 1 and not infinitely much.
    """
    rows = goods(log)
    holder = rows["recipient"].where(
        rows["activity"].eq("stock_true") & rows["recipient"].ne(""), rows["actor"]
    )
    found = []
    keys = [rows["case"], holder.rename("depot"), rows["item"]]
    for (case, depot, item), part in rows.groupby(keys, sort=False):
        recorded = part[part["activity"].eq("stock_recorded")]["quantity"]
        actual, basis = _actual(part)
        if not len(recorded) or actual is None:
            continue
        books = int(recorded.iloc[0])
        most = max(books, actual)
        error = abs(books - actual) / most if most else 0.0
        found.append((case, depot, item, books, actual, basis, books == actual, error))
    types = dict.fromkeys(("recorded", "actual"), "Int64") | {"agrees": "boolean"}
    return pd.DataFrame(found, columns=list(ACCURACY)).astype(types | {"error": "Float64"})


def _actual(rows: pd.DataFrame) -> tuple[int | None, str]:
    """Return what lay there at the beginning, and how that is known."""
    moved = 0
    for row in each(rows):
        if row.activity == "stock_true":
            return int(row.quantity), "true"
    for row in each(rows):
        if row.activity == "stock_counted":
            return max(0, int(row.quantity) + moved), "counted"
        moved += int(row.quantity) * ((row.activity in _OUT) - (row.activity in _IN))
    return None, ""


def stock_outs(log: EventLog) -> pd.DataFrame:
    """Return one row per spell in which a depot had too little of an item when it was asked.

    `where`: `books` (it refused for want of stock) or `shelf` (it had promised what was not
    there).  The spell runs from the first such row (`start`, seconds from the case's origin) to
    the next later one that shows some again (`end`: it promised, put in stock or counted some;
    for the shelf also: picked some), else to the record's end (`end` empty).  `seconds`: how
    long; `asked`: how often it was asked meanwhile and had too little; `lacking`: pieces that it
    had too little, all together.
    """
    rows = goods(log)
    depots = _depots(log.table)
    ends = log.table.groupby("case")["time"].max()
    spells: dict[tuple[str, ...], dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for row in each(rows[rows["time"].notna()]):
        time = int(row.time)
        where = _empty(row)
        for place, refills in _REFILLS.items():
            key = (row.case, row.actor, row.item, place)
            open_ = spells.get(key)
            if open_ and row.activity in refills and row.quantity > 0 and time > open_["start"]:
                spells.pop(key)
                open_["end"] = time
            if where == place and (row.case, row.actor) in depots:
                if key not in spells:
                    names = ("case", "depot", "item", "where")
                    spells[key] = dict(zip(names, key, strict=True))
                    spells[key] |= {"start": time, "end": None, "asked": 0, "lacking": 0}
                    found.append(spells[key])
                spells[key]["asked"] += 1
                spells[key]["lacking"] += int(row.quantity)
    for spell in found:
        end = ends[spell["case"]] if spell["end"] is None else spell["end"]
        spell["seconds"] = int(end) - spell["start"]
    types = dict.fromkeys(("start", "end", "seconds", "asked", "lacking"), "Int64")
    return pd.DataFrame(found, columns=list(OUTS)).astype(types)


def _depots(table: pd.DataFrame) -> set[tuple[str, str]]:
    """Return (case, actor) of all that keep stock; that offices find nobody is no stock-out."""
    kept = table["activity"].isin(["stock_recorded", "stock_counted"])
    role = table["activity"].eq("role") & table["actor_role"].eq("depot")
    rows = table[kept | role]
    return set(zip(rows["case"], rows["actor"], strict=True))


def _empty(row: Any) -> str:
    """Return where it was empty, by a row that says so."""
    if row.activity == "refused" and row.reason == "no_stock":
        return "books"
    return "shelf" if row.activity == "shortage" else ""
