"""The list of what could not be read, as CSV and as lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from sim.intake.importing import Imported
from sim.intake.rows import Unread
from sim.intake.words import neutral
from sim.texts import t

MOST_LINES = 20


def unread_csv(unread: Sequence[Unread]) -> str:
    """Return the list as CSV: file, sheet, row, column, what is left out, why."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    head = ("file", "sheet", "row", "column", "left_out", "reason")
    writer.writerow(head)
    for one in unread:
        left = "row" if one.row else "cell"
        cells = (one.file, one.sheet, str(one.line), one.column, left, one.reason)
        writer.writerow([neutral(cell) for cell in cells])
    return out.getvalue()


def unread_lines(unread: Sequence[Unread]) -> list[str]:
    """Return the first entries of the list, one line each, and how many more there are."""
    lines = []
    for one in unread[:MOST_LINES]:
        sheet = f":{one.sheet}" if one.sheet else ""
        column = f" {one.column}:" if one.column else ""
        what = t("not read") if one.row else t("cell left out")
        lines.append(f"{one.file}{sheet}:{one.line}:{column} {what}: {one.reason}")
    if len(unread) > MOST_LINES:
        lines.append(t("{n} more", n=len(unread) - MOST_LINES))
    return lines


def summary(found: Imported) -> str:
    """Return what came of the files, in one line."""
    return t(
        "rows: {rows}, read: {read}, not read: {unread}; events: {events}, cases: {cases}",
        rows=found.rows,
        read=found.rows - found.unread_rows,
        unread=found.unread_rows,
        events=found.events,
        cases=len(found.log.origins),
    )
