"""A list rehearsed: what the model says will happen, before anybody is called in for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.exercise import loads as load
from sim.exercise.loads import Loads
from sim.experiment.intervals import Interval, quantile, share
from sim.experiment.run import last_second, replicate
from sim.lint.house import House
from sim.lint.limits import short_limits
from sim.lint.warning import LintWarning
from sim.log.rows import Row, to_log
from sim.model import Plan
from sim.model.expected import done_by
from sim.rules import Pack, load_pack
from sim.rules import score as judge
from sim.scenario import Scenario, load_scenario
from sim.scenario.merge import merged

PACK = "guangxi-2012-65"
BATCH = 20
BAND = (0.05, 0.95)
"""The band that holds nine drills in ten."""
Progress = Callable[[int, int], None]
"""Called with (drills done, drills in all)."""


@dataclass(frozen=True)
class Times:
    """One entry a drill: `start` and `end` in seconds from the drill's start, NaN = never.

    `allowed` is the time from start to deadline in seconds, `None` without one.
    """

    start: np.ndarray
    end: np.ndarray
    allowed: int | None = None

    @property
    def began(self) -> np.ndarray:
        """In which drills it came to a start at all."""
        found: np.ndarray = ~np.isnan(self.start)
        return found

    @property
    def came(self) -> Interval:
        """Share of drills in which it came to a start, exact interval."""
        return share(int(self.began.sum()), len(self.start), method="exact")

    @property
    def done(self) -> Interval:
        """Share, of the drills in which it began, in which it was done; exact interval."""
        ended = ~np.isnan(self.end[self.began])
        return share(int(ended.sum()), len(ended), method="exact")

    @property
    def in_time(self) -> Interval:
        """Share, of the drills in which it began, in which it was done in time; exact."""
        return share(int(self.hits.sum()), int(self.began.sum()), method="exact")

    @property
    def hits(self) -> np.ndarray:
        """In which drills it was done in time."""
        with np.errstate(invalid="ignore"):
            found: np.ndarray = self.end - self.start <= (self.allowed or 0)
        return found

    def elapsed(self, q: float) -> Interval:
        """Return a quantile of the seconds it took; infinite where it was not done by then.

        A drill in which it was never done counts as one that took longer than all others.
        """
        return quantile(self._filled(self.end - self.start), q)

    def at(self, q: float) -> Interval:
        """Return a quantile of the second, from the drill's start, at which it was done."""
        return quantile(self._filled(self.end), q)

    def _filled(self, values: np.ndarray) -> np.ndarray:
        began = values[self.began]
        return np.where(np.isnan(began), np.inf, began)


class Owed(NamedTuple):
    """What a rule asks of whom in which incident."""

    rule: str
    owner: str
    incident: str


class Owing(NamedTuple):
    """How a duty fared: number of drills by verdict, where it applied, and its times."""

    limit: int
    verdicts: dict[str, int]
    times: Times

    @property
    def met(self) -> Interval:
        """Share met of the drills in which it was met or late; exact interval."""
        met, late = self.verdicts.get("met", 0), self.verdicts.get("late", 0)
        return share(met, met + late, method="exact")


@dataclass(frozen=True)
class Rehearsal:
    """What the model says of a scenario's inject list.

    `actions` key of the inject -> when the expected action was done (only those with an activity);
    `duties` those of the pack with a time limit that applied in any drill; `loads` of the posts;
    `short` the limits of the pack that nobody can meet, or hardly.
    """

    path: Path
    scenario: Scenario
    raw: Mapping[str, Any]
    pack: Pack
    drills: int
    seed: int
    actions: dict[str, Times]
    duties: dict[Owed, Owing]
    loads: Loads
    short: list[LintWarning] = field(default_factory=list)


