"""How long every duty took, as far as a record tells: bounds in seconds, one row a duty."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.log import EventLog
from sim.rules import Verdicts

KEY = ["rule", "incident", "owner", "recurrence"]
"""What is the same duty in two drills."""
COLUMNS = ("case", *KEY, "limit_s", "verdict", "reason", "low", "high")


def took(log: EventLog, verdicts: Verdicts, reading: str = "") -> pd.DataFrame:
    """Return least and greatest seconds from the start of each duty's clock to its end.

    Duties that do not apply have no row.  `low` = `high` where both ends are known.  What was still
    owed when the record ended took longer than that: `high` is infinite.  Where stamps are known as
    intervals, the bounds are as far apart as these.  Where the record does not tell, they are -inf
    and inf.  `reading` (occur, receive, confirm) chooses the start of the clock; duties whose rule
    names its own start keep that.
    """
    table = verdicts.table[verdicts.table["verdict"] != "not_applicable"]
    own = table["start_s"], table["verdict"], table["reason"]
    start, verdict, reason = own
    if reading:
        has = table[f"{reading}_verdict"] != ""
        names = (f"{reading}_{name}" for name in ("start_s", "verdict", "reason"))
        start, verdict, reason = (table[n].where(has, o) for n, o in zip(names, own, strict=True))
    begun = start.to_numpy("float64", na_value=np.nan)
    ended = table["end_s"].to_numpy("float64", na_value=np.nan)
    last = table["case"].map(_ends(log)).to_numpy("float64", na_value=np.nan)
    owed = (verdict.eq("open") | reason.isin(["never_reported", "still_owed"])).to_numpy(bool)
    running = np.isnan(ended) & owed
    low = np.where(running, last - begun, ended - begun)
    high = np.where(running, np.inf, ended - begun)
    unknown = np.isnan(low)
    low, high = np.where(unknown, -np.inf, low), np.where(unknown, np.inf, high)
    occurrence = table["occur_start_s"].to_numpy("float64", na_value=np.nan)
    bounded = table["flags"].str.contains("bounded", regex=False).to_numpy(bool)
    for k in np.flatnonzero(bounded & np.isfinite(high)):
        occurred = reading == "occur" or (not reading and begun[k] == occurrence[k])
        spread = _spread(log, table.iloc[k], occurred)
        if verdict.iloc[k] == "met":
            low[k] -= spread
        else:
            high[k] += spread
    found = table[["case", *KEY, "limit_s"]].assign(verdict=verdict, reason=reason)
    found = found.assign(low=low, high=high)
    return found.reset_index(drop=True)[list(COLUMNS)]


def _ends(log: EventLog) -> dict[str, float]:
    """Return until when each case is on record: its last row, or what an observe row states."""
    last = log.table.groupby("case", sort=False)[["time", "time_hi", "until"]].max().max(axis=1)
    return {str(case): float(value) for case, value in last.dropna().items()}


def _spread(log: EventLog, duty: Any, occurred: bool) -> float:
    """Return how wide the stamps that a verdict rests on are, in all.

    The figures of such a verdict are the bound nearest to the limit.  `occurred`: its clock starts
    at the occurrence.
    """
    rows = log.table[log.table["case"] == duty["case"]]
    proofs = [*filter(None, duty["evidence"].split("|")), duty["end_row"]]
    begins = rows["activity"].eq("occur") & rows["incident"].eq(duty["incident"])
    rows = (
        rows[begins | rows["row"].isin(proofs)]
        if occurred
        else rows[~begins & rows["row"].isin(proofs)]
    )
    return float((rows["time_hi"] - rows["time_lo"]).fillna(0).sum())
