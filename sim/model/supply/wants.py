"""What the people of one shelter want of one item: pieces, and for how many persons."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import NamedTuple

NOTHING = Fraction(0)


class Lot(NamedTuple):
    """Pieces that were needed together, and how many persons of one incident lack them."""

    incident: str
    pieces: int
    persons: Fraction


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

    Pieces are whole, rounded up for the shelter: `over` is what has been needed beyond the norm
    by rounding; it counts for who comes next.  `persons` of a lot are those who lack its pieces.
    """

    each: Fraction
    over: Fraction = NOTHING
    lots: deque[Lot] = field(default_factory=deque)
    row: int = 0

    @property
    def pieces(self) -> int:
        """Pieces that are needed and neither given nor lapsed."""
        return sum(lot.pieces for lot in self.lots)

    def grow(self, incident: str, persons: int) -> int | None:
        """Let persons need the item; return the pieces newly needed, None if they lack nothing."""
        exactly = self.each * persons
        pieces = max(0, ceil(exactly - self.over))
        self.over += pieces - exactly
        if pieces:
            self.lots.append(Lot(incident, pieces, Fraction(persons)))
        elif self.lots:  # they share what is still to come
            last = self.lots[-1]
            if last.incident == incident:
                self.lots[-1] = last._replace(persons=last.persons + persons)
            else:
                self.lots.append(Lot(incident, 0, Fraction(persons)))
        else:
            return None
        return pieces

    def meet(self, pieces: int) -> list[Part]:
        """Give pieces to those who have lacked them longest."""
        before = self._lacking()
        given: dict[str, int] = {}
        while self.lots and (pieces or not self.lots[0].pieces):
            lot = self.lots.popleft()
            part = min(pieces, lot.pieces)
            pieces -= part
            given[lot.incident] = given.get(lot.incident, 0) + part
            if part < lot.pieces:
                left = lot.persons * (lot.pieces - part) / lot.pieces
                self.lots.appendleft(Lot(lot.incident, lot.pieces - part, left))
        return list(self._parts(given, before))

    def lapse(self) -> list[Part]:
        """Let all that is needed lapse: its time is over; what was rounded up goes with it."""
        if not self.lots:
            return []
        self.over = NOTHING
        return self.meet(self.pieces)

    def shrink(self, incident: str, share: Fraction) -> list[Part]:
        """Let a share of an incident's people go; they lack as much as the others on average."""
        before = self._lacking()
        lacking = before.get(incident, NOTHING)
        if not lacking:
            return []
        pieces = self.pieces
        everybody = sum(before.values())
        exactly = max(NOTHING, pieces - self.over) * (1 - lacking * share / everybody)
        excess = pieces - ceil(exactly)
        lots, self.lots = self.lots, deque()
        gone = 0
        for lot in lots:
            if lot.incident == incident:
                part = min(excess - gone, lot.pieces)
                gone += part
                lot = Lot(incident, lot.pieces - part, lot.persons * (1 - share))
            if lot.pieces or lot.persons:
                self.lots.append(lot)
        self.over = self.pieces - exactly
        if not self.pieces:
            self.lots.clear()
        return list(self._parts({incident: gone}, before))

    def _lacking(self) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for lot in self.lots:
            found[lot.incident] = found.get(lot.incident, NOTHING) + lot.persons
        return found

    def _parts(self, pieces: dict[str, int], before: dict[str, Fraction]) -> Iterator[Part]:
        """Yield what has changed, in whole persons that add up to those who lacked it."""
        after = self._lacking()
        for incident, quantity in pieces.items():
            persons = ceil(before[incident]) - ceil(after.get(incident, NOTHING))
            if quantity or persons:
                yield Part(incident, quantity, persons)
