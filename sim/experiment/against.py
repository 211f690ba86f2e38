"""A drill on record against many simulated ones of the same scenario: where each time stands.

The percentile of a time is the share of the simulated drills in which the same duty took less: a
share of independent drills, so its interval is the exact one (Clopper and Pearson 1934).  Where a
time is known by bounds only, the share has bounds, and the interval goes from the least to the
greatest one's.  A duty that was still owed when its record ended took longer than that, on either
side; a drill that leaves open which of the two took longer counts neither way.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.experiment.intervals import censored_quantile, share
from sim.experiment.observed import works
from sim.experiment.run import last_second, replicate
from sim.experiment.took import KEY, took
from sim.log import EventLog
from sim.log.rows import to_log
from sim.model import Plan
from sim.model.garbage import no_collection
from sim.rules import Pack, score
from sim.rules.scoring import OutsideValidity
from sim.scenario import Scenario
from sim.texts import t

Progress = Callable[[int, int], None]
BATCH = 20
STEP = ["actor", "activity", "incident", "k"]


@dataclass(frozen=True)
class Against:
    """Where the times of a record stand among simulated drills.

    `duties`: a row per duty of the record (columns rule, incident, owner, recurrence, limit_s,
    verdict, reason), `steps`: a row per piece of work on record (actor, activity, incident, k).
    Both have `real_low`, `real_high` (s; infinite: still under way), and of the simulated drills
    `n` in which it came up, in how many of them it took less (`faster`), the same (`equal`), longer
    (`slower`) or cannot be told (`undecided`); `share_low`, `share_high`: the percentile, a share,
    with its interval from `low` to `high`; `median_s`, `median_low`, `median_high` of the simulated
    times; duties also `met`, in how many it was met.
    `absent`: actors of the record that the scenario has not got.  `times`: those of the simulated
    drills, as `took` returns them.  `real`: the record as it was compared.
    """

    duties: pd.DataFrame
    steps: pd.DataFrame
    drills: int
    reading: str
    absent: tuple[str, ...]
    times: pd.DataFrame
    real: EventLog


def against(
    log: EventLog,
    scenario: Scenario,
    pack: Pack,
    drills: int = 200,
    seed: int = 1,
    reading: str = "",
    progress: Progress | None = None,
) -> Against:
    """Return where the times of a record of one case stand among `drills` simulated drills.

    The record's actors and incidents go by the scenario's keys; where each has a single incident,
    it is the same.  `reading` (occur, receive, confirm) chooses the start of the clocks; `progress`
    is called with (drills done, all) as they go.  Raises
    `UnusableInput` for a record of several cases, or one with whom the scenario shares nobody.
    """
    real = paired(log, scenario)
    parts = [
        (took(part, judged(part, pack), reading), works(part))
        for part in _simulated(scenario, pack, drills, seed, progress)
    ]
    there, done = (pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    duties = took(real, judged(real, pack), reading)
    placed = (np.isfinite(duties["high"]) | duties["limit_s"].notna()) & (duties["owner"] != "")
    duties = _placed(duties[placed], there, KEY)
    met = there[there["verdict"] == "met"].groupby(KEY).size().rename("met")
    duties = duties.join(met, on=KEY).fillna({"met": 0}).astype({"met": "int64"})
    steps = _placed(works(real), done, STEP)
    known = {*scenario.offices, *scenario.teams, *scenario.depots, *scenario.shelters}
    steps = steps[
        steps["actor"].isin(known) & steps["incident"].ne("") & steps["activity"].ne("wait")
    ]
    steps = steps[np.isfinite(steps["real_high"])]
    actors = (a for a in dict.fromkeys(real.table["actor"]) if a and a not in known)
    return Against(
        duties.reset_index(drop=True),
        steps[[*STEP, *_NUMBERS]].reset_index(drop=True),
        *(drills, reading, tuple(actors), there, real),
    )


def _simulated(
    scenario: Scenario, pack: Pack, drills: int, seed: int, progress: Progress | None
) -> Iterator[EventLog]:
    """Yield the records of the drills, `BATCH` at a time: no more are held at once."""
    end = last_second(scenario, (pack,))
    runs = replicate(Plan(scenario), seed, 0, drills, end)
    for first in range(0, drills, BATCH):
        with no_collection():
            cases = ((f"model/base/{number}", rows) for number, rows in islice(runs, BATCH))
            log = to_log(cases, scenario.start)
        yield log
        if progress:
            progress(min(first + BATCH, drills), drills)


def judged(log: EventLog, pack: Pack) -> Any:
    """Return verdicts by a pack, in force then or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideValidity)
        return score(log, pack)


