"""What the Gantt picture of teams shows, read from the record; nothing here draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from sim.log.record import EventLog

STAGES = (
    ("ordered", ""),
    ("alerted", "alert"),
    ("mustered", "muster"),
    ("departed", "wait"),
    ("arrived", "travel"),
    ("started", "wait"),
    ("ended", "work"),
    ("left", "wait"),
    ("returned", "return"),
)
"""The stamps of a trip in their order, each with the stage that it ends."""


@dataclass(frozen=True)
class Bar:
    """One stage of one team, in seconds; `open`: it goes on beyond the record's end.

    Stages: those of `STAGES`, rest, follow, refused (an instant), unknown.
    """

    team: str
    stage: str
    start: int
    end: int
    open: bool = False


def read_bars(log: EventLog, times: pd.DataFrame) -> list[Bar]:
    """Return the bars of one case; `times` is its `team_times`."""
    table = log.table
    still = table[table["activity"] == "open"]
    unfinished = set(zip(still["actor"], still["object"], strict=True))
    bars: list[Bar] = []
    for trip in times.to_dict("records"):
        bars += _trip(trip, (trip["team"], trip["order"]) in unfinished)
    for activity in ("rest", "follow"):
        bars += _between(table[table["activity"] == activity], activity, still)
    return bars


def _trip(trip: dict, is_open: bool) -> Iterator[Bar]:
    """Join the stamps that are known; a stage whose own beginning is unknown is `unknown`."""
    team = trip["team"]
    if pd.isna(trip["left"]):  # then it left when its work was done
        trip = trip | {"left": trip["ended"]}
    known = [(k, int(trip[name])) for k, (name, _) in enumerate(STAGES) if not pd.isna(trip[name])]
    for (a, start), (b, end) in pairwise(known):
        if end > start:
            yield Bar(team, STAGES[b][1] if b == a + 1 else "unknown", start, end)
    refused = trip["refused"]
    if not pd.isna(refused):
        if known and refused > known[-1][1]:
            yield Bar(team, "muster", known[-1][1], int(refused))
        yield Bar(team, "refused", int(refused), int(refused))
    elif is_open and known and known[-1][0] + 1 < len(STAGES):
        last, start = known[-1]
        yield Bar(team, STAGES[last + 1][1], start, start, open=True)


def _between(rows: pd.DataFrame, stage: str, still: pd.DataFrame) -> Iterator[Bar]:
    """Pair the rows `started` and `ended` of one activity, team by team."""
    begun: dict[tuple[str, str], int] = {}
    for row in rows[rows["time"].notna()].to_dict("records"):
        key = (row["actor"], row["object"])
        if row["phase"] == "started":
            begun[key] = int(row["time"])
        elif row["phase"] == "ended" and key in begun:
            yield Bar(row["actor"], stage, begun.pop(key), int(row["time"]))
    for (team, _), start in begun.items():
        if stage == "rest" and (still["actor"] == team).any():
            yield Bar(team, stage, start, start, open=True)
