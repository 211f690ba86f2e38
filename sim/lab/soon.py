"""Do something soon, and once: a slider that passes over four levels asks for the last alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PAUSE = 0.15
"""Seconds of rest after which a burst of moves is over."""


class Soon:
    """Called often, acts once the calls have ceased; at once where no event loop is running."""

    def __init__(self, act: Callable[[], None]):
        self._act = act
        self._handle: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        """Ask for the act."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._act()
            return
        if self._handle is not None:
            self._handle.cancel()
        self._handle = loop.call_later(PAUSE, self._act)
