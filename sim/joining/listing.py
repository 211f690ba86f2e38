"""The list beside a joined record, as CSV and in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from sim.intake.words import neutral
from sim.joining.findings import CONFLICTS, COPIES, MATCHES, OTHERS, Finding
from sim.joining.join import Joined
from sim.log import stamps
from sim.log.schema import TIMES
from sim.texts import label, t

HEAD = (
    "finding", "case", "row", "source", "column", "value", "other_row", "other_source",
    "other_value", "remark",
)  # fmt: skip
ORDER = (*CONFLICTS, *OTHERS, *COPIES, *MATCHES)
MOST_LINES = 20


def meaning(kind: str) -> str:
    """Return what a finding says, as a sentence."""
    words = {
        "sent_and_received": t("one message, seen from both ends"),
        "acknowledged": t("the acknowledgement of this message"),
        "answered": t("the answering of this message"),
        "recorded": t("the entry of this message in the duty ledger"),
        "told_by_third": t("this message, told by a third party; counted once"),
        "account_differs": t("a third party tells it otherwise; the ends' own words count"),
        "same_row": t("the same row once more; counted once"),
        "same_thing": t("the same thing, by another source; counted once"),
        "filled": t("not said here, taken from the other source"),
        "value_differs": t("the sources differ; both are kept, a person decides"),
        "time_differs": t("the stamps differ; kept as the span from one to the other"),
        "perhaps_the_same": t("perhaps the same thing; both are counted, a person decides"),
        "entry_differs": t("the entries of the directory differ"),
        "stamps_contradict": t("both stamps cannot be right"),
        "clock_unlike": t("the clocks differ by so many seconds; which one is right? --reference"),
        "clock_not_estimated": t("the clock was off, by how much the messages do not tell"),
        "clocks_contradict": t("no offsets of the clocks fit the stamps; none is corrected"),
        "clock_corrected": t("stamps of this clock corrected: seconds added, and give or take"),
        "not_received": t("sent; the recipient has no such receipt on record"),
        "not_sent": t("received; the sender has no such message on record"),
    }
    return words[kind]


def joined_csv(found: Joined) -> str:
    """Return the list as CSV: conflicts first, then clocks, copies and matches."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for one in in_order(found):
        value, other = (_shown(v, one, found) for v in (one.value, one.other_value))
        remark = meaning(one.kind) + (f": {one.remark}" if one.remark else "")
        cells = (
            *(one.kind, one.case, one.row, one.source, one.column, value),
            *(one.other_row, one.other_source, other, remark),
        )
        writer.writerow([neutral(cell) for cell in cells])
    return out.getvalue()


def in_order(found: Joined) -> list[Finding]:
    """Return the findings with those first that somebody must look at."""
    return sorted(found.findings, key=lambda one: ORDER.index(one.kind))


def _shown(value: Any, one: Finding, found: Joined) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if one.column in TIMES:
        return _stamp(int(value), found.log.origins[one.case])
    return f"{value:g}" if isinstance(value, float) else str(value)


def _stamp(second: int, origin: datetime) -> str:
    offset = origin.utcoffset()
    east = round(offset.total_seconds()) if offset is not None else 0
    return str(stamps.spell(np.array([second]), np.array([east]), np.array([second % 60 == 0]))[0])


def conflict_lines(found: Joined, names: Mapping[str, str]) -> list[str]:
    """Return the first conflicts and unanswered messages, one line each, and how many more."""
    chosen = [one for one in in_order(found) if one.kind in (*CONFLICTS, *OTHERS)]
    lines = [_line(one, found, names) for one in chosen[:MOST_LINES]]
    if len(chosen) > MOST_LINES:
        lines.append(t("{n} more", n=len(chosen) - MOST_LINES))
    return lines


def _line(one: Finding, found: Joined, names: Mapping[str, str]) -> str:
    """Return one finding in words: what, where and with which value, and what it means."""
    if one.kind.startswith("clock"):
        offset = f"{one.value:+d} s ± {one.other_value} s" if one.other_value != "" else ""
        against = t("against {actor}", actor=names.get(one.remark, one.remark))
        more = one.remark if not offset else against if one.remark else one.other_source
        head = " ".join(filter(None, (names.get(one.column, one.column), offset)))
        words = t(" ({words})", words=more) if more else ""
        return t(": ").join(filter(None, (head, meaning(one.kind) + words)))
    ends = []
    for source, value in ((one.source, one.value), (one.other_source, one.other_value)):
        shown = _shown(value, one, found)
        ends.append(" = ".join(filter(None, (source, shown))))
    where = " / ".join(dict.fromkeys(filter(None, ends)))
    words = t(" ({words})", words=one.remark) if one.remark else ""
    return t(": ").join(filter(None, (_column(one.column), where, meaning(one.kind) + words)))


def _column(name: str) -> str:
    return t("time") if name == "time" else label("field", name)


def summary(found: Joined, before: int) -> str:
    """Return what came of the files, in one line."""
    return t(
        "rows: {before}, in the record: {after}; messages matched: {matches}, counted once: "
        "{copies}, clocks corrected: {clocks}, conflicts: {conflicts}",
        before=before,
        after=len(found.log),
        matches=found.count("sent_and_received"),
        copies=found.count("same_row", "same_thing"),
        clocks=found.count("clock_corrected"),
        conflicts=found.count(*CONFLICTS),
    )
