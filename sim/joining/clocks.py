"""Clocks of organisations that were provably apart, corrected in the rows themselves.

A clock is corrected only if some message would have arrived before it was sent otherwise (0 lies
outside its bounds) and both bounds are known; the stamps become as sure as the bounds allow.
Which clocks are right the messages do not say: either somebody does (`reference`), or more than
half of the clocks agree with one of them.  What the clock showed stays in `time_written`.
"""

from __future__ import annotations

from typing import Any

from sim.joining.findings import Finding
from sim.joining.rows import Row, log_of_rows, rows_of
from sim.log.schema import TIMES
from sim.rules.clock_offsets import ContradictoryClocks, agreeing_offsets, clock_offsets
from sim.rules.clockfile import Clocks, corrected

ESTIMATED = "estimated from the messages"


def correct_by_file(rows: list[Row], clocks: Clocks) -> list[Finding]:
    """Correct rows by clocks that somebody compared; raises `UnusableInput` for unknown actors."""
    return _apply(rows, clocks)


def correct_by_messages(rows: list[Row], reference: str) -> tuple[list[Finding], list[Finding]]:
    """Correct what the matched messages prove; return what was done and what could not be.

    `reference` is the actor whose clock is right; by default one with which more than half agree.
    An actor without matched messages raises `UnusableInput`.
    """
    log = log_of_rows(rows, 0)
    case = rows[0]["case"]
    try:
        found = clock_offsets(log, reference) if reference else agreeing_offsets(log)
    except ContradictoryClocks as error:
        remark = " → ".join(error.actors)
        rows_there = " | ".join(error.rows)
        return [], [
            Finding("clocks_contradict", case, rows_there, value=error.seconds, remark=remark)
        ]
    doubts = []
    sure = found.clocks(ESTIMATED).clocks
    listed = {str(row["actor"]): row for row in found.table.to_dict("records")}
    off = {actor: listed[actor] for actor in found.off()}
    for actor, row in off.items():
        if actor not in sure:
            remark = _bounds(row)
            doubts.append(Finding("clock_not_estimated", case, column=actor, remark=remark))
    clocks = Clocks(clocks={actor: one for actor, one in sure.items() if actor in off})
    if not reference and 2 * len(off) >= len(found.table):
        return [], doubts + [
            Finding(
                *("clock_unlike", case),
                column=actor,
                value=one.offset,
                other_value=one.within,
                remark=found.reference,
            )
            for actor, one in clocks.clocks.items()
        ]
    return _apply(rows, clocks, found.reference), doubts


def _known(value: Any) -> bool:
    return value is not None and str(value) != "<NA>"


def _bounds(row: Any) -> str:
    least, most = (f"{row[n]} s" if _known(row[n]) else "?" for n in ("least_s", "most_s"))
    return f"{least} … {most}"


def _apply(rows: list[Row], clocks: Clocks, reference: str = "") -> list[Finding]:
    if not clocks.clocks or not rows:
        return []
    before = sum(row["time_written"] is not None for row in rows)
    made = rows_of(corrected(log_of_rows(rows, 0), clocks))
    for row, new in zip(rows, made, strict=True):
        row.update({name: new[name] for name in TIMES})
    if sum(row["time_written"] is not None for row in rows) == before:
        return []
    return [
        Finding(
            *("clock_corrected", rows[0]["case"]),
            column=actor,
            value=one.offset,
            other_value=one.within,
            other_source=one.source or "clocks",
            remark=reference,
        )
        for actor, one in clocks.clocks.items()
    ]
