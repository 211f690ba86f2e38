"""A drill on record once more in the model, with what is known of it held, and one thing changed.

Held are the times that the record shows: each piece of work and each first notice by itself.  Where
it shows of an office when it heard and when it passed the news on, but not all in between, the
times left to be drawn are multiplied by one factor for each drill, such that this takes as long as
on record (to `CLOSE` seconds).  Everything else is drawn, drill by drill, so what comes out is the
model's, not a fact.  Then the same numbers go with the same things through the changed scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.against import Progress, judged, paired
from sim.experiment.holding import Holding, Stretch
from sim.experiment.intervals import share
from sim.experiment.run import last_second
from sim.experiment.took import KEY, took
from sim.log import EventLog
from sim.log.rows import Row, to_log
from sim.model import Plan, Sampler, simulate
from sim.model.garbage import no_collection
from sim.rules import Pack
from sim.scenario import Scenario


@dataclass(frozen=True)
class Replay:
    """What came of it.

    `duties`: a row per duty (rule, incident, owner, recurrence, limit_s); `real`: its verdict on
    record, after `real_low` to `real_high` s; for `held` (nothing changed) and `changed`: in how
    many drills it applied (`held_n`), was met (`held_met`), the share with its exact interval
    (`held_share`, `held_low`, `held_high`), and the median of its times (`held_s`; infinite: not
    done in half of them).  `works`, `notices`: how many times are held singly, `stretched`: those
    held as a whole.  `logs`, `verdicts`: of both, `held` and `changed`.
    """

    duties: pd.DataFrame
    drills: int
    works: int
    notices: int
    stretched: tuple[Stretch, ...]
    logs: dict[str, EventLog]
    verdicts: dict[str, Any]


def replay(
    log: EventLog,
    scenario: Scenario,
    pack: Pack,
    changed: Scenario | None = None,
    drills: int = 100,
    seed: int = 1,
    reading: str = "",
    progress: Progress | None = None,
) -> Replay:
    """Return what a record of one case becomes in the model, unchanged and with a changed scenario.

    `scenario` is the drill as it was, `changed` what is to be tried (the same without one);
    `reading` chooses the start of the clocks as in `against`.  Raises
    `UnusableInput` like `against`.
    """
    real = paired(log, scenario)
    one = Holding(real, scenario, pack, seed)
    plan = one.plan if changed is None else Plan(changed)
    ends = one.until, one.until if changed is None else last_second(changed, (pack,))
    logs: dict[str, list[tuple[str, list[Row]]]] = {"held": [], "changed": []}
    case = log.cases[0]
    with no_collection():
        for number in range(drills):
            streams, column = one.streams(number)
            held, numbers = one.held(streams, column)
            logs["held"].append((f"{case}/held/{number}", held))
            given = Sampler(streams, column, numbers)
            rows = simulate(plan, given, ends[1])
            logs["changed"].append((f"{case}/changed/{number}", rows))
            if progress:
                progress(number + 1, drills)
    starts = {"held": scenario.start, "changed": (changed or scenario).start}
    made = {name: to_log(cases, starts[name]) for name, cases in logs.items()}
    found = {name: judged(part, pack) for name, part in made.items()}
    duties = _compared(real, judged(real, pack), made, found, reading)
    return Replay(
        duties,
        drills,
        one.observed.told,
        len(one.observed.notices),
        one.stretched(),
        made,
        found,
    )


def _compared(
    real: EventLog,
    verdicts: Any,
    logs: dict[str, EventLog],
    found: dict[str, Any],
    reading: str,
) -> pd.DataFrame:
    own = took(real, verdicts, reading).set_index(KEY)
    times = {name: took(logs[name], found[name], reading) for name in logs}
    parts = {name: _counted(times[name], name) for name in logs}
    table = pd.concat(parts.values(), axis=1)
    counts = [f"{name}_{what}" for name in logs for what in ("n", "met")]
    table[counts] = table[counts].fillna(0).astype("int64")
    for name in logs:
        shares = [
            share(int(met), int(n), method="exact")
            for met, n in zip(table[f"{name}_met"], table[f"{name}_n"], strict=True)
        ]
        for what, part in (("share", "estimate"), ("low", "low"), ("high", "high")):
            table[f"{name}_{what}"] = [getattr(one, part) for one in shares]
    table["real"] = own["verdict"].reindex(table.index).fillna("not_applicable")
    for name, none in (("low", -np.inf), ("high", np.inf)):
        table[f"real_{name}"] = own[name].reindex(table.index).fillna(none)
    limits = pd.concat(times.values())
    table["limit_s"] = limits.groupby(KEY)["limit_s"].first().reindex(table.index)
    order = {rule: k for k, rule in enumerate(dict.fromkeys(limits["rule"]))}
    table = table.reset_index()
    rank = table["rule"].map(order)
    first = ["limit_s", "real", "real_low", "real_high"]
    rest = [name for name in table.columns if name not in (*KEY, *first)]
    return (
        table.assign(rank=rank)
        .sort_values(["rank", *KEY[1:]])[[*KEY, *first, *rest]]
        .reset_index(drop=True)
    )


def _counted(times: pd.DataFrame, name: str) -> pd.DataFrame:
    groups = times.groupby(KEY)
    known = times[np.isfinite(times["low"])].groupby(KEY)["high"].median()
    return pd.DataFrame(
        {
            f"{name}_n": groups.size(),
            f"{name}_met": times[times["verdict"] == "met"].groupby(KEY).size(),
            f"{name}_s": known,
        }
    )
