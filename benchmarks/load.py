"""Five levels, two lines, thirty messages each, with routine calls: time, fairness, memory."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from statistics import fmean, pstdev

from benchmarks import relay_chain, twin_relay
from benchmarks.relay import OURS, TABLE, TARGET, compare, ours
from benchmarks.relay_chain import LEVELS, LOAD
from benchmarks.timing import line, memory
from sim.log.rows import CORE, Row
from sim.model import Plan

DRILLS, FAIR = 64, 256
TIME, ACTIVITY, PHASE, ACTOR, INCIDENT = (
    CORE.index(name) for name in ("time", "activity", "phase", "actor", "incident")
)
MEMORY = """
import gc
from pathlib import Path
from benchmarks import relay_chain
from benchmarks.relay_chain import LOAD
from sim.experiment.run import replicate
from sim.model import Plan
plan = Plan(relay_chain.scenario(LOAD))
for number, rows in replicate(plan, 1, 0, 1000, LOAD.until):
    if number + 1 in (100, 500, 1000):
        del rows
        gc.collect()
        status = dict(line.split(":") for line in Path("/proc/self/status").open())
        held = [int(status[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]
        print(number + 1, *held, len(gc.get_objects()))
"""
"""Resident memory, and its highest so far, are what Linux tells (kB)."""


def our_numbers(drills: int) -> dict[str, list[float]]:
    """Return per drill: messages received, calls served and given up, mean sojourn (s)."""
    plan = Plan(relay_chain.scenario(LOAD))
    found: dict[str, list[float]] = {}
    for rows in ours(plan, drills, LOAD.until):
        events = Counter((row[ACTIVITY], row[PHASE]) for row in rows)
        add(found, events, [row[TIME] - began(row) for row in rows if is_last(row)])
    return found


def twin_numbers(drills: int) -> dict[str, list[float]]:
    """Return the same of the twin."""
    found: dict[str, list[float]] = {}
    for seed in range(drills):
        events: list[dict[str, object]] = []
        done = twin_relay.Relay(LOAD, seed, events).done
        add(found, Counter((event["activity"], event["phase"]) for event in events), done)
    return found


def is_last(row: Row) -> bool:
    """Return whether this is the signature at the top, the end of an incident's way."""
    top = row[ACTOR].startswith(f"{LEVELS[-1]}-")
    return bool(top and row[ACTIVITY] == "sign" and row[PHASE] == "ended")


def began(row: Row) -> int:
    """Return the second of the incident of a row."""
    return int(row[INCIDENT][1:]) * LOAD.every


def add(found: dict[str, list[float]], events: Counter, sojourns: list[float]) -> None:
    """Add one drill."""
    numbers = {
        "messages received": events["receive", ""],
        "messages at the end of their way": len(sojourns),
        "mean sojourn of these, min": fmean(sojourns) / 60,
        "tries that failed": events["try_failed", ""],
        "calls served": events["serve", "ended"],
        "calls given up": events["given_up", ""],
    }
    for name, number in numbers.items():
        found.setdefault(name, []).append(number)


def fair() -> None:
    """Print what both sides did, and by how many standard errors it differs."""
    line(f"per drill, {FAIR} drills", "ours", "twin", "difference in std errors")
    mine, theirs = our_numbers(FAIR), twin_numbers(FAIR)
    for name, a in mine.items():
        b = theirs[name]
        error = sqrt((pstdev(a) ** 2 + pstdev(b) ** 2) / FAIR)
        apart = (fmean(a) - fmean(b)) / error if error else 0.0
        line(name, f"{fmean(a):.2f}", f"{fmean(b):.2f}", f"{apart:+.1f}")


def main(count: int = 9) -> None:
    """Print the tables."""
    print(
        f"load: {len(LEVELS)} levels, {len(LOAD.lines)} lines, {LOAD.incidents} messages a line,"
        f" routine calls; per drill over {DRILLS} drills"
    )
    compare(LOAD, DRILLS, count)
    line(f"target: {OURS} / {TABLE}", TARGET)
    fair()
    memory(MEMORY)


if __name__ == "__main__":
    main()
