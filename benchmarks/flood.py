"""One drill of the flood scenario: in a block of 256, and one alone in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.timing import line, rounds, spread
from sim.experiment.run import last_second, run
from sim.model import BLOCK, Plan, Sampler, Streams, simulate
from sim.scenario import load_scenario

ROOT = Path(__file__).parents[1]
PATH = ROOT / "scenarios" / "river-flood.yaml"
COLD = """
import time
begin = time.perf_counter()
from sim.experiment.run import run
from sim.scenario import load_scenario
imported = time.perf_counter()
scenario = load_scenario("scenarios/river-flood.yaml")
loaded = time.perf_counter()
run(scenario)
print(imported - begin, loaded - imported, time.perf_counter() - loaded)
"""


def cold(count: int = 5) -> list[float]:
    """Return milliseconds to import, to load the scenario and to run one drill, medians."""
    found = []
    for _ in range(count):
        command = [sys.executable, "-c", COLD]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found.append([1000 * float(word) for word in done.stdout.split()])
    return [median(column) for column in zip(*found, strict=True)]


def main(count: int = 5) -> None:
    """Print the table."""
    scenario = load_scenario(PATH)
    plan, until = Plan(scenario), last_second(scenario)

    def rows_only() -> int:
        streams = Streams(1)
        return sum(len(simulate(plan, Sampler(streams, k), until)) for k in range(BLOCK))

    jobs = {"with its log": lambda: run(scenario, replications=BLOCK), "rows only": rows_only}
    number = rows_only()
    times = rounds(jobs, count)
    print("flood: one drill of scenarios/river-flood.yaml, per drill over one block")
    for name, seconds in times.items():
        rate = number / median(seconds)
        cells = spread([1000 * s / BLOCK for s in seconds]), f"{rate:,.0f} rows/s"
        line(name + ", ms", *cells)
    line("rows per drill", f"{number / BLOCK:.0f}")
    imported, loaded, ran = cold()
    line("cold, fresh process: import, load, run, ms", f"{imported:.0f}, {loaded:.0f}, {ran:.0f}")


if __name__ == "__main__":
    main()
