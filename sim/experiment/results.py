"""What came of a study: values by point and replication, the numbers that all answers rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.capsule import study_in
from sim.experiment.design import combinations
from sim.experiment.intervals import Interval
from sim.experiment.stopping import interval_of, observations
from sim.experiment.store import Store, read_all
from sim.experiment.study import Study
from sim.texts import t


@dataclass(frozen=True)
class Results:
    """Results of a study.

    `points`: the level of every factor, by number of the point.
    `values`: columns point, replication, measure, state, value (`sim.experiment.measuring`), only
    of replications that count.  `stops`: how many count, by point; less than was asked for where
    the study was interrupted.
    """

    study: Study
    points: Sequence[Mapping[str, str]]
    values: pd.DataFrame
    stops: Mapping[int, int]
    folder: Path | None = None

    @cached_property
    def levels(self) -> pd.DataFrame:
        """One row a point: number, the level of every factor, how many replications count."""
        rows = [
            {"point": k, **levels, "replications": self.stops.get(k, 0)}
            for k, levels in enumerate(self.points)
        ]
        return pd.DataFrame(rows)

    @cached_property
    def raw(self) -> list[Mapping[str, Any]]:
        """The levels of every point as the study has them."""
        return list(combinations(self.study))

    def label(self, point: int) -> str:
        """Return a point's levels in one line; factors that do not vary are left out.

        One at a time: the one change, or that it is the base.
        """
        names = self.varied or list(self.points[point])
        if self.study.design.one_at_a_time is not None:
            names = [k for k in names if self.points[point][k] != self.points[0][k]]
            if not names:
                return t("the base")
        levels = {name: self.study.called(self.points[point][name]) for name in names}
        if len(self.varied) <= 1 and len(levels) == 1:
            return next(iter(levels.values()))
        return t(", ").join(f"{self.factor(name)} {level}" for name, level in levels.items())

    @cached_property
    def varied(self) -> list[str]:
        """The factors whose level is not the same at all points."""
        first = self.points[0]
        return [name for name in first if len({point[name] for point in self.points}) > 1]

    def factor(self, name: str) -> str:
        """Return a factor's name as people read it: of a path without one, its last part."""
        known = self.study.called(name)
        return known if known != name else name.rpartition(".")[2]

    def of(self, measure: str, point: int) -> pd.DataFrame:
        """Return one measure of one point by replication: columns state and value."""
        return self._split.get((point, measure), self.values.iloc[:0][["state", "value"]])

    @cached_property
    def _split(self) -> dict[tuple[int, str], pd.DataFrame]:
        found: dict[Any, pd.DataFrame] = {}
        for key, part in self.values.groupby(["point", "measure"], sort=False):
            ordered = part.set_index("replication")[["state", "value"]].sort_index()
            found[key] = ordered
        return found

    def observations(self, measure: str, point: int) -> np.ndarray:
        """Return (sum, weight) per observation; an antithetic pair is one."""
        values = self.of(measure, point)
        return observations(values, self.study.is_share(measure), self.study.antithetic)

    def interval(self, measure: str, point: int) -> Interval:
        """Return a share's or a mean's interval at a point."""
        series = self.observations(measure, point)
        return interval_of(series, self.study.is_share(measure), self.study.antithetic)

    @property
    def verdicts(self) -> pd.DataFrame:
        """Verdict rows of a study kept in a folder, with their point; empty without a folder."""
        if self.folder is None:
            return pd.DataFrame()
        return _counting(read_all(Store(self.folder).files("verdicts")), self.stops)


def read_results(folder: str | Path) -> Results:
    """Return the results in a study's folder, also of a study that is not done yet."""
    store = Store(folder)
    store.check()
    capsule = store.capsule()
    return of_store(store, study_in(capsule, str(folder)), capsule["points"])


def of_store(store: Store, study: Study, points: Sequence[Mapping[str, str]]) -> Results:
    """Return the results of a study whose folder is at hand."""
    stops = store.done()
    if stops is None:
        batches = store.batches
        stops = {point: _prefix(batches, point, study.batch) for point, _ in batches}
    values = _counting(read_all(store.files("values")), stops)
    return Results(study, points, values, stops, store.folder)


def _prefix(batches: set[tuple[int, int]], point: int, size: int) -> int:
    """Return how many replications of a point are complete from the first on."""
    n = 0
    while (point, n) in batches:
        n += size
    return n


def _counting(table: pd.DataFrame, stops: Mapping[int, int]) -> pd.DataFrame:
    """Keep the rows of replications that count."""
    if not len(table):
        return table
    last = table["point"].map(dict(stops)).fillna(0)
    return table[table["replication"] < last].reset_index(drop=True)
