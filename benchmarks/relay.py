"""A relay chain: our model with its log against an ordinary SimPy program of the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import simpy

from benchmarks import relay_chain, twin_relay
from benchmarks.relay_chain import RELAY, Chain
from benchmarks.timing import line, ratios, rounds, spread
from sim.experiment.run import run
from sim.log.rows import Row
from sim.model import BLOCK, Plan, Sampler, Streams, simulate
from sim.model.kernel import Kernel

TARGET = "at most 1"
OURS, ROWS = "ours, log included", "ours, rows only"
TWIN, TABLE = "twin, log thrown away", "twin, log as a table"


def ours(plan: Plan, drills: int, until: int, seed: int = 1) -> list[list[Row]]:
    """Return drills of one block as plain rows."""
    streams = Streams(seed)
    return [simulate(plan, Sampler(streams, k), until) for k in range(drills)]


def twin_table(chain: Chain, drills: int) -> pd.DataFrame:
    """Return the twin's log as one table, as its user would want it."""
    logs = twin_relay.logged_drills(chain, drills)
    return pd.DataFrame([{"run": k} | event for k, events in enumerate(logs) for event in events])


def events_of(job: Callable[[], object]) -> int:
    """Return how many SimPy events a job plans, on either side."""
    count = 0

    def counted(kind: type[simpy.Environment]) -> Any:
        def schedule(
            env: simpy.Environment, event: simpy.Event, *further: Any, **named: Any
        ) -> None:
            nonlocal count
            before = len(env._queue)
            plain[kind](env, event, *further, **named)
            count += len(env._queue) - before

        return schedule

    plain = {kind: kind.schedule for kind in (simpy.Environment, Kernel)}
    for kind in plain:
        kind.schedule = counted(kind)  # type: ignore[method-assign]
    try:
        job()
    finally:
        for kind, schedule in plain.items():
            kind.schedule = schedule  # type: ignore[method-assign]
    return count


def compare(chain: Chain, drills: int, count: int) -> None:
    """Print the times of both sides, and what they did in them."""
    plan, until = Plan(relay_chain.scenario(chain)), chain.until
    jobs = {
        OURS: lambda: run(plan.scenario, replications=drills, until=until),
        ROWS: lambda: ours(plan, drills, until),
        TWIN: lambda: list(twin_relay.drills(chain, drills)),
        "twin, log as a list of dicts": lambda: twin_relay.logged_drills(chain, drills),
        TABLE: lambda: twin_table(chain, drills),
    }
    for job in jobs.values():
        job()  # warm up
    times = rounds(jobs, count)
    line("", "ms per drill", "ours with log / this")
    for name, seconds in times.items():
        cell = spread([1000 * s / drills for s in seconds])
        line(name, cell, spread(ratios(times, OURS, name)))
    rows = sum(len(rows) for rows in ours(plan, drills, until))
    best = min(times[OURS])
    mine, theirs = events_of(jobs[ROWS]), events_of(jobs[TWIN])
    line(
        "rows per drill / events: ours, twin",
        f"{rows / drills:.0f}",
        f"{mine / drills:.0f}, {theirs / drills:.0f}",
    )
    line("ours, log included: rows/s, events/s", f"{rows / best:,.0f}", f"{mine / best:,.0f}")


def main(count: int = 9) -> None:
    """Print the table."""
    print(f"relay: five offices, {RELAY.incidents} incidents; per drill over one block")
    compare(RELAY, BLOCK, count)
    line(f"target: {OURS} / {TABLE}", TARGET)


if __name__ == "__main__":
    main()
