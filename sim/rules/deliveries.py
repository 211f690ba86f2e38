"""First stage of scoring: from rows to deliveries, one per message or `reported` row.

A delivery is one report on its way to one recipient: when it left, arrived and was
acknowledged.  What it says is what was meant: the columns of its send row.  Its stages:

- sent: the first `send` row that ended (a `reported` row is sent and received at once);
- received: the first `receive` row of the addressee;
- acknowledged: the first `acknowledge` row of the addressee.

A message that a row calls lost, refused, given up or cancelled, and that nobody received,
never arrives; one that is `open` had not arrived by then.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.rules.forecasts import forecasts
from sim.rules.sheet import Coded, Sheet
from sim.rules.stamps import INF, NEVER, Stamp

STAGES = ("sent", "received", "acknowledged")
_LEFT = ("send", "reported")
_DEAD = ("lost", "refused", "given_up", "cancelled")


class Deliveries:
    """All deliveries of a record, numbered by case and time of their first row.

    `base[d]` is the position of the row that says what delivery d holds; `first[stage][d]`
    the position of its first row of a stage, -1 without one; `forecast[d]` whether it only says
    what is feared.
    """

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self._collect(sheet)
        self._columns: dict[str, pd.Series] = {}
        self.case = sheet.case_of[self.base].tolist()
        self.incident = self.content("incident").tolist()
        self.elements = self.content("elements").tolist()
        self.grade = self.content("grade").tolist()
        self.forecast = forecasts(sheet)[self.base]
        self._stamps: dict[str, list[Stamp]] = {}
        self.by_sender: dict[tuple[int, str, str], list[int]] = {}
        for d, key in enumerate(zip(self.case, self.incident, self.sender, strict=True)):
            self.by_sender.setdefault(key, []).append(d)

    def __len__(self) -> int:
        return len(self.base)

    def content(self, name: str) -> pd.Series:
        """Return a column of what was meant, one value per delivery."""
        if name not in self._columns:
            self._columns[name] = self.sheet.column(name, self.base)
        return self._columns[name]

    def coded(self, name: str) -> Coded:
        """Return such a column as (codes, distinct values)."""
        codes, values = self.sheet.coded(name)
        return Coded(codes[self.base], values)

    def _collect(self, sheet: Sheet) -> None:
        all_rows = sheet.done(*_LEFT, "receive", "acknowledge", *_DEAD, "open")
        all_keys = _keys(sheet, all_rows)
        fate = sheet.is_one_of("activity", (*_DEAD, "open"))[all_rows]
        at, keys = all_rows[~fate], all_keys[~fate]
        _, leading, group = np.unique(keys, return_index=True, return_inverse=True)
        left = _first(sheet.is_one_of("activity", _LEFT)[at], group, len(leading))
        was_left = left >= 0
        base = np.where(was_left, left, leading)
        actor, other = (np.array(sheet.text(c), dtype=object)[at] for c in ("actor", "recipient"))
        sender = np.where(was_left, actor[base], other[base])
        recipient = np.where(was_left, other[base], actor[base])
        his = (actor == recipient[group]) | (recipient[group] == "")
        told = sheet.is_one_of("activity", ("reported",))[at]
        received = (sheet.is_one_of("activity", ("receive",))[at] & his) | told
        acknowledged = sheet.is_one_of("activity", ("acknowledge",))[at] & his
        firsts = [left, *(_first(which, group, len(leading)) for which in (received, acknowledged))]
        order = np.argsort(base, kind="stable")
        self.base = at[base][order]
        self.sender = sender[order].tolist()
        self.recipient = recipient[order].tolist()
        found = zip(STAGES, firsts, strict=True)
        self.first = {stage: np.where(rows >= 0, at[rows], -1)[order] for stage, rows in found}
        self._fates(sheet, keys[leading][order], all_rows[fate], all_keys[fate])

    def _fates(self, sheet: Sheet, keys: np.ndarray, at: np.ndarray, fated: np.ndarray) -> None:
        """Set whether a message never arrived, and until when it is known not to have."""
        unread = (self.first["received"] < 0) & (self.first["acknowledged"] < 0)
        still = sheet.is_one_of("activity", ("open",))[at]
        self.dead = (unread & np.isin(keys, fated[~still])).tolist()
        until = dict(zip(fated[still].tolist(), sheet.lo[at[still]].tolist(), strict=True))
        waits = zip(keys.tolist(), unread.tolist(), strict=True)
        self.open_at = [until.get(key, -INF) if wait else -INF for key, wait in waits]

    def stamps(self, stage: str) -> list[Stamp]:
        """Return when each delivery reached a stage, as far as the record proves it.

        Acknowledged: the acknowledgement, else the receipt, else some time after sending
        (`hi` is INF).  Received likewise.  Sent: the send row, else some time before receipt.
        """
        if stage not in self._stamps:
            self._stamps[stage] = [self._stamp(stage, d) for d in range(len(self))]
        return self._stamps[stage]

    def _stamp(self, stage: str, d: int) -> Stamp:
        sent, received, acknowledged = (int(self.first[name][d]) for name in STAGES)
        if stage == "sent":
            if sent >= 0:
                return self.sheet.stamp(sent)
            got = [self.sheet.stamp(p) for p in (received, acknowledged) if p >= 0]
            return min(got, key=lambda stamp: stamp.hi)._replace(lo=-INF)
        best = (acknowledged, received) if stage == "acknowledged" else (received, acknowledged)
        for position in best:
            if position >= 0:
                return self.sheet.stamp(position)
        if self.dead[d]:
            return NEVER
        left = self.sheet.stamp(sent)
        return Stamp(max(left.lo, self.open_at[d]), INF, left.res, left.row)


def _keys(sheet: Sheet, at: np.ndarray) -> np.ndarray:
    """Return a key per row: its case and message, or the row itself where it names none."""
    messages, rows = sheet.text("message"), sheet.text("row")
    named = [messages[p] or f"\0{rows[p]}" for p in at.tolist()]
    codes, _ = pd.factorize(np.array(named, dtype=object))
    keys: np.ndarray = sheet.case_of[at] * (codes.max(initial=0) + 1) + codes
    return keys


def _first(which: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Return the index of the first row of each group that is marked, -1 without one."""
    result: np.ndarray = np.full(groups, -1)
    marked = np.flatnonzero(which)[::-1]
    result[group[marked]] = marked
    return result


def deliveries(log: EventLog) -> pd.DataFrame:
    """Return one row per delivery of a record, by case and time.

    Columns: case, incident, sender, recipient, message, report, kind, channel, grade,
    elements, pending, reason; `sent_s`, `received_s`, `acknowledged_s` (Int64, seconds from
    the case's origin; NA where there is no stamp, or only an interval) and their rows.
    """
    sheet = Sheet(log)
    found = Deliveries(sheet)
    table = pd.DataFrame({name: found.content(name).to_numpy() for name in _SHOWN}, dtype="str")
    table.insert(2, "sender", found.sender)
    table.insert(3, "recipient", found.recipient)
    rows = np.array([*sheet.text("row"), ""], dtype=object)
    lo, hi = (np.append(values, 0) for values in (sheet.lo, sheet.hi))
    for stage in STAGES:
        at = found.first[stage]
        absent = (at < 0) | (lo[at] != hi[at])
        table[f"{stage}_s"] = pd.arrays.IntegerArray(lo[at], absent)
        table[f"{stage}_row"] = pd.array(rows[at], dtype="str")
    return table


_SHOWN = (
    "case",
    "incident",
    "message",
    "report",
    "kind",
    "channel",
    "grade",
    "elements",
    "pending",
    "reason",
)
