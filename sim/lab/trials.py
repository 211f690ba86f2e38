"""Settings of a study tried one by one, on the same random numbers; nothing is run twice.

A setting is one level of every factor of the study.  Drill n of every setting draws the same
standard numbers, and the values are those of `sim.conduct`: a study whose points are the settings
tried says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment import Results, Study
from sim.experiment.factors import Range, changes_at, shown_level
from sim.experiment.study import Design
from sim.experiment.work import Job, Task, work
from sim.scenario import Scenario
from sim.scenario.load import scenario_of
from sim.scenario.merge import gathered

STOPS = 5
"""Levels that a range is tried at, evenly from its lower to its upper end."""
Setting = tuple[str, ...]
"""The level of every factor as tables show it, in the study's order."""


class Trials:
    """The settings of a study that were tried.

    `levels`: factor -> level as shown -> level as the study has it.  `base`: the setting that
    others are compared with, that of the design `one_at_a_time`, else the first level of each.
    Raises `UnusableInput` for a scenario that cannot be read.
    """

    def __init__(self, study: Study):
        self.levels = {name: _levels(factor) for name, factor in study.factors.items()}
        given = study.design.one_at_a_time or {}
        first = {name: next(iter(levels.values())) for name, levels in self.levels.items()}
        raw = {name: given.get(name, first[name]) for name in first}
        self.base: Setting = tuple(shown_level(level) for level in raw.values())
        self.study = study.model_copy(
            update={"design": Design(one_at_a_time=raw), "select": None, "antithetic": False}
        )
        path = study.folder / study.scenario
        self._file, self._problems = gathered(path)
        self._folder = Path(path).resolve().parent
        name = Path(study.scenario).stem
        self._job = Job(
            *(name, study.seed, False, study.rules, study.options),
            study.measures,
            warm_up=study.warm_up,
        )
        self._scenarios: dict[Setting, Scenario] = {}
        self._values: dict[Setting, list[pd.DataFrame]] = {}
        self._drills: dict[Setting, int] = {}

    def drills(self, setting: Setting) -> int:
        """Return how many drills of a setting were run."""
        return self._drills.get(setting, 0)

    def run(self, setting: Setting, drills: int) -> None:
        """Run drills of a setting until there are so many; raises `UnusableInput`, `KeyError`."""
        done = self.drills(setting)
        if done >= drills:
            return
        scenario = self._scenario(setting)
        task = Task(len(self._values), done, drills - done, scenario)
        self._values.setdefault(setting, []).append(work(self._job, task).values)
        self._drills[setting] = drills

    def results(self, *settings: Setting) -> Results:
        """Return what came of the base and of these settings, or of all that were tried.

        Points are in the order tried, the base first; each has the drills that it was run.
        """
        wanted = settings or tuple(self._values)
        order = list(dict.fromkeys([self.base, *(one for one in wanted if one in self._values)]))
        parts = [
            part.assign(point=point)
            for point, setting in enumerate(order)
            for part in self._values.get(setting, [])
        ]
        columns = ["point", "replication", "measure", "state", "value"]
        values = pd.concat(parts, ignore_index=True)[columns]
        points = [dict(zip(self.levels, setting, strict=True)) for setting in order]
        stops = {point: self.drills(setting) for point, setting in enumerate(order)}
        return Results(self.study, points, values, stops)

    def _scenario(self, setting: Setting) -> Scenario:
        if setting not in self._scenarios:
            changes = [
                change._replace(
                    file=self.study.file.file, line=self.study.file.line(("factors", name))
                )
                for (name, levels), level in zip(self.levels.items(), setting, strict=True)
                for change in changes_at(name, self.study.factors[name], levels[level])
            ]
            found = scenario_of(self._file, self._problems, self._folder, changes)
            self._scenarios[setting] = found
        return self._scenarios[setting]


def _levels(factor: Any) -> Mapping[str, Any]:
    """Return level as shown -> level as it is: of a range `STOPS` of them."""
    if isinstance(factor, Range):
        each = [factor.value(k / (STOPS - 1)) for k in range(STOPS)]
    else:
        each = list(factor)
    return {shown_level(level): level for level in each}
