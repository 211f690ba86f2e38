"""The cheapest staffing that is safe: probability of success at least p, with a stated error.

Every candidate is looked at after every batch.  The exact (Clopper–Pearson) interval used at the
k-th look of one of m candidates has error `error / m · 6 / (π k)²`, which summed over all looks
and candidates is at most `error`: so with probability 1 − `error` every interval at every look
holds its true probability, and no answer is wrong, whenever the sampling stops.  A candidate is
safe when its lower bound reaches p, unsafe when its upper bound is below p; `close` when its
interval is narrower than `within` on both sides of p, or when the replications are used up: then
nothing is claimed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.experiment.intervals import Interval, share
from sim.experiment.stopping import observations


class SafeStaffing:
    """Feeds on batches in order; decides which candidates are safe and when that is known.

    `costs`: what each point costs, the cheapest one is looked for: points dearer than one known to
    be safe need no more replications.
    """

    def __init__(
        self,
        measure: str,
        at_least: float,
        costs: Sequence[float],
        batch: int,
        most: int,
        within: float = 0.02,
        error: float = 0.05,
    ):
        self.measure, self.at_least, self.costs = measure, at_least, list(costs)
        self.batch, self.most, self.within, self.error = batch, most, within, error
        self.hits = [0] * len(self.costs)
        self.applied = [0] * len(self.costs)
        self.looks = [0] * len(self.costs)
        self.seen = [0] * len(self.costs)
        self.states = ["open"] * len(self.costs)
        self.intervals = [Interval(math.nan, 0.0, 1.0, 0, "exact")] * len(self.costs)

    def add(self, point: int, values: pd.DataFrame) -> None:
        """Take in the next batch of a point."""
        own = values[values["measure"] == self.measure]
        top, bottom = observations(own, is_share=True).T
        self.hits[point] += int(top.sum())
        self.applied[point] += int(bottom.sum())
        self.seen[point] += len(own)
        self.looks[point] += 1
        self.intervals[point] = self._interval(point)
        self.states[point] = self._state(point)

    def _interval(self, point: int) -> Interval:
        k = self.looks[point]
        spent = self.error / len(self.costs) * 6 / (math.pi * k) ** 2
        found = share(self.hits[point], self.applied[point], 1 - spent, "exact")
        before = self.intervals[point]  # all hold together, so the intersection does too
        if not found.n:
            return before
        return found._replace(low=max(found.low, before.low), high=min(found.high, before.high))

    def _state(self, point: int) -> str:
        low, high = self.intervals[point][1:3]
        if low >= self.at_least:
            return "safe"
        if high < self.at_least:
            return "unsafe"
        near = self.at_least - self.within <= low and high <= self.at_least + self.within
        return "close" if near or self.seen[point] >= self.most else "open"

    @property
    def dearest(self) -> float:
        """The cost of the cheapest point that is known to be safe."""
        safe = [c for c, state in zip(self.costs, self.states, strict=True) if state == "safe"]
        return min(safe, default=math.inf)

    def wanted(self, point: int) -> int:
        """Return how many replications a point should have next: one more batch, or no more."""
        seen = self.seen[point]
        if self.states[point] != "open" or self.costs[point] >= self.dearest:
            return seen
        return min(seen + self.batch, self.most)

    def stop(self, point: int) -> int | None:
        """Return how many replications of a point count once it needs no more."""
        return None if self.wanted(point) > self.seen[point] else self.seen[point]

    def answer(self) -> int | None:
        """Return the cheapest safe point, `None` if none is known to be safe."""
        safe = [k for k, state in enumerate(self.states) if state == "safe"]
        return min(safe, key=lambda k: (self.costs[k], k), default=None)

    def table(self) -> pd.DataFrame:
        """Return one row a point, the cheapest first: what is known of it, from how much."""
        rows = [
            {
                "point": k,
                "cost": self.costs[k],
                "state": self.states[k] if self.states[k] != "open" else "not_needed",
                "probability": self.intervals[k].estimate,
                "low": self.intervals[k].low,
                "high": self.intervals[k].high,
                "applied": self.applied[k],
                "replications": self.seen[k],
            }
            for k in np.argsort(self.costs, kind="stable").tolist()
        ]
        return pd.DataFrame(rows)
