"""Random numbers by address: who, doing what, for which thing, at which attempt.

A sample is a pure function of (seed, replication, stream name, entity, attempt).  It does
not depend on the order of events, on the number of workers or on what else a scenario
holds.  Standard numbers (uniform or normal) are drawn for a block of 256 replications at
once, one row per entity; parameters are applied afterwards, so that a changed parameter
keeps common numbers, and antithetic pairs are `1 - u` and `-z`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

import numpy as np

from sim.scenario.distributions import Distribution

BLOCK = 256
"""Replications whose numbers are drawn together: the unit of work of every backend."""

Address = tuple[str, int, int]
"""(stream name, entity, attempt)."""

Stream = tuple[str, str, int]
"""(stream name, kind of number, attempt): one generator."""


class Streams:
    """The standard numbers of one block of replications.

    `drawn[name, kind, attempt]` holds 256 floats for each entity, one per replication of the
    block, entity after entity; kind `u` is uniform in [0, 1), kind `z` normal(0, 1).
    """

    def __init__(self, seed: int, block: int = 0):
        self._seed = str(int(seed)).encode()
        self._block = block
        self._draws: dict[Stream, Callable[[int], np.ndarray]] = {}
        self.drawn: dict[Stream, array[float]] = {}

    def row(self, stream: Stream, entity: int) -> array[float]:
        """Return the numbers of an entity; they are drawn with those of all entities before it."""
        if stream not in self.drawn:
            generator = self._generator(stream)
            normal = stream[1] == "z"
            self._draws[stream] = generator.standard_normal if normal else generator.random
            self.drawn[stream] = array("d")
        drawn, draw, end = self.drawn[stream], self._draws[stream], (entity + 1) * BLOCK
        while len(drawn) < end:
            drawn.frombytes(draw(BLOCK).tobytes())
        return drawn[end - BLOCK : end]

    def _generator(self, stream: Stream) -> np.random.Generator:
        name, kind, attempt = stream
        digest = blake2b(f"{name}\0{kind}\0{attempt}".encode(), key=self._seed[:64], digest_size=16)
        words = np.frombuffer(digest.digest(), dtype="<u4").tolist()
        return np.random.Generator(
            np.random.PCG64DXSM(np.random.SeedSequence([*words, self._block]))
        )


class Sampler:
    """The numbers of one replication.

    `given` is a table address -> seconds that wins over drawn numbers (exact-log tests,
    replays); `antithetic` turns every number into its mirror image.
    """

    def __init__(
        self,
        streams: Streams,
        column: int,
        given: Mapping[Address, int] | None = None,
        antithetic: bool = False,
    ):
        self._streams = streams
        self._drawn = streams.drawn
        self._column = column
        self.given = given
        self._antithetic = antithetic
        self._attempts: dict[tuple[str, str], tuple[str, dict[int, int]]] = {}

    def next_seconds(self, distribution: Distribution, what: str, line: str, entity: int) -> int:
        """Return the next sample of `what` for a thing of this line: its attempts are counted."""
        name, attempt = self._next(what, line, entity)
        kind = distribution.standard
        if self.given is not None or self._antithetic or not kind:
            return self.seconds(distribution, name, entity, attempt)
        try:
            x = self._drawn[name, kind, attempt][entity * BLOCK + self._column]
        except (KeyError, IndexError):
            x = self._streams.row((name, kind, attempt), entity)[self._column]
        return distribution.seconds(x)

    def next_happens(self, probability: float, what: str, line: str, entity: int) -> bool:
        """Return whether `what` happens this time to a thing of this line."""
        name, attempt = self._next(what, line, entity)
        return self.happens(probability, name, entity, attempt)

    def _next(self, what: str, line: str, entity: int) -> tuple[str, int]:
        """Return the stream's name, and how often it was drawn before for this thing; count it."""
        found = self._attempts.get((what, line))
        if found is None:
            found = self._attempts[what, line] = (f"{what}@{line}", {})
        name, attempts = found
        attempt = attempts.get(entity, 0)
        attempts[entity] = attempt + 1
        return name, attempt

    def seconds(
        self, distribution: Distribution, name: str, entity: int = 0, attempt: int = 0
    ) -> int:
        """Return a sampled duration in whole seconds, never negative."""
        if self.given is not None:
            found = self.given.get((name, entity, attempt))
            if found is not None:
                return found
        kind = distribution.standard
        return distribution.seconds(self._standard((name, kind, attempt), entity) if kind else 0.0)

    def happens(self, probability: float, name: str, entity: int = 0, attempt: int = 0) -> bool:
        """Return whether something with this probability happens."""
        if self.given is not None:
            found = self.given.get((name, entity, attempt))
            if found is not None:
                return bool(found)
        if probability <= 0.0:
            return False
        return self._standard((name, "u", attempt), entity) < probability

    def pick(self, bounds: Sequence[float], name: str, entity: int = 0, attempt: int = 0) -> int:
        """Return k with probability `bounds[k] - bounds[k - 1]`; the last bound is 1."""
        if self.given is not None:
            found = self.given.get((name, entity, attempt))
            if found is not None:
                return found
        x = self._standard((name, "u", attempt), entity)
        return min(bisect_right(bounds, x), len(bounds) - 1)

    def _standard(self, stream: Stream, entity: int) -> float:
        """Return one standard number."""
        try:
            x = self._drawn[stream][entity * BLOCK + self._column]
        except (KeyError, IndexError):
            x = self._streams.row(stream, entity)[self._column]
        if self._antithetic:
            return 1.0 - x if stream[1] == "u" else -x
        return x


def sampler(seed: int, replication: int, given: Mapping[Address, int] | None = None) -> Sampler:
    """Return the numbers of one replication alone (drawing its whole block)."""
    return Sampler(Streams(seed, replication // BLOCK), replication % BLOCK, given)
