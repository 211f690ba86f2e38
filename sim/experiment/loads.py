"""Measures of queues and stocks: what was lost, how busy a team was, what was short or left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.experiment.measures import Measure

if TYPE_CHECKING:
    from sim.experiment.measuring import Drills

SAME = {"serve": ("cause", "row"), "order": ("object", "object"), "send": ("message", "message")}
"""By which columns what was given up and what was asked for are one."""


def lost(measure: Measure, drills: Drills) -> pd.Series:
    """Return the share of what was asked for after the warm-up that was given up, by case."""
    table, kind = drills.log.table, str(measure.lost)
    asked = table[(table["activity"] == kind) & (table["phase"] == "asked")]
    asked = asked[asked["time"] >= drills.warm_up]
    if measure.owner is not None:
        asked = asked[asked["actor"] == measure.owner]
    theirs, own = SAME[kind]
    asked = asked.drop_duplicates(["case", own])
    left = table.loc[table["activity"] == "given_up", ["case", theirs]].drop_duplicates()
    both = asked[["case", own]].merge(left, left_on=["case", own], right_on=["case", theirs])
    return both.groupby("case").size().reindex(asked["case"].unique(), fill_value=0) / (
        asked.groupby("case").size()
    )


def busy(measure: Measure, drills: Drills) -> pd.Series:
    """Return the share of time from the warm-up to the end that a team was at work, by case."""
    table = drills.log.table
    own = table[(table["actor"] == measure.busy) & (table["activity"] == "work")]
    own = own[own["phase"].isin(["started", "resumed", "interrupted", "ended"])]
    own = own.sort_values(["case", "seq"])
    ends = drills.ends
    end = own["case"].map(ends).astype("int64")
    last = own["case"] != own["case"].shift(-1)
    until = own["time"].shift(-1).where(~last, end).clip(lower=drills.warm_up)
    spans = until - own["time"].clip(lower=drills.warm_up)
    spans = spans.where(own["phase"].isin(["started", "resumed"]), 0).astype("float64")
    total: pd.Series = spans.groupby(own["case"]).sum().reindex(drills.cases, fill_value=0.0)
    return total / (ends.reindex(drills.cases) - drills.warm_up)


def short(measure: Measure, drills: Drills) -> pd.Series:
    """Return the pieces that were ordered and not picked by the end of the record, by case."""
    moved = _pieces(drills, str(measure.short))
    return moved("supply_order") - moved("picked")


def left(measure: Measure, drills: Drills) -> pd.Series:
    """Return the pieces on all shelves at the end of the record, by case."""
    moved = _pieces(drills, str(measure.left))
    return moved("stock_true") + moved("put_in_stock") - moved("picked")


def _pieces(drills: Drills, item: str) -> Callable[[str], pd.Series]:
    """Return a function: activity -> pieces of an item in rows of it, by case."""
    table = drills.log.table
    rows = table[table["item"] == item]

    def moved(activity: str) -> pd.Series:
        quantity = rows.loc[rows["activity"] == activity, "quantity"].astype(float)
        return quantity.groupby(rows["case"]).sum().reindex(drills.cases, fill_value=0.0)

    return moved if len(rows) else lambda _: pd.Series(np.nan, drills.cases)
