"""One relay chain: our model with its log against an ordinary SimPy program of the same."""

from __future__ import annotations

import pandas as pd
import simpy

from benchmarks import relay_chain, twin_relay
from benchmarks.relay_chain import UNTIL
from benchmarks.timing import line, ratios, rounds, spread
from sim.experiment.run import run
from sim.model import BLOCK, Plan, Sampler, Streams, simulate

TARGET = 1.3


def ours(plan: Plan, seed: int = 1) -> list[tuple[str, list]]:
    """Return one block of drills as plain rows."""
    streams = Streams(seed)
    return [(f"relay/base/{k}", simulate(plan, Sampler(streams, k), UNTIL)) for k in range(BLOCK)]


def twin_table() -> pd.DataFrame:
    """Return the twin's log as one table, as its user would want it."""
    logs = twin_relay.logged_drills(BLOCK)
    return pd.DataFrame([{"run": k} | event for k, events in enumerate(logs) for event in events])


def events_of(job: object) -> int:
    """Return how many SimPy events a job processes."""
    count = 0
    step = simpy.Environment.step

    def counted(env: simpy.Environment) -> None:
        nonlocal count
        count += 1
        step(env)

    simpy.Environment.step = counted
    try:
        job()
    finally:
        simpy.Environment.step = step
    return count


def main(count: int = 9) -> None:
    """Print the table."""
    plan = Plan(relay_chain.scenario())
    jobs = {
        "ours, log included": lambda: run(plan.scenario, replications=BLOCK, until=UNTIL),
        "ours, rows only": lambda: ours(plan),
        "twin, no log": lambda: list(twin_relay.drills(BLOCK)),
        "twin, a dict per event": lambda: twin_relay.logged_drills(BLOCK),
        "twin, and a table of them": twin_table,
    }
    for job in jobs.values():
        job()  # warm up
    times = rounds(jobs, count)
    print(f"relay: five offices, {relay_chain.INCIDENTS} incidents; per drill over one block")
    line("", "ms per drill", "ours with log / this")
    for name, seconds in times.items():
        cell = spread([1000 * s / BLOCK for s in seconds])
        line(name, cell, spread(ratios(times, "ours, log included", name)))
    rows = sum(len(rows) for _, rows in ours(plan))
    best = min(times["ours, log included"])
    mine, theirs = events_of(jobs["ours, rows only"]), events_of(jobs["twin, no log"])
    line(
        "rows per drill / events: ours, twin",
        f"{rows / BLOCK:.0f}",
        f"{mine / BLOCK:.0f}, {theirs / BLOCK:.0f}",
    )
    line("ours, log included: rows/s, events/s", f"{rows / best:,.0f}", f"{mine / best:,.0f}")
    line("target: ours with log / twin", f"at most {TARGET}")


if __name__ == "__main__":
    main()
