"""Ten days of supply in a whole region: our model with its log against ordinary SimPy."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from math import sqrt
from statistics import fmean, pstdev

import pandas as pd

from benchmarks import supply_region, twin_supply
from benchmarks.relay import events_of
from benchmarks.supply_region import CITIES, COUNTIES, FLEET, ITEMS, UNTIL
from benchmarks.timing import cpu_seconds, line, memory, ratios, rounds, spread
from sim.experiment.run import replicate, run
from sim.log.rows import CORE, Row
from sim.model import Plan, Sampler, Streams, simulate

TARGET = 1.2
DRILLS, FAIR = 16, 12
OURS, ROWS, TABLE = "ours, log included", "ours, rows only", "twin, log as a table"
ACTIVITY, PHASE = CORE.index("activity"), CORE.index("phase")
MEMORY = """
import gc
from pathlib import Path
from benchmarks import supply_region
from sim.experiment.run import replicate
from sim.model import Plan
plan = Plan(supply_region.scenario())
for number, rows in replicate(plan, 1, 0, 60, supply_region.UNTIL):
    if number + 1 in (20, 40, 60):
        del rows
        gc.collect()
        status = dict(line.split(":") for line in Path("/proc/self/status").open())
        held = [int(status[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]
        print(number + 1, *held, len(gc.get_objects()))
"""
"""Resident memory, and its highest so far, are what Linux tells (kB)."""


def ours(plan: Plan, drills: int) -> Iterator[list[Row]]:
    """Yield the rows of drills of one block."""
    return (rows for _, rows in replicate(plan, 1, 0, drills, UNTIL))


def each(drills: Iterator[object]) -> None:
    """Run drills and keep none of them."""
    deque(drills, maxlen=0)


def twin_table() -> pd.DataFrame:
    """Return the twin's log as one table, as its user would want it, made drill by drill."""
    logs = twin_supply.logged_drills(DRILLS)
    return pd.concat(pd.DataFrame(events).assign(run=k) for k, events in enumerate(logs))


def drawing(plan: Plan) -> float:
    """Return the part of the time for drawing numbers: the same drills with all of them there."""
    streams = Streams(1)

    def drills() -> None:
        for k in range(DRILLS):
            simulate(plan, Sampler(streams, k), UNTIL)

    first = cpu_seconds(drills)
    return 1 - cpu_seconds(drills) / first


def counts(events: list[tuple[str, str]]) -> dict[str, int]:
    """Return how much was done in one drill."""
    found = Counter(events)
    return {
        "orders approved": found["approve", "ended"],
        "lines picked": found["picked", ""],
        "lines refused": found["refused", ""],
        "vehicles loaded": found["load", "ended"],
        "vehicles back": found["return", "ended"],
        "replenishments that came": found["put_in_stock", ""],
        "rows": len(events),
    }


def fair(plan: Plan) -> None:
    """Print what both sides did, and by how many standard errors it differs."""
    mine = [counts([(r[ACTIVITY], r[PHASE]) for r in rows]) for rows in ours(plan, FAIR)]
    logs = twin_supply.logged_drills(FAIR)
    theirs = [counts([(str(e["activity"]), str(e["phase"])) for e in log]) for log in logs]
    line(f"per drill, {FAIR} drills", "ours", "twin", "difference in std errors")
    for name in mine[0]:
        a, b = [one[name] for one in mine], [one[name] for one in theirs]
        error = sqrt((pstdev(a) ** 2 + pstdev(b) ** 2) / (FAIR - 1))
        apart = (fmean(a) - fmean(b)) / error if error else 0.0
        line(name, f"{fmean(a):.1f}", f"{fmean(b):.1f}", f"{apart:+.1f}")


def main(count: int = 3) -> None:
    """Print the table."""
    plan = Plan(supply_region.scenario())
    print(
        f"supply: {len(CITIES)} depots, {len(COUNTIES)} counties, {len(ITEMS)} items, "
        f"{sum(FLEET.values())} vehicles, 10 days; per drill of {DRILLS}"
    )
    jobs = {
        OURS: lambda: run(plan.scenario, replications=DRILLS, until=UNTIL),
        ROWS: lambda: each(ours(plan, DRILLS)),
        "twin, no log": lambda: each(twin_supply.drills(DRILLS)),
        "twin, a dict per event": lambda: each(twin_supply.logged_drills(DRILLS)),
        TABLE: twin_table,
    }
    fair(plan)  # warms up, too
    times = rounds(jobs, count)
    line("", "ms per drill", "ours with log / this")
    for name, seconds in times.items():
        cell = spread([1000 * s / DRILLS for s in seconds])
        line(name, cell, spread(ratios(times, OURS, name)))
    line(
        "of ours: numbers for the block of 256 drills", f"{100 * drawing(plan):.0f} % of rows only"
    )
    events = events_of(jobs[ROWS]), events_of(jobs["twin, no log"])
    line("events per drill: ours, twin", ", ".join(f"{n / DRILLS:.0f}" for n in events))
    line(f"target: {OURS} / {TABLE}", f"at most {TARGET}")
    memory(MEMORY)


if __name__ == "__main__":
    main()
