"""What a study asks to be selected, and who decides how many replications each point needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from sim.experiment.kn import KN
from sim.experiment.safe import SafeStaffing
from sim.experiment.stopping import Stopping, observations
from sim.experiment.study import Best, Safe, Study

if TYPE_CHECKING:
    from sim.experiment.results import Results


class Decider(Protocol):
    """Fed with batches of every point in order, it says how many more are wanted.

    `reads`: whether it looks at values at all.
    """

    reads: bool

    def add(self, point: int, values: pd.DataFrame) -> None:
        """Take in the next batch of a point."""
        ...

    def wanted(self, point: int) -> int:
        """Return how many replications a point should have by the next look."""
        ...

    def stop(self, point: int) -> int | None:
        """Return how many replications of a point count, `None` as long as more are needed."""
        ...


def decider(study: Study, levels: Sequence[Mapping[str, Any]]) -> Decider:
    """Return who decides in a study; `levels` are the points' levels as the file has them."""
    if study.select is None:
        return EachByItself(study, len(levels))
    if study.select.safe is not None:
        return _Safe(study, study.select.safe, levels)
    assert study.select.best is not None
    return _Best(study, study.select.best, len(levels))


class EachByItself:
    """Every point by its own rule: a fixed number, or until it is precise enough."""

    def __init__(self, study: Study, count: int):
        self.rules = [Stopping(study) for _ in range(count)]
        self.reads = bool(count) and self.rules[0].rule is not None

    def add(self, point: int, values: pd.DataFrame) -> None:
        """Hand the batch to the point's own rule."""
        self.rules[point].add(values)

    def wanted(self, point: int) -> int:
        """Return what the point's rule expects."""
        return self.rules[point].expected()

    def stop(self, point: int) -> int | None:
        """Return where the point's rule stopped."""
        return self.rules[point].stop


class _Safe(SafeStaffing):
    """The cheapest safe staffing of a study; points over the budget are never run."""

    reads = True

    def __init__(self, study: Study, safe: Safe, levels: Sequence[Mapping[str, Any]]):
        costs = [cost_of(safe.cost, point) for point in levels]
        super().__init__(
            safe.measure, safe.at_least, costs, study.batch, study.most, safe.within, safe.error
        )
        for k, cost in enumerate(costs):
            if safe.budget is not None and cost > safe.budget:
                self.states[k] = "over_budget"


class _Best:
    """The best point of a study by KN; it looks at whole rows of replications, in order."""

    reads = True

    def __init__(self, study: Study, best: Best, count: int):
        self.study, self.best = study, best
        self.kn = KN(count, best.width, best.error, best.first, best.goal)
        self._series: list[list[float]] = [[] for _ in range(count)]
        self._stops: list[int | None] = [None] * count

    def add(self, point: int, values: pd.DataFrame) -> None:
        """Take in a batch; go on as far as every point in play has been seen."""
        own = values[values["measure"] == self.best.measure]
        antithetic = self.study.antithetic
        top, bottom = observations(own, self.study.is_share(self.best.measure), antithetic).T
        with np.errstate(invalid="ignore", divide="ignore"):
            self._series[point] += np.where(bottom > 0, top / bottom, 0.0).tolist()
        while self.kn.selected is None and all(
            len(self._series[k]) > self.kn.n for k in self.kn.alive
        ):
            self._step()
        most = self.study.most // self._pairs
        for k in self.kn.alive:
            if self._stops[k] is None and (self.kn.selected is not None or self.kn.n >= most):
                self._stops[k] = self.kn.n * self._pairs

    @property
    def _pairs(self) -> int:
        return 2 if self.study.antithetic else 1

    def _step(self) -> None:
        n, before = self.kn.n, list(self.kn.alive)
        row = np.zeros(len(self._series))
        for k in before:
            row[k] = self._series[k][n]
        self.kn.add(row)
        for k in before:
            if k not in self.kn.alive:
                self._stops[k] = self.kn.n * self._pairs

    def wanted(self, point: int) -> int:
        """Return one batch more for those in play."""
        seen = len(self._series[point]) * self._pairs
        if self._stops[point] is not None:
            return seen
        return min(max(seen + self.study.batch, self.best.first * self._pairs), self.study.most)

    def stop(self, point: int) -> int | None:
        """Return when the point was dropped, or selected."""
        return self._stops[point]


def cost_of(cost: Mapping[str, float | dict[str, float]], levels: Mapping[str, Any]) -> float:
    """Return what a point costs: its levels times their weights, or what its variants cost."""
    return float(
        sum(
            weight[levels[name]] if isinstance(weight, dict) else weight * float(levels[name])
            for name, weight in cost.items()
        )
    )


def safe_of(results: Results) -> SafeStaffing:
    """Return what is known of every point's safety, from the batches that count, in their order."""
    found: SafeStaffing = _again(results, _Safe)
    return found


def best_of(results: Results) -> KN:
    """Return the procedure of a study that selects the best, as it stands at the end."""
    found: KN = _again(results, _Best).kn
    return found


def _again(results: Results, kind: type[Any]) -> Any:
    """Feed a decider with the batches of a study once more, in the order of the study."""
    study = results.study
    made = decider(study, list(results.raw))
    assert isinstance(made, kind)
    parts: dict[Any, pd.DataFrame] = dict(iter(results.values.groupby("point", sort=True)))
    for first in range(0, study.most, study.batch):
        for point, part in parts.items():
            at = part["replication"]
            batch = part[(at >= first) & (at < first + study.batch)]
            if len(batch):
                made.add(point, batch)
    return made
