"""The rows about goods, and every consignment's way from the shelf to the handover.

A row about goods names `item` and `quantity` and states what is done or has been done: its phase
is empty or `ended`.  So `pick ended` with a quantity in a real log says the same as `picked`.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

import pandas as pd

from sim.log.journeys import Journeys, each
from sim.log.record import EventLog

WAY = ("picked", "loaded", "sent", "delivered", "accepted")
"""What happens to goods one after the other; `sent` and `delivered` follow their vehicle."""
_AT_ONCE = ("picked", "loaded", "sent", "delivered", "hand_over", "difference", "put_back")
"""The order of what happens in one second."""
_SAME = {"pick": "picked", "load": "loaded", "approve": "approved"}
_STATED = ("supply_order", "replenish")
_NAMES = ("case", "time", "activity", "actor", "recipient", "object", "order", "incident")
_FURTHER = ("item", "quantity", "persons", "place", "vehicle", "reason", "yuan")


class Step(NamedTuple):
    """So many pieces of a line reach a stage of `WAY`, or fall back from it (`change` < 0)."""

    case: str
    time: int | None
    order: str
    item: str
    stage: str
    change: int


def goods(log: EventLog, *activities: str) -> pd.DataFrame:
    """Return the rows about goods in the order of cases and times, `order` filled in.

    The order of a row is what it names; of `supply_order` and `replenish` else the object; of
    others else the order of their consignment.  `sent` and `delivered` are the seconds at which
    the vehicle of what was loaded left and arrived, empty where the record does not tell.
    `activities`: only these, and only by their own rows (default: all).
    """
    table = log.table
    stated = table["phase"].isin(["", "ended"]) & table["quantity"].notna() & table["item"].ne("")
    if activities:
        wanted = {*activities, *(word for word, same in _SAME.items() if same in activities)}
        stated &= table["activity"].isin(wanted)
    rows = table.loc[stated, [*_NAMES, *_FURTHER, "seq"]].copy()
    rows["activity"] = rows["activity"].replace(_SAME)
    rank = {case: k for k, case in enumerate(log.cases)}
    rows["rank"] = rows["case"].map(rank)
    rows = rows.sort_values(["rank", "time", "seq"], kind="stable", na_position="last")
    rows = rows.drop(columns=["rank", "seq"]).reset_index(drop=True)
    rows["order"] = _orders(rows)
    orders = rows[rows["activity"].eq("supply_order") & rows["place"].ne("")]
    places = {(r.case, r.order): r.place for r in each(orders)}
    loaded = rows["activity"].eq("loaded")
    ways: list[tuple[int | None, int | None]] = []
    if loaded.any():
        journeys = Journeys(log)
        for row in each(rows[loaded]):
            ways.append(journeys.of(row, places.get((row.case, row.order), "")))
    for k, name in enumerate(("sent", "delivered")):
        rows[name] = pd.array([pd.NA] * len(rows), dtype="Int64")
        rows.loc[loaded, name] = pd.array([way[k] for way in ways], dtype="Int64")
    return rows


def _orders(rows: pd.DataFrame) -> pd.Series:
    stated = rows["activity"].isin(_STATED)
    orders = rows["order"].mask(rows["order"].eq("") & stated, rows["object"])
    consignment = rows["object"].ne("") & ~stated
    missing = orders.eq("") & consignment
    if missing.any():
        named = rows[["case", "object"]].assign(order=orders)[orders.ne("") & consignment]
        known = {(row.case, row.object): row.order for row in each(named)}
        pairs = each(rows.loc[missing, ["case", "object"]])
        found = [known.get((row.case, row.object), "") for row in pairs]
        orders = orders.copy()
        orders[missing] = found
    return orders


def steps(rows: pd.DataFrame) -> Iterator[Step]:
    """Yield what happens to the goods of every order, case by case in the order of time.

    `rows` are those of `goods`.  What has come to a stage has passed those before it, also where
    the record does not mention them.  What is put back leaves the stages that it had come to;
    what is not accepted stays `delivered`.
    """
    states: dict[tuple[str, str, str, str], dict[str, int]] = {}
    for case, time, order, consignment, item, what, quantity in _acts(rows):
        state = states.setdefault(
            (case, order, consignment, item), dict.fromkeys((*WAY, "damaged"), 0)
        )
        for stage, change in _moved(state, what, quantity):
            yield Step(case, time, order, item, stage, change)


def _acts(rows: pd.DataFrame) -> list[tuple[str, int | None, str, str, str, str, int]]:
    """Return (case, time, order, consignment, item, what, pieces), departures and arrivals too."""
    found: list[tuple[Any, ...]] = []
    rows = rows[rows["activity"].isin(_AT_ONCE) & rows["order"].ne("")]
    rank = {case: k for k, case in enumerate(dict.fromkeys(rows["case"]))}
    for k, row in enumerate(each(rows)):
        moments = [(row.activity, row.time)]
        if row.activity == "loaded":
            moments += [("sent", row.sent), ("delivered", row.delivered)]
        for what, time in moments:
            if what == row.activity or not pd.isna(time):
                place = (rank[row.case], inf if pd.isna(time) else int(time))
                line = (row.order, row.object, row.item, what, int(row.quantity))
                found.append(((*place, _AT_ONCE.index(what), k), row.case, *line))
    found.sort(key=lambda act: act[0])
    return [(case, None if key[1] == inf else key[1], *rest) for key, case, *rest in found]


def _moved(state: dict[str, int], what: str, quantity: int) -> list[tuple[str, int]]:
    """Take an act in; return (stage, change)."""
    before = dict(state)
    if what == "put_back":
        most = state["picked"] = max(0, state["picked"] - quantity)
        for stage in ("loaded", "sent", "delivered"):
            most = state[stage] = min(state[stage], most)
    else:
        state[{"hand_over": "accepted", "difference": "damaged"}.get(what, what)] += quantity
        least = state["accepted"] + state["damaged"]
        for stage in ("delivered", "sent", "loaded", "picked"):
            least = state[stage] = max(state[stage], least)
    return [(stage, state[stage] - before[stage]) for stage in WAY if state[stage] != before[stage]]
