"""SimPy's environment with a shorter loop: the same events in the same order."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

from simpy import Environment, Event, Process
from simpy.events import NORMAL


class Kernel(Environment):
    """Keeps SimPy's order: time, priority, insertion.  Nothing in the model stops the run.

    That a process is over is no event where nobody waits for it.
    """

    def schedule(self, event: Event, priority: Any = NORMAL, delay: Any = 0) -> None:
        """Let an event happen after `delay`."""
        if type(event) is Process and event._ok and not event.callbacks:
            event.callbacks = None  # type: ignore[assignment]
            return
        heappush(self._queue, (self._now + delay, priority, next(self._eid), event))

    def run_through(self, second: int) -> None:
        """Process all that happens up to the end of `second`; then it is the second after."""
        queue: list[Any] = self._queue
        while queue and queue[0][0] <= second:
            self._now, _, _, event = heappop(queue)
            callbacks, event.callbacks = event.callbacks, None
            for callback in callbacks:
                callback(event)
            if not event._ok and not hasattr(event, "_defused"):
                raise event._value
        self._now = second + 1
