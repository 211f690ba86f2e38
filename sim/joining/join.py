"""Records of several organisations become one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.joining.accounts import attach
from sim.joining.clocks import correct_by_file, correct_by_messages
from sim.joining.copies import Gone, copies, renamed
from sim.joining.findings import MATCHES, Finding
from sim.joining.gather import gather, once_each, one_head
from sim.joining.messages import alone, conflicts, match
from sim.joining.rows import Row, log_of_rows, order
from sim.log.contradictions import contradictions
from sim.log.corrections import CORRECT
from sim.log.csvfile import as_read
from sim.log.record import EventLog
from sim.rules.clockfile import Clocks
from sim.texts import t

WINDOW = 1800
"""Seconds within which the two ends of a message, or two accounts of one thing, are looked for."""


@dataclass(frozen=True)
class Joined:
    """A joined record, and what was found on the way (`sim.joining.findings`)."""

    log: EventLog
    findings: tuple[Finding, ...]

    def count(self, *kinds: str) -> int:
        """Return how many findings are of these kinds."""
        return sum(one.kind in kinds for one in self.findings)


def join_logs(
    logs: Mapping[str, EventLog],
    clocks: Clocks | None = None,
    reference: str = "",
    window: int = WINDOW,
    case: str = "joined",
) -> Joined:
    """Join records, by name of their files, into one.

    The two ends of a message become one message, what several sources state becomes one row that
    names all of them, and what cannot both be true is listed and stays as it is.  `clocks` says
    how far clocks were off; without it, clocks that the messages prove to have been off are
    corrected, against that of `reference` (default: the one that agrees with most others).
    `window` in seconds.  `case` is what the case is called if the records call it differently.

    Joining a joined record changes nothing, nor does the order of `logs`.  Raises `UnusableInput`.
    """
    rows = gather(logs, case)
    once_each(rows)
    offsets = [log.origins[log.cases[0]].utcoffset() for _, log in sorted(logs.items())]
    offset = round(offsets[0].total_seconds()) if offsets[0] is not None else 0
    rows, found = one_head(rows)
    done: list[Row] = []
    for name in dict.fromkeys(row["case"] for row in rows):
        part, more = _one_case([r for r in rows if r["case"] == name], clocks, reference, window)
        done += part
        found += more
    log = _numbered(done, offset)
    found += _impossible(log)
    return Joined(log, tuple(dict.fromkeys(found)))


def _one_case(
    rows: list[Row], clocks: Clocks | None, reference: str, window: int
) -> tuple[list[Row], list[Finding]]:
    """Join until nothing changes any more, so that joining once again would change nothing."""
    replaced = {row["replaces"] for row in rows if row["activity"] == CORRECT}
    aside = [r for r in rows if r["activity"] == CORRECT or r["row"] in replaced]
    rows = [r for r in rows if r["activity"] != CORRECT and r["row"] not in replaced]
    found: list[Finding] = []
    gone: dict[str, str] = {}
    if clocks is not None:
        found += correct_by_file(rows, clocks)
    while True:
        before = _state(rows)
        rows, doubts = _pass(rows, aside, found, gone, clocks is None, reference, window)
        if _state(rows) == before:
            found = [_of_rows_left(one, gone) for one in found]
            return [*rows, *aside], [*found, *doubts, *conflicts(rows), *alone(rows)]


def _of_rows_left(one: Finding, gone: dict[str, str]) -> Finding:
    """Return a finding that names rows of the record, also where they were put together later."""

    def left(row: str) -> str:
        while row in gone:
            row = gone[row]
        return row

    other = left(one.other_row) if one.kind in MATCHES else one.other_row
    return replace(one, row=left(one.row), other_row=other)


def _pass(
    rows: list[Row],
    aside: Sequence[Row],
    found: list[Finding],
    gone: dict[str, str],
    estimate: bool,
    reference: str,
    window: int,
) -> tuple[list[Row], list[Finding]]:
    """Put together equal rows, then the ends of messages, then (clocks agreeing) the rest."""
    rows = _once(rows, aside, found, gone, 0)[0]
    found += match(sorted(rows, key=order), window)
    clock_doubts: list[Finding] = []
    if estimate:
        made, clock_doubts = correct_by_messages(rows, reference)
        found += made
    rows, told, pairs = attach(rows, window)
    found += told
    _left_out(rows, aside, gone, pairs)
    rows, doubts = _once(rows, aside, found, gone, window)
    return rows, [*clock_doubts, *doubts]


def _once(
    rows: list[Row],
    aside: Sequence[Row],
    found: list[Finding],
    gone: dict[str, str],
    window: int,
) -> tuple[list[Row], list[Finding]]:
    rows, made, doubts, pairs = copies(sorted(rows, key=order), window)
    found += made
    _left_out(rows, aside, gone, pairs)
    return rows, doubts


def _left_out(rows: list[Row], aside: Sequence[Row], gone: dict[str, str], pairs: Gone) -> None:
    renamed([*rows, *aside], pairs)
    gone |= {row: pair["by"]["row"] for (_, row), pair in pairs.items()}


def _state(rows: list[Row]) -> list[tuple[object, ...]]:
    names = ("row", "message", "activity", "time", "time_lo", "time_hi", "source")
    return sorted(tuple(str(row[name]) for name in names) for row in rows)


def _numbered(rows: list[Row], offset: int) -> EventLog:
    """Return rows in the order of time, as the record that its CSV file will be read as."""
    cases = {name: k for k, name in enumerate(dict.fromkeys(row["case"] for row in rows))}
    ordered = sorted(rows, key=lambda row: (cases[row["case"]], order(row)))
    next_of = dict.fromkeys(cases, 0)
    for row in ordered:
        row["seq"] = next_of[row["case"]]
        next_of[row["case"]] += 1
    return as_read(log_of_rows(ordered, offset), t("joined record"))


def _impossible(log: EventLog) -> list[Finding]:
    """Return the stamps of a record that cannot both be right."""
    table, found = log.table, []
    for one in contradictions(log):
        row = table.iloc[one.row]
        other = table.iloc[one.other] if one.other >= 0 else None
        found.append(
            Finding(
                *("stamps_contradict", row["case"], row["row"], row["source"]),
                other_row="" if other is None else other["row"],
                other_source="" if other is None else other["source"],
                remark=one.text,
            )
        )
    return found
