"""Lengths of time as rules state them."""

from __future__ import annotations

from sim.texts import t

UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def limit(seconds: int) -> str:
    """Return a limit in the largest unit that divides it: `2 h`, `90 min`, `1 d`."""
    for unit, size in UNITS:
        if seconds and seconds % size == 0:
            return f"{seconds // size} {t(unit)}"
    return f"{seconds} {t('s')}"
