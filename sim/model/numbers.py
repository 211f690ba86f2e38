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
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np

from sim.scenario.distributions import Distribution

BLOCK = 256
"""Replications whose numbers are drawn together: the unit of work of every backend."""

Address = tuple[str, int, int]
"""(stream name, entity, attempt)."""


class Streams:
    """The standard numbers of one block of replications.

    Each stream keeps one array of 256 floats per entity, one float per replication of the block.
    """

    def __init__(self, seed: int, block: int = 0):
        self._seed = str(int(seed)).encode()
        self._block = block
        self._streams: dict[tuple[str, str, int], _Stream] = {}

    def standard(self, kind: str, name: str, entity: int, attempt: int, column: int) -> float:
        """Return one standard number: kind `u` in [0, 1), kind `z` normal(0, 1)."""
        key = (name, kind, attempt)
        try:
            return self._streams[key].rows[entity][column]
        except (KeyError, IndexError):
            stream = self._streams.get(key)
            if stream is None:
                stream = self._streams[key] = _Stream(self._generator(key), kind)
            stream.grow(entity)
            return stream.rows[entity][column]

    def _generator(self, key: tuple[str, str, int]) -> np.random.Generator:
        name, kind, attempt = key
        digest = blake2b(f"{name}\0{kind}\0{attempt}".encode(), key=self._seed[:64], digest_size=16)
        words = np.frombuffer(digest.digest(), dtype="<u4").tolist()
        return np.random.Generator(
            np.random.PCG64DXSM(np.random.SeedSequence([*words, self._block]))
        )


class _Stream:
    """One generator and the rows drawn from it so far; rows only ever follow each other."""

    __slots__ = ("_draw", "rows")

    def __init__(self, generator: np.random.Generator, kind: str):
        self._draw = generator.random if kind == "u" else generator.standard_normal
        self.rows: list[array[float]] = []

    def grow(self, entity: int) -> None:
        while len(self.rows) <= entity:
            self.rows.append(array("d", self._draw(BLOCK).tobytes()))


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
        self._standard = streams.standard
        self._column = column
        self.given = given
        self._antithetic = antithetic

    def seconds(
        self, distribution: Distribution, name: str, entity: int = 0, attempt: int = 0
    ) -> int:
        """Return a sampled duration in whole seconds, never negative."""
        if self.given is not None:
            found = self.given.get((name, entity, attempt))
            if found is not None:
                return found
        kind = distribution.standard
        if not kind:
            return distribution.seconds(0.0)
        x = self._standard(kind, name, entity, attempt, self._column)
        if self._antithetic:
            x = 1.0 - x if kind == "u" else -x
        return distribution.seconds(x)

    def happens(self, probability: float, name: str, entity: int = 0, attempt: int = 0) -> bool:
        """Return whether something with this probability happens."""
        if self.given is not None:
            found = self.given.get((name, entity, attempt))
            if found is not None:
                return bool(found)
        if probability <= 0.0:
            return False
        x = self._standard("u", name, entity, attempt, self._column)
        return (1.0 - x if self._antithetic else x) < probability

    def pick(self, bounds: Sequence[float], name: str, entity: int = 0, attempt: int = 0) -> int:
        """Return k with probability `bounds[k] - bounds[k - 1]`; the last bound is 1."""
        if self.given is not None:
            found = self.given.get((name, entity, attempt))
            if found is not None:
                return found
        x = self._standard("u", name, entity, attempt, self._column)
        return min(bisect_right(bounds, 1.0 - x if self._antithetic else x), len(bounds) - 1)


def sampler(seed: int, replication: int, given: Mapping[Address, int] | None = None) -> Sampler:
    """Return the numbers of one replication alone (drawing its whole block)."""
    return Sampler(Streams(seed, replication // BLOCK), replication % BLOCK, given)
