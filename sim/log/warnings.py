"""Were the right warnings given: every incident's warnings against what came true.

A warning stands from its publication until whoever published it lifts it; changing its level
leaves it standing.  That the issuing authority adjusts and lifts it is the rule of the Emergency
Response Law of the People's Republic of China.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from sim.log.record import EventLog

COLUMNS = (
    *("case", "incident", "warned", "warning", "highest", "lifted"),
    *("signalled", "occurred", "outcome", "lead"),
)
LEVELS = ("", "blue", "yellow", "orange", "red")
LIFTED = "lifted"


class Standing(NamedTuple):
    """A time during which a warning stood: seconds from the case's origin, level as it changed.

    `end` is `None` where it was never lifted.
    """

    start: int
    end: int | None
    levels: tuple[str, ...]


def warnings(log: EventLog) -> pd.DataFrame:
    """Return one row per case and incident that was warned of, signalled or that occurred.

    `signalled`, `occurred`: seconds from the case's origin of the first signal put in and of the
    occurrence (the true one, else the earliest that anybody declares), empty where there was
    none.  `outcome`: `hit` (a warning stood when it occurred), `late` (warned only afterwards),
    `missed` (never, or lifted before it occurred), `false` (warned of what the record does not
    let occur), empty (signalled only, and nothing came).

    `warned`, `lifted`: seconds at which the warning that decides was first made public and at
    which it was lifted (empty: it stood to the end); `warning`, `highest`: its first and its
    highest level; `lead`: seconds from there to the occurrence, empty without `hit` or `late`.
    Where several stood one after the other, that one decides which stood at the occurrence,
    else the first after it, else the last before it; of what never occurs, the first.

    A warning whose areas all lie elsewhere than the incident's does not count for it, and one
    that names areas is lifted only there.  What occurs after the record's end cannot be known here.
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
    times = dict.fromkeys(("warned", "lifted", "signalled", "occurred", "lead"), "Int64")
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(times)


def _of(rows: pd.DataFrame, key: tuple[str, str]) -> pd.DataFrame:
    mine = rows[(rows["case"] == key[0]) & (rows["incident"] == key[1])]
    return mine.sort_values(["time", "seq"], kind="stable")


def _outcome(
    key: tuple[str, str], published: pd.DataFrame, occurred: pd.DataFrame, signals: pd.DataFrame
) -> dict[str, Any]:
    true = occurred[occurred["actor"] == ""]
    came = (true if len(true) else occurred).head(1)
    areas = _areas(came["jurisdiction"].iloc[0]) if len(came) else {""}
    time = _first(came)
    stood = standing(published, areas)
    one = _deciding(stood, time)
    lead = None
    if time is None:
        outcome = "false" if one else ""
    elif one is None or (one.end is not None and one.end <= time):
        outcome = "missed"
    else:
        lead = time - one.start
        outcome = "hit" if lead >= 0 else "late"
    levels = one.levels if one else ("",)
    return {
        "case": key[0],
        "incident": key[1],
        "warned": one.start if one else None,
        "warning": levels[0],
        "highest": max(levels, key=LEVELS.index),
        "lifted": one.end if one else None,
        "signalled": _first(signals),
        "occurred": time,
        "outcome": outcome,
        "lead": lead,
    }


def standing(published: pd.DataFrame, areas: set[str]) -> list[Standing]:
    """Return when a warning stood in any of these areas, from publications in order of time.

    `{""}` are areas that nobody names: everywhere.  Each actor lifts only what he published.
    """
    found: list[Standing] = []
    where: set[tuple[str, str]] = set()
    start = 0
    levels: list[str] = []
    columns = ("time", "actor", "jurisdiction", "warning")
    rows = published[published["time"].notna()][list(columns)]
    for time, actor, named, level in rows.itertuples(index=False, name=None):
        before = bool(where)
        if level == LIFTED:
            here = _areas(named)
            where = {(who, a) for who, a in where if who != actor or not (a in here or "" in here)}
            if before and not where:
                found.append(Standing(start, int(time), tuple(levels)))
            continue
        where |= {(actor, area) for area in _meeting(_areas(named), areas)}
        if where and not before:
            start, levels = int(time), []
        if where and level not in levels:
            levels.append(level)
    return [*found, Standing(start, None, tuple(levels))] if where else found


def _deciding(stood: list[Standing], time: int | None) -> Standing | None:
    """Return the warning that decides on the outcome, `None` if there was none."""
    if not stood or time is None:
        return stood[0] if stood else None
    after = [one for one in stood if one.end is None or one.end > time]
    return after[0] if after else stood[-1]


def _areas(text: str) -> set[str]:
    return set(text.split("|"))


def _meeting(named: set[str], areas: set[str]) -> set[str]:
    """Return the named areas that concern the incident; `""` stands for everywhere."""
    return named if "" in areas or "" in named else named & areas


def _first(rows: pd.DataFrame) -> int | None:
    return int(rows["time"].iloc[0]) if len(rows) and rows["time"].notna().iloc[0] else None
