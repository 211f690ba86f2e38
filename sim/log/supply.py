"""What became of every order for supplies, line by line: from the record alone.

Quantities are pieces of the item's unit, times seconds from the case's origin.  A step on the way
(promise, approval, picking, loading) that no row of a case names is not known to have been one
there: its column is empty.  Of anything else that no row of a case names, nothing is known either,
unless an `observe` row says that the record of the case is complete: then it did not happen.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.log.goods import goods, steps
from sim.log.record import EventLog

LINE = ["case", "order", "item"]
_SUMS = {
    "reserved": "reserve",
    "approved": "approved",
    "picked": "picked",
    "loaded": "loaded",
    "delivered": "",
    "accepted": "",
    "returned": "put_back",
    "damaged": "difference",
    "refused": "refused",
    "shortage": "shortage",
}
"""Column -> the activity of the rows that it sums up."""
_STEPS = ("reserved", "approved", "picked", "loaded")
QUANTITIES = ("requested", *_SUMS, "short")
COLUMNS = (
    *("case", "incident", "order", "item", "office", "recipient", "place", "replenishes"),
    *QUANTITIES,
    *("fill_rate", "asked", "first", "full"),
)


def order_lines(log: EventLog) -> pd.DataFrame:
    """Return one row per case, order and item, in the order in which they were asked for.

    `requested`: by the rows `supply_order`, else `replenish`, else `request`.  `reserved`,
    `approved`, `picked`, `loaded`: in all.  `delivered`: come to the recipient, whether or not it
    was accepted; `accepted`: signed for (bought replenishments: put in stock).  `returned`: put
    back on the shelf; `damaged`: come, but not accepted.  `refused`: what depots and offices did
    not promise, once for each that refused; `shortage`: promised and not there.  `short`: of what
    was requested never accepted.  `fill_rate`: the accepted part of what was requested, at
    most 1.

    `asked`, `first`, `full`: when the line was requested, when the first pieces of it were
    accepted, and when all that was requested; empty where that never came about.
    `replenishes` tells the orders by which depots fill up.  For what is empty see this module.
    """
    rows = goods(log)
    rows = rows[rows["order"].ne("")]
    taken = _accepted(rows)
    lines = pd.MultiIndex.from_frame(rows[LINE].drop_duplicates())
    table = _asked(rows).reindex(lines)
    complete = set(log.table.loc[log.table["activity"].eq("observe"), "case"])
    known = rows.groupby("case")["activity"].agg(set).to_dict()
    followed = {"accepted": taken, "delivered": _delivered(rows, taken)}
    for column, activity in _SUMS.items():
        part = followed.get(column, rows[rows["activity"].eq(activity)])
        sums = part.groupby(LINE, sort=False)["quantity"].sum().reindex(table.index)
        names = {activity} if activity else {"hand_over"}
        step = column in _STEPS
        told = [
            (case in complete and not step) or bool(names & known.get(case, set()))
            for case in table.index.get_level_values("case")
        ]
        table[column] = sums.where(sums.notna() | ~np.array(told, bool), 0).astype("Int64")
    return _finished(table, taken)


def _asked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what was requested of every line, when, by and for whom."""
    found = []
    for rank, activity in enumerate(("supply_order", "replenish", "request")):
        part = rows[rows["activity"].eq(activity)]
        one = part.groupby(LINE, sort=False).agg(
            requested=("quantity", "sum"),
            asked=("time", "min"),
            incident=("incident", "first"),
            office=("actor", "first"),
            recipient=("recipient", "first"),
            place=("place", "first"),
        )
        found.append(one.assign(rank=rank))
    whole = pd.concat(found)
    whole = whole[~whole.index.duplicated()]
    replenished = rows[rows["activity"].eq("replenish")]
    pairs = set(zip(replenished["case"], replenished["order"], strict=True))
    whole["replenishes"] = [key[:2] in pairs for key in whole.index]
    return whole.drop(columns="rank")


def _accepted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by which goods were accepted: bought replenishments are put in stock."""
    signed = rows["activity"].eq("hand_over")
    handed = set(rows.loc[signed, LINE].itertuples(index=False, name=None))
    keys = rows[LINE].itertuples(index=False, name=None)
    bought = rows["activity"].eq("put_in_stock") & rows["reason"].eq("replenished")
    alone = np.array([key not in handed for key in keys], bool)
    return rows[signed | (bought & alone)]


def _delivered(rows: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Return the pieces that came to their recipient, by line."""
    came = [step for step in steps(rows) if step.stage == "delivered"]
    columns = ("case", "time", "order", "item", "stage", "quantity")
    bought = taken[taken["activity"].eq("put_in_stock")]
    return pd.concat([pd.DataFrame(came, columns=list(columns)), bought[[*LINE, "quantity"]]])


def _finished(table: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Add what follows: what is short, how full the line is, since when."""
    accepted, requested = table["accepted"], table["requested"].astype("Int64")
    table["short"] = (requested - accepted).clip(lower=0)
    part = np.minimum(accepted.astype("Float64"), requested.astype("Float64"))
    table["fill_rate"] = (part / requested.where(requested > 0)).astype("Float64")
    come = taken[taken["quantity"].gt(0) & taken["time"].notna()].copy()
    come["sum"] = come.groupby(LINE)["quantity"].cumsum()
    table["first"] = come.groupby(LINE)["time"].min().reindex(table.index)
    come["of"] = requested.reindex(pd.MultiIndex.from_frame(come[LINE])).to_numpy()
    enough = come[come["sum"].ge(come["of"]).fillna(False)]
    table["full"] = enough.groupby(LINE)["time"].min().reindex(table.index)
    texts = ("incident", "office", "recipient", "place")
    table[list(texts)] = table[list(texts)].fillna("").astype("str")
    table["replenishes"] = table["replenishes"].eq(True)
    whole = dict.fromkeys((*QUANTITIES, "asked", "first", "full"), "Int64")
    return table.reset_index()[list(COLUMNS)].astype(whole)