def rehearse(
    scenario_path: str | Path,
    *,
    drills: int = 200,
    seed: int = 1,
    pack: str | Pack | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """Drill a scenario `drills` times and return the forecast for its inject list.

    The same seed gives the same drills, as in `sim.run`.  `pack` is a rule pack, its name or file
    (default: guangxi-2012-65).  Raises `UnusableInput`.
    """
    scenario = load_scenario(scenario_path)
    raw = merged(scenario_path).data.get("injects") or {}
    rules = pack if isinstance(pack, Pack) else load_pack(pack or PACK)
    gathered = _Gathered(scenario)
    batch: list[tuple[str, list[Row]]] = []
    tables = []
    until = last_second(scenario, (rules,))
    for number, rows in replicate(Plan(scenario), seed, 0, drills, until):
        gathered.add(rows)
        batch.append((f"rehearsal/base/{number}", rows))
        if len(batch) == BATCH or number == drills - 1:
            verdicts = judge(to_log(batch, scenario.start), rules).table
            tables.append(verdicts[verdicts["limit_s"].notna()])
            batch = []
        if progress:
            progress(number + 1, drills)
    short = list(short_limits(House(scenario, pack=rules)))
    return Rehearsal(
        *(Path(scenario_path), scenario, raw, rules, drills, seed),
        gathered.actions(),
        _duties(pd.concat(tables), drills),
        gathered.loads,
        short,
    )


def action_times(scenario: Scenario, drills: list[list[Row]]) -> dict[str, Times]:
    """Return when the expected actions were done in drills at hand, by inject."""
    gathered = _Gathered(scenario, with_loads=False)
    for rows in drills:
        gathered.add(rows)
    return gathered.actions()


class _Gathered:
    """What is kept of every drill."""

    def __init__(self, scenario: Scenario, with_loads: bool = True):
        self.scenario, self.with_loads = scenario, with_loads
        self.loads = load.empty(scenario)
        self.watched = {
            key: inject
            for key, inject in scenario.injects.items()
            if inject.expect is not None and inject.expect.does is not None
        }
        self.pairs: dict[str, list[tuple[float, float]]] = {key: [] for key in self.watched}

    def add(self, rows: list[Row]) -> None:
        first: dict[str, int] = {}
        for k, row in enumerate(rows):
            if row[1] == "inject":
                first.setdefault(row[5], k)
        for key, inject in self.watched.items():
            at = first.get(key)
            done = None if at is None else done_by(self.scenario, inject, rows, at)
            start = np.nan if at is None else rows[at][0]
            self.pairs[key].append((start, np.nan if done is None else rows[done][0]))
        if self.with_loads:
            load.add(self.loads, self.scenario, rows)

    def actions(self) -> dict[str, Times]:
        found = {}
        for key, pairs in self.pairs.items():
            start, end = np.array(pairs, dtype=float).reshape(-1, 2).T
            expect = self.watched[key].expect
            found[key] = Times(start, end, expect.within if expect else None)
        return found


def _duties(table: pd.DataFrame, drills: int) -> dict[Owed, Owing]:
    """Return how the duties with a limit fared; of several in one drill the first counts."""
    found: dict[Owed, Owing] = {}
    table = table[table["verdict"] != "not_applicable"]
    keys = ["rule", "owner", "incident"]
    for key, rows in table.groupby(keys, sort=False):
        rows = rows.drop_duplicates("case")
        number = rows["case"].str.rpartition("/")[2].astype(int).to_numpy()
        start, end = np.full(drills, np.nan), np.full(drills, np.nan)
        start[number] = rows["start_s"].to_numpy(float, na_value=np.nan)
        end[number] = rows["end_s"].to_numpy(float, na_value=np.nan)
        limit = int(rows["limit_s"].iloc[0])
        verdicts = {str(k): int(n) for k, n in rows["verdict"].value_counts().items()}
        found[Owed(*map(str, key))] = Owing(limit, verdicts, Times(start, end, limit))
    return found


__all__ = ["Owed", "Owing", "Rehearsal", "Times", "action_times", "rehearse"]
