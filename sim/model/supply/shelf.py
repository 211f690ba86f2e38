"""One item in one depot or shelter: what the books say, and what lies there in fact.

The office sees `record` and what is `reserved` of it; the crew sees `batches`.  `there` counts what
can be issued now.  Goods that have expired or are damaged lie there too until somebody sets them
aside, and the books still count them.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple


class Lot(NamedTuple):
    """Pieces that expire at one second and were made at one second (from the start)."""

    expires: float
    made: float
    quantity: int


@dataclass(slots=True)
class Shelf:
    """`record`, `reserved`, `on_order`: on paper; `lots` (oldest first), `damaged`: in fact.

    `owed` is what was promised beyond the record.  `watch` hears of every change of the position.
    """

    record: int = 0
    reserved: int = 0
    on_order: int = 0
    lots: list[Lot] = field(default_factory=list)
    damaged: int = 0
    watch: Callable[[], None] | None = None
    came_in: list[Callable[[], None]] = field(default_factory=list)

    @property
    def free(self) -> int:
        """Pieces on record that nobody has reserved; negative where more was promised."""
        return self.record - self.reserved

    @property
    def position(self) -> int:
        """Free pieces and those on order, less what is owed."""
        return self.free + self.on_order

    def there(self, now: float) -> int:
        """Return how many pieces can be issued at a second."""
        return sum(lot.quantity for lot in self.lots if lot.expires > now)

    def in_fact(self) -> int:
        """Return how many pieces lie there, expired and damaged ones too."""
        return sum(lot.quantity for lot in self.lots) + self.damaged

    def reserve(self, quantity: int) -> None:
        """Promise pieces; they are still there."""
        self.reserved += quantity
        self._changed()

    def unreserve(self, quantity: int) -> None:
        """Take a promise back."""
        self.reserved -= quantity
        self._changed()

    def take(self, quantity: int, now: float) -> list[Lot]:
        """Take up to `quantity` pieces off the shelf, the oldest first; the books stay as they are."""
        taken: list[Lot] = []
        left: list[Lot] = []
        for lot in self.lots:
            part = min(quantity, lot.quantity) if lot.expires > now else 0
            if part:
                taken.append(lot._replace(quantity=part))
                quantity -= part
            if part < lot.quantity:
                left.append(lot._replace(quantity=lot.quantity - part))
        self.lots = left
        return taken

    def set_aside(self, now: float) -> tuple[int, int]:
        """Take expired and damaged goods off the shelf; return (expired, damaged)."""
        expired = sum(lot.quantity for lot in self.lots if lot.expires <= now)
        self.lots = [lot for lot in self.lots if lot.expires > now]
        damaged, self.damaged = self.damaged, 0
        return expired, damaged

    def put(self, quantity: int, expires: float = inf, made: float = 0.0) -> None:
        """Put pieces on the shelf and into the books."""
        if quantity:
            insort(self.lots, Lot(expires, made, quantity))
        self.record += quantity
        self._changed()
        for hear in self.came_in[:]:
            hear()

    def issue(self, quantity: int) -> None:
        """Strike promised pieces off the books: they have left."""
        self.record -= quantity
        self.reserved -= quantity
        self._changed()

    def correct(self, record: int) -> None:
        """Make the books say what was counted."""
        self.record = record
        self._changed()

    def order(self, quantity: int) -> None:
        """Note that pieces are on order (less, when they have come in)."""
        self.on_order += quantity

    def _changed(self) -> None:
        if self.watch is not None:
            self.watch()
