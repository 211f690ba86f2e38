"""Every item of supply in a few numbers, and all of them: from the record alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.log.stocks import record_accuracy, stock_outs
from sim.log.supply import order_lines
from sim.log.unmet import unmet_need
from sim.log.vehicles import vehicle_use

SUMMARY = (
    *("case", "item", "lines", "requested", "accepted", "fill_rate"),
    *("stock_outs", "out_hours", "first_median", "first_last", "full_median", "full_last"),
    *("counted", "agree", "record_error", "unmet_hours"),
    *("vehicles", "trips", "on_way", "mean_load"),
)


def supply_summary(log: EventLog) -> pd.DataFrame:
    """Return one row per case and item that was ordered, and one per case over all (`item` empty).

    Orders by which depots fill up are left out.  `lines`: order lines.  `requested`, `accepted`
    and `fill_rate` by pieces; over all items, whose units differ, `fill_rate` is the plain mean
    over the lines.  `stock_outs`: how often too little was found on the books or on the shelf;
    `out_hours`: for how long, summed over those that found it (`stock_outs`).  `first_median`,
    `first_last`, `full_median`, `full_last`: seconds from the request to the first and to the
    full supply of a line, median (the lower one of two) and longest, lines not yet supplied
    counting as longer than all others; so empty where it was not reached.

    `counted`: stocks whose books can be compared, `agree`: the share of them that agrees,
    `record_error`: their mean relative error (`record_accuracy`).  `unmet_hours`: person-hours
    in want, a person counting once for each item (`unmet_need`).  `vehicles`, `trips`, `on_way`,
    `mean_load`, over all only: how many drove, how often, for which part of the time that they
    were at hand, and how full (`vehicle_use`).
    """
    lines = order_lines(log)
    lines = lines[~lines["replenishes"]]
    out, books = stock_outs(log), record_accuracy(log)
    need, driven = unmet_need(log), vehicle_use(log)
    found = []
    for case in log.cases:
        parts = [table[table["case"].eq(case)] for table in (lines, out, books, need, driven)]
        asked = list(dict.fromkeys(parts[0]["item"]))
        for item in asked:
            own = [part[part["item"].eq(item)] for part in parts[:4]]
            found.append({"case": case, "item": item} | _of_item(*own))
        if asked or any(len(part) for part in parts):
            whole = _of_item(*parts[:4]) | {"requested": None, "accepted": None}
            whole["fill_rate"] = parts[0]["fill_rate"].mean()
            found.append({"case": case, "item": ""} | whole | _driven(parts[4]))
    whole_numbers = [name for name in SUMMARY if name in _WHOLE]
    parts_of = [name for name in SUMMARY[2:] if name not in _WHOLE]
    types = dict.fromkeys(whole_numbers, "Int64") | dict.fromkeys(parts_of, "Float64")
    return pd.DataFrame(found, columns=list(SUMMARY)).astype(types)


_WHOLE = (
    *("lines", "requested", "accepted", "stock_outs", "counted", "vehicles", "trips"),
    *("first_median", "first_last", "full_median", "full_last"),
)


def _of_item(
    lines: pd.DataFrame, out: pd.DataFrame, books: pd.DataFrame, need: pd.DataFrame
) -> dict[str, Any]:
    requested, accepted = lines["requested"].sum(min_count=1), lines["accepted"].sum(min_count=1)
    met = (lines["fill_rate"] * lines["requested"].astype("Float64")).sum(min_count=1)
    first, full = (lines[name] - lines["asked"] for name in ("first", "full"))
    return {
        "lines": len(lines),
        "requested": requested,
        "accepted": accepted,
        "fill_rate": met / requested if pd.notna(requested) and requested else None,
        "stock_outs": out["asked"].sum(),
        "out_hours": _together(out) / 3600,
        "first_median": _rank(first, 0.5),
        "first_last": _rank(first, 1),
        "full_median": _rank(full, 0.5),
        "full_last": _rank(full, 1),
        "counted": len(books),
        "agree": books["agrees"].mean() if len(books) else None,
        "record_error": books["error"].mean() if len(books) else None,
        "unmet_hours": need["person_hours"].sum(min_count=1),
    }


def _rank(times: pd.Series, share: float) -> int | None:
    """Return the quantile by nearest rank; what is empty has not come yet."""
    if not len(times):
        return None
    found = sorted(times, key=lambda time: (pd.isna(time), 0 if pd.isna(time) else time))
    time = found[max(0, int(np.ceil(share * len(found))) - 1)]
    return None if pd.isna(time) else int(time)


def _together(out: pd.DataFrame) -> int:
    """Return for how many seconds stocks were out, on the books or on the shelf."""
    total = 0
    for _, spells in out.groupby(["actor", "item"], sort=False):
        reached = None
        for start, seconds in sorted(zip(spells["start"], spells["seconds"], strict=True)):
            end = start + seconds
            total += end - max(start, start if reached is None else min(reached, end))
            reached = end if reached is None else max(reached, end)
    return int(total)


def _driven(driven: pd.DataFrame) -> dict[str, Any]:
    hand = driven["at_hand"].sum()
    return {
        "vehicles": len(driven),
        "trips": driven["trips"].sum(),
        "on_way": driven["on_way"].sum() / hand if hand else None,
        "mean_load": (driven["mean_load"] * driven["trips"].astype("Float64")).sum(min_count=1)
        / driven["trips"].where(driven["mean_load"].notna()).sum()
        if driven["mean_load"].notna().any()
        else None,
    }
