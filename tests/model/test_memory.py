"""What a drill leaves behind: nothing that grows from one replication to the next."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.model import Plan, Sampler, Streams, simulate
from sim.scenario import load_scenario

FLOOD = Path(__file__).parents[2] / "scenarios" / "river-flood.yaml"
UNTIL = 6 * 3600  # in the midst of it: much is under way, many wait


@pytest.fixture(scope="module")
def drill() -> Callable[[int], object]:
    plan, streams = Plan(load_scenario(FLOOD)), Streams(1)
    return lambda number: simulate(plan, Sampler(streams, number), UNTIL)


def alive() -> Counter[str]:
    """Count the objects of the model and of SimPy, by class."""
    kinds = (type(thing) for thing in gc.get_objects())
    return Counter(
        k.__name__ for k in kinds if str(k.__module__).startswith(("sim.model", "simpy"))
    )


def test_no_object_of_the_model_outlives_its_drill(drill: Callable[[int], object]) -> None:
    """The same drills once more: what the plan remembers of ways and vehicles is there by then."""
    for number in range(30):
        drill(number)
    gc.collect()
    before = alive()
    for number in range(30):
        drill(number)
    gc.collect()
    assert alive() == before


def test_a_drill_lets_go_of_what_it_knew_without_the_search_for_garbage(
    drill: Callable[[int], object],
) -> None:
    gc.collect()
    before = alive()
    gc.disable()
    try:
        for number in range(3):
            drill(number)
        left = alive() - before
    finally:
        gc.enable()
    assert left["Dossier"] == 0


def test_nobody_but_the_caller_holds_the_rows(drill: Callable[[int], object]) -> None:
    """Whoever still waits at the end (calls that would come) must not keep them alive."""
    gc.disable()
    try:
        rows = drill(0)
        assert sys.getrefcount(rows) == 2  # the name, and the argument of getrefcount
    finally:
        gc.enable()
