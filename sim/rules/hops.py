"""Hop by hop and end to end: the way of the deciding report against both kinds of allowance.

Statutory allowances per level do not add up to the limit at the top: 1 h and 2 h a level, used
in full, come to the region long after 2 h from the occurrence.  So a report can be lawful at
every hop and still late at the top; the table shows both beside each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from sim.log.record import EventLog
from sim.rules.load import load_pack
from sim.rules.pack import Pack
from sim.rules.scoring import score
from sim.rules.trail import Trail
from sim.rules.verdicts import Verdicts

PER_HOP = "order-493"
"""Shipped pack with an allowance for every level."""
_KEY = ("case", "pack", "rule", "incident", "owner", "recurrence")
_TEXTS = (*_KEY[:5], "actor", "to", "received_row", "arrived_row", "hop_rule", "hop_verdict")
_SECONDS = ("received_s", "passed_s", "arrived_s", "used_s", "hop_limit_s", "hop_slack_s")
_LAST = ("hop_margin_s", "total_used_s", "total_limit_s", "total_slack_s")
COLUMNS = (
    *(*_KEY, "hop", "actor", "to", "received_row", "arrived_row", *_SECONDS[:4]),
    *("hop_rule", *_SECONDS[4:], "hop_verdict", *_LAST, "hops_within"),
)
_ARRIVES = ("notice", "receive", "acknowledge", "answer")
_TELLS = ("reported", "inject")


class Arrival(NamedTuple):
    """The news reaches an actor; `passed` is when he passed it on, as far as the way shows it."""

    actor: str
    time: int
    row: str
    passed: int | None = None


def hops(
    log: EventLog,
    verdicts: Verdicts,
    per_hop: Pack | Verdicts | str = PER_HOP,
    reading: str = "occur",
    of: Collection[str] = ("met", "late", "excused"),
) -> pd.DataFrame:
    """Return the way of each duty's deciding report, hop by hop, beside the limit end to end.

    `verdicts` are those of `log` by the pack with the limit at the top; `per_hop` the pack (or
    its verdicts) with an allowance for every level.  One row per hop, in the order of time; hop 0
    is from the start of the clock (`reading`) to the first actor on the way.  Columns, seconds
    from the case's origin: case, pack, rule, incident, owner, recurrence of the duty; `hop`;
    `actor`, `to`; `received_s`, `passed_s` (when he sent it on; NA where the way has no such
    row), `arrived_s` (at the next; for the last hop the end of the duty); `used_s`, which add up
    to the end minus the start; `hop_rule`, `hop_limit_s`, `hop_slack_s` (limit minus used on this
    way), `hop_verdict`, `hop_margin_s` (by the per-hop pack itself, which counts from the actor's
    own first notice); `total_used_s`, `total_limit_s`, `total_slack_s` end to end; `hops_within`:
    every hop that has an allowance kept it, and there is one.  Duties without an
    exact start or end have no rows.
    """
    levels = _verdicts(log, per_hop)
    table = verdicts.table
    start, verdict = f"{reading}_start_s", f"{reading}_verdict"
    wanted = table[table[verdict].isin(list(of)) & (table["end_row"] != "")]
    wanted = wanted[wanted[start].notna() & wanted["end_s"].notna() & wanted["limit_s"].notna()]
    rows = log.table[log.table["case"].isin(wanted["case"])]
    trails = {str(case): Trail(group) for case, group in rows.groupby("case", sort=False)}
    found: list[tuple[Any, ...]] = []
    for duty in wanted.to_dict("records"):
        key = tuple(duty[name] for name in _KEY)
        begin, end, limit = int(duty[start]), int(duty["end_s"]), int(duty["limit_s"])
        way = _arrivals(trails[duty["case"]], duty["end_row"], end)
        lines = list(_lines(way, begin, end, levels, duty))
        slacks = [line[10] for line in lines if line[10] is not None]
        within = bool(slacks) and min(slacks) >= 0
        total = (end - begin, limit, limit - (end - begin))
        found += [(*key, k, *line, *total, within) for k, line in enumerate(lines)]
    made = pd.DataFrame(found, columns=list(COLUMNS))
    whole = dict.fromkeys((*_SECONDS, *_LAST), "Int64")
    kinds = {"hop": "int64", "recurrence": "int64", "hops_within": "bool"}
    return made.astype(dict.fromkeys(_TEXTS, "str") | whole | kinds)


def _verdicts(log: EventLog, per_hop: Pack | Verdicts | str) -> pd.DataFrame:
    if isinstance(per_hop, Verdicts):
        return per_hop.table
    pack = load_pack(per_hop) if isinstance(per_hop, str) else per_hop
    return score(log, pack).table


def _arrivals(trail: Trail, row: str, end: int) -> list[Arrival]:
    """Return whom the news reached on the way to a row, in the order of time."""
    found: list[Arrival] = []
    for step in trail.way(row):
        time = int(step.time)
        tells = step.activity in _TELLS and step.recipient
        sends = (step.activity == "send" and step.phase in ("", "ended")) or tells
        if found and sends and step.actor == found[-1].actor and step.actor:
            found[-1] = found[-1]._replace(passed=time)
        who = step.recipient if tells else step.actor if step.activity in _ARRIVES else ""
        if who and (not found or found[-1].actor != who):
            found.append(Arrival(who, time, step.row))
    if found and found[-1].row != row and found[-1].time <= end:
        found[-1] = found[-1]._replace(time=end, row=row)
    return found


def _lines(
    way: list[Arrival], begin: int, end: int, levels: pd.DataFrame, duty: dict[Any, Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield the hops of a way between two instants, with the allowance of each."""
    if not way:
        return
    if way[0].time > begin:
        first = (begin, None, way[0].time, way[0].time - begin)
        yield ("", way[0].actor, "", way[0].row, *first, "", None, None, "", None)
    for here, there in pairwise(way):
        if there.time < begin:
            continue
        used = there.time - max(here.time, begin)
        rule, limit, verdict, margin = _allowance(levels, duty, here.actor, there.actor)
        slack = None if limit is None else limit - used
        times = (max(here.time, begin), here.passed, there.time, used)
        rows = (here.actor, there.actor, here.row, there.row)
        yield (*rows, *times, rule, limit, slack, verdict, margin)


def _allowance(
    levels: pd.DataFrame, duty: dict[Any, Any], actor: str, to: str
) -> tuple[str, int | None, str, int | None]:
    """Return rule, limit, verdict and margin of what an actor owes the next one, if anything."""
    own = levels[(levels["case"] == duty["case"]) & (levels["incident"] == duty["incident"])]
    own = own[(own["owner"] == actor) & (own["verdict"] != "not_applicable")]
    for row in own.to_dict("records"):
        if to in row["recipient"].split("|") and not pd.isna(row["limit_s"]):
            margin = None if pd.isna(row["margin_s"]) else int(row["margin_s"])
            return row["rule"], int(row["limit_s"]), row["verdict"], margin
    return "", None, "", None
