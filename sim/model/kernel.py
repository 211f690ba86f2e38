"""SimPy's environment with a shorter loop: the same events in the same order."""

from __future__ import annotations

from heapq import heappop
from typing import Any

from simpy import Environment


class Kernel(Environment):
    """Keeps SimPy's order: time, priority, insertion.  Nothing in the model stops the run."""

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
