"""Conduct a study: run its points batch by batch until each has the replications it needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from sim.errors import Problem, UnusableInput
from sim.experiment import store as stores
from sim.experiment.capsule import capsule
from sim.experiment.design import Point, points
from sim.experiment.engines import Engine, Serial
from sim.experiment.measuring import Custom
from sim.experiment.pack_up import Packed, pack_up
from sim.experiment.results import Results, of_store
from sim.experiment.select import decider
from sim.experiment.store import Store
from sim.experiment.study import Study
from sim.experiment.work import Job, Task
from sim.texts import t

Progress = Callable[[int, int], None]
"""Called with (replications done, replications expected in all) after every batch."""


def conduct(
    study: Study,
    out: str | Path | None = None,
    engine: Engine | None = None,
    resume: bool = False,
    custom: Mapping[str, Custom] | None = None,
    progress: Progress | None = None,
    plugins: Iterable[Path] = (),
) -> Results:
    """Run a study and return its results.

    `out`: folder to keep them in (needs the extra `store`); without one, only the measured values
    are kept in memory.  `resume` goes on with what is in the folder.  `custom`: measures in
    Python, by name; they are not part of the capsule.  Results do not depend on the engine, on
    interruptions or on the number of workers.  Raises `UnusableInput`.
    """
    found = points(study)
    if out is None:
        return _conduct(study, found, None, engine or Serial(), custom or {}, progress)
    store = Store(out)
    with store.locked():
        _begin(store, study, found, resume, plugins)
        return _conduct(study, found, store, engine or Serial(), custom or {}, progress)


def _begin(
    store: Store, study: Study, found: list[Point], resume: bool, plugins: Iterable[Path]
) -> None:
    """Write down what is run, or look whether the folder holds the same study."""
    made = capsule(study, found, plugins)
    if stores.fresh(store.folder):
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        store.write(stores.CAPSULE, text.encode())
        return
    if not resume:
        expected = t("a new folder, or --resume to go on with what is there")
        raise UnusableInput([Problem(str(store.folder), 0, "", expected, t("a study"))])
    known = store.capsule()
    if known.get("id") != made["id"]:
        expected = t("the study that was begun here, with the same scenario, pack and program")
        parts = ("study", "scenario", "pack", "code")
        changed = [part for part in parts if known.get(part) != made[part]]
        received = t("another: {parts} changed", parts=", ".join(changed))
        raise UnusableInput([Problem(str(store.folder), 0, "", expected, received)])
    store.tidy()
    store.check()


def _conduct(
    study: Study,
    found: list[Point],
    store: Store | None,
    engine: Engine,
    custom: Mapping[str, Custom],
    progress: Progress | None,
) -> Results:
    job = Job(
        Path(study.scenario).stem,
        study.seed,
        study.antithetic,
        study.rules,
        study.options,
        {**study.measures, **custom},
        frozenset(study.logs),
        warm_up=study.warm_up,
        keep=store is not None,
    )
    conducting = _Conducting(study, found, store, engine, job, progress)
    conducting.run()
    return conducting.results()


class _Conducting:
    """A study under way."""

    def __init__(
        self,
        study: Study,
        found: list[Point],
        store: Store | None,
        engine: Engine,
        job: Job,
        progress: Progress | None,
    ):
        self.study, self.found, self.store = study, found, store
        self.engine, self.job, self.progress = engine, job, progress
        self.decider = decider(study, [point.raw for point in found])
        self.begun = [0] * len(found)
        self.kept: list[tuple[int, pd.DataFrame]] = []
        self.done = 0

    def run(self) -> None:
        """Round after round: as many batches as each point seems to need, seen in order."""
        while tasks := self._tasks():
            for task, values in self._values(tasks):
                stop = self.decider.stop(task.point)
                if stop is not None and task.first >= stop:
                    continue
                self.decider.add(task.point, values)
                if self.store is None:
                    self.kept.append((task.point, values))
                self.done += task.size
                if self.progress:
                    self.progress(self.done, self._expected())
        if self.store is not None:
            self.store.finish(self._stops())

    def _expected(self) -> int:
        each = (self.decider.wanted(point.number) for point in self.found)
        return max(sum(each), self.done)

    def _stops(self) -> dict[int, int]:
        return {p.number: self.decider.stop(p.number) or 0 for p in self.found}

    def _tasks(self) -> list[Task]:
        """Return the next round; the batches of one number stand together for all points."""
        size = self.study.batch
        tasks = []
        for point in self.found:
            begun, most = self.begun[point.number], self.study.most
            stop = self.decider.stop(point.number)
            if stop is not None and begun >= stop:
                continue
            wanted = min(max(self.decider.wanted(point.number), begun + size), most)
            for first in range(begun, wanted, size):
                count = min(size, most - first)
                tasks.append(Task(point.number, first, count, point.scenario))
            self.begun[point.number] = min(begun + -(-(wanted - begun) // size) * size, most)
        return sorted(tasks, key=lambda task: (task.first, task.point))

    def _values(self, tasks: list[Task]) -> Iterator[tuple[Task, pd.DataFrame]]:
        """Yield the values of tasks in order: from the store where they are there already."""
        there = self.store.batches if self.store is not None else set()
        fresh = [task for task in tasks if task[:2] not in there]
        results = self.engine.each(pack_up, self.job, fresh)
        try:
            for task in tasks:
                if self.store is not None and task[:2] in there:
                    reads = self.decider.reads
                    yield task, self.store.values(task[:2]) if reads else pd.DataFrame()
                    continue
                packed = next(results)
                self._keep(task, packed)
                yield task, packed.values
        finally:
            results.close()  # type: ignore[attr-defined]

    def _keep(self, task: Task, packed: Packed) -> None:
        """Write a batch down, unless its point has stopped before it."""
        stop = self.decider.stop(task.point)
        if self.store is not None and (stop is None or task.first < stop):
            self.store.add(task[:2], packed.files)

    def results(self) -> Results:
        """Return what came of it."""
        points = [point.levels for point in self.found]
        if self.store is not None:
            return of_store(self.store, self.study, points)
        stops = self._stops()
        in_order = sorted(self.kept, key=lambda part: part[0])
        values = pd.concat([part.assign(point=point) for point, part in in_order])
        last = values["point"].map(stops)
        counting = values[values["replication"] < last].reset_index(drop=True)
        columns = ["point", "replication", "measure", "state", "value"]
        return Results(self.study, points, counting[columns], stops)
