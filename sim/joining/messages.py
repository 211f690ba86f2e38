"""A message seen by its sender and by its recipient becomes one: both rows name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sim.joining.assign import assigned
from sim.joining.copies import VALUES, compared
from sim.joining.findings import Finding, about
from sim.joining.rows import DONE, Row, apart, files, is_absent, keeper, lag
from sim.log.schema import STANDING

_BY_RECIPIENT = {
    "receive": "received",
    "answer": "answered",
    "acknowledge": "acknowledged",
    "record": "recorded",
}
_BESIDE = ("answered", "acknowledged", "recorded")
AGREE = ("incident", "kind", "channel", "report", "order", "object")
Pair = tuple[str, str, str]
"""Case, sender, recipient."""


@dataclass
class Message:
    """The rows of one message, by what they say of it."""

    pair: Pair
    sent: list[Row] = field(default_factory=list)
    received: list[Row] = field(default_factory=list)
    answered: list[Row] = field(default_factory=list)
    acknowledged: list[Row] = field(default_factory=list)
    recorded: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All its rows."""
        ends = (self.sent, self.received, self.answered, self.acknowledged, self.recorded)
        return [row for rows in ends for row in rows]


def end_of(row: Row) -> tuple[str, Pair] | None:
    """Return which end of a message a row is, and between whom; `None` for any other row.

    Who received a message keeps the row of its receipt; so does whoever writes `reported` of a
    report to himself.
    """
    actor, other = row["actor"], row["recipient"]
    if not actor or not other or row["phase"] not in DONE:
        return None
    activity = row["activity"]
    if activity == "send" or (activity == "reported" and row["keeper"] in ("", actor)):
        return "sent", (row["case"], actor, other)
    if activity == "reported" and row["keeper"] == other:
        return "received", (row["case"], actor, other)
    if activity in _BY_RECIPIENT:
        return _BY_RECIPIENT[activity], (row["case"], other, actor)
    return None


def messages(rows: Iterable[Row]) -> list[Message]:
    """Return the messages of a record; rows without an id of their own stand alone."""
    found: dict[tuple[Pair, str], Message] = {}
    for row in rows:
        if end := end_of(row):
            name, pair = end
            key = (pair, row["message"] or f"\0{row['row']}")
            getattr(found.setdefault(key, Message(pair)), name).append(row)
    return list(found.values())


def match(rows: list[Row], window: int) -> list[Finding]:
    """Give the rows of one message the same id: sending, receipt, and what goes with a receipt.

    Matched are messages known from one end only, of the same sender and recipient, that differ in
    nothing of `AGREE` where both ends say it; `sim.joining.assign` says which of several.  A
    row `reported` whose other end is known becomes that end: `send`, or `receive`.
    """
    found = []
    former: dict[tuple[str, str], str] = {}
    for group in _by_pair(messages(rows)):
        sent = [m for m in group if m.sent and not m.received]
        received = [m for m in group if m.received and not m.sent]
        for i, k in _assigned(sent, received, window):
            found.append(about("sent_and_received", sent[i].sent[0], received[k].received[0]))
            _join(sent[i], received[k], former)
        _two_ends(group)
    for end in _BESIDE:
        for group in _by_pair(messages(rows)):
            waiting = [m for m in group if (m.sent or m.received) and not getattr(m, end)]
            loose = [m for m in group if getattr(m, end) == m.rows]
            for i, k in _assigned(waiting, loose, window):
                other = waiting[i].received or waiting[i].sent
                found.append(about(end, other[0], loose[k].rows[0]))
                _join(waiting[i], loose[k], former)
    for row in rows:  # also those that name the number only
        row["message"] = former.get((row["case"], row["message"]), row["message"])
    return found


def _by_pair(all_of_them: list[Message]) -> Iterator[list[Message]]:
    groups: dict[Pair, list[Message]] = {}
    for one in all_of_them:
        groups.setdefault(one.pair, []).append(one)
    return iter(groups.values())


def _assigned(first: list[Message], then: list[Message], window: int) -> list[tuple[int, int]]:
    def difference(a: Row, b: Row) -> tuple[int, int, int] | None:
        whole = "reported" in (a["activity"], b["activity"])  # one source's word for both ends
        if (whole and not apart(a, b)) or any(differ(a, b, name) for name in AGREE):
            return None
        return lag(a, b), *compared(a, b, AGREE)

    return assigned(
        [(m.received or m.sent)[0] for m in first], [m.rows[0] for m in then], difference, window
    )


def differ(a: Row, b: Row, name: str) -> bool:
    """Whether two rows say different things in a column, both of them something."""
    return not is_absent(a[name]) and not is_absent(b[name]) and bool(a[name] != b[name])


def _join(a: Message, b: Message, former: dict[tuple[str, str], str]) -> None:
    """Give the rows of both the id of the first that has one, else one of its own.

    `former` gets the id that the other one had.
    """
    rows = [*a.rows, *b.rows]
    name = next((row["message"] for row in rows if row["message"]), f"m-{rows[0]['row']}")
    for row in rows:
        if row["message"] not in ("", name):
            former[row["case"], row["message"]] = name
        row["message"] = name
    for end in ("sent", "received", *_BESIDE):
        getattr(a, end).extend(getattr(b, end))
        getattr(b, end).clear()


def _two_ends(group: list[Message]) -> None:
    """Of a message whose both ends are known, none is a report that arrived when it was sent."""
    for one in group:
        if not (one.sent and one.received):
            continue
        for row in one.sent:
            if row["activity"] == "reported":
                row["activity"], row["phase"] = "send", "ended"
        for row in one.received:
            if row["activity"] == "reported":
                row["activity"] = "receive"
                row["actor"], row["recipient"] = row["recipient"], row["actor"]


def conflicts(rows: Iterable[Row]) -> list[Finding]:
    """Return where the ends of a message say different things."""
    found = []
    for one in messages(rows):
        for a in one.sent[:1]:
            for b in (b for b in one.received if apart(a, b)):
                named = (*AGREE, *sorted(VALUES))
                found += [about("value_differs", a, b, n) for n in named if differ(a, b, n)]
    return found


def alone(rows: list[Row]) -> list[Finding]:
    """Return messages known from one end only although the other end has files of its own."""
    own: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["activity"] not in (*STANDING, "correct"):
            own.setdefault((row["case"], keeper(row)), set()).update(files(row))
    found = []
    for one in messages(rows):
        case, sender, recipient = one.pair
        ends = (("not_received", one.sent, recipient), ("not_sent", one.received, sender))
        for kind, there, other in ends:
            alone_there = there and len(there) == len(one.rows)
            if alone_there and own.get((case, other), set()) - files(there[0]):
                found.append(about(kind, there[0], there[0]))
    return found
