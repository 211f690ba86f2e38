"""The difficulty dial: at which spacing of the injects would a given share be done in time?

Every time of an inject that stands by itself (`at`, no chance, no event) is multiplied by one
factor: below 1 they come earlier and closer together.  What is measured is the share of expected
actions done in time: of all actions that the record can show (`does`) and that have a time
allowed (`within`), over all drills in which their inject was put in.  Every factor meets the same
random numbers, so that the differences are those of the times.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from pathlib import Path

import numpy as np

from sim.errors import Problem, UnusableInput
from sim.exercise.export import msel
from sim.exercise.rehearsal import Progress, action_times
from sim.exercise.splice import Edits, spliced
from sim.exercise.times import duration_text
from sim.experiment.intervals import Interval, ratio
from sim.experiment.run import replicate
from sim.files.atomic import write_bytes, write_text
from sim.files.text import read_bytes, text_of
from sim.model import Plan
from sim.scenario import Scenario, load_scenario
from sim.scenario.changes import Change, changed
from sim.scenario.distributions import Constant
from sim.scenario.merge import merged
from sim.texts import t

FACTORS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
"""Factors that are tried first; what lies between two of them is bisected."""
STEPS = 6
CLOSE = 0.01
"""How near to the share asked for is near enough."""
MINUTE = 60


@dataclass(frozen=True)
class Proposal:
    """Times of injects that would bring the share of actions done in time near to `target`.

    `before`, `after`: that share now and as proposed, with its interval, both from drills that had
    no part in choosing the times; `factor` by which the
    times are multiplied; `reached`: whether the share asked for lies between shares that were
    found; `times` key -> (second now, second proposed); `tried` (factor, share) in their order.
    """

    path: Path
    target: float
    drills: int
    seed: int
    factor: float
    before: Interval
    after: Interval
    reached: bool
    times: dict[str, tuple[int, int]]
    tried: list[tuple[float, float]]


def difficulty(
    scenario_path: str | Path,
    *,
    share: float = 0.6,
    drills: int = 200,
    seed: int = 1,
    progress: Progress | None = None,
) -> Proposal:
    """Return times of injects at which about `share` of the expected actions are done in time.

    Nothing is written (`write_proposal` does).  Raises `UnusableInput` for the scenario, and where
    no inject expects an action with `does` and `within`, or none has a time of its own.
    """
    path = Path(scenario_path)
    scenario = load_scenario(path)
    _check(scenario, path)
    tries = _Tries(scenario, drills, seed, progress)
    for factor in FACTORS:
        tries.share(factor)
    low_high = _bracket(tries, share)
    for _ in range(STEPS if low_high else 0):
        assert low_high is not None
        low, high = low_high
        middle = exp((log(low) + log(high)) / 2)
        if tries.near(share) <= CLOSE or tries.times(low) == tries.times(high):
            break
        found = tries.share(middle).estimate
        below = (tries.share(low).estimate - share) * (found - share) <= 0
        low_high = (low, middle) if below else (middle, high)
    best = min(tries.found, key=lambda f: (abs(tries.share(f).estimate - share), abs(log(f))))
    now, then = tries.times(1.0), tries.times(best)
    return Proposal(
        *(path, share, drills, seed, best, tries.afresh(1.0), tries.afresh(best)),
        reached=low_high is not None or tries.near(share) <= CLOSE,
        times={key: (now[key], then[key]) for key in now},
        tried=[(factor, tries.share(factor).estimate) for factor in tries.found],
    )


def _check(scenario: Scenario, path: Path) -> None:
    wanted = [i for i in scenario.injects.values() if i.expect and i.expect.does]
    if not any(i.expect and i.expect.within is not None for i in wanted):
        expected = t("an inject with expect: and in it does: and within:")
        raise UnusableInput([Problem(str(path), 0, "injects", expected, t("none"))])
    if not _movable(scenario):
        expected = t("an inject with a time of its own (at)")
        raise UnusableInput([Problem(str(path), 0, "injects", expected, t("none"))])


def _movable(scenario: Scenario) -> dict[str, int]:
    return {
        key: inject.at.least()
        for key, inject in scenario.injects.items()
        if inject.timed and isinstance(inject.at, Constant)
    }


class _Tries:
    """Shares by factor, each found once."""

    def __init__(self, scenario: Scenario, drills: int, seed: int, progress: Progress | None):
        self.scenario, self.drills, self.seed, self.progress = scenario, drills, seed, progress
        self.found: dict[float, Interval] = {}

    def times(self, factor: float) -> dict[str, int]:
        """Return the times of the injects: whole minutes, none after the drill's end."""
        last = self.scenario.horizon
        times = _movable(self.scenario)
        if factor == 1.0:
            return times
        return {k: min(round(s * factor / MINUTE) * MINUTE, max(last, s)) for k, s in times.items()}

    def share(self, factor: float) -> Interval:
        """Return the share of actions done in time at a factor."""
        if factor not in self.found:
            self.found[factor] = self._measured(factor, 0)
        return self.found[factor]

    def afresh(self, factor: float) -> Interval:
        """Return the same from drills that had no part in the choice of a factor."""
        return self._measured(factor, self.drills)

    def _measured(self, factor: float, first: int) -> Interval:
        scenario = with_times(self.scenario, self.times(factor))
        runs = replicate(Plan(scenario), self.seed, first, self.drills, _until(scenario))
        found = []
        for done, (_, rows) in enumerate(runs, start=1):
            found.append(rows)
            if self.progress:
                before = (len(self.found) + (first > 0)) * self.drills
                self.progress(before + done, (len(FACTORS) + STEPS + 2) * self.drills)
        times = [one for one in action_times(scenario, found).values() if one.allowed is not None]
        hits = np.sum([one.hits & one.began for one in times], axis=0)
        return ratio(hits, np.sum([one.began for one in times], axis=0))

    def near(self, share: float) -> float:
        """Return how near the nearest share found is."""
        return min(abs(one.estimate - share) for one in self.found.values())


