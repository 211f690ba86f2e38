"""Ten days of supply in a whole region: our model with its log against ordinary SimPy."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from statistics import fmean, pstdev

import pandas as pd

from benchmarks import supply_region, twin_supply
from benchmarks.relay import events_of, ours
from benchmarks.supply_region import CITIES, COUNTIES, FLEET, ITEMS, UNTIL
from benchmarks.timing import line, ratios, rounds, spread
from sim.experiment.run import run
from sim.log.rows import CORE
from sim.model import Plan

TARGET = 1.2
DRILLS = 4
FAIR = 12
ACTIVITY, PHASE = CORE.index("activity"), CORE.index("phase")


def twin_table() -> pd.DataFrame:
    """Return the twin's log as one table, as its user would want it."""
    logs = twin_supply.logged_drills(DRILLS)
    return pd.DataFrame([{"run": k} | event for k, events in enumerate(logs) for event in events])


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
    }


def fair(plan: Plan) -> None:
    """Print what both sides did, and by how many standard errors it differs."""
    mine = [counts([(r[ACTIVITY], r[PHASE]) for r in rows]) for rows in ours(plan, FAIR, UNTIL)]
    logs = twin_supply.logged_drills(FAIR)
    theirs = [counts([(str(e["activity"]), str(e["phase"])) for e in log]) for log in logs]
    line(f"per drill, {FAIR} drills", "ours", "twin", "difference in std errors")
    for name in mine[0]:
        a, b = [one[name] for one in mine], [one[name] for one in theirs]
        error = sqrt((pstdev(a) ** 2 + pstdev(b) ** 2) / (FAIR - 1))
        apart = (fmean(a) - fmean(b)) / error if error else 0.0
        line(name, f"{fmean(a):.1f}", f"{fmean(b):.1f}", f"{apart:+.1f}")


def main(count: int = 5) -> None:
    """Print the table."""
    plan = Plan(supply_region.scenario())
    print(
        f"supply: {len(CITIES)} depots, {len(COUNTIES)} counties, {len(ITEMS)} items, "
        f"{sum(FLEET.values())} vehicles, 10 days; per drill of {DRILLS}"
    )
    jobs = {
        "ours, log included": lambda: run(plan.scenario, replications=DRILLS, until=UNTIL),
        "ours, rows only": lambda: ours(plan, DRILLS, UNTIL),
        "twin, no log": lambda: list(twin_supply.drills(DRILLS)),
        "twin, a dict per event": lambda: twin_supply.logged_drills(DRILLS),
        "twin, and a table of them": twin_table,
    }
    fair(plan)  # warms up, too
    times = rounds(jobs, count)
    line("", "ms per drill", "ours with log / this")
    for name, seconds in times.items():
        cell = spread([1000 * s / DRILLS for s in seconds])
        line(name, cell, spread(ratios(times, "ours, log included", name)))
    rows = sum(len(rows) for rows in ours(plan, DRILLS, UNTIL)) / DRILLS
    logged = sum(len(events) for events in twin_supply.logged_drills(DRILLS)) / DRILLS
    line("rows per drill: ours, twin", f"{rows:.0f}, {logged:.0f}")
    events = events_of(jobs["ours, rows only"]), events_of(jobs["twin, no log"])
    line("events per drill: ours, twin", ", ".join(f"{n / DRILLS:.0f}" for n in events))
    line("target: ours with log / twin with a dict per event", f"at most {TARGET}")


if __name__ == "__main__":
    main()
