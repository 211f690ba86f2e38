"""What supplies cost, by kind: from the record alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.goods import goods
from sim.log.journeys import Journeys, each
from sim.log.record import EventLog

KINDS = ("purchase", "hire", "wages", "compensation", "loss", "other")
_BY_REASON = {
    "bought": "purchase",
    "wages": "wages",
    "compensation": "compensation",
    "expired": "loss",
    "damaged": "loss",
}
_BY_ACTIVITY = {
    **dict.fromkeys(("put_in_stock", "produce"), "purchase"),
    "hire": "hire",
    "receipt": "compensation",
    **dict.fromkeys(("set_aside", "expired", "difference"), "loss"),
    **dict.fromkeys(("pick", "load", "unload", "stock_take", "hand_over"), "wages"),
}


def supply_costs(log: EventLog, by: str = "order") -> pd.DataFrame:
    """Return what was paid or owed, in yuan, one row per case and order, or per case (`by` case).

    `purchase`: goods bought, also to fill up; `hire` of vehicles; `wages`; `compensation` owed
    for what was requisitioned; `loss` by expired and damaged goods; `other`: rows with `yuan`
    that are none of these; `total`.  What belongs to no order (stock-taking, goods that expire
    on the shelf, filling up by production) stands under the order `""`, last.  A row that names
    no order belongs to that of its consignment; hire and wages of a trip are shared equally
    among the orders that it carried.  A case of which no row states `yuan` is not free: its numbers
    are empty.  Raises `ValueError` for another `by`.
    """
    if by not in ("order", "case"):
        raise ValueError(f"by 'order' or 'case', got {by!r}")
    table = log.table
    rows = table[table["yuan"].gt(0).fillna(False) & table["activity"].ne("role")]
    trips, consignments = _carried(log)
    sums: dict[tuple[str, str], dict[str, float]] = {}
    known = table[table["order"].ne("")][["case", "order"]].drop_duplicates()
    for key in known.itertuples(index=False, name=None):
        sums[key] = dict.fromkeys(KINDS, 0.0)
    for row in each(rows):
        key = (row.case, row.object)
        named = [row.order] if row.order else consignments.get(key) or trips.get(key) or [""]
        for order in named:
            own = sums.setdefault((row.case, order), dict.fromkeys(KINDS, 0.0))
            own[_kind(row)] += float(row.yuan) / len(named)
    rank = {case: k for k, case in enumerate(log.cases)}
    listed = sorted(sums, key=lambda key: (rank[key[0]], key[1] == ""))
    found = pd.DataFrame(
        [{"case": case, "order": order} | sums[(case, order)] for case, order in listed],
        columns=["case", "order", *KINDS],
    ).astype(dict.fromkeys(KINDS, "Float64"))
    if by == "case":
        found = found.drop(columns="order").groupby("case", sort=False).sum()
        found = found.reindex(list(log.cases), fill_value=0.0).rename_axis("case").reset_index()
    found["total"] = found[list(KINDS)].sum(axis=1).astype("Float64")
    stated = set(table.loc[table["yuan"].notna(), "case"])
    found.loc[~found["case"].isin(stated), [*KINDS, "total"]] = pd.NA
    return found


def _kind(row: Any) -> str:
    return _BY_REASON.get(row.reason) or _BY_ACTIVITY.get(row.activity, "other")


def _carried(log: EventLog) -> tuple[dict[tuple[str, str], list[str]], ...]:
    """Return the orders of every trip, by what was loaded on its vehicle, and of consignments."""
    rows = goods(log)
    loaded = rows[rows["activity"].eq("loaded")]
    consignments: dict[tuple[str, str], list[str]] = {}
    for row in each(rows[rows["order"].ne("") & rows["object"].ne("")]):
        consignments.setdefault((row.case, row.object), [row.order])
    journeys = Journeys(log)
    trips: dict[tuple[str, str], list[str]] = {}
    for row in each(loaded[loaded["order"].ne("")]):
        orders = trips.setdefault((row.case, journeys.trip(row)), [])
        orders += [row.order] * (row.order not in orders)
    return trips, consignments