def paired(log: EventLog, scenario: Scenario) -> EventLog:
    """Return a record of one case whose incident, if there is one only, is called as here."""
    if len(log.origins) != 1:
        names = t(", ").join(list(log.origins)[:5])
        expected = t("a record of one case")
        raise UnusableInput([Problem("case", 0, "", expected, names)])
    actors = {*scenario.offices, *scenario.teams, *scenario.depots, *scenario.shelters}
    own = [actor for actor in log.table["actor"].unique().tolist() if actor]
    if not actors.intersection(own):
        expected = t("actors of the scenario: {names}", names=t(", ").join(sorted(actors)[:12]))
        first = own[0] if own else ""
        hint = did_you_mean(first, actors)
        raise UnusableInput([Problem("actor", 0, "", expected, shown(first), hint)])
    incidents = [name for name in log.table["incident"].unique().tolist() if name]
    here = list(scenario.incidents)
    if len(incidents) != 1 or len(here) != 1 or incidents == here:
        return log
    table = log.table
    called = table["incident"].where(table["incident"] == "", here[0])
    return EventLog(table.assign(incident=called), log.origins)


_COUNTS = ("n", "faster", "equal", "slower", "undecided")
_NUMBERS = (
    *("real_low", "real_high", *_COUNTS),
    *("share_low", "share_high", "low", "high", "median_s", "median_low", "median_high"),
)
_TYPES = {name: "int64" if name in _COUNTS else "float64" for name in _NUMBERS}


def _placed(real: pd.DataFrame, simulated: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows of `real` with where each stands among those of the same key."""
    groups = {k: part[["low", "high"]].to_numpy(float) for k, part in simulated.groupby(key)}
    nobody = np.empty((0, 2))
    bounds = real[["low", "high"]].to_numpy(float)
    keys = real[key].itertuples(index=False, name=None)
    rows = [
        standing(low, high, groups.get(k, nobody))
        for k, (low, high) in zip(keys, bounds, strict=True)
    ]
    found = pd.DataFrame(rows, columns=list(_NUMBERS), index=real.index).astype(_TYPES)
    return pd.concat([real.drop(columns=["low", "high", "case"]), found], axis=1)


def standing(low: float, high: float, simulated: np.ndarray) -> tuple[Any, ...]:
    """Return the columns `_NUMBERS` of a time from `low` to `high` among simulated ones (n × 2)."""
    n = len(simulated)
    least, most = simulated[:, 0], simulated[:, 1]
    faster = int(((most < low) | ((most == low) & np.isinf(high))).sum())
    exact = (least == most) & (low == high)
    equal = int((exact & (least == low)).sum())
    slower = int(((least > high) | ((least == high) & np.isinf(most))).sum())
    counts = (n, faster, equal, slower, n - faster - equal - slower)
    if not n or (np.isinf(low) and np.isinf(high)):
        shares: tuple[float, ...] = (np.nan,) * 4
    else:
        fewest = share(faster, n, method="exact")
        greatest = share(n - slower - equal, n, method="exact")
        shares = (fewest.estimate, greatest.estimate, fewest.low, greatest.high)
    known = least[np.isfinite(least)], most[np.isfinite(least)]
    middle = censored_quantile(known[0], np.isinf(known[1]), 0.5)
    return (low, high, *counts, *shares, middle.estimate, middle.low, middle.high)
