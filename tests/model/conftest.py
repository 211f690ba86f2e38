"""What the tests of the model share: small scenarios written in Python, and how to run them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.log.rows import Row
from sim.model import BLOCK, Plan, Sampler, Streams, simulate
from sim.scenario import Scenario

HEAD = {"yanlian": 1, "start": "2026-03-01T00:00+08:00", "horizon": "1 h", "tail": "0 s"}
PLACES = {"here": {"at": [108.0, 24.0]}}


def make_scenario(**sections: Any) -> Scenario:
    """Return a scenario with these sections; the head and one place `here` are filled in."""
    return Scenario.model_validate(HEAD | {"places": PLACES} | sections)


def run_many(
    plan: Plan, seed: int, count: int, until: int, given: Callable[[int], Any] | None = None
) -> Iterator[list[Row]]:
    """Yield the rows of replications 0 to `count - 1`; `given(k)` is the table of the k-th."""
    for block in range(-(-count // BLOCK)):
        streams = Streams(seed, block)
        for column in range(min(BLOCK, count - block * BLOCK)):
            table = given(block * BLOCK + column) if given else None
            yield simulate(plan, Sampler(streams, column, table), until)


@pytest.fixture(scope="session")
def scenario() -> Callable[..., Scenario]:
    """`scenario(offices={...}, ...)`: a scenario built in Python."""
    return make_scenario


@pytest.fixture(scope="session")
def many() -> Callable[..., Iterator[list[Row]]]:
    """`many(plan, seed, count, until)`: the rows of many replications."""
    return run_many
