"""One batch of a study: drills run, scored and measured in one go, wherever that is.

A batch is the unit of work of every engine and of the result store.  What it returns depends
on the task alone: not on the worker, on the batches before it, or on how many run at once.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from sim.experiment.measures import Measure
from sim.experiment.measuring import Custom, Drills, measured
from sim.experiment.run import last_second
from sim.log import EventLog
from sim.log.rows import to_log
from sim.model import BLOCK, Plan, Sampler, Streams, simulate
from sim.model.garbage import no_collection
from sim.rules import Pack, score
from sim.rules.scoring import OutsideValidity
from sim.scenario import Scenario

VERDICTS = (
    *("rule", "incident", "owner", "recurrence", "verdict", "reason", "grade"),
    *("start_s", "deadline_s", "end_s", "margin_s", "summary"),
    *("occur_verdict", "receive_verdict", "confirm_verdict"),
)
"""Columns of a verdict that are kept, beside the replication; duties that applied only."""


@dataclass(frozen=True)
class Job:
    """What all batches of a study share; `keep`: whether their parts go to a store."""

    name: str
    seed: int
    antithetic: bool
    pack: Pack
    options: Mapping[str, str]
    measures: Mapping[str, Measure | Custom]
    logs: frozenset[int] = frozenset()
    warm_up: int = 0
    keep: bool = False


class Task(NamedTuple):
    """Replications `first` to `first + size - 1` of one point."""

    point: int
    first: int
    size: int
    scenario: Scenario


@dataclass(frozen=True)
class Batch:
    """What came of a task.

    `values`: columns replication, measure, state, value; one row per measure and replication, the
    measures in the study's order.  `verdicts`: replication and `VERDICTS`.  `logs`: the whole
    records asked for, `None` without any.
    """

    point: int
    first: int
    size: int
    values: pd.DataFrame
    verdicts: pd.DataFrame
    logs: EventLog | None = field(default=None)


def work(job: Job, task: Task) -> Batch:
    """Run, score and measure the drills of a task."""
    log = drills(job, task)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideValidity)
        verdicts = score(log, job.pack, job.options)
    seen = Drills(log, verdicts, task.scenario.horizon, job.warm_up)
    numbers = {case: task.first + k for k, case in enumerate(log.origins)}
    parts = [
        pd.DataFrame(
            {
                "replication": list(numbers.values()),
                "measure": name,
                "state": found["state"].to_numpy(),
                "value": found["value"].to_numpy("float64"),
            }
        )
        for name, measure in job.measures.items()
        for found in [measured(measure, seen)]
    ]
    return Batch(
        *task[:3],
        pd.concat(parts, ignore_index=True),
        _kept(verdicts.table, numbers),
        _logs(log, {case for case, number in numbers.items() if number in job.logs}),
    )


def drills(job: Job, task: Task) -> EventLog:
    """Return the record of a task's drills: the same rows wherever and however often it is run.

    Antithetic replications come in pairs: 2k and 2k + 1 share their numbers, mirrored.
    """
    pairs = 2 if job.antithetic else 1
    until = last_second(task.scenario, (job.pack,))
    plan = _plan(task.scenario)
    cases = []
    for number in range(task.first, task.first + task.size):
        block, column = divmod(number // pairs, BLOCK)
        sampler = Sampler(
            _streams(job.seed, block), column, antithetic=job.antithetic and number % 2 == 1
        )
        cases.append((f"{job.name}/p{task.point}/{number}", sampler))
    with no_collection():
        rows = ((name, simulate(plan, sampler, until)) for name, sampler in cases)
        return to_log(rows, task.scenario.start)


_plans: list[tuple[Scenario, Plan]] = []


def _plan(scenario: Scenario) -> Plan:
    """Return the plan of a scenario; that of the last one is kept, batches often share it."""
    if not _plans or _plans[0][0] is not scenario:
        _plans[:] = [(scenario, Plan(scenario))]
    return _plans[0][1]


@lru_cache(maxsize=2)
def _streams(seed: int, block: int) -> Streams:
    return Streams(seed, block)


def _kept(table: pd.DataFrame, numbers: Mapping[str, int]) -> pd.DataFrame:
    table = table[table["verdict"] != "not_applicable"]
    kept = table[list(VERDICTS)].reset_index(drop=True)
    kept.insert(0, "replication", table["case"].map(numbers).to_numpy("int64"))
    return kept


def _logs(log: EventLog, wanted: set[str]) -> EventLog | None:
    if not wanted:
        return None
    table = log.table[log.table["case"].isin(wanted)].reset_index(drop=True)
    return EventLog(table, {case: log.origins[case] for case in log.origins if case in wanted})
