"""How many replications a point needs: a fixed number, or until its measures are known closely.

The rule of Hoad, Robinson and Davies (2010): stop at the first replication after which every
interval is narrow enough, if it stays so for `look_ahead` more (more when many were run:
look_ahead · n / 100 from n = 100 on).  It looks at replications in their order only, never at
which of them happened to be finished first.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.experiment.intervals import Interval, mean, ratio, share
from sim.experiment.study import Precision, Study
from sim.files.units import duration_seconds


class Stopping:
    """The rule of one point: fed with its batches in order, it says when to stop.

    `stop` is how many replications count, `None` as long as more are needed.
    """

    def __init__(self, study: Study):
        self.study = study
        self.rule = study.replications if isinstance(study.replications, Precision) else None
        self.stop = study.replications if isinstance(study.replications, int) else None
        self.widths = half_widths(self.rule) if self.rule else {}
        self._series = {name: np.empty((0, 2)) for name in self.widths}
        self._next = 0

    def add(self, values: pd.DataFrame) -> None:
        """Take in the values of the next batch (columns replication, measure, state, value)."""
        if self.rule is None:
            return
        for name, series in self._series.items():
            own = values[values["measure"] == name]
            new = observations(own, self.study.is_share(name), self.study.antithetic)
            self._series[name] = np.concatenate([series, new])
        self._look()

    def expected(self) -> int:
        """Return how many replications will be needed, as far as can be told now."""
        if self.rule is None:
            return self.stop or 0
        pairs = 2 if self.study.antithetic else 1
        n = min(len(series) for series in self._series.values())
        if n < 3:
            return self.rule.least
        over = self._over(n)
        if not np.isfinite(over):
            return self.rule.most
        return int(min(max(n * pairs * over**2, self.rule.least), self.rule.most))

    def _look(self) -> None:
        """Look at every prefix that is new; `_next` is the first that may be the one."""
        assert self.rule is not None
        pairs = 2 if self.study.antithetic else 1
        known = min(len(series) for series in self._series.values())
        most = self.rule.most // pairs
        n = max(self._next, -(-self.rule.least // pairs), 2)
        while n <= min(known, most) and self.stop is None:
            ahead = min(n + self._ahead(n), most)
            wide = [m for m in range(n, min(ahead, known) + 1) if self._over(m) > 1]
            if wide:
                n = wide[-1] + 1
            elif ahead <= known:
                self.stop = ahead * pairs
            else:
                break  # how it goes on is not known yet
        self._next = n
        if self.stop is None and known >= most:
            self.stop = most * pairs

    def _ahead(self, n: int) -> int:
        assert self.rule is not None
        return self.rule.look_ahead if n <= 100 else self.rule.look_ahead * n // 100

    def _over(self, n: int) -> float:
        """Return by how much the widest interval of the first n observations is too wide."""
        return max(
            interval_of(series[:n], self.study.is_share(name), self.study.antithetic).half_width
            / self.widths[name]
            for name, series in self._series.items()
        )


def half_widths(precision: Precision) -> dict[str, float]:
    """Return the half widths asked for, times in seconds."""
    return {
        name: width if isinstance(width, float) else float(duration_seconds(width))
        for name, width in precision.half_width.items()
    }


def observations(values: pd.DataFrame, is_share: bool, antithetic: bool = False) -> np.ndarray:
    """Return one row (sum, weight) per observation of a measure, in order; a pair is one.

    Met or not: hits and how many applied.  Numbers: value and 1, or 0 where nothing was to be
    measured; a time that was still running is infinite.
    """
    states = values["state"].to_numpy()
    if is_share:
        bottom = (states != "not_applicable").astype(float)
        top = (states == "met").astype(float)
    else:
        bottom = (states != "none").astype(float)
        running = np.isin(states, ["above", "below"])
        top = np.where(running, np.inf, values["value"].fillna(0.0).to_numpy(float))
    if antithetic:
        top, bottom = top.reshape(-1, 2).sum(axis=1), bottom.reshape(-1, 2).sum(axis=1)
    return np.column_stack([top, bottom])


def interval_of(series: np.ndarray, is_share: bool, antithetic: bool = False) -> Interval:
    """Return the interval of a share or a mean from its observations."""
    top, bottom = series.T
    if is_share:
        return ratio(top, bottom) if antithetic else share(int(top.sum()), int(bottom.sum()))
    kept = bottom > 0
    if not np.isfinite(top).all():
        return Interval(np.nan, -np.inf, np.inf, int(kept.sum()), "t")
    return mean(top[kept] / bottom[kept])
