"""Python's search for cyclic garbage, held back while drills run."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Hold back the search for cyclic garbage.

    A replication leaves next to none, but every row makes the search begin anew and go
    through the rows of the block again and again: a quarter to a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
