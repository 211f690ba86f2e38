"""Were the right warnings given: every incident's warning against what came true."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.record import EventLog

COLUMNS = ("case", "incident", "warned", "warning", "signalled", "occurred", "outcome", "lead")


def warnings(log: EventLog) -> pd.DataFrame:
    """Return one row per case and incident that was warned of, signalled or that occurred.

    `signalled`, `warned`, `occurred`: seconds from the case's origin of the first signal put
    in, of the first warning made public and of the occurrence (the true one, else the earliest
    that anybody declares), empty where there was none; `warning`: level of that first warning;
    `lead`: seconds from warning to occurrence.  `outcome`: `hit` (warned no later than it
    occurred), `late` (only afterwards), `missed` (never), `false` (warned of what the record
    does not let occur), empty (signalled only, and nothing came).

    A warning whose areas all lie elsewhere than the incident's does not count for it.  What
    occurs after the record's end cannot be known here.
    """
    table = log.table[log.table["incident"] != ""]
    kind = table["kind"] == "warning"
    published = table[(table["activity"] == "publish") & kind & (table["phase"] == "")]
    occurred = table[table["activity"] == "occur"]
    signals = table[(table["activity"] == "receive") & (table["kind"] == "signal")]
    keys = pd.concat([signals, published, occurred]).sort_index()
    keys = keys[["case", "incident"]].drop_duplicates()
    found = [
        _outcome(key, *(_of(rows, key) for rows in (published, occurred, signals)))
        for key in keys.itertuples(index=False, name=None)
    ]
    times = dict.fromkeys(("warned", "signalled", "occurred", "lead"), "Int64")
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(times)


def _of(rows: pd.DataFrame, key: tuple[str, str]) -> pd.DataFrame:
    mine = rows[(rows["case"] == key[0]) & (rows["incident"] == key[1])]
    return mine.sort_values(["time", "seq"], kind="stable")


def _outcome(
    key: tuple[str, str], published: pd.DataFrame, occurred: pd.DataFrame, signals: pd.DataFrame
) -> dict[str, Any]:
    true = occurred[occurred["actor"] == ""]
    came = (true if len(true) else occurred).head(1)
    areas = set(came["jurisdiction"].iloc[0].split("|")) - {""} if len(came) else set()
    here = published["jurisdiction"].map(lambda text: _meet(set(text.split("|")) - {""}, areas))
    first = published[here.astype(bool)].head(1)
    warned, time = _first(first), _first(came)
    lead = time - warned if warned is not None and time is not None else None
    outcome = "hit" if lead is not None and lead >= 0 else "late" if lead is not None else ""
    if lead is None and (warned is not None or time is not None):
        outcome = "missed" if warned is None else "false"
    level = first["warning"].iloc[0] if len(first) else ""
    return dict(
        zip(COLUMNS, (*key, warned, level, _first(signals), time, outcome, lead), strict=True)
    )


def _meet(areas: set[str], others: set[str]) -> bool:
    return not areas or not others or bool(areas & others)


def _first(rows: pd.DataFrame) -> int | None:
    return int(rows["time"].iloc[0]) if len(rows) and rows["time"].notna().iloc[0] else None
