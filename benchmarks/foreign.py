"""A log from another field: cases of twenty rows, rules `B within 1 h of A` and a deadline column.

Scored by a pack that is data only, against what an analyst would write (`twin_scoring`), and
against the check of temporal profiles in pm4py, where that is installed: it is AGPL, so it is
measured here and used nowhere.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks import twin_scoring
from benchmarks.timing import cpu_seconds, line, rounds, spread
from sim.log.record import EventLog, typed
from sim.rules import load_pack, score

ORIGIN = datetime(2026, 1, 5, 8, 0, tzinfo=timezone(timedelta(hours=1)))
SIZES, COMPARED = (10_000, 100_000, 1_000_000), (10_000, 100_000)
ROWS = 20
WORDS = ("register", "assess", "supplement", "review", "decide", "call", "note", "check")
PACK = """\
format: 1
id: loans
version: "1"
title: {zh: 贷款审批, en: Loan applications}
valid: {from: 2000-01-01}
jurisdiction: any
score_anchor: occur
sources: {own: {title: made up for this benchmark, confidence: low}}
rules:
  L1:
    clause: "1"
    text: {zh: 一小时内受理, en: assessed within 1 h of each registration}
    modality: 应
    kind: deadline
    per: case
    owner: case
    each: start
    start: {activity: other, object: register}
    end: {activity: other, object: assess}
    limit: 1 h
  L2:
    like: L1
    start: {activity: other, object: supplement}
    end: {activity: other, object: review}
    limit: 2 h
  L3:
    like: L1
    each: null
    start: {activity: other, object: register}
    end: {activity: other, object: decide}
    limit: due
"""


def record(rows: int, seed: int = 1) -> EventLog:
    """Return a log of `rows` rows in cases of `ROWS`, complete for a part of the time."""
    rng = np.random.default_rng(seed)
    cases = rows // ROWS
    shape = (cases, ROWS)
    words = np.array(WORDS, dtype=object)[rng.integers(0, len(WORDS), shape)]
    words[:, 0], words[:, 1] = "", "register"
    times = np.cumsum(rng.exponential(900, shape), axis=1).astype("int64")
    times[:, 0] = 0
    activity = np.full(shape, "other", dtype=object)
    activity[:, 0] = "observe"
    until = np.full(shape, np.nan)
    until[:, 0] = rng.integers(12_000, 20_000, cases)
    due = np.repeat(rng.integers(5_000, 20_000, cases), ROWS).astype(float)
    names = [f"c{k:06d}" for k in range(cases)]
    columns = {
        "activity": activity.ravel(),
        "object": words.ravel(),
        "time": times.ravel(),
        "until": until.ravel(),
        "due": due,
        "case": np.repeat(np.array(names, dtype=object), ROWS),
        "seq": np.tile(np.arange(ROWS), cases),
        "row": np.tile([f"r{k}" for k in range(ROWS)], cases).astype(object),
    }
    return EventLog(typed(columns, rows), dict.fromkeys(names, ORIGIN))


def main() -> None:
    """Print seconds, growth and memory, then the comparison."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "loans.yaml"
        path.write_text(PACK, encoding="utf-8")
        pack = load_pack(path)
    print(f"foreign log: cases of {ROWS} rows, {len(pack.rules)} rules; CPU seconds on one core")
    before = None
    for rows in SIZES:
        log = record(rows)
        seconds = cpu_seconds(lambda log=log: score(log, pack))
        growth = "" if before is None else f"x{seconds / before:.1f}"
        line(f"{rows:,} rows in {rows // ROWS:,} cases", f"{seconds:.2f} s", growth)
        before = seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line("peak memory of the process, log included", f"{peak:,.0f} MiB")
    if find_spec("pm4py") is None:
        print("  pm4py: not measured, it is not installed (and no dependency of this project)")
    for rows in COMPARED:
        _compare(rows, pack)


def _compare(rows: int, pack: object) -> None:
    """Print the times of the same log, interleaved; the verdicts of ours and the loop are equal."""
    log = record(rows)
    ours = score(log, pack).table  # type: ignore[arg-type]
    if twin_scoring.judged(log) != twin_scoring.verdicts(ours):
        sys.exit("the plain loop finds other verdicts")
    jobs: dict[str, Callable[[], object]] = {
        "this scorer": lambda: score(log, pack),  # type: ignore[arg-type]
        "plain pandas loop, same verdicts": lambda: twin_scoring.judged(log),
    }
    if find_spec("pm4py") is not None:
        jobs["pm4py, temporal profile (other question)"] = lambda: twin_scoring.profile(log)
    times = rounds(jobs, 3 if rows <= 10_000 else 1)
    line(f"{rows:,} rows", "CPU s, median (min..max)", "of ours")
    for name, seconds in times.items():
        ratio = sorted(seconds)[len(seconds) // 2] / sorted(times["this scorer"])[len(seconds) // 2]
        line(f"  {name}", spread(seconds), f"x{ratio:.0f}" if ratio > 1.5 else "")
