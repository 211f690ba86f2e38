"""Rows of the record as sentences: who, what, to whom, which figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sim.log.record import EventLog
from sim.log.schema import FIELDS, MEASURES
from sim.report.acts import MARKED, ROUTINE
from sim.report.clock import clock, short_span, stamp
from sim.report.names import named
from sim.texts import label, t

KEY = frozenset({"occur", "truth", "inject", "reported", "dispatch", "lost", "given_up", "refused"})
KEY_KINDS = frozenset({"initial", "situation", "detailed", "explanation", "final", "daily"})


@dataclass(frozen=True)
class RowText:
    """One row for a page; `note` and `reason` are words of the record, not ours.

    `written` says what the clock showed where a stamp was corrected; it ends `note` too.
    """

    row: str
    anchor: str
    clock: str
    stamp: str
    elapsed: str
    who: str
    what: str
    to: str
    figures: str
    note: str
    cause: str
    proof: bool = False
    written: str = ""


def row_texts(
    log: EventLog, names: Mapping[str, str], wanted: Iterable[str], proofs: Iterable[str] = ()
) -> list[RowText]:
    """Return the wanted rows (ids) of one case in the order of the record."""
    chosen, proving = set(wanted), set(proofs)
    origin = log.origins[log.cases[0]]
    rows = log.table[log.table["row"].isin(chosen)].to_dict("records")
    zero = _occurrence(log)
    place = {row["row"]: k for k, row in enumerate(log.table.to_dict("records"))}
    return [
        _text(
            {str(k): v for k, v in row.items()},
            f"row-{place[row['row']]}",
            origin,
            zero,
            names,
            row["row"] in proving,
        )
        for row in rows
    ]


def _occurrence(log: EventLog) -> int | None:
    times = log.table.loc[log.table["activity"] == "occur", "time"].dropna()
    return int(times.min()) if len(times) else None


def _text(
    row: dict[str, Any],
    anchor: str,
    origin: datetime,
    zero: int | None,
    names: Mapping[str, str],
    proof: bool,
) -> RowText:
    when, full = when_words(row, origin)
    written = ""
    if _has(row["time_written"]):
        written = t("its clock showed {time}", time=clock(origin, row["time_written"]))
    elapsed = ""
    if zero is not None and _has(row["time"]):
        seconds = int(row["time"]) - zero
        elapsed = ("-" if seconds < 0 else "+") + short_span(seconds)
    return RowText(
        row["row"],
        anchor,
        when,
        full,
        elapsed,
        named(names, row["actor"]),
        what_words(row),
        named(names, row["recipient"]),
        figures(row, names),
        t("; ").join(filter(None, (row["note"], written))),
        row["cause"],
        proof,
        written,
    )


def when_words(row: dict[str, Any], origin: datetime) -> tuple[str, str]:
    """Return the time as `09:20` and in full; an interval as both its ends."""
    if _has(row["time"]):
        return clock(origin, row["time"]), stamp(origin, row["time"])
    ends = [row["time_lo"], row["time_hi"]]
    words = [(clock(origin, e), stamp(origin, e)) if _has(e) else ("?", "?") for e in ends]
    return f"{words[0][0]}–{words[1][0]}", f"{words[0][1]} – {words[1][1]}"


def _has(value: Any) -> bool:
    return value is not None and value == value and str(value) != "<NA>"


def what_words(row: dict[str, Any]) -> str:
    """Return the activity with its phase, kind of report, grade, levels, channel and reason."""
    text = label("activity", row["activity"])
    if row["activity"] == "other":  # the source's own word
        text = row["object"] or text
    if row["phase"]:
        text += t(" ({phase})", phase=label("phase", row["phase"]))
    extra = []
    if row["kind"]:
        extra.append(label("report", row["kind"]))
    if row["grade"]:
        extra.append(label("grade", row["grade"]))
    if row["warning"]:
        extra.append(label("warning", row["warning"]))
    if row["level"]:
        extra.append(t("response {level}", level=row["level"]))
    if row["channel"]:
        extra.append(label("channel", row["channel"]))
    if row["reason"]:
        extra.append(label("reason", row["reason"]))
    return text + (t(": ") + t(", ").join(extra) if extra else "")


def figures(row: dict[str, Any], names: Mapping[str, str]) -> str:
    """Return the figures that a row states: `dead 3, missing 1`."""
    parts = []
    for name in FIELDS:
        if _has(row[name]):
            words = {"field": label("field", name), "n": f"{row[name]:g}"}
            persons = name not in MEASURES
            parts.append(t("{field} {n}", **words) if persons else t("{field}: {n}", **words))
    if row["item"] and _has(row["quantity"]):
        parts.append(f"{named(names, row['item'])} × {row['quantity']}")
    return t(", ").join(parts)


def key_rows(log: EventLog, proofs: Iterable[str]) -> list[str]:
    """Return the ids of the rows that tell the course of a case, proofs included."""
    table = log.table
    activity = table["activity"]
    chosen = activity.isin([*KEY, *(name for name in MARKED)]) & (table["phase"] == "")
    chosen |= (activity == "receive") & table["kind"].isin(KEY_KINDS)
    chosen &= ~activity.isin(ROUTINE - {"truth"})
    if (table["incident"] != "").any():  # routine load has no incident
        chosen &= (table["incident"] != "") | (activity == "inject")
    chosen |= table["row"].isin(set(proofs))
    return list(table.loc[chosen, "row"])


def with_causes(log: EventLog, wanted: Iterable[str]) -> list[str]:
    """Return rows and all rows that led to them."""
    cause = dict(zip(log.table["row"], log.table["cause"], strict=True))
    found: dict[str, None] = {}
    for row in wanted:
        while row and row in cause and row not in found:
            found[row] = None
            row = cause[row]
    return list(found)
