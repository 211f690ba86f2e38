"""The scorer: cases of twenty rows, ten thousand rows to a million, article 10 of the directive."""

from __future__ import annotations

import resource
from datetime import datetime, timedelta, timezone

import numpy as np

from benchmarks.timing import cpu_seconds, line
from sim.log.record import EventLog, typed
from sim.rules import load_pack, score

ORIGIN = datetime(2026, 4, 15, 14, 0, tzinfo=timezone(timedelta(hours=8)))
SIZES = (10_000, 100_000, 1_000_000)
ROWS = 20
HEAD = (
    {"activity": "role", "actor": "city", "actor_role": "city_gov", "superior": "region"},
    {"activity": "role", "actor": "county", "actor_role": "county_gov", "superior": "city"},
    {"activity": "role", "actor": "bureau", "actor_role": "region_dept", "superior": "region"},
    {"activity": "role", "actor": "region", "actor_role": "region_gov"},
    {"activity": "observe"},
)
TEN = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"
ACTS = (
    {"activity": "occur", "hazard": "fire", "jurisdiction": "city"},
    {"activity": "notice", "actor": "county"},
    {"activity": "send", "phase": "ended", "actor": "county", "recipient": "city", "message": "a"},
    {"activity": "receive", "actor": "city", "recipient": "county", "message": "a"},
    {"activity": "acknowledge", "actor": "city", "recipient": "county", "message": "a"},
    {"activity": "confirm", "actor": "city"},
    {"activity": "confirm", "actor": "bureau"},
    {"activity": "send", "phase": "ended", "actor": "city", "recipient": "region", "message": "b"},
    {"activity": "receive", "actor": "region", "recipient": "city", "message": "b"},
    {"activity": "acknowledge", "actor": "region", "recipient": "city", "message": "b"},
    {
        "activity": "send",
        "phase": "ended",
        "actor": "bureau",
        "recipient": "region",
        "message": "c",
    },
    {"activity": "acknowledge", "actor": "region", "recipient": "bureau", "message": "c"},
    {"activity": "send", "phase": "ended", "actor": "city", "recipient": "region", "message": "d"},
    {"activity": "acknowledge", "actor": "region", "recipient": "city", "message": "d"},
    {"activity": "activate", "actor": "city", "level": "II"},
)
KINDS = {"a": "initial", "b": "initial", "c": "initial", "d": "detailed"}


def record(rows: int, seed: int = 1) -> EventLog:
    """Return a record of `rows` rows in cases of `ROWS`, with random times and grades."""
    rng = np.random.default_rng(seed)
    cases = rows // ROWS
    acts = len(ACTS)
    times = np.cumsum(rng.exponential(900, (cases, acts)), axis=1).astype("int64")
    grades = rng.choice(["IV", "III", "II", "I"], cases, p=[0.3, 0.3, 0.3, 0.1])
    columns: dict[str, object] = {}
    pattern = HEAD + ACTS
    for name in {key for row in pattern for key in row}:
        columns[name] = np.tile([row.get(name, "") for row in pattern], cases).astype(object)
    activity = np.tile([row["activity"] for row in pattern], cases)
    said = np.isin(activity, ("confirm", "send"))
    columns["grade"] = np.where(said, np.repeat(grades, ROWS), "").astype(object)
    columns["kind"] = np.tile([KINDS.get(r.get("message", ""), "") for r in pattern], cases)
    full = np.tile([TEN if r.get("message") == "d" else "" for r in pattern], cases)
    columns["elements"] = full.astype(object)
    columns["kind"] = columns["kind"].astype(object)
    columns["incident"] = np.tile([""] * len(HEAD) + ["fire"] * acts, cases).astype(object)
    names = [f"c{k}" for k in range(cases)]
    columns["case"] = np.repeat(np.array(names, dtype=object), ROWS)
    columns["seq"] = np.tile(np.arange(ROWS), cases)
    columns["row"] = np.tile([f"r{k}" for k in range(ROWS)], cases).astype(object)
    clock = np.concatenate([np.zeros((cases, len(HEAD)), "int64"), times], axis=1)
    columns["time"] = clock.ravel()
    until = np.full(rows, np.nan)
    until[len(HEAD) - 1 :: ROWS] = 86_400
    columns["until"] = until
    return EventLog(typed(columns, rows), dict.fromkeys(names, ORIGIN))


def main() -> None:
    """Print seconds and growth."""
    pack = load_pack("guangxi-2012-65")
    print(f"scoring: cases of {ROWS} rows, pack {pack.id}; CPU seconds on one core")
    before = None
    for rows in SIZES:
        log = record(rows)
        seconds = cpu_seconds(lambda log=log: score(log, pack))
        growth = "" if before is None else f"x{seconds / before:.1f}"
        line(f"{rows:,} rows in {rows // ROWS:,} cases", f"{seconds:.2f} s", growth)
        before = seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line("peak memory of the process, record included", f"{peak:,.0f} MiB")
