"""What the model would have had to assume for a time on record to be an ordinary one.

Definition: the factor f by which all times of the steps on the way to a duty's end must be
multiplied, in every simulated drill, for the median of the simulated times to reach the time on
record.  The steps on the way are those whose work lies on the way that determined the end
(`sim.rules.why`) in at least one in ten of the drills.  All factors are tried on the same random
numbers; the median grows with the factor, so bisection finds it.

The interval holds the factors at which the time on record lies within the distribution-free 95 %
interval of the median (Conover 1999): it shrinks as more drills are run, and tells nothing of
whether the model is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.against import judged
from sim.experiment.held import Scaled, streams_of
from sim.experiment.intervals import Interval, censored_quantile
from sim.experiment.observed import SPANS
from sim.experiment.run import last_second
from sim.experiment.took import KEY, took
from sim.log import EventLog
from sim.log.rows import to_log
from sim.model import BLOCK, Plan, Streams, simulate
from sim.model.garbage import no_collection
from sim.rules import Pack, why
from sim.scenario import Scenario

MOST = 16.0
"""Factors from 1 / `MOST` to `MOST` are tried."""
ROUNDS = 7
"""Halvings of the range on a logarithmic scale: factors are found to 2 %."""
OFTEN = 0.1

Step = tuple[str, str]
"""(actor, activity)."""


@dataclass(frozen=True)
class Factor:
    """The factor on the times of `steps` at which the median is `target` seconds.

    NaN where none from 1/16 to 16 does: `fails` says `too_slow` (even without any time for these
    steps the median would be more) or `too_fast` (it is less even at 16), `shorter` where only a
    factor under 1/16 would do.  `median`: of the model as it is; `least`: without any time for the
    steps; `most`: at 16, if that is less than the target.
    """

    steps: tuple[Step, ...]
    target: float
    factor: float
    low: float
    high: float
    median: Interval
    least: float
    most: float
    fails: str = ""


class Ways:
    """Simulated drills of one duty, at any factors on the times of its steps.

    `steps` are those on the way, the ones on most drills' ways first; `median` is that of its times
    in the model as it is.
    """

    def __init__(
        self,
        scenario: Scenario,
        pack: Pack,
        duty: Mapping[str, Any],
        drills: int = 100,
        seed: int = 1,
        reading: str = "",
    ):
        self._plan = Plan(scenario)
        self._pack = only(pack, str(duty["rule"]))
        self._duty = {name: duty[name] for name in KEY}
        self._drills, self._seed, self._reading = drills, seed, reading
        self._last = last_second(scenario, (pack,))
        self.streams = streams_of(self._plan)
        log, verdicts = self._scored({}, self._last)
        starts = self._own(verdicts.table)["start_s"].dropna()
        self._start = int(starts.max()) if len(starts) else self._last
        self.steps = self._on_the_way(log, verdicts)
        self.median = self._middle(took(log, verdicts, reading))

    def factor(self, target: float, steps: tuple[Step, ...] | None = None) -> Factor:
        """Return the factor on all times of `steps` at which the median is `target` seconds."""
        chosen = self.steps if steps is None else steps

        @cache
        def median(factor: float) -> Interval:
            own = {name: factor for name, step in self.streams.items() if step in chosen}
            if not factor:
                return self._median(own, self._last)
            until = int(self._start * max(1.0, factor) + target) + 1
            return self._median(own, min(until, self._last), target)

        none, least, most = median(0.0), median(1 / MOST), median(MOST)
        ends = (none.estimate, most.estimate)
        fails = ""
        if not chosen or none.estimate > target:
            fails = "too_slow"
        elif most.estimate < target:
            fails = "too_fast"
        elif least.estimate > target:
            fails = "shorter"
        if fails:
            nothing = (np.nan,) * 3
            return Factor(chosen, target, *nothing, self.median, *ends, fails)
        return Factor(
            chosen,
            target,
            crossing(lambda f: median(f).estimate, target),
            crossing(lambda f: median(f).high, target),
            crossing(lambda f: median(f).low, target),
            self.median,
            *ends,
        )

    def _median(self, factors: Mapping[str, float], until: int, enough: float = np.inf) -> Interval:
        """Return the median of the times; drills need to go on only until they took `enough`."""
        found = took(*self._scored(factors, until), self._reading)
        times = self._own(found)
        short = np.isinf(times["high"]) & (times["low"] < enough)
        if until < self._last and (short.any() or len(times) < self._drills):
            return self._median(factors, self._last)
        return self._middle(found)

    def _middle(self, found: pd.DataFrame) -> Interval:
        times = self._own(found)[["low", "high"]].to_numpy(float)
        low, high = times[np.isfinite(times[:, 0])].T
        return censored_quantile(low, np.isinf(high), 0.5)

    def _scored(self, factors: Mapping[str, float], until: int) -> tuple[EventLog, Any]:
        streams = [Streams(self._seed, block) for block in range(-(-self._drills // BLOCK))]
        samplers = (
            (f"model/base/{k}", Scaled(streams[k // BLOCK], k % BLOCK, factors))
            for k in range(self._drills)
        )
        with no_collection():
            rows = ((case, simulate(self._plan, one, until)) for case, one in samplers)
            log = to_log(rows, self._plan.scenario.start)
        return log, judged(log, self._pack)

    def _own(self, table: pd.DataFrame) -> pd.DataFrame:
        own = np.ones(len(table), dtype=bool)
        for name, value in self._duty.items():
            own &= (table[name] == value).to_numpy(bool)
        return table[own]

    def _on_the_way(self, log: EventLog, verdicts: Any) -> tuple[Step, ...]:
        """Return the steps on the way to the duty's end, in one of ten drills or more."""
        lines = self._own(why(log, verdicts, ("met", "late", "excused"), self._reading))
        rows = log.table[["case", "row", "activity"]]
        lines = lines[lines["span"].isin(SPANS) & lines["span"].ne("planned")].merge(
            rows, on=["case", "row"], how="left"
        )
        drills = lines.groupby(["actor", "activity"])["case"].nunique()
        often = drills[drills >= max(OFTEN * self._drills, 1)].sort_values(ascending=False)
        there = set(self.streams.values())
        return tuple((str(a), str(b)) for a, b in often.index if (a, b) in there)


