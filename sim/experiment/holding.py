"""A record ready to be replayed in its own scenario: what it tells of times, held or fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.held import Held, Observed
from sim.experiment.passing import REACHED, Way, passed_in, passed_on
from sim.experiment.run import last_second
from sim.log import EventLog
from sim.log.rows import Row
from sim.model import BLOCK, Plan, Streams, simulate
from sim.rules import Pack
from sim.scenario import Scenario

CLOSE = 30
"""Seconds by which a held time may miss the record, half a minute: stamps are to the minute."""
MOST, ROUNDS = 64.0, 12
"""The greatest factor, and how many are tried at most."""


@dataclass(frozen=True)
class Stretch:
    """An office whose time from hearing to passing on (`to` whom) is held as a whole, `seconds`.

    `factor`: median over the drills; `missed`: drills in which no factor gave that time.
    """

    actor: str
    incident: str
    to: str
    seconds: int
    factor: float
    missed: int


class Holding:
    """A record of one case in its scenario; drill after drill is run as it tells (`held`)."""

    def __init__(self, real: EventLog, scenario: Scenario, pack: Pack, seed: int):
        self.plan = Plan(scenario)
        self.until = last_second(scenario, (pack,))
        self.observed = Observed(real, self.plan)
        self._seed, self._kept = seed, (0, Streams(seed, 0))
        self._whole = self._wholes(real)
        self._factors: dict[Way, list[float]] = {way: [] for way in self._whole}
        self._missed = dict.fromkeys(self._whole, 0)

    def _wholes(self, real: EventLog) -> dict[Way, int]:
        """Return whose time from hearing to passing on is held, in the order of hearing.

        To the superior if the record tells that, else to whom the news went first; when it was
        received if the record tells that, else when it was sent.  Only where other times of the
        office make a difference: where each piece of its work is on record, nothing is left to fit.
        """
        offices, there = self.plan.scenario.offices, passed_on(real)
        found: dict[tuple[str, str], Way] = {}

        def rank(way: Way) -> tuple[bool, bool, int]:
            return way[2] != offices[way[0]].superior, way[3] != REACHED, there[way][1]

        for way in there:
            if way[0] in offices:
                found[way[:2]] = min(found.get(way[:2], way), way, key=rank)
        in_order = sorted(found.values(), key=lambda way: there[way])
        return {way: there[way][1] - there[way][0] for way in in_order if self._free(way)}

    def _free(self, way: Way) -> bool:
        """Return whether the span of an office depends on a factor, in the first drill."""
        one, other = (self._took(way, {way[:2]: f}, *self.streams(0))[1] for f in (1.0, 4.0))
        return one != other

    def streams(self, number: int) -> tuple[Streams, int]:
        """Return the numbers of a drill; those of a block are drawn once."""
        block, column = divmod(number, BLOCK)
        if self._kept[0] != block:
            self._kept = (block, Streams(self._seed, block))
        return self._kept[1], column

    def held(self, streams: Streams, column: int) -> tuple[list[Row], dict[Any, int]]:
        """Return the rows of the drill with everything held, and what was held, by address."""
        factors: dict[tuple[str, str], float] = {}
        for way, seconds in self._whole.items():
            factors[way[:2]] = self._factor(way, seconds, streams, column, factors)
        numbers = Held(streams, column, self.observed, factors)
        rows = simulate(self.plan, numbers, self.until)
        there = passed_in(rows)
        for way, seconds in self._whole.items():
            begin, end = there.get(way, (0, self.until))
            self._missed[way] += abs(end - begin - seconds) > CLOSE
        return rows, numbers.taken

    def _factor(
        self,
        way: Way,
        seconds: int,
        streams: Streams,
        column: int,
        others: dict[tuple[str, str], float],
    ) -> float:
        """Return the factor at which the office passes the news on after so many seconds."""
        begin, now = self._took(way, others, streams, column)
        if np.isinf(now):
            return 1.0
        until = min(begin + seconds + CLOSE + 1, self.until)
        factor, below, above = 1.0, (0.0, -np.inf), (np.inf, np.inf)
        for _ in range(ROUNDS):
            if abs(now - seconds) <= CLOSE:
                break
            if now < seconds:
                below = (factor, now)
            else:
                above = (factor, now)
            factor = _between(below, above, seconds)
            if factor > MOST:
                factor = MOST
                break
            factors = {**others, way[:2]: factor}
            now = self._took(way, factors, streams, column, until)[1]
        self._factors[way].append(factor)
        return factor

    def _took(
        self,
        way: Way,
        factors: dict[tuple[str, str], float],
        streams: Streams,
        column: int,
        until: int | None = None,
    ) -> tuple[int, float]:
        """Return when an office hears of it, and after how long it passes the news on (s)."""
        numbers = Held(streams, column, self.observed, factors)
        rows = simulate(self.plan, numbers, self.until if until is None else until)
        begin, end = passed_in(rows).get(way, (0, np.inf))
        return begin, end - begin

    def stretched(self) -> tuple[Stretch, ...]:
        """Return what was held as a whole, over all drills so far."""
        return tuple(
            Stretch(*way[:3], seconds, float(np.median(self._factors[way] or [np.nan])), missed)
            for (way, seconds), missed in zip(
                self._whole.items(), self._missed.values(), strict=True
            )
        )


def _between(below: tuple[float, float], above: tuple[float, float], seconds: float) -> float:
    """Return the factor to be tried next, of two pairs (factor, what it took) around `seconds`.

    False position where both are known, else twice or half the known one.
    """
    (low, less), (high, more) = below, above
    if np.isinf(high):
        return 2 * low
    if np.isinf(more) or np.isinf(less):
        return (low + high) / 2
    part = (seconds - less) / (more - less)
    return low + (high - low) * min(max(part, 0.05), 0.95)
