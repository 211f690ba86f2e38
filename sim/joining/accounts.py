"""What others tell of a message between two: further evidence of it, never a message of its own."""

from __future__ import annotations

from collections.abc import Iterable

from sim.joining.assign import assigned
from sim.joining.copies import VALUES, Gone, both_places, compared
from sim.joining.findings import Finding, about
from sim.joining.messages import AGREE, Message, Pair, differ, messages
from sim.joining.rows import DONE, FAR, Row, apart, bounds, distance, files, keeper, witness


def attach(rows: list[Row], window: int) -> tuple[list[Row], list[Finding], Gone]:
    """Return rows without the accounts of third parties that tell of a message known from both
    ends, what was found, and which rows are gone.

    Such an account is a row `reported` whose keeper is neither end.  It belongs to a message of
    the same sender and recipient from which it differs in nothing of `AGREE`, and within the window
    before or after; `sim.joining.assign` says which of several.  The row of the receipt then also
    names where the account stands.  What the account tells otherwise is listed; the ends' own words
    stay, also where they are silent.  Of a message known from one end, an account is another row
    about it (`sim.joining.copies`).
    """
    known: dict[Pair, list[Message]] = {}
    for one in messages(rows):
        if _from_both(one):
            known.setdefault(one.pair, []).append(one)
    told: dict[tuple[Pair, tuple[tuple[str, ...], str]], list[Row]] = {}
    for row in rows:
        pair = (row["case"], row["actor"], row["recipient"])
        if _is_account(row) and pair in known:
            told.setdefault((pair, witness(row)), []).append(row)
    found: list[Finding] = []
    gone: Gone = {}
    for (pair, _), accounts in sorted(told.items(), key=lambda item: item[0]):
        group = known[pair]
        spans = [_span(one) for one in group]
        for i, k in assigned(spans, accounts, _difference, window):
            end, account = _end(group[i]), accounts[k]
            found += [about("told_by_third", end, account), *_unlike(group[i], spans[i], account)]
            end["source"] = both_places(end, account)
            gone[account["case"], account["row"]] = {"by": end, "was": account}
    return [r for r in rows if (r["case"], r["row"]) not in gone], found, gone


def _from_both(one: Message) -> bool:
    """Whether a message is known from both ends; what both stamp alike is one row of two files."""
    return bool(one.sent and (one.received or len(files(one.sent[0])) > 1))


def _is_account(row: Row) -> bool:
    ends = (row["actor"], row["recipient"])
    return row["activity"] == "reported" and row["phase"] in DONE and keeper(row) not in ends


def _end(one: Message) -> Row:
    return (one.received or one.sent)[0]


def _span(one: Message) -> Row:
    """Return the row of the receipt with the time from the sending to the receipt."""
    lows, highs = zip(*(bounds(row) for row in (one.sent[0], _end(one))), strict=True)
    low, high = min(lows), max(highs)
    times = (None if low <= -FAR else low, None if high >= FAR else high)
    return {**_end(one), "time": None, "time_lo": times[0], "time_hi": times[1]}


def _difference(message: Row, account: Row) -> tuple[int, int, int] | None:
    if not apart(message, account) or any(differ(message, account, name) for name in AGREE):
        return None
    return distance(message, account), *compared(message, account, AGREE)


def _unlike(one: Message, span: Row, account: Row) -> Iterable[Finding]:
    """Return what an account tells otherwise than both ends of the message."""
    ends = [one.sent[0], _end(one)]
    for name in sorted(VALUES):
        said = [end for end in ends if end[name] not in (None, "")]
        if said and all(differ(end, account, name) for end in said):
            yield about("account_differs", said[-1], account, name)
    if distance(span, account):
        yield about("account_differs", ends[-1], account, "time")
