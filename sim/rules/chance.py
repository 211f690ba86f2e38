"""How likely a duty was met that intervals leave open, if their instants are spread as stated.

A verdict never rests on this: it stays unproven.  The spread is the user's assumption, and so is
that the instants are independent of one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from sim.rules.stamps import INF, Stamp

Spread = Literal["uniform", "triangular"]
SPREADS: tuple[str, ...] = get_args(Spread)
_LONGEST = 10_000_000
"""Most seconds of an interval: four months."""


def weights(stamp: Stamp, spread: str) -> np.ndarray:
    """Return the probability of every second from `stamp.lo` to `stamp.hi`.

    `uniform`: all the same; `triangular`: rising evenly to the middle and falling to the end.
    """
    count = stamp.hi - stamp.lo + 1
    if spread == "uniform":
        return np.full(count, 1.0 / count)
    up = np.arange(1, count + 1, dtype=float)
    rising = np.minimum(up, up[::-1])
    found: np.ndarray = rising / rising.sum()
    return found


def chance(
    start: Stamp, ends: Sequence[Stamp], limit: int, strict: bool, spread: str
) -> float | None:
    """Return the probability that the first of `ends` came within `limit` seconds of `start`.

    Exact, on whole seconds: over the seconds s of the start, P(s) × (1 - ∏ P(end > s + limit)).
    `strict`: exactly at the limit is late.  `None` where a stamp has no bounds on both sides.
    """
    for stamp in (start, *ends):
        if max(abs(stamp.lo), abs(stamp.hi)) >= INF or stamp.hi - stamp.lo > _LONGEST:
            return None
    latest = np.arange(start.lo, start.hi + 1) + limit - (1 if strict else 0)
    missed = np.ones(len(latest))
    for end in ends:
        before = np.concatenate([[0.0], np.cumsum(weights(end, spread))])
        missed *= 1.0 - before[np.clip(latest - end.lo + 1, 0, len(before) - 1)]
    met = float(weights(start, spread) @ (1.0 - missed))
    return min(max(met, 0.0), 1.0)
