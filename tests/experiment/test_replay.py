"""Replays: what the record tells is held, what it does not tell is drawn.

Oracle of the first tests: the record itself, which the model has made.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import UnusableInput
from sim.experiment.holding import CLOSE
from sim.experiment.observed import noticed, works
from sim.experiment.passing import passed_in, passed_on
from sim.experiment.replay import replay
from sim.log import EventLog
from sim.model import Plan, sampler, simulate
from sim.rules import score
from sim.scenario import Scenario
from sim.scenario.changes import Change, path_of

from .one_office import DIRECTORY, ONE, at, record

FOLDER = Path(__file__).parents[2] / "scenarios"
SCENARIOS = sorted(FOLDER.glob("*.yaml"))
PACK = sim.load_pack("guangxi-2012-65")


def same(one: EventLog, other: EventLog) -> bool:
    return one.table.drop(columns="case").equals(other.table.drop(columns="case"))


def verdicts(log: EventLog) -> pd.DataFrame:
    return score(log, PACK).table.drop(columns="case")


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_a_record_of_the_model_replayed_with_its_own_numbers_is_itself(path: Path) -> None:
    """Held times change nothing where the drawn ones are the same, and are held at their place."""
    scenario = sim.load_scenario(path)
    log = sim.run(scenario, 7, packs=(PACK,), name="real")
    found = replay(log, scenario, PACK, drills=1, seed=7)
    assert same(found.logs["held"], log)
    assert same(found.logs["changed"], log)
    assert found.works > 100
    assert found.stretched == ()


CERTAIN = {
    "chemical-leak": {"background": {}},
    "mine-collapse": {
        "background": {},
        "incidents.collapse.tasks.medical.duration": "1 h",
        "incidents.collapse.tasks.recon.duration": "1 h",
        "incidents.collapse.tasks.rescue.duration": "6 h",
        "procedures.adjust-response.steps.0.consult.time": "20 min",
    },
    "city-bridges": {"background": {}, "closures": {}},
}
"""Changes after which a scenario leaves nothing to chance that its record does not show."""
SURE = "procedures.relay-initial.steps.2.grade.accuracy"


def certain(name: str) -> Scenario:
    """Nobody explains a delay there: until when that is put off looks like any wait on record."""
    path = FOLDER / f"{name}.yaml"
    changes = CERTAIN[name] | {SURE: 1}
    for key, office in sim.load_scenario(path).offices.items():
        own = [one for one in office.procedures if one != "explain-delay"]
        changes[f"offices.{key}.procedures"] = own
    return sim.load_scenario(path, [Change(path_of(p), v) for p, v in changes.items()])


@pytest.mark.parametrize("name", list(CERTAIN))
def test_with_all_delays_held_other_numbers_give_the_same_verdicts_and_times(name: str) -> None:
    scenario = certain(name)
    log = sim.run(scenario, 1, packs=(PACK,), name="real")
    assert not same(sim.run(scenario, 2, packs=(PACK,)), log)  # there is something to hold
    found = replay(log, scenario, PACK, drills=2, seed=2)
    for held in (*found.logs["held"].split(), *found.logs["changed"].split()):
        assert same(held, log)
        assert verdicts(held).equals(verdicts(log))


def test_works_on_record_are_held_and_a_second_officer_is_worth_the_wait(one, tmp_path) -> None:
    """By hand: notice 8:05, calls of 3 h at 11:00 and 14:00, sending 1 min, limit 4 h (12:05).

    Verify 2:50, draft 1:00: done at 11:55; then one officer serves the call of 11:00 first and
    sends at 14:55; of two, the other one serves it.  Verify 3:00, draft 1:00: one officer serves
    from 11:05, drafts from 14:05, serves from 15:05, sends at 18:05; two send at 12:05, one minute
    too late.  Verify 3:00, draft 0:50: 17:55, and 11:55.
    """
    path, pack = one
    two = sim.load_scenario(path, [Change(path_of("offices.city.duty"), 2)])
    scenario = sim.load_scenario(path)
    for verified, drafted, alone, both in (
        ("10:55", "11:55", "14:56", "11:56"),
        ("11:05", "12:05", "18:06", "12:06"),
        ("11:05", "11:55", "17:56", "11:56"),
    ):
        log = record(
            tmp_path,
            *DIRECTORY,
            at("08:00", "occur,,,,gas"),
            at("08:05", "notice,,city,,gas"),
            at("08:05", "verify,started,city,,gas"),
            at(verified, "verify,ended,city,,gas"),
            at(verified, "draft,started,city,,gas"),
            at(drafted, "draft,ended,city,,gas"),
        )
        found = replay(log, scenario, pack, two, drills=3)
        row = found.duties.set_index("rule").loc["TELL"]
        assert (row["held_s"], row["changed_s"]) == (since(alone), since(both))
        assert row[["held_n", "held_met"]].tolist() == [3, 0]
        assert row[["changed_n", "changed_met"]].tolist() == [3, 3 if both == "11:56" else 0]
        assert (found.works, found.notices) == (2, 1)


def since(clock: str) -> int:
    """Return the seconds from 8:05."""
    return (int(clock[:2]) * 60 + int(clock[3:]) - 485) * 60


def test_an_office_that_shows_only_when_it_heard_and_reported_is_held_as_a_whole(
    one, tmp_path
) -> None:
    """Heard 8:05, reported 10:35: 150 min, before the call of 11:00, so nothing waits."""
    path, pack = one
    log = record(
        tmp_path,
        *DIRECTORY,
        at("08:00", "occur,,,,gas"),
        at("08:05", "notice,,city,,gas"),
        at("10:35", "reported,,city,region,gas"),
    )
    found = replay(log, sim.load_scenario(path), pack, drills=20)
    (whole,) = found.stretched
    assert (whole.actor, whole.to, whole.seconds, whole.missed) == ("city", "region", 9000, 0)
    times = found.logs["held"].table
    came = times[times["activity"] == "acknowledge"]["time"]
    assert len(came) == 20
    assert (came - 300 - 9000).abs().max() <= CLOSE
    steps = works(found.logs["held"])
    assert steps[steps["activity"] == "verify"]["low"].std() > 60  # how it divides is drawn
    changed = found.logs["changed"].table
    assert changed.drop(columns="case").equals(times.drop(columns="case"))


def test_what_a_record_leaves_open_of_an_office_makes_up_for_the_rest(one, tmp_path) -> None:
    """Verified in exactly 60 of the 150 min: drafting, of which nothing is told, takes the rest."""
    path, pack = one
    log = record(
        tmp_path,
        *DIRECTORY,
        at("08:00", "occur,,,,gas"),
        at("08:05", "notice,,city,,gas"),
        at("08:05", "verify,started,city,,gas"),
        at("09:05", "verify,ended,city,,gas"),
        at("09:05", "draft,started,city,,gas"),
        at("10:35", "reported,,city,region,gas"),
    )
    found = replay(log, sim.load_scenario(path), pack, drills=10)
    assert (found.works, found.stretched[0].missed) == (1, 0)
    steps = works(found.logs["held"]).query("actor == 'city' and activity in ('verify', 'draft')")
    took = steps.pivot(index="case", columns="activity", values="low")
    assert (took["verify"] == 3600).all()
    assert (took["draft"] - (9000 - 3600 - 60)).abs().max() <= CLOSE


def test_a_time_that_waiting_alone_exceeds_is_said_to_be_missed(one, tmp_path) -> None:
    """Noticed 12:00, reported 12:30; but the only officer is on the telephone until 14:00."""
    path, pack = one
    late = sim.load_scenario(path, [Change(path_of("incidents.gas.noticed.city"), "4 h")])
    log = record(
        tmp_path,
        *DIRECTORY,
        at("08:00", "occur,,,,gas"),
        at("12:00", "notice,,city,,gas"),
        at("12:30", "reported,,city,region,gas"),
    )
    (whole,) = replay(log, late, pack, drills=5).stretched
    assert whole.missed == 5


def test_works_are_read_by_cause_or_paired_in_order(tmp_path) -> None:
    log = record(
        tmp_path,
        at("08:00", "verify,started,a,,x"),
        at("08:10", "verify,started,a,,x"),
        at("08:25", "verify,ended,a,,x"),
        at("08:30", "verify,ended,a,,x"),
        at("08:30", "draft,started,a,,x"),
        at("08:40", "sign,ended,a,,x"),
    )
    found = works(log)[["activity", "k", "low", "high"]].values.tolist()
    assert found == [
        ["draft", 0, 0.0, np.inf],  # its end is not told
        ["verify", 0, 25 * 60, 25 * 60],
        ["verify", 1, 20 * 60, 20 * 60],
    ]


def test_interrupted_work_is_added_up(tmp_path) -> None:
    """Against the time drawn for it: 1 h, in two parts, and still under way at the end."""
    text = ONE.replace("routine: {on", "routine: {priority: 1, on").replace(
        "  tell:\n    on: noticed", "  tell:\n    interruptible: true\n    on: noticed"
    )
    text = text.replace("{lognormal: {median: 40 min, p90: 2 h}}", "2 h 45 min")
    text = text.replace("{lognormal: {median: 60 min, p90: 3 h}}", "1 h")
    text = text.replace("serve: {time: 3 h}", "serve: {time: 1 h}")
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    scenario = sim.load_scenario(tmp_path / "one.yaml")
    log = sim.run(scenario, 1, until=12 * 3600)
    found = works(log).query("actor == 'city' and activity in ('verify', 'draft')")
    assert found[["activity", "low", "high"]].values.tolist() == [
        ["draft", 3600.0, 3600.0],  # 10:50 to 11:00, and 12:00 to 12:50
        ["verify", 9900.0, 9900.0],
    ]
    short = sim.run(scenario, 1, until=4 * 3600 + 1200)
    (draft,) = works(short).query("activity == 'draft'")[["low", "high"]].values.tolist()
    assert draft == [600 + 1200, np.inf]


def test_hearing_and_passing_on_in_rows_and_in_tables_are_the_same() -> None:
    for name in CERTAIN:
        scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
        rows = simulate(Plan(scenario), sampler(3, 0), scenario.horizon)
        from sim.log.rows import to_log

        log = to_log([("c", rows)], scenario.start)
        assert passed_on(log) == passed_in(rows)
        assert passed_in(rows)


def test_hearing_is_unknown_where_an_interval_may_come_first(tmp_path) -> None:
    head = "time,time_lo,time_hi,activity,actor,recipient,incident\n"
    stamp = "2026-07-01T{}+08:00".format
    rows = [
        f",{stamp('08:00')},{stamp('08:30')},notice,a,,x",
        f"{stamp('08:10')},,,receive,a,,x",
        f"{stamp('09:00')},,,reported,a,b,x",
        f"{stamp('09:30')},,,reported,b,c,x",
    ]
    (tmp_path / "r.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    found = passed_on(sim.read_log(tmp_path / "r.csv"))
    assert {way: end - begin for way, (begin, end) in found.items()} == {
        ("b", "x", "c", "reached"): 1800
    }


def test_notices_count_from_the_first_occurrence_without_an_actor(tmp_path) -> None:
    log = record(
        tmp_path,
        at("08:00", "occur,,,,x"),
        at("08:20", "occur,,a,,x"),
        at("08:25", "notice,,a,,x"),
        at("08:35", "notice,,a,,x"),
        at("08:35", "notice,,b,,y"),
    )
    assert noticed(log) == {("x", "a"): 25 * 60}


def test_records_that_do_not_fit_are_refused(one, tmp_path) -> None:
    path, pack = one
    scenario = sim.load_scenario(path)
    with pytest.raises(UnusableInput, match="actors of the scenario"):
        replay(record(tmp_path, at("08:00", "notice,,citi,,gas")), scenario, pack, drills=1)
    with pytest.raises(UnusableInput, match="a record of one case"):
        replay(sim.run(scenario, 1, 2), scenario, pack, drills=1)
