"""The sentences of an animation: what tells the course of a drill, and roads that close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.log.record import EventLog
from sim.report.names import named
from sim.report.rowtexts import figures, key_rows, what_words, when_words
from sim.texts import label, t

ROADS = ("road_closed", "road_slowed", "road_opened")


@dataclass(frozen=True)
class Caption:
    """A sentence, the second that it belongs to (an interval's beginning), and its clock time."""

    time: int
    clock: str
    words: str
    road: bool = False


def captions(log: EventLog, names: Mapping[str, str], links: Mapping[str, Any]) -> list[Caption]:
    """Return the sentences of one case in the order of time; `road`: of roads that close."""
    table, origin = log.table, log.origins[log.cases[0]]
    chosen = table["row"].isin(key_rows(log, [])) | table["activity"].isin(ROADS)
    rows = table[chosen & ~table["activity"].eq("truth")]
    times = rows["time"].fillna(rows["time_lo"]).fillna(rows["time_hi"])
    rows = rows[times.notna()].assign(begun=times[times.notna()].astype("int64"))
    ordered = rows.sort_values(["begun", "seq"], kind="stable").to_dict("records")
    return [
        Caption(
            int(row["begun"]),
            when_words(row, origin)[0],
            _words(row, names, links),
            row["activity"] in ROADS,
        )
        for row in ({str(k): v for k, v in row.items()} for row in ordered)
    ]


def _words(row: dict[str, Any], names: Mapping[str, str], links: Mapping[str, Any]) -> str:
    if row["activity"] in ROADS:
        return f"{label('activity', row['activity'])}{t(': ')}{_roads(row, names, links)}"
    parts = [named(names, row["actor"]) if row["actor"] else "", what_words(row)]
    if row["recipient"]:
        parts.append(f"→ {named(names, row['recipient'])}")
    if row["place"] and row["activity"] in ("arrive", "occur"):
        parts.append(named(names, row["place"]))
    if told := figures(row, names):
        parts.append(t("({words})", words=told) if row["actor"] else told)
    return " ".join(part for part in parts if part).replace(" （", "（")


def _roads(row: dict[str, Any], names: Mapping[str, str], links: Mapping[str, Any]) -> str:
    words = []
    for key in row["links"].split("|"):
        link = links.get(key)
        ends = (named(names, link.from_), named(names, link.to)) if link is not None else ()
        words.append("–".join(ends) if ends else key)
    return t(", ").join(words)
