"""The books of depots against what lay there, and when depots had too little: from the record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.goods import goods
from sim.log.journeys import each
from sim.log.record import EventLog

ACCURACY = ("case", "depot", "item", "recorded", "actual", "basis", "counted", "agrees", "error")
OUTS = ("case", "actor", "item", "where", "start", "end", "seconds", "asked", "lacking")
_OUT = ("picked", "set_aside")
_IN = ("put_in_stock", "put_back")
_REFILLS = {
    "books": ("request", "reserve", "put_in_stock", "put_back", "stock_counted"),
    "shelf": ("picked", "put_in_stock", "put_back", "stock_counted"),
}
"""What shows that there is some again, on the books and on the shelf."""


def record_accuracy(log: EventLog) -> pd.DataFrame:
    """Return one row per case, depot and item on whose books there is something on record.

    `recorded`: pieces on the books at the beginning.  `actual`: pieces that lay there then, by
    the row `stock_true` (`basis` true: as the scenario of a simulated drill sets it), else by the
    first count (`counted`): what was counted, what had gone out before added, what had come in
    before taken off.  Where there is neither, nobody knows: `actual`, `agrees` and `error` are
    empty, `basis` too.  `counted`: whether anybody has counted it.  `agrees`: the two are equal.
    `error`: `|recorded − actual| / max(recorded, actual)`, 0 where both are 0; a share of the
    larger number, so that an empty shelf counts 1 and not infinitely much.
    """
    books: dict[tuple[str, str, str], int] = {}
    lay: dict[tuple[str, str, str], tuple[int, str]] = {}
    moved: dict[tuple[str, str, str], int] = {}
    counted: set[tuple[str, str, str]] = set()
    for row in each(goods(log, "stock_recorded", "stock_true", "stock_counted", *_OUT, *_IN)):
        key = (row.case, row.actor or row.recipient, row.item)
        quantity = int(row.quantity)
        if row.activity == "stock_recorded":
            books.setdefault(key, quantity)
        elif row.activity == "stock_true":
            lay[key] = (quantity, "true")
        elif row.activity == "stock_counted":
            counted.add(key)
            lay.setdefault(key, (max(0, quantity + moved.get(key, 0)), "counted"))
        elif row.activity in _OUT or row.activity in _IN:
            sign = 1 if row.activity in _OUT else -1
            moved[key] = moved.get(key, 0) + sign * quantity
    found = []
    for key, recorded in books.items():
        actual, basis = lay.get(key, (None, ""))
        most = max(recorded, actual or 0)
        error = None if actual is None else abs(recorded - actual) / most if most else 0.0
        agrees = None if actual is None else recorded == actual
        found.append((*key, recorded, actual, basis, key in counted, agrees, error))
    types = dict.fromkeys(("recorded", "actual"), "Int64") | {"counted": "bool"}
    types |= {"agrees": "boolean", "error": "Float64"}
    return pd.DataFrame(found, columns=list(ACCURACY)).astype(types)


def stock_outs(log: EventLog) -> pd.DataFrame:
    """Return one row per spell in which there was too little of an item when it was asked for.

    `where`: `books`, `actor` being the depot that refused for want of stock, or the office that
    found none on the books of any depot that it may ask; `shelf`, `actor` being the depot that
    had promised what was not there.  The spell runs from the first such row (`start`, seconds
    from the case's origin) to the next later one that shows some again (`end`): put in stock,
    put back or counted; for the books also promised, or asked of a depot; for the shelf also
    picked.  Else it lasts to the record's end (`end` empty).  `seconds`: how long; `asked`: how
    often it was asked for meanwhile in vain; `lacking`: pieces that there were too few, all
    together.
    """
    some_again = {activity for place in _REFILLS.values() for activity in place}
    rows = goods(log, "refused", "shortage", *some_again)
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
            if where == place:
                if key not in spells:
                    names = ("case", "actor", "item", "where")
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


def _empty(row: Any) -> str:
    """Return where it was empty, by a row that says so."""
    if row.activity == "refused" and row.reason == "no_stock":
        return "books"
    return "shelf" if row.activity == "shortage" else ""
