"""What the people of one shelter want of one item: pieces, and for how many persons."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import NamedTuple


class Lack(NamedTuple):
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
    lacks: deque[Lack] = field(default_factory=deque)
    row: int = 0

    def grow(self, incident: str, persons: int) -> int | None:
        """Let persons need the item; return the pieces newly needed, None if they lack nothing."""
        parts, whole = self.each.numerator * persons, self.each.denominator
        pieces = max(0, -((self.over - parts) // whole))
        self.over += pieces * whole - parts
        self.pieces += pieces
        if pieces:
            self.lacks.append(Lack(incident, pieces, persons))
        elif self.lacks:  # they share what is still to come
            last = self.lacks[-1]
            if last.incident == incident:
                self.lacks[-1] = last._replace(persons=last.persons + persons)
            else:
                self.lacks.append(Lack(incident, 0, persons))
        else:
            return None
        return pieces

    def meet(self, pieces: int) -> list[Part]:
        """Give pieces to those who have lacked them longest."""
        before = self._lacking()
        given: dict[str, int] = {}
        self.pieces -= pieces
        while self.lacks and (pieces or not self.lacks[0].pieces):
            lack = self.lacks.popleft()
            part = min(pieces, lack.pieces)
            pieces -= part
            given[lack.incident] = given.get(lack.incident, 0) + part
            if part < lack.pieces:
                left = lack.persons * Fraction(lack.pieces - part, lack.pieces)
                self.lacks.appendleft(Lack(lack.incident, lack.pieces - part, left))
        return list(self._parts(given, before))

    def lapse(self) -> list[Part]:
        """Let all that is needed lapse: its time is over; what was rounded up goes with it."""
        if not self.lacks:
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
        lacks, self.lacks = self.lacks, deque()
        gone = 0
        for lack in lacks:
            if lack.incident == incident:
                part = min(excess - gone, lack.pieces)
                gone += part
                lack = Lack(incident, lack.pieces - part, lack.persons * (1 - share))
            if lack.pieces or lack.persons:
                self.lacks.append(lack)
        self.pieces -= gone
        self.over = int((self.pieces - exactly) * whole)
        if not self.pieces:
            self.lacks.clear()
        return list(self._parts({incident: gone}, before))

    def _lacking(self) -> dict[str, int | Fraction]:
        found: dict[str, int | Fraction] = {}
        for lack in self.lacks:
            found[lack.incident] = found.get(lack.incident, 0) + lack.persons
        return found

    def _parts(self, pieces: dict[str, int], before: dict[str, int | Fraction]) -> Iterator[Part]:
        """Yield what has changed, in whole persons that add up to those who lacked it."""
        after = self._lacking()
        for incident, quantity in pieces.items():
            persons = ceil(before[incident]) - ceil(after.get(incident, 0))
            if quantity or persons:
                yield Part(incident, quantity, persons)
