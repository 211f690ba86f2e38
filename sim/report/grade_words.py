"""How the offices graded, in words: facts about time, figures and changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from sim.log.record import EventLog
from sim.report.clock import clock, minutes
from sim.report.names import named
from sim.rules import grade_facts
from sim.rules.grades import MARK
from sim.texts import label, t


def grade_head() -> list[str]:
    """Return the headings of `grade_lines`."""
    return [
        *(t("office"), t("first notice"), t("graded"), t("after (min)"), t("grade confirmed")),
        *(t("by what it knew"), t("true then"), t("at the end"), t("facts")),
    ]


def grade_lines(log: EventLog, names: Mapping[str, str], actor: str = "") -> list[list[str]]:
    """Return one line per incident and office of one case that confirmed a grade."""
    table = grade_facts(log)
    if actor:
        table = table[table["actor"] == actor]
    origin = log.origins[log.cases[0]]
    several = table["incident"].nunique() > 1
    return [_line(row, origin, names, several) for row in table.to_dict("records")]


def _line(
    row: Mapping[Any, Any], origin: datetime, names: Mapping[str, str], several: bool
) -> list[str]:
    who = named(names, row["actor"])
    if several:
        who += t(" ({incident})", incident=named(names, row["incident"]))
    times = [
        "—" if pd.isna(row[name]) else clock(origin, int(row[name]))
        for name in ("notice_s", "confirmed_s")
    ]
    wait = "—" if pd.isna(row["wait_s"]) else minutes(int(row["wait_s"]))
    shown = [_grade(row[name]) for name in ("confirmed", "known", "true")]
    last = t("{own}; true: {true}", own=_grade(row["last"]), true=_grade(row["true_last"]))
    facts = t("; ").join(fact_words(word) for word in row["facts"].split("|") if word)
    if not pd.isna(row["raise_wait_s"]):
        raised = minutes(int(row["raise_wait_s"]))
        facts += t("; ") + t("raised at most {n} min after knowing", n=raised)
    return [who, *times, wait, *shown, last, facts]


def _grade(word: str) -> str:
    return label("grade", word) if word else "—"


def fact_words(word: str) -> str:
    """Return one fact of `grade_facts` in words."""
    head, _, rest = word.partition(":")
    if head == "confirmed_after":
        return t(
            "confirmed {n} min after notice (mark: {mark} min, ours, no limit)",
            n=rest,
            mark=MARK // 60,
        )
    if head in ("raised", "lowered"):
        before, _, now = rest.partition(">")
        changes = {"raised": "raised from {a} to {b}", "lowered": "lowered from {a} to {b}"}
        return t(changes[head], a=_grade(before), b=_grade(now))
    return t(_SAID[head], grade=_grade(rest))


_SAID = {
    "below_known": "lower than its figures gave ({grade})",
    "above_known": "higher than its figures gave ({grade})",
    "below_true": "lower than the truth of that time ({grade})",
    "above_true": "higher than the truth of that time ({grade})",
    "not_raised": "not raised to what its figures gave at last ({grade})",
}
