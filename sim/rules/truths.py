"""The true figures of every incident, as rows without an actor state them."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from sim.rules.sheet import Sheet
from sim.rules.stamps import INF
from sim.rules.tellings import Figured

Key = tuple[int, str, str]
"""Number of the case, id of the incident, field."""


class Truth(NamedTuple):
    """What was so at some row: the value, the row that states it, and `then` or `later`.

    `later`: no row had stated it by then; it is the first figure that was counted afterwards.
    """

    value: float
    at: int
    basis: str


class Truths:
    """`courses[case, incident, field]` are (positions, values) of the rows that state it."""

    def __init__(self, sheet: Sheet, figured: Figured):
        self.sheet = sheet
        self.courses: dict[Key, tuple[list[int], list[float]]] = {}
        at = sheet.done("occur", "truth")
        at = at[figured.some[at]]
        for p, (incident, actor) in zip(
            at.tolist(), sheet.rows(at, "incident", "actor"), strict=True
        ):
            if not actor:
                self._state(p, (int(sheet.case_of[p]), incident), figured[p])

    def _state(self, p: int, key: tuple[int, str], values: dict[str, float]) -> None:
        for name, value in values.items():
            positions, course = self.courses.setdefault((*key, name), ([], []))
            positions.append(p)
            course.append(value)

    def at(self, key: Key, position: int) -> Truth | None:
        """Return what was so at the row of a position, `None` where no row ever says.

        Rows of one instant count in their order; a row that only has an interval sees all
        that was so by its end.
        """
        if key not in self.courses:
            return None
        positions, values = self.courses[key]
        k = bisect_right(positions, position)
        hi = int(self.sheet.hi[position])
        if self.sheet.lo[position] != hi:
            while k < len(positions) and hi < INF and self.sheet.lo[positions[k]] <= hi:
                k += 1
        if k:
            return Truth(values[k - 1], positions[k - 1], "then")
        return Truth(values[0], positions[0], "later")

    def last_change(self, key: Key) -> int:
        """Return the position of the row since which the figure has stayed as it is."""
        positions, values = self.courses[key]
        k = len(values) - 1
        while k and values[k - 1] == values[-1]:
            k -= 1
        return positions[k]
