"""Facts about every report from which an authority may conclude; no judgement is made here.

The directive forbids five things (迟报, 漏报, 误报, 谎报, 瞒报); their definitions join a fact
that a record can show with an intent that it cannot (Rules on penalties for work-safety
accidents, article 5; the directive's articles 10 and 14).  Only the facts are stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.log.record import EventLog
from sim.log.schema import FIELDS
from sim.rules.ledger import Book
from sim.rules.tellings import Values
from sim.rules.verdicts import Verdicts
from sim.texts import t

LEGAL = ("time", "place", "nature", "loss")
"""Elements whose absence the penalty rules name: time, place, class, casualties and loss."""
_TEXTS = (
    *("case", "incident", "sender", "recipient", "message", "report", "kind", "channel"),
    *("late", "missing_elements", "left_out", "differs_from_own", "outdated"),
    *("differs_from_truth", "basis", "never_reported", "evidence"),
)


def column_help() -> dict[str, str]:
    """Return what each column of facts says, with the legal names that it may bear upon."""
    return {
        "late": t(
            "Rules whose limit the report missed. Bears upon late reporting (迟报), article 14."
        ),
        "missing_elements": t(
            "Time, place, nature or loss not mentioned. Bears upon omission (漏报); whether by "
            "negligence is not on record."
        ),
        "left_out": t(
            "Figures that the sender held and did not pass on. Bears upon omission (漏报)."
        ),
        "differs_from_own": t(
            "Figures other than the sender held when he sent them. Bears upon false reporting "
            "(谎报); whether on purpose is not on record."
        ),
        "outdated": t("Those of them that he had held before: the report was older than the news."),
        "differs_from_truth": t(
            "Figures other than what was so. Bears upon wrong reporting (误报), article 10."
        ),
        "never_reported": t(
            "Rules under which no report came although the record is complete. Bears upon "
            "omission or concealment (漏报, 瞒报); intent is for the authority to find."
        ),
    }


def report_facts(log: EventLog, verdicts: Verdicts | None = None) -> pd.DataFrame:
    """Return one row per report to one recipient, and one per duty that was never discharged.

    Columns: case, incident, sender, recipient, message, report, kind, channel; `sent_s`
    (Int64, NA without an instant); `arrived` (whether the record shows it); the facts, each a
    text, empty where there is nothing to state, several joined by `|`:

    - `late`, `never_reported`: rules, from `verdicts` (empty without them);
    - `missing_elements`: of time, place, nature and loss; `left_out`: fields that the sender
      held and did not give; both empty where the record does not list what the report
      mentions (`content` is false);
    - `differs_from_own`, of these `outdated`: fields given otherwise than he held them then;
    - `differs_from_truth`: fields given otherwise than they were; `basis` says whether the
      truth is of that time (`then`) or was counted afterwards (`later`);

    and `evidence`, row ids.  `column_help()` says what each fact bears upon.
    """
    book = Book(log)
    lines = [_line(book, d) for d in range(len(book.deliveries))]
    if verdicts is not None:
        _note_late(lines, verdicts.table)
        lines += _never(verdicts.table)
    table = pd.DataFrame({name: [line.get(name, "") for line in lines] for name in _TEXTS})
    table = table.astype("str")
    sent = pd.array([line.get("sent_s") for line in lines], dtype="Int64")
    table.insert(8, "sent_s", sent)  # type: ignore[arg-type]
    for k, name in enumerate(("arrived", "content")):
        table.insert(9 + k, name, [bool(line.get(name, False)) for line in lines])
    return table


def _line(book: Book, d: int) -> dict[str, Any]:
    post, sheet = book.deliveries, book.sheet
    base, sent = int(post.base[d]), int(post.first["sent"][d])
    said = book.figured[base]
    content = bool(post.elements[d])
    stages = {stage: int(rows[d]) for stage, rows in post.first.items() if rows[d] >= 0}
    line: dict[str, Any] = {
        "case": sheet.cases[post.case[d]],
        "sender": post.sender[d],
        "recipient": post.recipient[d],
        "sent_s": int(sheet.lo[sent]) if sent >= 0 and sheet.lo[sent] == sheet.hi[sent] else None,
        "arrived": bool(stages.keys() - {"sent"}),
        "content": content,
        "missing_elements": "|".join(_missing(post.elements[d], said)) if content else "",
    }
    for name in ("incident", "message", "report", "kind", "channel"):
        line[name] = sheet.text(name)[base]
    proof = {sheet.text("row")[p]: None for p in stages.values()}
    line["stages"] = tuple(proof)
    if sent >= 0 and post.sender[d]:
        line |= _against_own(book, d, said, sent, proof)
    line |= _against_truth(book, d, said, base, proof)
    return line | {"evidence": "|".join(proof)}


def _missing(elements: str, said: Values) -> Iterator[str]:
    mentioned = set(elements.split("|"))
    if said or mentioned & set(FIELDS):
        mentioned.add("loss")
    yield from (name for name in LEGAL if name not in mentioned)


def _against_own(
    book: Book, d: int, said: Values, sent: int, proof: dict[str, None]
) -> dict[str, str]:
    """Compare a report with what its sender held when he sent it."""
    key = (book.deliveries.case[d], book.deliveries.incident[d], book.deliveries.sender[d])
    left, other, outdated = [], [], []
    for name in FIELDS:
        held = book.beliefs.held((*key, name), sent)
        if held is None or said.get(name) == held.value:
            continue
        if name not in said:
            left += [name] if book.deliveries.elements[d] else []
            continue
        other.append(name)
        proof[book.sheet.text("row")[held.at]] = None
        former = book.beliefs.history[(*key, name)]
        if any(line.value == said[name] and line.at <= held.at for line in former):
            outdated.append(name)
    facts = {"left_out": left, "differs_from_own": other, "outdated": outdated}
    return {name: "|".join(fields) for name, fields in facts.items()}


def _against_truth(
    book: Book, d: int, said: Values, base: int, proof: dict[str, None]
) -> dict[str, str]:
    found: list[str] = []
    basis: dict[str, None] = {}
    for name, value in said.items():
        key = (book.deliveries.case[d], book.deliveries.incident[d], name)
        truth = book.truths.at(key, base)
        if truth is not None and truth.value != value:
            found.append(name)
            basis[truth.basis] = None
            proof[book.sheet.text("row")[truth.at]] = None
    return {"differs_from_truth": "|".join(found), "basis": "|".join(basis)}


def _note_late(lines: list[dict[str, Any]], table: pd.DataFrame) -> None:
    """Write the rules into the reports that ended a duty too late."""
    by_row = {(line["case"], line["sender"], row): line for line in lines for row in line["stages"]}
    late = table[(table["verdict"] == "late") & table["end_s"].notna()]
    for duty in late.to_dict("records"):
        for row in str(duty["evidence"]).split("|"):
            line = by_row.get((duty["case"], duty["owner"], row))
            if line is not None:
                line.setdefault("rules", {})[str(duty["rule"])] = None
    for line in lines:
        line["late"] = "|".join(line.get("rules", {}))


def _never(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a line for every duty under which no report came at all."""
    never = table[(table["verdict"] == "late") & (table["reason"] == "never_reported")]
    same = ("case", "incident", "recipient", "evidence")
    return [
        {name: row[name] for name in same} | {"sender": row["owner"], "never_reported": row["rule"]}
        for row in never.to_dict("records")
    ]
