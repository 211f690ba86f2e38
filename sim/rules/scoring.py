"""From a record and a pack to verdicts."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

import pandas as pd

from sim.log.corrections import counted
from sim.log.record import EventLog
from sim.rules.acts import Rows
from sim.rules.bulk import Bulk
from sim.rules.bulk_table import bulk_table, in_order
from sim.rules.chance import SPREADS, Spread
from sim.rules.clockfile import Clocks, corrected, flags_of_clocks
from sim.rules.decide import Result
from sim.rules.excuses import settle
from sim.rules.facts import Truth, declared_later, note_facts
from sim.rules.instance import Duty, Instance, clocks_of
from sim.rules.jumps import by_wall, flag_jumps
from sim.rules.kinds import KINDS
from sim.rules.limits import Limits
from sim.rules.options import with_options
from sim.rules.pack import Pack, Rule
from sim.rules.scene import Place, Scene
from sim.rules.scopes import judge_scope
from sim.rules.sheet import Sheet
from sim.rules.verdicts import Verdicts, standing, to_table
from sim.scenario.grade import highest
from sim.texts import t


class OutsideValidity(UserWarning):
    """A record is judged by a pack that was not in force then."""


Judged = tuple[Instance, str, str]
"""An instance, the true grade of its incident, the verdict had that been confirmed."""


def score(
    log: EventLog,
    pack: Pack,
    options: Mapping[str, str] | None = None,
    stamps: Spread | None = None,
    clocks: Clocks | None = None,
) -> Verdicts:
    """Return the verdicts of a pack on every case of a record.

    `options` chooses, by name, how the pack's open questions are read; the others keep their
    defaults.  Unknown names or choices raise `UnusableInput`.  The order of the rows, rows
    about other things and the column `source` change nothing.  Cases that begin outside the
    pack's validity are judged all the same, with a warning `OutsideValidity` and the flag
    `outside_validity`.

    `stamps` states how instants that are known as intervals are spread in them (`uniform`,
    `triangular`): then `chance` tells how likely a duty was met where its intervals straddle the
    limit; the verdict stays `unproven`.  `clocks` (`load_clocks`) corrects the stamps of actors
    whose clocks were off; verdicts that rest on such rows have the flag `clock_corrected`, also
    where the record holds them corrected.  Rows that a correction replaces do not count.
    """
    if stamps is not None and stamps not in SPREADS:
        raise ValueError(f"stamps must be one of {SPREADS}, not {stamps!r}")
    log = counted(log)
    log = log if clocks is None else corrected(log, clocks)
    spread = stamps or ""
    chosen = with_options(pack, options)
    with many_objects():
        table, outside = _table(Sheet(log), chosen, spread)
    if outside:
        text = t("{n} cases begin outside the validity of pack {id}", n=outside, id=pack.id)
        warnings.warn(text, OutsideValidity, stacklevel=2)
    if log.table["time_written"].notna().any():
        table["flags"] = flags_of_clocks(table, log)
    rules = {(pack.id, name): rule.clause for name, rule in chosen.rules.items() if rule.enabled}
    table = flag_jumps(table, log)

    def judge(wall: EventLog) -> pd.DataFrame:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OutsideValidity)
            return score(wall, pack, options, stamps).table

    return Verdicts(by_wall(table, log, chosen.rules, judge), dict(log.origins), rules)


def _table(sheet: Sheet, pack: Pack, spread: str) -> tuple[pd.DataFrame, int]:
    """Return the table of verdicts and how many cases begin outside the pack's validity.

    What was made on the way is let go here, before the search for cycles goes on.
    """
    scene = Scene(sheet, pack.grade_tables, spread)
    duties = _duties(pack, scene)
    truth = Truth(scene)
    outside = _outside(scene, pack)
    bulk = Bulk(duties, scene)
    tables = [bulk_table(found, sheet.cases, pack, outside) for found in bulk.judged]
    judged: list[Judged] = []
    for case in range(len(sheet.cases)):
        judged += _judge_case(bulk.rest(duties, case), scene, case, truth)
        if len(judged) >= BLOCK:
            tables.append(to_table(judged, sheet.cases, pack, outside, spread))
            judged = []
    if judged or not tables:
        tables.append(to_table(judged, sheet.cases, pack, outside, spread))
    if bulk.judged:
        return in_order(tables, sheet.cases, pack), len(outside)
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True), len(outside)


BLOCK = 20_000
"""Verdicts that are put into the table at a time: the objects behind them need no more room."""


@contextmanager
def many_objects() -> Iterator[None]:
    """Pause the search for cycles while millions of objects without cycles are made."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _duties(pack: Pack, scene: Scene) -> dict[str, Duty]:
    """Return the pack's enabled rules, made ready for a record."""
    return {
        name: ready(name, number, rule, clocks_of(pack, rule), scene)
        for number, (name, rule) in enumerate(pack.rules.items())
        if rule.enabled
    }


