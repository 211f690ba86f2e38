"""Warm-up of scenarios that run for weeks: where it ends, and what the rest says.

MSER-5 (White, Cobb and Spratt 2000): a series in means of five is cut where the standard error of
what is left is least, in the first half only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.experiment.intervals import LEVEL, Interval, mean


class Cut(NamedTuple):
    """Where a series is cut: how many of its values are dropped, and the statistic there.

    `reliable` is False where the least value lies at the very end of what was looked at: then the
    series is too short to tell, and should be run for longer.
    """

    dropped: int
    statistic: float
    reliable: bool


def mser5(values: np.ndarray, size: int = 5) -> Cut:
    """Return where to cut a series (one value per equal stretch of time)."""
    values = np.asarray(values, dtype=float)
    count = len(values) // size
    if count < 4:
        raise ValueError(f"needs at least {4 * size} values, got {len(values)}")
    means = values[: count * size].reshape(count, size).mean(axis=1)
    most = count // 2
    found = [means[k:].var() / (count - k) for k in range(most + 1)]
    least = int(np.argmin(found))
    return Cut(least * size, float(found[least]), least < most)


def batch_means(values: np.ndarray, batches: int = 20, level: float = LEVEL) -> Interval:
    """Return the mean of one long series after its cut, by the means of equal batches."""
    values = np.asarray(values, dtype=float)
    size = len(values) // batches
    if size < 1:
        raise ValueError(f"needs at least {batches} values, got {len(values)}")
    means = values[len(values) - size * batches :].reshape(batches, size).mean(axis=1)
    return mean(means, level)._replace(method="batch means")
