"""The best of several variants with a guarantee: the procedure KN of Kim and Nelson (2001).

S.-H. Kim, B. L. Nelson: A fully sequential procedure for indifference-zone selection in simulation,
ACM TOMACS 11 (2001) 251–273, with c = 1.  If the best mean is better than every other by at least
`within`, it is selected with probability at least 1 − `error`, for normal observations, also where
the variants share their random numbers.  After n0 first observations of each, every further
one is compared in order; a variant is dropped once its sum lies too far behind another's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class KN:
    """Fed with observations in order, one row for every variant still in play.

    `best` is the greatest mean (`goal` = "max") or the least.  `within` is the smallest
    difference that matters, in the measure's own unit.
    """

    def __init__(
        self, count: int, within: float, error: float = 0.05, first: int = 20, goal: str = "max"
    ):
        if count < 2 or within <= 0 or first < 2 or not 0 < error < 1:
            raise ValueError("two or more variants, within > 0, first >= 2, 0 < error < 1")
        self.within, self.first, self.sign = within, first, 1.0 if goal == "max" else -1.0
        eta = 0.5 * ((2 * error / (count - 1)) ** (-2 / (first - 1)) - 1)
        self.h2 = 2 * eta * (first - 1)
        self.alive = list(range(count))
        self.count = count
        self.n = 0
        self._start: list[np.ndarray] = []
        self._sums = np.zeros(count)
        self._s2 = np.zeros((count, count))

    def add(self, values: Sequence[float] | np.ndarray) -> None:
        """Take in the next observation of every variant (those dropped are not looked at)."""
        if self.selected is not None:
            return
        row = self.sign * np.asarray(values, dtype=float)
        self.n += 1
        self._sums[self.alive] += row[self.alive]
        if self.n <= self.first:
            self._start.append(row)
        if self.n == self.first:
            start = np.array(self._start)
            for i in range(self.count):
                self._s2[i] = (start[:, [i]] - start).var(axis=0, ddof=1)
        if self.n >= self.first:
            self._screen()

    def _screen(self) -> None:
        keep = []
        for i in self.alive:
            others = np.array([k for k in self.alive if k != i])
            slack = self.h2 * self._s2[i, others] / self.within**2 - self.n
            margin = np.maximum(self.within / 2 * slack, 0.0)
            if (self._sums[i] >= self._sums[others] - margin).all():
                keep.append(i)
        self.alive = keep or [max(self.alive, key=lambda k: self._sums[k])]

    @property
    def selected(self) -> int | None:
        """The variant that is left, `None` as long as there are several."""
        return self.alive[0] if len(self.alive) == 1 else None