def _until(scenario: Scenario) -> int:
    """Return the second until which all that is measured is decided."""
    allowed = [i.expect.within or 0 for i in scenario.injects.values() if i.expect]
    return scenario.horizon + sum(allowed)


def _bracket(tries: _Tries, share: float) -> tuple[float, float] | None:
    """Return two neighbours between which the share lies, those nearest to factor 1."""
    pairs = [
        (low, high)
        for low, high in pairwise(FACTORS)
        if (tries.share(low).estimate - share) * (tries.share(high).estimate - share) <= 0
    ]
    return min(pairs, key=lambda pair: abs(log(pair[0]) + log(pair[1])), default=None)


def with_times(scenario: Scenario, times: dict[str, int]) -> Scenario:
    """Return a scenario whose injects come at these seconds."""
    injects = {
        key: inject.model_copy(update={"at": Constant(times[key])}) if key in times else inject
        for key, inject in scenario.injects.items()
    }
    return scenario.model_copy(update={"injects": injects})


def write_proposal(proposal: Proposal, out_path: str | Path, *, lang: str = "zh") -> None:
    """Write the proposed times: a new scenario (.yaml) or a new inject list (.xlsx).

    Raises `MissingExtra` for .xlsx without the extra `excel`, `OSError`.
    """
    out = Path(out_path)
    moved = {key: then for key, (now, then) in proposal.times.items() if now != then}
    if out.suffix.lower() in (".yaml", ".yml"):
        text = text_of(read_bytes(proposal.path, str(proposal.path)), str(proposal.path))
        edits: Edits = {(key, "at"): duration_text(then) for key, then in moved.items()}
        write_text(out, spliced(text, "injects", edits))
        return
    changes = [Change(("injects", key, "at"), duration_text(then)) for key, then in moved.items()]
    file, _ = changed(merged(proposal.path), changes)
    scenario = load_scenario(proposal.path, changes)
    raw = file.data.get("injects") or {}
    write_bytes(out, msel(scenario, raw, lang))
