"""A drill on record once more in the model, with what is known of it held, and one thing changed.

Held are the times that the record shows: each piece of work and each first notice by itself; where
it shows of an office only when it heard and when it passed the news on, all its drawn times are
multiplied by one factor for each drill, such that this takes as long as on record (to `CLOSE`
seconds).  Everything else is drawn, drill by drill, so what comes out is the model's, not a fact.
Then the same numbers go with the same things through the changed scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.against import Progress, judged, paired
from sim.experiment.held import Held, Observed
from sim.experiment.intervals import share
from sim.experiment.passing import Who, passed_in, passed_on
from sim.experiment.run import last_second
from sim.experiment.took import KEY, took
from sim.log import EventLog
from sim.log.rows import Row, to_log
from sim.model import BLOCK, Plan, Sampler, Streams, simulate
from sim.model.garbage import no_collection
from sim.rules import Pack
from sim.scenario import Scenario

CLOSE = 30
"""Seconds by which a held time may miss the record, half a minute: stamps are to the minute."""
MOST, ROUNDS = 64.0, 12
"""Factors from 1 / `MOST` to `MOST` are tried, by so many halvings on a logarithmic scale."""


@dataclass(frozen=True)
class Stretch:
    """An office whose time from hearing to passing on is held as a whole, `seconds`.

    `factor`: median over the drills; `missed`: drills in which no factor gave that time.
    """

    actor: str
    incident: str
    seconds: int
    factor: float
    missed: int


@dataclass(frozen=True)
class Replay:
    """What came of it.

    `duties`: a row per duty (rule, incident, owner, recurrence, limit_s); `real`: its verdict on
    record; for `held` (nothing changed) and `changed`: in how many drills it applied (`held_n`),
    was met (`held_met`), the share with its exact interval (`held_share`, `held_low`, `held_high`),
    and the median of its times (`held_s`; infinite: not done in half of them).  `works`, `notices`:
    how many times are held singly, `stretched`: those held as a whole.  `logs`, `verdicts`: of
    both, `held` and `changed`.
    """

    duties: pd.DataFrame
    drills: int
    works: int
    notices: int
    stretched: tuple[Stretch, ...]
    logs: dict[str, EventLog]
    verdicts: dict[str, Any]


def replay(
    log: EventLog,
    scenario: Scenario,
    pack: Pack,
    changed: Scenario | None = None,
    drills: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
) -> Replay:
    """Return what a record of one case becomes in the model, unchanged and with a changed scenario.

    `scenario` is the drill as it was, `changed` what is to be tried (the same without one).  Raises
    `UnusableInput` like `against`.
    """
    real = paired(log, scenario)
    one = _Replay(real, scenario, pack)
    plan = one.plan if changed is None else Plan(changed)
    ends = one.until, one.until if changed is None else last_second(changed, (pack,))
    logs: dict[str, list[tuple[str, list[Row]]]] = {"held": [], "changed": []}
    case = log.cases[0]
    with no_collection():
        for number in range(drills):
            streams, column = one.streams(seed, number)
            held, numbers = one.held(streams, column)
            logs["held"].append((f"{case}/held/{number}", held))
            given = Sampler(streams, column, numbers)
            rows = simulate(plan, given, ends[1])
            logs["changed"].append((f"{case}/changed/{number}", rows))
            if progress:
                progress(number + 1, drills)
    starts = {"held": scenario.start, "changed": (changed or scenario).start}
    made = {name: to_log(cases, starts[name]) for name, cases in logs.items()}
    found = {name: judged(part, pack) for name, part in made.items()}
    duties = _compared(real, judged(real, pack), made, found)
    return Replay(
        duties,
        drills,
        sum(len(times) for times in one.observed.work.values()),
        len(one.observed.notices),
        one.stretched(),
        made,
        found,
    )


class _Replay:
    """A record ready to be replayed in its own scenario."""

    def __init__(self, real: EventLog, scenario: Scenario, pack: Pack):
        self.plan = Plan(scenario)
        self.until = last_second(scenario, (pack,))
        self.observed = Observed(real, self.plan)
        singly = {(actor, incident) for actor, _, incident in self.observed.work}
        there = passed_on(real)
        self._whole = {
            who: there[who][1] - there[who][0]
            for who in sorted(there, key=lambda who: there[who])
            if who[0] in scenario.offices and who not in singly
        }
        self._factors: dict[Who, list[float]] = {who: [] for who in self._whole}
        self._missed = dict.fromkeys(self._whole, 0)
        self._kept: tuple[tuple[int, int], Streams] | None = None

    def streams(self, seed: int, number: int) -> tuple[Streams, int]:
        """Return the numbers of a drill; those of a block are drawn once."""
        block, column = divmod(number, BLOCK)
        if self._kept is None or self._kept[0] != (seed, block):
            self._kept = ((seed, block), Streams(seed, block))
        return self._kept[1], column

    def held(self, streams: Streams, column: int) -> tuple[list[Row], dict[Any, int]]:
        """Return the rows of the drill with everything held, and what was held, by address."""
        factors: dict[Who, float] = {}
        for who, seconds in self._whole.items():
            factors[who] = self._factor(who, seconds, streams, column, factors)
        numbers = Held(streams, column, self.observed, factors)
        rows = simulate(self.plan, numbers, self.until)
        there = passed_in(rows)
        for who, seconds in self._whole.items():
            begin, end = there.get(who, (0, self.until))
            self._missed[who] += abs(end - begin - seconds) > CLOSE
        return rows, numbers.taken

    def _factor(
        self, who: Who, seconds: int, streams: Streams, column: int, others: dict[Who, float]
    ) -> float:
        """Return the factor at which the office passes the news on after so many seconds."""

        def took(factor: float, until: int) -> tuple[int, float]:
            numbers = Held(streams, column, self.observed, {**others, who: factor})
            begin, end = passed_in(simulate(self.plan, numbers, until)).get(who, (0, np.inf))
            return begin, end - begin

        begin, first = took(1.0, self.until)
        if np.isinf(first):
            return 1.0
        until = min(begin + seconds + CLOSE + 1, self.until)
        low, high = 1 / MOST, MOST
        factor, now = 1.0, first
        for _ in range(ROUNDS):
            if abs(now - seconds) <= CLOSE:
                break
            low, high = (factor, high) if now < seconds else (low, factor)
            factor = float(np.sqrt(low * high))
            now = took(factor, until)[1]
        self._factors[who].append(factor)
        return factor

    def stretched(self) -> tuple[Stretch, ...]:
        """Return what was held as a whole, over all drills so far."""
        return tuple(
            Stretch(*who, seconds, float(np.median(self._factors[who] or [np.nan])), missed)
            for (who, seconds), missed in zip(
                self._whole.items(), self._missed.values(), strict=True
            )
        )


def _compared(
    real: EventLog, verdicts: Any, logs: dict[str, EventLog], found: dict[str, Any]
) -> pd.DataFrame:
    own = took(real, verdicts).set_index(KEY)
    parts = {name: _counted(took(logs[name], found[name]), name) for name in logs}
    table = pd.concat(parts.values(), axis=1)
    counts = [f"{name}_{what}" for name in logs for what in ("n", "met")]
    table[counts] = table[counts].fillna(0).astype("int64")
    for name in logs:
        shares = [
            share(int(met), int(n), method="exact")
            for met, n in zip(table[f"{name}_met"], table[f"{name}_n"], strict=True)
        ]
        for what, part in (("share", "estimate"), ("low", "low"), ("high", "high")):
            table[f"{name}_{what}"] = [getattr(one, part) for one in shares]
    table["real"] = own["verdict"].reindex(table.index).fillna("not_applicable")
    limits = pd.concat([took(logs[name], found[name]) for name in logs])
    table["limit_s"] = limits.groupby(KEY)["limit_s"].first().reindex(table.index)
    order = {rule: k for k, rule in enumerate(dict.fromkeys(limits["rule"]))}
    table = table.reset_index()
    rank = table["rule"].map(order)
    first = ["limit_s", "real"]
    rest = [name for name in table.columns if name not in (*KEY, *first)]
    return (
        table.assign(rank=rank)
        .sort_values(["rank", *KEY[1:]])[[*KEY, *first, *rest]]
        .reset_index(drop=True)
    )


def _counted(times: pd.DataFrame, name: str) -> pd.DataFrame:
    groups = times.groupby(KEY)
    known = times[np.isfinite(times["low"])].groupby(KEY)["high"].median()
    return pd.DataFrame(
        {
            f"{name}_n": groups.size(),
            f"{name}_met": times[times["verdict"] == "met"].groupby(KEY).size(),
            f"{name}_s": known,
        }
    )
