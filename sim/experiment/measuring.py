"""Measures taken of many drills at once: one state and one value for each drill.

States of a measure that is met or not are verdicts: of several duties the gravest (late, then
unproven, open, excused, met), `not_applicable` where none applied.  States of a number: `known`;
`above` where the true value is more than the one given, because the record ends first (a time
still running is not dropped); `below`, the same for a margin; `none` where there is nothing to
measure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.experiment import loads
from sim.experiment.measures import Measure
from sim.log import EventLog, site_summary, supply_costs, task_times, unmet_need
from sim.rules import Verdicts

GRAVEST = ("late", "unproven", "open", "excused", "met")
"""Verdicts of one drill together: the first of these that occurs."""
STATES = (*GRAVEST, "not_applicable", "known", "above", "below", "none")
Custom = Callable[[EventLog, Verdicts], "pd.Series"]
"""A measure in Python: values by case (floats, NaN = nothing to measure)."""


class Drills(NamedTuple):
    """What is measured: records of drills of one scenario, their verdicts.

    `horizon` is that of the scenario; what begins before `warm_up` is left out (s).
    """

    log: EventLog
    verdicts: Verdicts
    horizon: int
    warm_up: int = 0

    @property
    def cases(self) -> list[str]:
        """Ids of the drills, in their order."""
        return list(self.log.origins)

    @property
    def ends(self) -> pd.Series:
        """The last second on record of every case."""
        return self.log.table.groupby("case", sort=False)["time"].max().astype("int64")


def measured(measure: Measure | Custom, drills: Drills) -> pd.DataFrame:
    """Return the columns `state` and `value` (float, NaN for verdicts), one row a case."""
    if not isinstance(measure, Measure):
        return _numbers(measure(drills.log, drills.verdicts), drills)
    return _BY_KIND[measure.kind](measure, drills)


def _met(measure: Measure, drills: Drills) -> pd.DataFrame:
    duties = _duties(measure, drills)
    rank = duties["verdict"].map({verdict: k for k, verdict in enumerate(GRAVEST)})
    worst = rank.groupby(duties["case"]).min().reindex(drills.cases)
    states = worst.map(dict(enumerate(GRAVEST))).fillna("not_applicable")
    return pd.DataFrame({"state": states.astype("str"), "value": np.nan})


def _duties(measure: Measure, drills: Drills) -> pd.DataFrame:
    """Return the duties that applied, by the measure's rules, owner and incident."""
    table = drills.verdicts.table
    wanted = table["verdict"] != "not_applicable"
    if "all" not in measure.rules:
        limited = table["limit_s"].notna() & ("deadlines" in measure.rules)
        wanted &= table["rule"].isin(measure.rules) | limited
    if measure.owner is not None:
        wanted &= table["owner"] == measure.owner
    if measure.incident is not None:
        wanted &= table["incident"] == measure.incident
    if drills.warm_up:
        wanted &= (table["start_s"] >= drills.warm_up).fillna(False)
    return table[wanted]


def _elapsed(measure: Measure, drills: Drills) -> pd.DataFrame:
    """End minus start; of a duty still owed at the end of the record it is more than that."""
    duties = _duties(measure, drills)
    duties = duties[duties["start_s"].notna()]
    running = duties["end_s"].isna()
    end = duties["end_s"].where(~running, duties["case"].map(drills.ends))
    return _worst(end - duties["start_s"], running, duties["case"], drills, "above")


def _margin(measure: Measure, drills: Drills) -> pd.DataFrame:
    """Deadline minus end; of a duty still owed it is less than at the end of the record."""
    duties = _duties(measure, drills)
    duties = duties[duties["deadline_s"].notna()]
    running = duties["end_s"].isna()
    end = duties["end_s"].where(~running, duties["case"].map(drills.ends))
    found = _worst(end - duties["deadline_s"], running, duties["case"], drills, "below")
    return found.assign(value=0.0 - found["value"])


def _worst(
    seconds: pd.Series, running: pd.Series, case: pd.Series, drills: Drills, state: str
) -> pd.DataFrame:
    """Return the longest of each case, `state` where one of them was still running."""
    longest = seconds.astype("float64").groupby(case).max().reindex(drills.cases)
    censored = running.groupby(case).any().reindex(drills.cases, fill_value=False)
    states = np.where(longest.isna(), "none", np.where(censored.astype(bool), state, "known"))
    return pd.DataFrame({"state": states, "value": longest}, index=longest.index)


def _unmet(measure: Measure, drills: Drills) -> pd.DataFrame:
    table = unmet_need(drills.log)
    table = table[table["item"] == measure.unmet]
    hours = table["person_hours"].astype("float64").groupby(table["case"])
    return _numbers(hours.sum(min_count=1), drills)


def _cost(measure: Measure, drills: Drills) -> pd.DataFrame:
    table = supply_costs(drills.log, by="case")
    return _numbers(table.set_index("case")[str(measure.cost)].astype("float64"), drills)


