"""The knowledge ledger: who had been told what when, what he made of it, and how wrong it was.

Everything follows from the record; who wrote it, a model or a duty office, makes no difference.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.log.record import EventLog
from sim.log.schema import FIELDS
from sim.rules.beliefs import Beliefs, Told, key_of
from sim.rules.deliveries import Deliveries
from sim.rules.sheet import Sheet
from sim.rules.stamps import INF
from sim.rules.tellings import Figured, entries
from sim.rules.truths import Truth, Truths


class Book:
    """A record as the ledger sees it: sheet, deliveries, beliefs and truths."""

    def __init__(self, log: EventLog):
        self.sheet = Sheet(log)
        self.figured = Figured(self.sheet)
        self.deliveries = Deliveries(self.sheet)
        self.beliefs = Beliefs(self.sheet, entries(self.sheet, self.deliveries, self.figured))
        self.truths = Truths(self.sheet, self.figured)


def ledger(log: EventLog) -> pd.DataFrame:
    """Return what every actor was told of every figure, one row per telling.

    Sorted by case, incident, actor, field (in the order of the schema) and time.  Columns:

    - case, incident, actor, field (texts);
    - `time_s`: when he was told, seconds from the case's origin (NA where the record has only
      an interval: `time_lo_s`, `time_hi_s`; all Int64);
    - `how`: activity of the row (notice, verify, answer, inject, receive, acknowledge,
      reported; send, reported or publish where his own statement is the first record of it);
    - `by`: who told him, empty if he saw it himself; channel, message, report;
    - `value`: what he was told; `before`: what he held until then; `held`: what he held from
      then on (Float64); `effect`: first, changed, same, or older (older than what he knew, so
      not taken in); `as_of_s`: the second to which the figure goes back, as far as traced;
    - `true`: what was so then; `basis`: `then` if the record states it for that time, `later`
      if it was counted only afterwards (an inquiry's figure), empty without any; `error` =
      held - true;
    - `passed_s`, `passed_to`: when and to whom he first passed the figure on;
    - `row`, `sent_row`, `true_row`, `passed_row`: ids of the rows; `evidence`: all, joined by `|`.

    To see only changes of what was held: `table[table["effect"].isin(["first", "changed"])]`.
    """
    book = Book(log)
    place = {name: k for k, name in enumerate(FIELDS)}
    lines = sorted(
        enumerate(book.beliefs.lines), key=lambda e: (*e[1].holder[:3], place[e[1].holder[3]], e[0])
    )
    return _table(book, [line for _, line in lines])


def _table(book: Book, lines: list[Told]) -> pd.DataFrame:
    sheet = book.sheet
    at = [line.at for line in lines]
    truths = [book.truths.at(key_of(line.holder), line.at) for line in lines]
    held = [line.before if line.effect == "older" else line.value for line in lines]
    rows = sheet.text("row")
    data: dict[str, Any] = {
        "case": _texts([sheet.cases[line.holder[0]] for line in lines]),
        "incident": _texts([line.holder[1] for line in lines]),
        "actor": _texts([line.holder[2] for line in lines]),
        "field": _texts([line.holder[3] for line in lines]),
        "time_s": _seconds(sheet, at, exact=True),
        "time_lo_s": _seconds(sheet, at),
        "time_hi_s": _seconds(sheet, at, high=True),
        "how": _column(sheet, "activity", at),
        "by": _texts([line.other for line in lines]),
        "channel": _column(sheet, "channel", at),
        "message": _column(sheet, "message", at),
        "report": _column(sheet, "report", at),
        "value": _floats([line.value for line in lines]),
        "before": _floats([line.before for line in lines]),
        "held": _floats(held),
        "effect": _texts([line.effect for line in lines]),
        "as_of_s": _bounded([line.as_of for line in lines]),
        "true": _floats([truth.value if truth else None for truth in truths]),
        "basis": _texts([truth.basis if truth else "" for truth in truths]),
    }
    data["error"] = data["held"] - data["true"]
    data["passed_s"] = _seconds(sheet, [line.passed_at for line in lines], exact=True)
    data["passed_to"] = _texts([line.passed_to for line in lines])
    found = [_evidence(rows, line, truth) for line, truth in zip(lines, truths, strict=True)]
    for k, name in enumerate(("row", "sent_row", "true_row", "passed_row")):
        data[name] = _texts([ids[k] for ids in found])
    data["evidence"] = _texts(["|".join(dict.fromkeys(filter(None, ids))) for ids in found])
    return pd.DataFrame(data)


def _evidence(rows: list[str], line: Told, truth: Truth | None) -> tuple[str, str, str, str]:
    def row(position: int) -> str:
        return rows[position] if position >= 0 else ""

    return row(line.at), row(line.sent), row(truth.at if truth else -1), row(line.passed_at)


def _texts(values: list[str]) -> Any:
    return pd.array(np.array(values, dtype=object), dtype="str")


def _floats(values: list[float | None]) -> Any:
    return pd.array(values, dtype="Float64")


def _bounded(values: list[int]) -> Any:
    return pd.array([None if abs(value) >= INF else value for value in values], dtype="Int64")


def _column(sheet: Sheet, name: str, at: list[int]) -> Any:
    words = sheet.text(name)
    return _texts([words[p] for p in at])


def _seconds(sheet: Sheet, at: list[int], exact: bool = False, high: bool = False) -> Any:
    """Return the earliest (or latest) second of rows, NA where unknown or position is -1."""
    found: list[int] = []
    for p in at:
        lo, hi = (int(sheet.lo[p]), int(sheet.hi[p])) if p >= 0 else (INF, INF)
        found.append(INF if exact and lo != hi else hi if high else lo)
    return _bounded(found)
