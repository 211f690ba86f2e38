"""What the people of one shelter want of one item: pieces, and for how many persons."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import NamedTuple


class Lot(NamedTuple):
    """Pieces that were needed together, and how many persons of one incident lack them."""

    incident: str
    pieces: int
    persons: int | Fraction


class Part(NamedTuple):
    """What was met, or lapsed, of the people of one incident: whole pieces, whole persons."""

    incident: str
    pieces: int
    persons: int


def exact(number: float) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth."""
    return Fraction(str(number))


@dataclass(slots=True)
class Want:
    """The need for one item, each person needing `each` pieces; the oldest need is met first.

    `pieces` are needed and neither given nor lapsed.  They are whole, rounded up for the shelter:
    `over` is what has been needed beyond the norm by rounding, in parts of a piece (of which
    `each` is a whole number); it counts for who comes next.  `row` is the last row of the need.
    """

    each: Fraction
    over: int = 0
    pieces: int = 0
    lots: deque[Lot] = field(default_factory=deque)
    row: int = 0

    def grow(self, incident: str, persons: int) -> int | None:
        """Let persons need the item; return the pieces newly needed, None if they lack nothing."""
        parts, whole = self.each.numerator * persons, self.each.denominator
        pieces = max(0, -((self.over - parts) // whole))
        self.over += pieces * whole - parts
        self.pieces += pieces
        if pieces:
            self.lots.append(Lot(incident, pieces, persons))
        elif self.lots:  # they share what is still to come
            last = self.lots[-1]
            if last.incident == incident:
                self.lots[-1] = last._replace(persons=last.persons + persons)
            else:
                self.lots.append(Lot(incident, 0, persons))
        else:
            return None
        return pieces

    def meet(self, pieces: int) -> list[Part]:
        """Give pieces to those who have lacked them longest."""
        before = self._lacking()
        given: dict[str, int] = {}
        self.pieces -= pieces
        while self.lots and (pieces or not self.lots[0].pieces):
            lot = self.lots.popleft()
            part = min(pieces, lot.pieces)
            pieces -= part
            given[lot.incident] = given.get(lot.incident, 0) + part
            if part < lot.pieces:
                left = lot.persons * Fraction(lot.pieces - part, lot.pieces)
                self.lots.appendleft(Lot(lot.incident, lot.pieces - part, left))
        return list(self._parts(given, before))

    def lapse(self) -> list[Part]:
        """Let all that is needed lapse: its time is over; what was rounded up goes with it."""
        if not self.lots:
            return []
        self.over = 0
        return self.meet(self.pieces)

    def shrink(self, incident: str, share: Fraction) -> list[Part]:
        """Let a share of an incident's people go; they lack as much as the others on average."""
        before = self._lacking()
        lacking = before.get(incident, 0)
        if not lacking:
            return []
        whole = self.each.denominator
        exactly = max(Fraction(0), self.pieces - Fraction(self.over, whole))
        exactly *= 1 - lacking * share / sum(before.values())
        excess = self.pieces - ceil(exactly)
        lots, self.lots = self.lots, deque()
        gone = 0
        for lot in lots:
            if lot.incident == incident:
                part = min(excess - gone, lot.pieces)
                gone += part
                lot = Lot(incident, lot.pieces - part, lot.persons * (1 - share))
            if lot.pieces or lot.persons:
                self.lots.append(lot)
        self.pieces -= gone
        self.over = int((self.pieces - exactly) * whole)
        if not self.pieces:
            self.lots.clear()
        return list(self._parts({incident: gone}, before))

    def _lacking(self) -> dict[str, int | Fraction]:
        found: dict[str, int | Fraction] = {}
        for lot in self.lots:
            found[lot.incident] = found.get(lot.incident, 0) + lot.persons
        return found

    def _parts(self, pieces: dict[str, int], before: dict[str, int | Fraction]) -> Iterator[Part]:
        """Yield what has changed, in whole persons that add up to those who lacked it."""
        after = self._lacking()
        for incident, quantity in pieces.items():
            persons = ceil(before[incident]) - ceil(after.get(incident, 0))
            if quantity or persons:
                yield Part(incident, quantity, persons)
