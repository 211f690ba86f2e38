"""Instants as the record knows them: an interval of whole seconds, never a midpoint."""

from __future__ import annotations

from typing import NamedTuple

INF = 1 << 60
"""Later than everything; `-INF` is earlier than everything."""


class Stamp(NamedTuple):
    """An instant between `lo` and `hi` (seconds from the case's origin, both included).

    `res` is the resolution to which it was written down (60 or 1 s), `row` the id of the row
    that proves it, `""` for a mere bound.
    """

    lo: int
    hi: int
    res: int = 1
    row: str = ""

    @property
    def exact(self) -> bool:
        """Whether it is one instant."""
        return self.lo == self.hi

    @property
    def known(self) -> bool:
        """Whether it says anything at all."""
        return self.lo > -INF or self.hi < INF


NEVER = Stamp(INF, INF)
ANY = Stamp(-INF, INF)


def earlier(a: Stamp, b: Stamp) -> Stamp:
    """Return the earlier of two instants: bounds of the minimum, row of the leading one."""
    first = a if (a.hi, a.lo) <= (b.hi, b.lo) else b
    return Stamp(min(a.lo, b.lo), min(a.hi, b.hi), first.res, first.row)


def later(a: Stamp, b: Stamp) -> Stamp:
    """Return the later of two instants: bounds of the maximum, row of the trailing one."""
    last = a if (a.lo, a.hi) >= (b.lo, b.hi) else b
    return Stamp(max(a.lo, b.lo), max(a.hi, b.hi), last.res, last.row)
