"""First stage of the knowledge ledger: every row by which somebody learned or stated figures.

A telling is a row by which an actor learns: with his own eyes (`notice`, `verify`, `answer`), by
stating that there is nothing (the zeros of a `draft`), by calling somebody back (a `verify` with a
recipient), from exercise control (`inject`), or from a message (`receive`, else its
acknowledgement, else `reported`).  A statement is a row by which he passes figures on: `send`,
`reported`, `publish`.  Both are taken from what the record says alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.log.schema import FIELDS
from sim.rules.deliveries import Deliveries
from sim.rules.forecasts import forecasts
from sim.rules.sheet import Sheet

OWN = ("notice", "verify", "reconcile", "answer", "draft")
Values = dict[str, float]


class Entry(NamedTuple):
    """One telling or statement; `at` is the position of its row in the sheet.

    A telling has an `actor` who learns `values` from `other` (empty: himself); `meant` are the
    figures as sent and `sent` the position of the row that sent them (-1 without one).  A
    statement (`stated`) has an `actor` who gives `values` to `other`.
    """

    at: int
    stated: bool
    case: int
    incident: str
    actor: str
    other: str
    values: Values
    meant: Values
    sent: int = -1


class Figured:
    """The figures of rows by position; nothing where a row has none, or only fears something."""

    def __init__(self, sheet: Sheet):
        self.table = np.column_stack([sheet.numbers(name) for name in FIELDS])
        self.some = ~np.isnan(self.table).all(axis=1) & ~forecasts(sheet)

    def __getitem__(self, position: int) -> Values:
        if position < 0 or not self.some[position]:
            return {}
        row = self.table[position].tolist()
        return {name: value for name, value in zip(FIELDS, row, strict=True) if value == value}


def entries(sheet: Sheet, deliveries: Deliveries, figured: Figured) -> list[Entry]:
    """Return all tellings and statements with figures, in the order of the record.

    Of one row that is both (`reported`), the statement comes first.
    """
    found = [
        *_seen(sheet, figured),
        *_injected(sheet, figured),
        *_published(sheet, figured),
        *_delivered(sheet, deliveries, figured),
    ]
    return sorted(found, key=lambda entry: (entry.at, not entry.stated))


def _seen(sheet: Sheet, figured: Figured) -> list[Entry]:
    """Return what was seen, and what the one who was called back knew at that very row."""
    found = _single(sheet, figured, OWN, "actor", "recipient", stated=False)
    return [entry._replace(sent=entry.at) if entry.other else entry for entry in found]


def _injected(sheet: Sheet, figured: Figured) -> list[Entry]:
    return _single(sheet, figured, ("inject",), "recipient", "actor", stated=False)


def _published(sheet: Sheet, figured: Figured) -> list[Entry]:
    return _single(sheet, figured, ("publish",), "actor", "recipient", stated=True)


def _single(
    sheet: Sheet, figured: Figured, words: tuple[str, ...], who: str, other: str, stated: bool
) -> list[Entry]:
    """Return the entries that one row makes by itself."""
    at = sheet.done(*words)
    at = at[figured.some[at]]
    columns = ("incident", who, other or who)
    rows = zip(at.tolist(), sheet.case_of[at].tolist(), sheet.rows(at, *columns), strict=True)
    return [
        Entry(p, stated, case, incident, actor, from_ if other else "", figured[p], figured[p])
        for p, case, (incident, actor, from_) in rows
        if actor
    ]


def _delivered(sheet: Sheet, deliveries: Deliveries, figured: Figured) -> list[Entry]:
    found = []
    elements = sheet.text("elements")
    for d in range(len(deliveries)):
        sender, recipient = deliveries.sender[d], deliveries.recipient[d]
        key = (deliveries.case[d], deliveries.incident[d])
        sent = int(deliveries.first["sent"][d])
        meant = figured[int(deliveries.base[d])]
        if sent >= 0 and sender and meant:
            found.append(Entry(sent, True, *key, sender, recipient, meant, meant))
        got = int(deliveries.first["received"][d])
        told = figured[got]
        if not told and (got < 0 or not elements[got]):  # it does not say what was understood
            told = meant
        got = got if got >= 0 else int(deliveries.first["acknowledged"][d])
        if got >= 0 and recipient and told:
            found.append(Entry(got, False, *key, recipient, sender, told, meant, sent))
    return found
