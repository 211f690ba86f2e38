"""What a swimlane shows, read from the record: bars, arrows (`sim.report.arrows`) and marks.

Nothing here draws.  Times are seconds from the case's origin.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from sim.log.record import EventLog
from sim.log.schema import STANDING
from sim.report.arrows import Arrow, read_arrows

FAMILY = {
    "recording": "check",
    "verifying": "check",
    "deciding": "check",
    "consulting": "check",
    "answering": "check",
    "taking_command": "check",
    "reviewing": "write",
    "publishing": "write",
    "drafting": "write",
    "signing": "write",
    "mustering": "move",
    "travel": "move",
    "working": "work",
    "loading": "supply",
    "handing_over": "supply",
}
"""Spans of work by the colour that they are drawn in; other work is `other`."""
WAITING = frozenset(
    [
        "waiting_person",
        "waiting_channel",
        "waiting_ack",
        "waiting_others",
        "waiting_task",
        "waiting_team",
        "waiting_vehicle",
        "blocked_road",
        "stock",
    ]
)
NOT_DRAWN = frozenset({"transmission", "noticing", "planned", "spreading", "worsening"})
ROUTINE = frozenset({"shift_begin", "shift_end", "break_begin", "break_end", "call", "truth"})
BY_ACTIVITY = {
    "answer": "recording",
    "record": "recording",
    "verify": "verifying",
    "grade": "deciding",
    "approve": "deciding",
    "request": "deciding",
    "reconcile": "verifying",
    "terminate": "deciding",
    "dispatch": "deciding",
    "activate": "deciding",
    "command": "taking_command",
    "draft": "drafting",
    "sign": "signing",
    "alert": "mustering",
    "muster": "mustering",
    "travel": "travel",
    "return": "travel",
    "work": "working",
    "pick": "loading",
    "load": "loading",
    "hand_over": "handing_over",
}
MARKED = ("notice", "confirm", "activate", "terminate", "arrive", "stand_up", "publish", "command")


@dataclass(frozen=True)
class Bar:
    """Work (`family` of `FAMILY`) or waiting (`waiting`) of one actor; `open` = no end written."""

    actor: str
    start: int
    end: int
    family: str
    span: str
    row: str
    incident: str = ""
    open: bool = False


@dataclass(frozen=True)
class Mark:
    """One instant of one actor (`""` = true for all): occurrence, inject, confirmation, …

    `latest` is later than `time` where only an interval is known.
    """

    actor: str
    time: int
    activity: str
    grade: str
    incident: str
    row: str
    latest: int


@dataclass(frozen=True)
class Acts:
    """One case as a picture shows it; `first` and `last` are the record's ends.

    `intervals`: some rows are known only as an interval.
    """

    bars: list[Bar]
    arrows: list[Arrow]
    marks: list[Mark]
    first: int
    last: int
    intervals: bool = False

    def actors(self) -> list[str]:
        """Return who does or receives something, by first appearance."""
        seen: dict[str, int] = {}
        for bar in self.bars:
            seen[bar.actor] = min(bar.start, seen.get(bar.actor, bar.start))
        for arrow in self.arrows:
            for actor, time in ((arrow.sender, arrow.start), (arrow.recipient, arrow.end)):
                seen[actor] = min(time, seen.get(actor, time))
        for mark in self.marks:
            if mark.actor:
                seen[mark.actor] = min(mark.time, seen.get(mark.actor, mark.time))
        seen.pop("", None)
        return sorted(seen, key=lambda actor: seen[actor])

    def instants(self) -> list[int]:
        """Return the times of everything drawn, sorted (the end of what is open excepted)."""
        times = [m.time for m in self.marks] + [b.start for b in self.bars]
        times += [b.end for b in self.bars if not b.open]
        times += [x for a in self.arrows for x in (a.start, a.end)]
        return sorted(times)


def read_acts(log: EventLog) -> Acts:
    """Return what one case shows; `log` holds that case only."""
    table = log.table[~log.table["activity"].isin([*STANDING, *ROUTINE])]
    earliest = table["time"].fillna(table["time_lo"]).fillna(table["time_hi"])
    latest = table["time"].fillna(table["time_hi"]).fillna(table["time_lo"])
    table = table.assign(time=earliest, latest=latest)
    table = table[table["time"].notna()].sort_values(["time", "seq"], kind="stable")
    if (table["incident"] != "").any():  # routine load has no incident
        table = table[(table["incident"] != "") | table["activity"].isin(["inject"])]
    rows = table.to_dict("records")
    first = int(table["time"].min()) if len(table) else 0
    last = int(table["time"].max()) if len(table) else 0
    intervals = bool((table["latest"] > table["time"]).any())
    return Acts(_bars(rows), read_arrows(rows), _marks(rows), first, last, intervals)


def _bars(rows: list[dict]) -> list[Bar]:
    by_id = {row["row"]: row for row in rows}
    bars = []
    for row in rows:
        cause = by_id.get(row["cause"])
        if row["span"] and cause is not None and row["actor"] == cause["actor"] != "":
            bars.append(_bar(row, cause, row["span"]))
    bars += _paired([row for row in rows if row["phase"] and not row["span"]])
    return [bar for bar in bars if bar.end > bar.start and bar.span not in NOT_DRAWN]


def _bar(row: dict, cause: dict, span: str) -> Bar:
    family = "waiting" if span in WAITING else FAMILY.get(span, "other")
    start, end = int(cause["time"]), int(row["time"])
    is_open = row["activity"] == "open"
    return Bar(row["actor"], start, end, family, span, row["row"], row["incident"], is_open)


def _paired(rows: list[dict]) -> list[Bar]:
    """Pair asked, started and ended of records that state no causes: first in, first out."""
    waiting: dict[tuple, deque] = defaultdict(deque)
    bars = []
    for row in rows:
        if row["cause"] or row["activity"] == "send":
            continue
        key = (row["actor"], row["activity"], row["message"])
        earlier = waiting[key]
        if row["phase"] == "ended" and earlier:
            bars.append(_bar(row, earlier.popleft(), BY_ACTIVITY.get(row["activity"], "")))
        elif row["phase"] == "started" and earlier and earlier[0]["phase"] == "asked":
            bars.append(_bar(row, earlier.popleft(), "waiting_person"))
            earlier.append(row)
        elif row["phase"] != "ended":
            earlier.append(row)
    return bars


def _marks(rows: list[dict]) -> list[Mark]:
    marks = []
    for row in rows:
        activity = row["activity"]
        actor = row["recipient"] or row["actor"] if activity == "inject" else row["actor"]
        if activity in ("occur", "inject") or (activity in MARKED and not row["phase"]):
            grade = row["grade"] or row["level"]
            time, latest = int(row["time"]), int(row["latest"])
            marks.append(Mark(actor, time, activity, grade, row["incident"], row["row"], latest))
    return marks


def crossing(bars: list[Bar], most: int = 3) -> dict[str, int]:
    """Return bar row id -> line within its lane, so that bars at the same time do not cover.

    At most `most` lines; the last one takes the rest.
    """
    lines: dict[str, int] = {}
    ends: dict[str, list[int]] = defaultdict(list)
    for bar in sorted(bars, key=lambda b: (b.start, b.end)):
        taken = ends[bar.actor]
        line = next((k for k, end in enumerate(taken) if end <= bar.start), len(taken))
        if line == len(taken) and line < most:
            taken.append(bar.end)
        line = min(line, most - 1)
        taken[line] = max(taken[line], bar.end)
        lines[bar.row] = line
    return lines
