"""Run drills: one scenario, one or many replications, one event record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sim.log import EventLog
from sim.log.rows import Row, to_log
from sim.model import BLOCK, Plan, Sampler, Streams, simulate
from sim.model.garbage import no_collection
from sim.model.numbers import Address
from sim.rules import Pack, longest_limit
from sim.scenario import Scenario


def run(
    scenario: Scenario,
    seed: int = 1,
    replications: int = 1,
    first: int = 0,
    packs: tuple[Pack, ...] = (),
    name: str = "drill",
    variant: str = "base",
    until: int | None = None,
    given: Mapping[Address, int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> EventLog:
    """Run `replications` drills, numbered from `first`, and return their record.

    Same scenario, seed and number of a replication: same rows, however many are run and
    wherever.  Each case is called `name/variant/number`.  The record goes on to `until`
    (seconds from the start), by default the horizon plus the longest limit of `packs`, at
    least the scenario's tail.  `given` replaces sampled durations by address.  `progress` is
    told how many drills are done, of how many.
    """
    end = last_second(scenario, packs) if until is None else until

    def cases() -> Iterator[tuple[str, list[Row]]]:
        for number, rows in replicate(Plan(scenario), seed, first, replications, end, given):
            if progress is not None:
                progress(number - first + 1, replications)
            yield f"{name}/{variant}/{number}", rows

    with no_collection():
        return to_log(cases(), scenario.start)


def last_second(scenario: Scenario, packs: tuple[Pack, ...] = ()) -> int:
    """Return until when the record must go on so that every deadline can be decided (s)."""
    limits = [longest_limit(pack) for pack in packs]
    return scenario.horizon + max([scenario.tail, *limits])


def replicate(
    plan: Plan,
    seed: int,
    first: int,
    count: int,
    until: int,
    given: Mapping[Address, int] | None = None,
) -> Iterator[tuple[int, list[Row]]]:
    """Yield (number, rows) of replications `first` to `first + count - 1`, block by block."""
    block = first // BLOCK
    streams = Streams(seed, block)
    for number in range(first, first + count):
        if number // BLOCK != block:
            block = number // BLOCK
            streams = Streams(seed, block)
        yield number, simulate(plan, Sampler(streams, number % BLOCK, given), until)
