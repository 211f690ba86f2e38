"""Where batches run: here, in processes of this machine (joblib's loky), or on a Dask cluster.

One small interface: `engine.each(function, shared, tasks)` yields `function(shared, task)` in the
order of the tasks.  Tasks are taken from their iterator as workers become free, so that a caller
that stops asking leaves little work undone.  Results never depend on the engine.
"""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from sim.errors import MissingExtra

Work = Callable[[Any, Any], Any]


class Engine(Protocol):
    """What runs the batches; `workers` is how many run at once."""

    workers: int

    def each(self, function: Work, shared: Any, tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield `function(shared, task)` for every task, in order."""
        ...

    def close(self) -> None:
        """Let go of processes and connections."""
        ...


class Serial:
    """In this process, one after the other."""

    workers = 1

    def each(self, function: Work, shared: Any, tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield the results as they are made."""
        for task in tasks:
            yield function(shared, task)

    def close(self) -> None:
        """Nothing to let go of."""


class Loky:
    """In `workers` processes of this machine (all cores by default)."""

    def __init__(self, workers: int | None = None):
        self._joblib = _module("joblib", "cluster")
        self.workers = workers or cores()
        # joblib replaces a worker whose memory has grown; its task is done by then
        warnings.filterwarnings("ignore", "A worker stopped", UserWarning)

    def each(self, function: Work, shared: Any, tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield the results in order; no more than two tasks a worker are under way."""
        run = self._joblib.Parallel(
            n_jobs=self.workers,
            backend="loky",
            return_as="generator",
            batch_size=1,
            pre_dispatch="2*n_jobs",
        )
        results = run(self._joblib.delayed(function)(shared, task) for task in tasks)
        try:
            yield from results
        finally:
            results.close()

    def close(self) -> None:
        """End the processes."""
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True, kill_workers=True)


class Dask:
    """On a Dask cluster: the one at `scheduler`, or one started here with `workers` processes."""

    def __init__(self, scheduler: str | None = None, workers: int | None = None):
        distributed = _module("distributed", "cluster")
        if scheduler:
            self._client = distributed.Client(scheduler)
        else:
            self._client = distributed.Client(
                n_workers=workers or cores(),
                threads_per_worker=1,
                dashboard_address=None,
            )
        threads = self._client.nthreads().values()
        self.workers = max(sum(threads), 1)

    def each(self, function: Work, shared: Any, tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield the results in order; `shared` goes with every task.

        It is small beside a batch of drills, and a worker that starts late or anew needs nothing
        that was sent before (a broadcast to all of them waits for ever for one that is gone).
        """
        waiting: deque[Any] = deque()
        try:
            for task in tasks:
                waiting.append(self._client.submit(function, shared, task, pure=False))
                if len(waiting) >= 2 * self.workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            self._client.cancel(list(waiting))

    def close(self) -> None:
        """Close the connection, and the cluster if it was started here."""
        self._client.close()
        if self._client.cluster is not None:
            self._client.cluster.close()


def engine_named(name: str, workers: int | None = None, scheduler: str | None = None) -> Engine:
    """Return the engine `serial`, `loky` or `dask`; one worker needs no processes."""
    if name == "dask":
        return Dask(scheduler, workers)
    if name == "loky" and (workers or cores()) > 1:
        return Loky(workers)
    return Serial()


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows, not on macOS
        return os.cpu_count() or 1


def _module(name: str, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra(name, extra) from None
