"""Second stage of the knowledge ledger: what every actor held to be so, row by row.

The rule is that of a careful duty office: older news never replaces newer.  How old a figure
is follows from the record alone.  What an actor saw himself is as of that row.  What he was
told is as old as it was for the sender when he sent it: as of the sender's latest entry with
that figure; a figure that the record cannot trace is as of its sending, without a row of
sending as of its arrival.  A zero that is drafted where nothing is known is older than any news.
An actor who states a figure of a kind of which the record does not
show that he was ever told any, held it from then on.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sim.rules.sheet import Sheet
from sim.rules.stamps import INF
from sim.rules.tellings import Entry
from sim.rules.truths import Key

Holder = tuple[int, str, str, str]
"""Number of the case, id of the incident, actor, field."""


@dataclass(slots=True)
class Told:
    """One line of the ledger: somebody was told (or stated first) one figure.

    `effect`: `first`, `changed`, `same`, or `older` (not taken in: he knew something newer).
    `before` is what he held until then, `held` what he held afterwards; `as_of` the second to
    which the figure goes back.  `passed_at` is the position of the row by which he first
    passed it on, -1 if he did not, and `passed_to` to whom.
    """

    at: int
    holder: Holder
    value: float
    other: str
    stated: bool
    as_of: int
    effect: str
    before: float | None
    sent: int
    passed_at: int = -1
    passed_to: str = ""


class Beliefs:
    """`lines` in the order of the record; `history[holder]` those that the holder took in."""

    def __init__(self, sheet: Sheet, entries: list[Entry]):
        self.sheet = sheet
        self.lines: list[Told] = []
        self.history: dict[Holder, list[Told]] = {}
        self._drafted = {*sheet.done("draft").tolist()}
        for entry in entries:
            for name, value in entry.values.items():
                holder = (entry.case, entry.incident, entry.actor, name)
                if entry.stated:
                    self._state(entry, holder, value)
                else:
                    self._tell(entry, holder, value, entry.meant.get(name))

    def held(self, holder: Holder, position: int) -> Told | None:
        """Return the line that a holder believed at a row, `None` if he had been told nothing."""
        lines = self.history.get(holder, [])
        k = bisect_right(lines, position, key=lambda line: line.at)
        return lines[k - 1] if k else None

    def _tell(self, entry: Entry, holder: Holder, value: float, meant: float | None) -> None:
        as_of = self._as_of(entry, holder[-1], value if meant is None else meant)
        lines = self.history.setdefault(holder, [])
        last = lines[-1] if lines else None
        if last is None:
            effect = "first"
        elif value == last.value:
            effect = "same"
        else:
            effect = "older" if as_of < last.as_of else "changed"
        before = last.value if last else None
        told = Told(entry.at, holder, value, entry.other, False, as_of, effect, before, entry.sent)
        self.lines.append(told)
        if last is None or as_of >= last.as_of:
            lines.append(told)

    def _state(self, entry: Entry, holder: Holder, value: float) -> None:
        lines = self.history.setdefault(holder, [])
        if not lines:
            as_of = int(self.sheet.lo[entry.at])
            told = Told(entry.at, holder, value, "", True, as_of, "first", None, -1)
            self.lines.append(told)
            lines.append(told)
        for line in reversed(lines):
            if line.value == value:
                if line.passed_at < 0:
                    line.passed_at, line.passed_to = entry.at, entry.other
                break

    def _as_of(self, entry: Entry, name: str, meant: float) -> int:
        """Return the second to which a figure goes back that somebody is told."""
        case, incident, _, _ = entry[2:6]
        if entry.other and entry.sent >= 0:
            for line in reversed(self.history.get((case, incident, entry.other, name), [])):
                if line.at <= entry.sent and line.value == meant:
                    return line.as_of
        if entry.at in self._drafted:
            return -INF
        return int(self.sheet.lo[entry.sent if entry.sent >= 0 else entry.at])


def key_of(holder: Holder) -> Key:
    """Return case, incident and field."""
    return holder[0], holder[1], holder[3]
