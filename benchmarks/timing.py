"""Interleaved rounds: A B C A B C …, so that a busy machine disturbs all alike."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import process_time


def cpu_seconds(job: Callable[[], object]) -> float:
    """Return the CPU time of one call, with the garbage of earlier calls cleared away."""
    gc.collect()
    begin = process_time()
    job()
    return process_time() - begin


def rounds(jobs: Mapping[str, Callable[[], object]], count: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each job in each of `count` interleaved rounds."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(count):
        for name, job in jobs.items():
            times[name].append(cpu_seconds(job))
    return times


def ratios(times: Mapping[str, list[float]], of: str, to: str) -> list[float]:
    """Return the ratio of two jobs, round by round."""
    return [a / b for a, b in zip(times[of], times[to], strict=True)]


def spread(values: list[float], digits: int = 2) -> str:
    """Return `median (min..max)`."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}..{max(values):.{digits}f})"


def line(name: str, *cells: str) -> None:
    """Print one line of the table."""
    print(f"  {name:<44}" + "".join(f"{cell:>28}" for cell in cells))


def memory(script: str) -> None:
    """Print what a fresh process tells of its memory while it runs drills one after the other.

    Each line of the script's output: drills so far, resident memory and its highest (MB), objects.
    """
    if not Path("/proc/self/status").exists():
        line("memory", "not measured: only on Linux")
        return
    command, root = [sys.executable, "-c", script], Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    line("after so many drills", "memory, MB", "highest so far, MB", "objects alive")
    for words in map(str.split, done.stdout.splitlines()):
        line(*words)
