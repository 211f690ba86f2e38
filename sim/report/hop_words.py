"""Hop by hop and end to end, in words: who used how many minutes of which allowance."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd

from sim.log.record import EventLog
from sim.report.clock import clock, minutes, signed_minutes
from sim.report.names import named
from sim.rules import OutsideValidity, Verdicts, hops
from sim.rules.hops import PER_HOP
from sim.texts import label, t
from sim.texts.lengths import limit


class Way(NamedTuple):
    """The way of one duty's deciding report: rows of words, and what they come to."""

    title: str
    rows: list[list[str]]
    total: list[str]
    remark: str
    late: bool


def head() -> list[str]:
    """Return the headings of a way's columns."""
    return [
        *(t("hop"), t("has it"), t("passed on"), t("arrived"), t("used (min)")),
        *(t("allowance"), t("slack (min)"), t("by its own clock")),
    ]


def hop_ways(log: EventLog, verdicts: Verdicts | None, names: Mapping[str, str]) -> list[Way]:
    """Return the ways of one case's duties that pass a hop with an allowance of its own.

    By the clock of the occurrence; allowances are those of `sim.rules.hops.PER_HOP`.
    """
    if verdicts is None:
        return []
    case = log.cases[0]
    table = verdicts.table
    own = table[(table["case"] == case) & (table["pack"] != PER_HOP)]
    if own.empty:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideValidity)
        found = hops(log, Verdicts(own, verdicts.origins))
    keys = ["rule", "incident", "owner", "recurrence"]
    return [
        _way(way, log.origins[case], names)
        for _, way in found.groupby(keys, sort=False)
        if way["hop_limit_s"].notna().any()
    ]


def _way(way: pd.DataFrame, origin: datetime, names: Mapping[str, str]) -> Way:
    first = way.iloc[0]
    used, allowed, slack = (int(first[f"total_{n}_s"]) for n in ("used", "limit", "slack"))
    total = [
        t("from the start of the clock to the end"),
        *("", "", "", minutes(used), limit(allowed), signed_minutes(slack), ""),
    ]
    late = slack < 0
    if late and first["hops_within"]:
        remark = t("Every hop kept its own allowance, and the report was still late at the top.")
    elif first["hops_within"]:
        remark = t("Every hop kept its own allowance, and the limit at the top was kept.")
    else:
        remark = t("Not every hop with an allowance kept it.")
    owner, rule = named(names, first["owner"]), first["rule"]
    rows = [_row(row, origin, names) for row in way.to_dict("records")]
    return Way(t("{owner}, {rule}", owner=owner, rule=rule), rows, total, remark, late)


def _row(row: Mapping[Any, Any], origin: datetime, names: Mapping[str, str]) -> list[str]:
    def when(value: Any) -> str:
        return "—" if pd.isna(value) else clock(origin, int(value))

    who = named(names, row["actor"]) if row["actor"] else t("(before anybody knew)")
    allowance, slack, own = "—", "—", ""
    if not pd.isna(row["hop_limit_s"]):
        allowance = f"{limit(int(row['hop_limit_s']))} ({row['hop_rule']})"
        slack = signed_minutes(int(row["hop_slack_s"]))
        own = label("verdict", row["hop_verdict"])
        if not pd.isna(row["hop_margin_s"]):
            own += " " + signed_minutes(int(row["hop_margin_s"]))
    times = [when(row[name]) for name in ("received_s", "passed_s", "arrived_s")]
    hop = f"{who} → {named(names, row['to'])}"
    return [hop, *times, minutes(int(row["used_s"])), allowance, slack, own]
