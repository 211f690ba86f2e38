"""Every item of supply in a few numbers, and all of them: from the record alone."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

import pandas as pd

from sim.log.journeys import each
from sim.log.record import EventLog
from sim.log.stocks import record_accuracy, stock_outs
from sim.log.supply import order_lines
from sim.log.unhoused import unhoused
from sim.log.unmet import unmet_need
from sim.log.vehicles import vehicle_use

_WHOLE = (
    *("lines", "requested", "accepted", "stock_outs", "outs_open", "compared", "counted"),
    *("first_median", "first_last", "full_median", "full_last"),
    *("vehicles", "trips", "unhoused"),
)
COLUMNS = (
    *("case", "item", "lines", "requested", "accepted", "fill_rate"),
    *("stock_outs", "out_hours", "outs_open"),
    *("first_median", "first_last", "full_median", "full_last"),
    *("compared", "counted", "agree", "record_error", "unmet_hours"),
    *("vehicles", "trips", "on_way", "mean_load", "unhoused", "unhoused_hours"),
)


def supply_summary(log: EventLog) -> pd.DataFrame:
    """Return one row per case and item that was ordered, and one per case over all (`item` empty).

    Orders by which depots fill up are left out.  `lines`: order lines.  `requested`, `accepted`
    and `fill_rate` by pieces; over all items, whose units differ, `fill_rate` is the plain mean
    over the lines.  `stock_outs`: how often too little was found on the books or on the shelf;
    `out_hours`: for how long, summed over those that found it (`stock_outs`); `outs_open`: how
    many of these spells last to the end of the record.  `first_median`, `first_last`,
    `full_median`, `full_last`: seconds from the request to the first and to the full supply of a
    line, median (the lower one of two) and longest, lines not yet supplied counting as longer
    than all others; so empty where it was not reached.

    `compared`: stocks whose books can be compared with what lay there, by the truth of a simulated
    drill or by a count; `counted`: stocks that were counted; `agree`: the share of those compared
    that agrees, `record_error`: their mean relative error (`record_accuracy`).  `unmet_hours`:
    person-hours in want of the item (`unmet_need`), empty where a part of them is not known, and
    over all items: the same persons lack several of them, so these hours do not add up.
    `vehicles`, `trips`, `on_way`, `mean_load`, over all only: how many drove, how often, for which
    part of the time that they were at hand, and how full (`vehicle_use`); `unhoused`,
    `unhoused_hours`, over all only: persons whom no shelter had room for at the end, and the
    person-hours that people waited for room (`unhoused`), empty where nothing is known of it.
    """
    lines = order_lines(log)
    books = record_accuracy(log)
    compared = books[books["basis"].ne("")]
    tables = (lines[~lines["replenishes"]], stock_outs(log), compared, unmet_need(log))
    groups: list[dict[tuple[str, str], list[Any]]] = []
    for table in tables:
        found: dict[tuple[str, str], list[Any]] = {}
        for row in each(table):
            for item in (row.item, ""):
                found.setdefault((row.case, item), []).append(row)
        groups.append(found)
    driven: dict[str, list[Any]] = {}
    for row in each(vehicle_use(log)):
        driven.setdefault(row.case, []).append(row)
    waited: dict[str, list[Any]] = {}
    complete = set(log.table.loc[log.table["activity"].eq("observe"), "case"])
    for row in each(unhoused(log)):
        waited.setdefault(row.case, []).append(row)
    rows = []
    for case in log.cases:
        asked = [row.item for row in groups[0].get((case, ""), [])]
        known = any((case, "") in found for found in groups)
        if not known and case not in driven and case not in waited:
            continue
        for item in [*dict.fromkeys(asked), ""]:
            own = _of_item(*(found.get((case, item), []) for found in groups))
            if not item:
                own |= _of_all(groups[0].get((case, ""), []), driven.get(case, []))
                if case in waited or case in complete:
                    own |= _without_room(waited.get(case, []))
            rows.append({"case": case, "item": item} | own)
    types = {name: "Int64" if name in _WHOLE else "Float64" for name in COLUMNS[2:]}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


def _of_item(lines: list[Any], out: list[Any], books: list[Any], need: list[Any]) -> dict[str, Any]:
    requested, accepted = _sum(r.requested for r in lines), _sum(r.accepted for r in lines)
    met = _sum(r.fill_rate * r.requested for r in lines)
    return {
        "lines": len(lines),
        "requested": requested,
        "accepted": accepted,
        "fill_rate": None if met is None or not requested else met / requested,
        "stock_outs": sum(r.asked for r in out),
        "out_hours": _together(out) / 3600,
        "outs_open": sum(pd.isna(r.end) for r in out),
        "first_median": _rank([r.first - r.asked for r in lines], 0.5),
        "first_last": _rank([r.first - r.asked for r in lines], 1),
        "full_median": _rank([r.full - r.asked for r in lines], 0.5),
        "full_last": _rank([r.full - r.asked for r in lines], 1),
        "compared": len(books),
        "counted": sum(r.counted for r in books),
        "agree": _mean(r.agrees for r in books),
        "record_error": _mean(r.error for r in books),
        "unmet_hours": _sum(r.person_hours for r in need),
    }


def _without_room(waited: list[Any]) -> dict[str, Any]:
    return {
        "unhoused": sum(r.waiting for r in waited),
        "unhoused_hours": sum(r.person_hours for r in waited),
    }


def _of_all(lines: list[Any], driven: list[Any]) -> dict[str, Any]:
    hand = sum(r.at_hand for r in driven)
    loads = [r for r in driven if not pd.isna(r.mean_load)]
    trips = sum(r.trips for r in loads)
    return {
        "requested": None,
        "accepted": None,
        "fill_rate": _mean(r.fill_rate for r in lines),
        "unmet_hours": None,
        "vehicles": len(driven),
        "trips": sum(r.trips for r in driven),
        "on_way": sum(r.on_way for r in driven) / hand if hand else None,
        "mean_load": sum(r.mean_load * r.trips for r in loads) / trips if trips else None,
    }


def _sum(values: Iterable[Any]) -> Any:
    """Return the sum; `None` where there is nothing, or where a part is unknown."""
    found = list(values)
    return None if not found or any(pd.isna(x) for x in found) else sum(found)


def _mean(values: Iterable[Any]) -> float | None:
    found = list(values)
    total = _sum(found)
    return None if total is None else float(total) / len(found)


def _rank(times: list[Any], share: float) -> int | None:
    """Return the quantile by nearest rank; what is empty has not come yet."""
    if not times:
        return None
    found = sorted(times, key=lambda time: (pd.isna(time), 0 if pd.isna(time) else time))
    time = found[ceil(share * len(found)) - 1]
    return None if pd.isna(time) else int(time)


def _together(out: list[Any]) -> int:
    """Return for how many seconds stocks were out, on the books or on the shelf."""
    total, reached = 0, dict.fromkeys({(spell.actor, spell.item) for spell in out}, 0)
    for spell in sorted(out, key=lambda spell: spell.start):
        key, end = (spell.actor, spell.item), spell.start + spell.seconds
        total += max(0, end - max(spell.start, reached[key]))
        reached[key] = max(reached[key], end)
    return int(total)
