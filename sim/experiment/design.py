"""The points of a study: every combination of levels that is run, each with its scenario."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Problem, UnusableInput
from sim.experiment.factors import Range, changes_at, shown_level
from sim.experiment.study import Study
from sim.files.yamlfile import YamlFile
from sim.scenario import Scenario
from sim.scenario.load import scenario_of
from sim.scenario.merge import gathered


@dataclass(frozen=True)
class Point:
    """One combination: `raw` levels and as tables show them; `scenario` as it is run."""

    number: int
    raw: Mapping[str, Any]
    levels: Mapping[str, str]
    scenario: Scenario

    @property
    def name(self) -> str:
        """The variant's name in case ids."""
        return f"p{self.number}"


def points(study: Study) -> list[Point]:
    """Return the points of a study in order; raises `UnusableInput` with every mistake.

    A grid counts like a clock: the last factor changes first.
    """
    path = study.folder / study.scenario
    return points_of(study, *gathered(path), Path(path).resolve().parent)


def points_of(study: Study, file: YamlFile, problems: list[Problem], folder: Path) -> list[Point]:
    """Return the points over a scenario file already gathered; raises `UnusableInput`."""
    found: list[Point] = []
    mistakes: list[Problem] = []
    for number, combination in enumerate(combinations(study)):
        changes = [
            change._replace(file=study.file.file, line=study.file.line(("factors", name)))
            for name, level in combination.items()
            for change in changes_at(name, study.factors[name], level)
        ]
        try:
            scenario = scenario_of(file, problems, folder, changes)
        except UnusableInput as error:
            mistakes += error.problems
            continue
        levels = {name: shown_level(level) for name, level in combination.items()}
        found.append(Point(number, combination, levels, scenario))
    if mistakes:
        raise UnusableInput(sorted(set(mistakes), key=lambda problem: problem.order))
    return found


def combinations(study: Study) -> Iterator[dict[str, Any]]:
    """Yield factor -> level for every point; of variants the name."""
    design = study.design
    if design.listed:
        yield from ({name: entry[name] for name in study.factors} for entry in design.listed)
    elif design.one_at_a_time is not None:
        yield from _one_at_a_time(study, design.one_at_a_time)
    elif design.drawn:
        for row in shares(study).tolist():
            yield {
                name: _at(factor, share)
                for (name, factor), share in zip(study.factors.items(), row, strict=True)
            }
    else:
        each = [list(factor) for factor in study.factors.values() if not isinstance(factor, Range)]
        for levels in itertools.product(*each):
            yield dict(zip(study.factors, levels, strict=True))


def _one_at_a_time(study: Study, base: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the base, then every other level of each factor with the rest as in the base."""
    start = {name: base[name] for name in study.factors}
    yield start
    for name, factor in study.factors.items():
        for level in factor if not isinstance(factor, Range) else ():
            if level != base[name]:
                yield start | {name: level}


def shares(study: Study) -> np.ndarray:
    """Return the drawn points in the unit cube: points × factors."""
    from scipy.stats import qmc

    size, design, drawn = len(study.factors), study.design, study.design.drawn
    assert drawn is not None
    rng = np.random.default_rng(drawn.seed)
    if design.latin_hypercube:
        return np.asarray(qmc.LatinHypercube(size, rng=rng).random(drawn.points))
    if design.sobol:
        return np.asarray(qmc.Sobol(size, rng=rng).random(drawn.points))
    if design.morris:
        from sim.experiment.sensitivity import morris_points

        return morris_points(size, drawn.points, drawn.seed)
    both = np.asarray(qmc.Sobol(2 * size, rng=rng).random(drawn.points))
    return saltelli(both[:, :size], both[:, size:])


def saltelli(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return A, then B, then for every factor A with that factor's column from B."""
    mixed = [a.copy() for _ in range(a.shape[1])]
    for k, part in enumerate(mixed):
        part[:, k] = b[:, k]
    return np.concatenate([a, b, *mixed])


def _at(factor: Any, share: float) -> Any:
    """Return the level of a factor at a share of the way: every level is equally likely."""
    if isinstance(factor, Range):
        return factor.value(share)
    levels = list(factor)
    return levels[min(int(share * len(levels)), len(levels) - 1)]
