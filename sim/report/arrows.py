"""What went from whom to whom: reports, orders, requests, and what got lost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

CARRIED = frozenset(
    [
        "send",
        "receive",
        "acknowledge",
        "reported",
        "try_failed",
        "lost",
        "refused",
        "given_up",
        "cancelled",
        "open",
    ]
)
ORDERS = frozenset({"order", "dispatch", "request"})
FAILED = frozenset({"lost", "refused", "given_up", "cancelled", "try_failed"})


@dataclass(frozen=True)
class Arrow:
    """Something that goes from one actor to another: a report, an order, a request.

    `warning` is the level of the warning that it brings, if it brings one.
    """

    sender: str
    recipient: str
    start: int
    end: int
    arrived: bool
    kind: str
    activity: str
    row: str
    rows: frozenset[str]
    warning: str = ""


def read_arrows(rows: list[dict]) -> list[Arrow]:
    """Return what went from one actor to another, by the time it left."""
    by_id = {row["row"]: row for row in rows}
    by_message = defaultdict(list)
    arrows = []
    for row in rows:
        if row["message"] and row["activity"] in CARRIED:
            by_message[row["message"]].append(row)
        elif _goes(row):
            arrows.append(_arrow([row], row, int(row["time"]), row))
    for group in by_message.values():
        arrows += _of_message(group, by_id)
    return sorted(arrows, key=lambda a: (a.start, a.end))


def _goes(row: dict) -> bool:
    """Return whether a single row is a way from its actor to its recipient."""
    if not row["actor"] or not row["recipient"]:
        return False
    if row["activity"] == "order":
        return str(row["phase"]) == "ended"
    if row["phase"]:
        return False
    return row["activity"] in ("reported", "dispatch", "request", "send")


def _of_message(group: list[dict], by_id: dict[str, dict]) -> list[Arrow]:
    """Return the arrows of one message: each failed try, then its fate."""
    arrows = []
    tries = [row for row in group if row["activity"] == "try_failed"]
    for row in tries:
        arrows.append(_arrow([row], row, _begun(row, group, by_id), row, arrived=False))
    came = next((row for row in group if row["activity"] in ("receive", "reported")), None)
    sent = [row for row in group if row["activity"] in ("send", "reported")]
    lost = [row for row in group if row["activity"] in FAILED and row not in tries]
    rest = [row for row in group if row not in tries]
    if came is not None:
        origin = next((row for row in reversed(sent) if row["time"] <= came["time"]), came)
        there = origin if origin["span"] == "transmission" else came  # then waits to be answered
        arrows.append(_arrow(rest, origin, _begun(origin, group, by_id), there))
    elif sent and (lost or not tries):
        last = (lost or sent)[-1]
        begun = _begun(sent[-1], group, by_id)
        arrived = not lost and sent[-1]["phase"] in ("", "ended")
        arrows.append(_arrow(rest, sent[-1], begun, last, arrived))
    return arrows


def _begun(row: dict, group: list[dict], by_id: dict[str, dict]) -> int:
    """Return when the transmission that a row ends had begun."""
    cause = by_id.get(row["cause"])
    if row["span"] == "transmission" and cause is not None:
        return int(cause["time"])
    started = [g for g in group if g["phase"] == "started" and g["time"] <= row["time"]]
    return int((started or [row])[-1]["time"])


def _arrow(group: list[dict], origin: dict, start: int, came: dict, arrived: bool = True) -> Arrow:
    sender, recipient = origin["actor"], origin["recipient"]
    if origin["activity"] == "receive":  # only the receiving side is on record
        sender, recipient = origin["recipient"], origin["actor"]
    kind = next((row["kind"] for row in group if row["kind"]), "")
    warning = next((row["warning"] for row in group if row["warning"]), "")
    ids = frozenset(row["row"] for row in group)
    way = (sender, recipient, start, int(came["time"]), arrived)
    return Arrow(*way, kind, origin["activity"], origin["row"], ids, warning)
