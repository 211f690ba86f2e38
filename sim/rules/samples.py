"""Shares of few drills: their exact interval, and how many drills would say more."""

from __future__ import annotations

from math import ceil, floor, log
from typing import NamedTuple

CONFIDENCE = 0.95
MOST = 10_000
"""Drills up to which a number is looked for."""


class Share(NamedTuple):
    """`k` of `n`, the share between 0 and 1, and its interval from `low` to `high`."""

    k: int
    n: int
    share: float
    low: float
    high: float


def exact_share(k: int, n: int, confidence: float = CONFIDENCE) -> Share | None:
    """Return a share with its exact interval (Clopper and Pearson 1934); `None` for `n` = 0.

    The drills are taken for independent of one another.  Raises `ValueError` unless
    0 ≤ k ≤ n and 0 < confidence < 1.
    """
    from scipy.stats import binomtest

    if not 0 <= k <= n or not 0 < confidence < 1:
        raise ValueError(f"0 <= k <= n and 0 < confidence < 1, got {k}, {n}, {confidence}")
    if not n:
        return None
    found = binomtest(k, n).proportion_ci(confidence, method="exact")
    return Share(k, n, k / n, float(found.low), float(found.high))


def drills_for_width(share: float, half: float = 0.1, confidence: float = CONFIDENCE) -> int:
    """Return how many drills would bring the interval's half width down to `half`.

    The least n such that both whole numbers of successes next to `share` · n have an exact
    interval that is at most 2 · `half` wide.  For shares 0 and 1 the closed form is
    ln((1 - confidence) / 2) / ln(1 - 2 · half), rounded up: 17 for 10 points at 95 %.
    Raises `ValueError` for a share outside [0, 1] or a half width outside (0, 0.5).
    """
    if not 0 <= share <= 1 or not 0 < half < 0.5:
        raise ValueError(f"a share in [0, 1] and a half width in (0, 0.5), got {share}, {half}")
    for n in range(1, MOST + 1):
        if all(_width(k, n, confidence) <= 2 * half for k in _next_to(share * n)):
            return n
    raise ValueError(f"more than {MOST} drills for a half width of {half}")


def _next_to(number: float) -> set[int]:
    """Return the whole numbers next to a number, itself where it is whole but for rounding."""
    whole = round(number)
    return {whole} if abs(number - whole) < 1e-9 else {floor(number), ceil(number)}


def _width(k: int, n: int, confidence: float) -> float:
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = betaincinv(k, n - k + 1, tail) if k else 0.0
    high = betaincinv(k + 1, n - k, 1 - tail) if k < n else 1.0
    return float(high - low)


def drills_all_met(at_least: float = 0.9, confidence: float = CONFIDENCE) -> int:
    """Return how many drills, met in every one, would show P(met) ≥ `at_least`.

    The least n with `at_least`ⁿ ≤ 1 - `confidence` (one-sided): ln 0.05 / ln 0.9 = 28.4, so 29.
    """
    if not 0 < at_least < 1 or not 0 < confidence < 1:
        raise ValueError(f"numbers between 0 and 1, got {at_least}, {confidence}")
    return ceil(log(1 - confidence) / log(at_least))
