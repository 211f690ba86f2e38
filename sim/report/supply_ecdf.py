"""How soon orders for supplies were filled, over many drills, against a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.log.supply import order_lines
from sim.log.unmet import occurrences
from sim.report.ecdf import times_picture
from sim.report.names import display_names
from sim.report.style import figure_style
from sim.report.times import Times, record_ends
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture

MOST = 4
TARGET = 10 * 3600
"""Basic relief within 10 h of a disaster: national plan for emergency management, 14th period."""


def supply_ecdf(
    log: EventLog,
    target: int | None = TARGET,
    since: str = "occurred",
    items: Sequence[str] = (),
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the share of order lines that were filled within a time, one curve an item.

    A line is filled when all that was requested has been accepted; lines that the record's end
    cut off count as longer (Kaplan–Meier), those of which it does not tell are left out.
    `target`: seconds, drawn as a line, the share of lines within it in the legend with its exact
    binomial interval; `None`: none.  It is a target, no limit of the directive.  `since`:
    `occurred` (of the line's incident) or `asked`.  `items`: which, else the first four that were
    ordered.  Orders by which depots fill up are left out.

    Raises `ValueError` for another `since`, and where nothing was ordered.
    """
    if since not in ("occurred", "asked"):
        raise ValueError(f"since 'occurred' or 'asked', got {since!r}")
    with in_language(lang or language()), figure_style():
        found = supply_times(log, target, since, items)
        if not found:
            raise ValueError(t("no supplies are asked for in this record"))
        called = names if names is not None else display_names(log, language())
        start = t("since occurrence") if since == "occurred" else t("since the request")
        words = (t("minutes ({start})", start=start), t("share of order lines filled"))
        head = title or t("time until orders for supplies were filled")
        return times_picture(found, called, head, words, t("target {limit}"))


def supply_times(
    log: EventLog, target: int | None, since: str, items: Sequence[str] = ()
) -> list[Times]:
    """Return the times to full supply, one entry an item, for `supply_ecdf`."""
    lines = order_lines(log)
    lines = lines[~lines["replenishes"]]
    if since == "occurred":
        known = occurrences(log.table)
        keys = zip(lines["case"], lines["incident"], strict=True)
        starts = [known.get(key, known.get((key[0], ""))) for key in keys]
        lines = lines.assign(asked=pd.array(starts, dtype="Int64"))
    ends = lines["case"].map(record_ends(log))
    chosen = list(items) or list(dict.fromkeys(lines["item"]))[:MOST]
    return [_times(lines[lines["item"].eq(item)], ends, item, target) for item in chosen]


def _times(lines: pd.DataFrame, ends: pd.Series, item: str, target: int | None) -> Times:
    start = lines["asked"].astype("float").to_numpy()
    full = lines["full"].astype("float").to_numpy()
    end = ends.loc[lines.index].astype("float").to_numpy()
    open_ = np.isnan(full) & lines["short"].notna().to_numpy()
    took, lasted = full - start, np.where(open_, end - start, np.nan)
    known, longer = took[~np.isnan(took)], lasted[~np.isnan(lasted)]
    limit = np.inf if target is None else target
    met, late = int((known <= limit).sum()), int((known > limit).sum() + (longer > limit).sum())
    unknown = len(lines) - len(known) - len(longer)
    undecided = len(longer) - int((longer > limit).sum())
    none = target is None
    return Times(
        *(item, target, known, longer, unknown, 0 if none else met, 0 if none else late),
        *(0, 0 if none else undecided),
    )
