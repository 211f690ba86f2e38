"""How long duties took over many cases, what is not known kept as not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.log.record import EventLog
from sim.report.duties import Duty, duties
from sim.rules.samples import exact_share
from sim.texts import t


@dataclass(frozen=True)
class Times:
    """Seconds from a reading's start to the end of the duty, one value a case and instance.

    `known`: the duty ended.  `longer`: it had not ended when the record did, so it took
    longer than that.  `unknown`: start or end is not known.  `met`, `late`, `undecided` (open or
    unproven), `excused` count the verdicts under the reading.
    """

    owner: str
    limit: int | None
    known: np.ndarray
    longer: np.ndarray
    unknown: int
    met: int
    late: int
    excused: int
    undecided: int


def times(
    log: EventLog, verdicts: Any, rule: str, reading: str = "", owner: str | None = None
) -> list[Times]:
    """Return the times of a rule, one entry per owner; `reading` is occur, receive or confirm.

    Without a reading the scoring one is used.  Raises `ValueError` for a rule that the
    verdicts do not hold or that applies nowhere.
    """
    found = duties(verdicts)
    rules = list(dict.fromkeys(duty.rule for duty in found))
    if rule not in rules:
        raise ValueError(
            t(
                "no rule {rule} in these verdicts; they have {rules}",
                rule=rule,
                rules=t(", ").join(rules),
            )
        )
    chosen = [d for d in found if d.rule == rule and d.applies and owner in (None, d.owner)]
    if not chosen:
        raise ValueError(t("rule {rule} applies in no case", rule=rule))
    ends = record_ends(log)
    owners = dict.fromkeys(duty.owner for duty in chosen)
    return [_times([d for d in chosen if d.owner == name], name, reading, ends) for name in owners]


def record_ends(log: EventLog) -> dict[str, int]:
    """Return until when each case is on record: its last row, or what an observe row states."""
    table = log.table
    last = table.groupby("case", sort=False)[["time", "time_hi", "until"]].max()
    return {str(case): int(value) for case, value in last.max(axis=1).dropna().items()}


def _times(found: list[Duty], owner: str, reading: str, ends: dict[str, int]) -> Times:
    known, longer, unknown, words = [], [], 0, []
    for duty in found:
        start, verdict = _under(duty, reading)
        words.append(verdict)
        if start is not None and duty.end is not None:
            known.append(duty.end - start)
        elif start is not None and _not_done(duty):
            longer.append(max(0, ends.get(duty.case, start) - start))
        else:
            unknown += 1
    limit = next((duty.limit for duty in found if duty.limit is not None), None)
    undecided = words.count("open") + words.count("unproven")
    return Times(
        owner,
        limit,
        np.asarray(known, dtype=float),
        np.asarray(longer, dtype=float),
        unknown,
        words.count("met"),
        words.count("late"),
        words.count("excused"),
        undecided,
    )


def _not_done(duty: Duty) -> bool:
    """Return whether the record shows that the duty was not done by its end.

    A duty that is unproven may have been done, and one met may have an end that is not told.
    """
    return duty.verdict in ("late", "open") or duty.reason == "still_owed"


def _under(duty: Duty, reading: str) -> tuple[int | None, str]:
    if not reading:
        return duty.start, duty.verdict
    found = duty.readings.get(reading)
    return (found.start, found.verdict) if found else (None, "unproven")


def share_met(met: int, late: int, confidence: float = 0.95) -> tuple[float, float, float] | None:
    """Return the share met of those decided, with its exact (Clopper–Pearson) interval.

    Open, unproven and excused instances are in neither number.  `None` when nothing is decided.
    """
    found = exact_share(met, met + late, confidence)
    return None if found is None else (found.share, found.low, found.high)


def share_words(met: int, late: int) -> str:
    """Return `met 35 of 40: 87.5 % [73.2–95.8]`, the interval at 95 %."""
    share = share_met(met, late)
    if share is None:
        return t("nothing decided")
    return t(
        "met {met} of {n}: {share} % [{low}–{high}]",
        met=met,
        n=met + late,
        share=percent(share[0]),
        low=percent(share[1]),
        high=percent(share[2]),
    )


def percent(value: float) -> str:
    """Return a share in per cent with at most one decimal."""
    text = f"{100 * value:.1f}"
    return text[:-2] if text.endswith(".0") else text
