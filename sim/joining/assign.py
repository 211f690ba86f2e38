"""Which rows of two sources belong together: the assignment of least squares.

Of all ways to pair rows, that with the least sum of squared differences of their times is taken;
a row without a partner counts half of the window squared, every value that differs a quarter.
So rows further apart than the window never belong together, and messages that follow each other
closely keep their order also where two clocks are apart.  Where that leaves a choice, the partner
that says the same is taken rather than one that says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from sim.joining.rows import Row

Difference = Callable[[Row, Row], tuple[int, int, int] | None]
"""(seconds between two rows, how many of their values differ, of how many things only one of them
speaks); `None`: they cannot be the same."""


def assigned(
    first: Sequence[Row], then: Sequence[Row], difference: Difference, window: int
) -> list[tuple[int, int]]:
    """Return pairs of positions; both lists are in a fixed order, so that ties fall alike."""
    gain = np.zeros((len(first), len(then)))
    for i, a in enumerate(first):
        for k, b in enumerate(then):
            found = difference(a, b)
            if found is not None and abs(found[0]) <= window:
                seconds, values, silent = found
                cost = seconds**2 + values * window**2 / 4 + silent / 128  # under 1 for all columns
                gain[i, k] = cost - window**2 - 1
    rows, columns = linear_sum_assignment(np.minimum(gain, 0.0))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(i, k) for i, k in pairs if gain[i, k] < 0]
