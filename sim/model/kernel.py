"""SimPy's environment with a shorter loop: the same events in the same order."""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappop, heappush
from itertools import count
from typing import Any

from simpy import Environment, Event
from simpy.events import NORMAL, URGENT


class Kernel(Environment):
    """Keeps SimPy's order: time, priority, insertion.  Nothing in the model stops the run."""

    def __init__(self) -> None:
        super().__init__()
        self._eid: count[int] = count()

    def schedule(self, event: Any, priority: Any = NORMAL, delay: Any = 0) -> None:
        """Let an event happen after `delay`."""
        heappush(self._queue, (self._now + delay, priority, next(self._eid), event))

    def process(self, generator: Generator[Any, Any, Any]) -> Any:
        """Start a process: it begins in this instant, before anything else that is planned."""
        self.schedule(Thread(self, generator), URGENT)

    def run_through(self, second: int) -> None:
        """Process all that happens up to the end of `second`; then it is the second after."""
        queue: list[Any] = self._queue
        while queue and queue[0][0] <= second:
            self._now, _, _, event = heappop(queue)
            if type(event) is Thread:
                event.go_on()
                continue
            callbacks, event.callbacks = event.callbacks, None
            for callback in callbacks:
                callback(event)
            if not event._ok and not hasattr(event, "_defused"):
                raise event._value
        self._now = second + 1


class Thread:
    """A process that waits for events, or for whole seconds: it yields one or the other.

    Unlike SimPy's it is no event (who waits for its end has one of his own), and none is made for
    its beginning and its seconds: it stands in the queue itself.
    """

    __slots__ = ("_env", "_generator")

    def __init__(self, env: Kernel, generator: Generator[Any, Any, Any]):
        self._env = env
        self._generator = generator

    def go_on(self, event: Event | None = None) -> None:
        """Go on as far as it comes in this instant; what `event` brought is handed in."""
        while True:
            try:
                if event is None:
                    wanted = self._generator.send(None)
                elif event._ok:
                    wanted = self._generator.send(event._value)
                else:
                    event._defused = True
                    wanted = self._generator.throw(event._value)
            except StopIteration:
                return
            if type(wanted) is int:
                if wanted < 0:
                    raise ValueError(f"a wait of {wanted} s")
                self._env.schedule(self, NORMAL, wanted)
                return
            if wanted.callbacks is not None:
                wanted.callbacks.append(self.go_on)
                return
            event = wanted  # it has happened already
