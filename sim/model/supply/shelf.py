"""One item in one depot or shelter: what the books say, and what lies there in fact.

The office sees `record` and what is `reserved` of it; the crew sees the lots.  Goods that have
expired or are damaged lie there too until somebody sets them aside, and the books still count
them.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from simpy import Event


class Lot(NamedTuple):
    """Pieces that expire at one second and were made at one second (from the start)."""

    expires: float
    made: float
    quantity: int


def total(lots: Iterable[Lot]) -> int:
    """Return the pieces of some lots together."""
    pieces = 0
    for lot in lots:
        pieces += lot.quantity
    return pieces


def split(lots: list[Lot], quantity: int) -> tuple[list[Lot], list[Lot]]:
    """Return the first `quantity` pieces of some lots, and the rest."""
    first: list[Lot] = []
    rest: list[Lot] = []
    for lot in lots:
        expires, made, pieces = lot
        if pieces <= quantity:
            first.append(lot)
            quantity -= pieces
        elif quantity:
            first.append(Lot(expires, made, quantity))
            rest.append(Lot(expires, made, pieces - quantity))
            quantity = 0
        else:
            rest.append(lot)
    return first, rest


@dataclass(slots=True)
class Shelf:
    """`record`, `reserved`, `on_order`: on paper; `lots` (oldest first), `damaged`: in fact.

    More may be `reserved` than is on record: it is owed then, and whoever waits for it is served
    in the order of asking; `claimed` is what they may take and have not taken yet.  `watch`: (up
    to which position, who hears of every change that leaves it there); `dated` hears when pieces
    come in that expire, and when that is.
    """

    record: int = 0
    reserved: int = 0
    on_order: int = 0
    lots: list[Lot] = field(default_factory=list)
    damaged: int = 0
    claimed: int = 0
    waiting: deque[tuple[int, Event]] = field(default_factory=deque)
    watch: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    dated: Callable[[float], None] | None = None

    @property
    def free(self) -> int:
        """Pieces on record that nobody has reserved; negative where more was promised."""
        return self.record - self.reserved

    @property
    def position(self) -> int:
        """Free pieces and those on order, less what is owed."""
        return self.record - self.reserved + self.on_order

    def there(self, now: float) -> int:
        """Return how many pieces can be issued at a second."""
        lots = self.lots
        return total([lot for lot in lots if lot.expires > now] if self._expired(now) else lots)

    def in_fact(self) -> int:
        """Return how many pieces lie there, expired and damaged ones too."""
        return total(self.lots) + self.damaged

    def shows(self, quantity: int) -> bool:
        """Return whether the books show so much for who asks now, after those before him."""
        before = sum(asked for asked, _ in self.waiting)
        return self.record - self.claimed - before >= quantity

    def reserve(self, quantity: int) -> None:
        """Promise pieces; they are still there."""
        self.reserved += quantity
        self._changed()

    def unreserve(self, quantity: int) -> None:
        """Take a promise back."""
        self.reserved -= quantity
        self._changed()

    def take(self, quantity: int, now: float) -> list[Lot]:
        """Take up to `quantity` usable pieces off the shelf (not the books), the oldest first."""
        bad = self._expired(now)
        good = [lot for lot in self.lots if lot.expires > now] if bad else self.lots
        taken, left = split(good, quantity)
        self.lots = bad + left
        return taken

    def set_expired_aside(self, now: float) -> list[Lot]:
        """Take what has expired off the shelf and off the books; return it."""
        expired = self._expired(now)
        if expired:
            self.lots = [lot for lot in self.lots if lot.expires > now]
            self._strike(total(expired))
        return expired

    def set_damaged_aside(self) -> int:
        """Take what is damaged off the shelf and off the books; return how much it was."""
        damaged, self.damaged = self.damaged, 0
        if damaged:
            self._strike(damaged)
        return damaged

    def put(self, lot: Lot, now: float, row: int | None = None) -> None:
        """Put pieces on the shelf and into the books; who waits for them may take them.

        `row` is the row that says so.
        """
        insort(self.lots, lot)
        self.record += lot.quantity
        if self.dated is not None and lot.expires < inf:
            self.dated(lot.expires)
        self._changed()
        self.serve(now, row)

    def off_order(self, quantity: int) -> None:
        """Take pieces off those on order: they have come, or will not come."""
        self.on_order -= quantity
        self._changed()

    def wait_for(self, quantity: int, event: Event, now: float) -> None:
        """Let `event` succeed when so many pieces are there for who asks, after those before."""
        self.waiting.append((quantity, event))
        self.serve(now)

    def serve(self, now: float, row: int | None = None) -> None:
        """Let whoever waits take what is there, in the order of asking."""
        while self.waiting and self.there(now) - self.claimed >= self.waiting[0][0]:
            quantity, event = self.waiting.popleft()
            self.claimed += quantity
            event.succeed(row)

    def issue(self, quantity: int) -> None:
        """Strike promised pieces off the books: they have left."""
        self.record -= quantity
        self.reserved -= quantity
        self._changed()

    def correct(self, record: int) -> None:
        """Make the books say what was counted."""
        if record != self.record:
            self.record = record
            self._changed()

    def _expired(self, now: float) -> list[Lot]:
        """Return what has expired: it lies in front."""
        lots = self.lots
        if not lots or lots[0].expires > now:
            return []
        return [lot for lot in lots if lot.expires <= now]

    def _strike(self, quantity: int) -> None:
        self.record -= quantity
        self._changed()

    def _changed(self) -> None:
        for below, hear in self.watch:
            if self.record - self.reserved + self.on_order <= below:
                hear()
