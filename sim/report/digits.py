"""Numbers as precise as they are known: no digit that the error does not support."""

from __future__ import annotations

import math


def decimals(half_width: float) -> int:
    """Return how many decimals an error supports: two of its digits if it begins with 1, else one.

    Negative where not even the units are known: -2 for hundreds.
    """
    if not math.isfinite(half_width) or half_width <= 0:
        return 6
    magnitude = math.floor(math.log10(half_width))
    leading = half_width / 10**magnitude
    return -magnitude + (1 if round(leading, 1) < 2 else 0)


def rounded(value: float, half_width: float, most: int = 3) -> str:
    """Return a value to the digits that its error supports, at most `most` decimals.

    What is not finite is a dash (nothing known) or ∞.
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    places = min(decimals(half_width), most)
    text = f"{round(value, places):,.{max(places, 0)}f}"
    return text.replace(",", "\u202f") if abs(value) >= 10_000 else text.replace(",", "")


def with_bounds(value: float, low: float, high: float, most: int = 3) -> str:
    """Return `0.71 (0.62–0.78)`: an estimate and its interval to the digits that it supports."""
    half = (high - low) / 2
    if half != half:
        return rounded(value, 0.0, most)
    if half == 0:
        return f"{value:.{most}f}".rstrip("0").rstrip(".")
    bounds = "–".join(rounded(bound, half, most) for bound in (low, high))
    return f"{rounded(value, half, most)} ({bounds})"


def with_error(value: float, half_width: float, most: int = 3) -> str:
    """Return `+17.2 ± 2.5`: a difference and half its interval."""
    sign = "+" if value > 0 else ""
    return f"{sign}{rounded(value, half_width, most)} ± {rounded(half_width, half_width, most)}"