def typical_factors(
    scenario: Scenario,
    pack: Pack,
    duty: Mapping[str, Any],
    drills: int = 100,
    seed: int = 1,
    reading: str = "",
    each: bool = False,
) -> list[Factor]:
    """Return the factors at which a duty's time on record is the model's median.

    `duty`: a row of `Against.duties`.  A time known by bounds has a factor for each finite one.
    First stands the factor on all steps on the way together, then, with `each`, that on each step
    alone.
    """
    ways = Ways(scenario, pack, duty, drills, seed, reading)
    alone = [(step,) for step in ways.steps] if each and len(ways.steps) > 1 else []
    ends = (float(duty["real_low"]), float(duty["real_high"]))
    targets = [target for target in dict.fromkeys(ends) if np.isfinite(target)]
    return [ways.factor(target, steps) for target in targets for steps in (None, *alone)]


def crossing(value: Callable[[float], float], target: float) -> float:
    """Return where a growing function of the factor reaches `target`; infinite where it does not.

    Bisection on the logarithm, `ROUNDS` times, between 1 / `MOST` and `MOST`; 0 where it is there
    already at the least.
    """
    low, high = 1 / MOST, MOST
    if value(low) >= target:
        return 0.0
    if value(high) < target:
        return np.inf
    for _ in range(ROUNDS):
        middle = float(np.sqrt(low * high))
        low, high = (low, middle) if value(middle) >= target else (middle, high)
    return float(np.sqrt(low * high))


def only(pack: Pack, rule: str) -> Pack:
    """Return a pack with one rule, and those whose verdicts lift it."""
    wanted, rules = [rule], {}
    while wanted:
        name = wanted.pop()
        rules[name] = pack.raw["rules"][name]
        lifted = (pack.raw["rules"][name].get("unless") or {}).get("met")
        wanted += [lifted] if lifted and lifted not in rules else []
    raw = {
        **pack.raw,
        "rules": {name: pack.raw["rules"][name] for name in pack.rules if name in rules},
    }
    raw.pop("triggers", None)
    found = Pack.model_validate(raw)
    found.raw.update(raw)
    return found
