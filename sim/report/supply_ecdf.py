"""How soon people and orders were supplied, over many drills, against a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.log.relief import occurrences, relief_times
from sim.log.stages import supply_stages
from sim.report.ecdf import times_picture
from sim.report.names import display_names
from sim.report.style import figure_style
from sim.report.times import Times, record_ends
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture

MOST = 3
TARGET = 10 * 3600
"""Basic relief within 10 h of a disaster: national plan for disaster reduction, 2021 to 2025."""
_ALL = "\n"
"""Owner of the curve of everything that people need; no item is called so."""


def supply_ecdf(
    log: EventLog,
    of: str = "",
    target: int | None = TARGET,
    items: Sequence[str] = (),
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the share of drills in which people, or orders, were supplied within a time.

    `of: shelters` (the default where people in shelters need something): from the occurrence to
    the first time that nobody in them lacked anything, and the same for each item
    (`relief_times`).  `of: orders` (the default elsewhere): to the first time that all that had
    been ordered of an item by then was accepted, what goes to depots left out unless nothing else
    was ordered.  One value a drill, so that drills are independent of one another; drills that
    end before count as longer (Kaplan–Meier).

    `target`: seconds, drawn as a line, the share within it in the legend with its exact binomial
    interval; `None`: none.  It is a target, no limit of the directive.  `items`: which, else the
    first three.  Raises `ValueError` for another `of`, and where there is nothing to draw.
    """
    if of not in ("", "shelters", "orders"):
        raise ValueError(f"of 'shelters' or 'orders', got {of!r}")
    with in_language(lang or language()), figure_style():
        found = supply_times(log, of, target, items)
        if not found:
            raise ValueError(t("no supplies are asked for in this record"))
        called = names if names is not None else display_names(log, language())
        all_words = t("everything that people in shelters need")
        words = (t("minutes ({start})", start=t("since occurrence")), t("share of drills"))
        head = title or t("time until supplies were there")
        return times_picture(found, {**called, _ALL: all_words}, head, words, t("target {limit}"))


def supply_times(
    log: EventLog, of: str, target: int | None, items: Sequence[str] = ()
) -> list[Times]:
    """Return the times of `supply_ecdf`, one entry a curve."""
    relief = relief_times(log) if of != "orders" else None
    if relief is not None and (len(relief) or of == "shelters"):
        needed = log.table[log.table["activity"].eq("need")]
        chosen = list(items) or list(dict.fromkeys(needed["item"]))[:MOST]
        tables = {_ALL: relief} if len(relief) else {}
        tables |= {item: relief_times(log, [item]) for item in chosen}
        parts = {key: table[table["shelter"].eq("")] for key, table in tables.items()}
        parts = {key: part[["case", "occurred", "supplied"]] for key, part in parts.items()}
    else:
        parts = _orders(log, items)
    return [_times(part, key, record_ends(log), target) for key, part in parts.items()]


def _orders(log: EventLog, items: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return when all that had been ordered of an item was accepted for the first time."""
    stages = supply_stages(log)
    if not len(stages):
        stages = supply_stages(log, to_depots=True)
    stages = stages[stages["requested"].gt(0)]
    first = stages.groupby("item")["time"].min().sort_values(kind="stable")
    known = occurrences(log.table)
    found = {}
    for item in list(items) or list(first.index)[: MOST + 1]:
        mine = stages[stages["item"].eq(item)]
        full = mine[mine["accepted"].ge(mine["requested"])].groupby("case")["time"].min()
        cases = list(dict.fromkeys(mine["case"]))
        found[item] = pd.DataFrame(
            {
                "case": cases,
                "occurred": pd.array([known.get((case, "")) for case in cases], dtype="Int64"),
                "supplied": pd.array([full.get(case) for case in cases], dtype="Int64"),
            }
        )
    return found


def _times(table: pd.DataFrame, key: str, ends: dict[str, int], target: int | None) -> Times:
    start, end = (table[name].astype("float").to_numpy() for name in ("occurred", "supplied"))
    last = table["case"].map(ends).astype("float").to_numpy()
    took, lasted = end - start, np.where(np.isnan(end), last - start, np.nan)
    known, longer = took[~np.isnan(took)], lasted[~np.isnan(lasted)]
    unknown = len(table) - len(known) - len(longer)
    if target is None:
        return Times(key, None, known, longer, unknown, 0, 0, 0, 0)
    over = int((longer > target).sum())
    met, late = int((known <= target).sum()), int((known > target).sum()) + over
    return Times(key, target, known, longer, unknown, met, late, 0, len(longer) - over)