def _officer_hours(measure: Measure, drills: Drills) -> pd.DataFrame:
    table = drills.log.table
    offices = table.loc[
        (table["activity"] == "role") & ~table["actor_role"].isin(["team", "depot", "site"]),
        "actor",
    ].unique()
    own = offices if measure.owner is None else [measure.owner]
    table = table[table["actor"].isin(own)]
    rostered = measure.officer_hours == "rostered"
    hours = _rostered(table, drills) if rostered else _busy(table, drills)
    return _numbers((hours / 3600).reindex(drills.cases, fill_value=0.0), drills)


def _rostered(table: pd.DataFrame, drills: Drills) -> pd.Series:
    """Return person-seconds of all shifts up to the horizon, by case."""
    shifts = table[table["activity"] == "shift_begin"]
    begin = shifts["time"].clip(lower=drills.warm_up)
    seconds = (shifts["until"].clip(upper=drills.horizon) - begin).clip(lower=0)
    hours = (seconds * shifts["persons"]).astype("float64")
    return hours.groupby(shifts["case"]).sum()


def _busy(table: pd.DataFrame, drills: Drills) -> pd.Series:
    """Return the seconds that persons were at work, by case: a person does one thing at a time."""
    table = table.assign(time=table["time"].clip(drills.warm_up, drills.horizon))
    work = table[table["phase"].isin(["started", "resumed", "interrupted", "ended"])]
    work = work[work["object"].str.count("/") >= 1].sort_values(["case", "object", "seq"])
    begins = work["phase"].isin(["started", "resumed"])
    same = (work["object"] == work["object"].shift(-1)) & (work["case"] == work["case"].shift(-1))
    spans = (work["time"].shift(-1) - work["time"]).where(begins & same, 0)
    return spans.astype("float64").groupby(work["case"]).sum()


def _waiting(measure: Measure, drills: Drills) -> pd.DataFrame:
    table = drills.log.table
    taken = table[(table["phase"] == "started") & (table["cause"] != "")]
    post = str(measure.waiting)
    taken = taken[taken["object"].str.startswith((f"{post}/", f"{post}-"))]
    key = ["case", "row"]
    asked = table.loc[table["phase"] == "asked", [*key, "time"]].rename(columns={"time": "asked"})
    both = taken.merge(asked, left_on=["case", "cause"], right_on=key, how="inner")
    both = both[both["asked"] >= drills.warm_up]
    return _numbers(
        (both["time"] - both["asked"]).astype("float64").groupby(both["case"]).mean(), drills
    )


def _arrival(measure: Measure, drills: Drills) -> pd.DataFrame:
    sites = _of_incident(site_summary(drills.log), measure)
    at = sites[f"{measure.arrival}_arrival"]
    missing = sites["arrived"] < (sites["teams"] if measure.arrival == "last" else 1)
    return _since_occurrence(at.where(~missing), sites, drills)


def _done(measure: Measure, drills: Drills) -> pd.DataFrame:
    tasks = _of_incident(task_times(drills.log), measure)
    tasks = tasks[tasks["task"] == measure.done]
    return _since_occurrence(tasks["done"], tasks, drills)


def _of_incident(table: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    return table if measure.incident is None else table[table["incident"] == measure.incident]


def _since_occurrence(at: pd.Series, things: pd.DataFrame, drills: Drills) -> pd.DataFrame:
    """Return the seconds from the incident's occurrence, `above` where it never came to it."""
    log = drills.log.table
    occur = log[(log["activity"] == "occur") & (log["actor"] == "")]
    start = occur.groupby(["case", "incident"])["time"].min()
    keys = pd.MultiIndex.from_frame(things[["case", "incident"]])
    begin = pd.Series(start.reindex(keys).to_numpy("float64", na_value=np.nan), things.index)
    at = at.astype("float64")
    running = at.isna()
    at = at.where(~running, things["case"].map(drills.ends))
    return _worst(at - begin, running, things["case"], drills, "above")


def _numbers(values: pd.Series, drills: Drills) -> pd.DataFrame:
    """Return plain numbers by case; those that are missing have nothing to measure."""
    found = values.reindex(drills.cases).astype("float64")
    return pd.DataFrame({"state": np.where(found.isna(), "none", "known"), "value": found})


def _simple(
    values: Callable[[Measure, Drills], pd.Series], measure: Measure, drills: Drills
) -> pd.DataFrame:
    return _numbers(values(measure, drills), drills)


_BY_KIND: Mapping[str, Callable[[Measure, Drills], pd.DataFrame]] = {
    "met": _met,
    "margin": _margin,
    "elapsed": _elapsed,
    "unmet": _unmet,
    "cost": _cost,
    "officer_hours": _officer_hours,
    "waiting": _waiting,
    "arrival": _arrival,
    "done": _done,
    **{name: partial(_simple, getattr(loads, name)) for name in ("lost", "busy", "short", "left")},
}