def ready(
    name: str, number: int, rule: Rule, clocks: tuple[tuple[str, ...], str], scene: Scene
) -> Duty:
    """Return a rule made ready for a record; `clocks` are its readings and the one that counts."""
    starts = None if isinstance(rule.start, str) else Rows(rule.start, scene.sheet)
    until = Rows(rule.until, scene.sheet) if rule.until else None
    row = rule.unless.row if rule.unless else None
    excluded = Rows(row, scene.sheet) if row else None
    of = Rows(rule.of, scene.sheet) if rule.of else None
    partners = Rows(rule.with_, scene.sheet) if rule.with_ else None
    steps = tuple(Rows(step, scene.sheet) for step in rule.steps)
    acts = of or (steps[0] if steps else scene.acts(rule))
    return Duty(
        *(name, number, rule, acts, starts, until, excluded, *clocks, frozenset(rule.grades)),
        *(Limits(rule, scene.sheet), of, partners, steps),
    )


def _judge_case(duties: Mapping[str, Duty], scene: Scene, case: int, truth: Truth) -> list[Judged]:
    by_incident = {name: duty for name, duty in duties.items() if duty.rule.per == "incident"}
    by_case = {name: duty for name, duty in duties.items() if duty.rule.per == "case"}
    place = scene.place(case, "")
    judged: list[Judged] = [(one, "", "") for one in _instances(by_case, scene, place, true=False)]
    judged += [
        (one, "", "")
        for duty in duties.values()
        if duty.rule.per in ("message", "actor", "year")
        for one in judge_scope(duty, scene, case)
    ]
    incidents = scene.book.incidents[case]
    if not incidents:
        judged += [(no_incident(duty, case), "", "") for duty in by_incident.values()]
    for incident in incidents:
        judged += _judge_incident(by_incident, scene, case, incident, truth)
    for one, _, _ in judged:
        one.flags |= dict.fromkeys(standing(duties[one.rule].rule))
    judged.sort(key=lambda one: (one[0].number, one[0].incident, one[0].owner, one[0].recurrence))
    return judged


def no_incident(duty: Duty, case: int) -> Instance:
    instance = duty.instance(case, "", "")
    instance.results = dict.fromkeys(duty.readings, Result("unproven", "no_incident"))
    return instance


def _judge_incident(
    duties: Mapping[str, Duty], scene: Scene, case: int, incident: str, truth: Truth
) -> list[Judged]:
    place = scene.place(case, incident)
    instances = _instances(duties, scene, place, true=False)
    grades = scene.true_grades(case, incident)
    best = highest(grade for _, grade in grades)
    apart = declared_later(place.occurrence)
    verdicts = {}
    if grades and _differ(duties, instances, scene):
        graded = {name: duty for name, duty in duties.items() if duty.grades}
        for one in _instances(graded, scene, place, true=True):
            verdicts[one.rule, one.owner, one.recurrence] = one.result.verdict
    judged = []
    for one in instances:
        note_facts(one, duties[one.rule], scene, truth, best, apart)
        key = (one.rule, one.owner, one.recurrence)
        judged.append((one, best, verdicts.get(key, one.result.verdict) if best else ""))
    return judged


def _instances(
    duties: Mapping[str, Duty], scene: Scene, place: Place, true: bool
) -> list[Instance]:
    found: list[Instance] = []
    for duty in duties.values():
        found += KINDS[duty.rule.kind](duty, scene, place, true)
    settle(found, duties)
    return found


def _differ(duties: Mapping[str, Duty], instances: Sequence[Instance], scene: Scene) -> bool:
    """Whether the true grade would have counted differently for any owner."""
    for one in instances:
        duty = duties[one.rule]
        if duty.grades:
            about = (one.case, one.incident, one.owner, duty.rule)
            if scene.graded(*about).timeline != scene.truly_graded(*about).timeline:
                return True
    return False


def _outside(scene: Scene, pack: Pack) -> frozenset[int]:
    """Return the cases that begin outside the pack's validity."""
    days = {case: origin.date() for case, origin in enumerate(scene.sheet.origins) if origin}
    last = pack.valid.to or date.max
    return frozenset(case for case, day in days.items() if not pack.valid.since <= day <= last)
