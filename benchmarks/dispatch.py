"""Seven days of calls for twenty teams: our model with its log against ordinary SimPy."""

from __future__ import annotations

import pandas as pd

from benchmarks import dispatch_town, twin_dispatch
from benchmarks.dispatch_town import UNTIL
from benchmarks.relay import events_of
from benchmarks.timing import line, ratios, rounds, spread
from sim.experiment.run import run
from sim.model import Plan, Sampler, Streams, simulate

TARGET = 1.2
DRILLS = 100
OURS, TABLE = "ours, log included", "twin, log as a table"


def ours(plan: Plan, seed: int = 1) -> list[list]:
    """Return the drills as plain rows."""
    streams = Streams(seed)
    return [simulate(plan, Sampler(streams, k), UNTIL) for k in range(DRILLS)]


def twin_table() -> pd.DataFrame:
    """Return the twin's log as one table, as its user would want it, made drill by drill.

    One table of all events at once takes him a third longer.
    """
    logs = twin_dispatch.logged_drills(DRILLS)
    return pd.concat(pd.DataFrame(events).assign(run=k) for k, events in enumerate(logs))


def means(plan: Plan) -> tuple[float, float]:
    """Return the mean seconds from call to arrival, ours and the twin's: the same work."""
    found = []
    for rows in ours(plan):
        begun: dict[int, int] = {}
        for k, row in enumerate(rows):
            begun[k] = row[0] if row[1] == "call" else begun.get(row[7], 0)
            if row[1] == "arrive":
                found.append(row[0] - begun[k])
    theirs = [seconds for drill in twin_dispatch.drills(DRILLS) for seconds in drill]
    return sum(found) / len(found), sum(theirs) / len(theirs)


def main(count: int = 5) -> None:
    """Print the table."""
    plan = Plan(dispatch_town.scenario())
    jobs = {
        OURS: lambda: run(plan.scenario, replications=DRILLS, until=UNTIL),
        "ours, rows only": lambda: ours(plan),
        "twin, no log": lambda: list(twin_dispatch.drills(DRILLS)),
        "twin, a dict per event": lambda: twin_dispatch.logged_drills(DRILLS),
        TABLE: twin_table,
    }
    mine, theirs = means(plan)  # warms up, too
    times = rounds(jobs, count)
    print(f"dispatch: 10 bases, 20 teams, 7 days of about 504 calls; per drill of {DRILLS}")
    line("", "ms per drill", "ours with log / this")
    for name, seconds in times.items():
        cell = spread([1000 * s / DRILLS for s in seconds])
        line(name, cell, spread(ratios(times, OURS, name)))
    rows = sum(len(rows) for rows in ours(plan)) / DRILLS
    logged = sum(len(events) for events in twin_dispatch.logged_drills(DRILLS)) / DRILLS
    line("rows per drill: ours, twin", f"{rows:.0f}, {logged:.0f}")
    events = events_of(jobs["ours, rows only"]), events_of(jobs["twin, no log"])
    line("events per drill: ours, twin", ", ".join(f"{n / DRILLS:.0f}" for n in events))
    line("mean s from call to arrival: ours, twin", f"{mine:.0f}, {theirs:.0f}")
    line(f"target: {OURS} / {TABLE}", f"at most {TARGET}")


if __name__ == "__main__":
    main()
