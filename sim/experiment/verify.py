"""Verify a capsule: run a sample of its replications again and compare with what was kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import sim
from sim.errors import Problem, UnusableInput
from sim.experiment.capsule import code_hash, digest, points_in, study_in
from sim.experiment.results import read_results
from sim.experiment.store import CAPSULE
from sim.experiment.work import Job, Task, work
from sim.texts import t

BODY = ("study", "scenario", "pack", "points", "seed", "code", "plugins")
"""Parts of a capsule that its id is made of."""
COMPARED = ("measure", "state", "value")


@dataclass(frozen=True)
class Verification:
    """What was found: `differ` are (point, replication, measure) that came out otherwise.

    `replications`: how many were run again.  `id_holds`: whether the id fits the capsule's
    contents.  `same_code`: whether this is the program that made it, to the byte.
    """

    id_holds: bool
    same_code: bool
    replications: int
    differ: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the capsule is whole and nothing came out otherwise."""
        return self.id_holds and not self.differ


def verify(path: str | Path, sample: int = 20, seed: int = 0) -> Verification:
    """Run `sample` replications of a study's folder again, spread at random over its points.

    All are run if there are no more.  Raises `UnusableInput` for a folder without a capsule, for
    damaged parts, and where plugins are needed that are not registered.
    """
    folder = Path(path).parent if Path(path).is_file() else Path(path)
    capsule = _read(folder / CAPSULE)
    study = study_in(capsule, str(folder / CAPSULE))
    results = read_results(folder)
    found = points_in(capsule, study, str(folder / CAPSULE))
    every = [(point, k) for point, stop in sorted(results.stops.items()) for k in range(stop)]
    chosen = _sample(every, sample, seed)
    job = Job(
        Path(study.scenario).stem,
        study.seed,
        study.antithetic,
        study.rules,
        study.options,
        study.measures,
        warm_up=study.warm_up,
    )
    differ: list[tuple[int, int, str]] = []
    for point, k in chosen:
        again = work(job, Task(point, k, 1, found[point].scenario)).values
        for measure, state, value in zip(*(again[name] for name in COMPARED), strict=True):
            kept = results.of(measure, point)
            if not _same(kept.at[k, "state"], kept.at[k, "value"], state, value):
                differ.append((point, k, measure))
    body = {name: capsule.get(name) for name in BODY}
    return Verification(
        digest(body) == capsule.get("id"),
        capsule.get("code") == code_hash() and capsule.get("version") == sim.__version__,
        len(chosen),
        differ,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or any(name not in found for name in (*BODY, "id")):
        problem = Problem(str(path), 0, "", t("the capsule of a study"), t("nothing of the kind"))
        raise UnusableInput([problem])
    return found


def _sample(every: Sequence[tuple[int, int]], sample: int, seed: int) -> list[tuple[int, int]]:
    if len(every) <= sample:
        return list(every)
    at = np.random.default_rng(seed).choice(len(every), sample, replace=False)
    return [every[k] for k in sorted(at.tolist())]


def _same(state: Any, value: Any, state_again: str, again: float) -> bool:
    both_absent = value != value and again != again
    return bool(state == state_again and (value == again or both_absent))
