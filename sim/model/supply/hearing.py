"""Who looks at a shelf when it has changed: once, behind everything that its second still changes.

A promise taken back and given again, a count that follows a pick, two orders of one second: what
matters for ordering more is how the books stand when all of that has happened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simpy import Event

from sim.model.pool import happen

if TYPE_CHECKING:
    from sim.model.world import World

BEHIND = 2
"""Priority of an event behind all that is urgent (0) or normal (1) in its instant."""


class Hearing:
    """Calls `look` with the row that changed the shelf last, at most once for all it hears.

    Only a change after which it is `wanted` is heard; `look` asks again.
    """

    def __init__(
        self,
        world: World,
        depot: str,
        item: str,
        wanted: Callable[[], object],
        look: Callable[[int | None], None],
    ):
        self._world, self._depot, self._item = world, depot, item
        self._wanted, self._look = wanted, look
        self._due = False

    def __call__(self) -> None:
        """Hear of a change (or of the time to look)."""
        if not self._due and self._wanted():
            self._due = True
            event = Event(self._world.env)
            event.callbacks.append(self._now)
            happen(event, BEHIND)

    def _now(self, _: Event) -> None:
        self._due = False
        if self._wanted():
            self._look(self._last())

    def _last(self) -> int | None:
        """Return the last row of this second that is about the item in this depot."""
        rows, now = self._world.rows, self._world.now
        for number in range(len(rows) - 1, -1, -1):
            row = rows[number]
            if row[0] != now:
                break
            extra = row[10]
            if extra and extra.get("item") == self._item and self._depot in (row[3], row[4]):
                return number
        return None
