"""Where the minutes went: by hand, adding up, and on records that name no causes."""

from __future__ import annotations

import pytest

import sim
from sim.rules import why, why_parts
from sim.rules.trail import Trail


def steps(record, of=("met", "late"), reading="", rule="GX-02-city"):
    log = record.log()
    verdicts = sim.score(log, sim.load_pack("guangxi-2012-65"))
    found = why(log, verdicts, of, reading)
    found = found[found["rule"] == rule]
    return list(found[["from_s", "to_s", "span", "actor"]].itertuples(index=False, name=None))


def chain(record):
    """Hechi knows at 0:10, confirms at 0:20, and its report is acknowledged at 2:50, by causes."""
    row = record.row
    record.occur("0:00", row="o")
    row("receive", "0:10", actor="hechi", row="a", cause="o", span="transmission")
    row("confirm", "0:20", actor="hechi", grade="II", row="b", cause="a", span="deciding")
    row("draft", "0:20", phase="asked", actor="hechi", row="c", cause="b")
    row("serve", "1:00", phase="ended", actor="hechi", row="x")
    row(
        *("draft", "1:00"), phase="started", actor="hechi", row="d", cause="c", held_by="x",
        span="waiting_person",
    )  # fmt: skip
    row("draft", "1:30", phase="ended", actor="hechi", row="e", cause="d", span="drafting")
    sent = {"message": "m", "channel": "phone", "kind": "initial"}
    row(
        *("send", "2:40"), phase="ended", actor="hechi", recipient="region", row="f", cause="e",
        span="waiting_channel", **sent,
    )  # fmt: skip
    row("receive", "2:45", actor="region", row="g", cause="f", span="transmission", **sent)
    row(
        *("acknowledge", "2:50"), actor="region", recipient="hechi", row="h", cause="g",
        span="recording", message="m",
    )  # fmt: skip
    return record.observe("12:00")


def test_steps_of_a_late_report_by_hand(record):
    found = steps(chain(record))
    minutes = [(a // 60, b // 60, span, actor) for a, b, span, actor in found]
    assert minutes == [
        (20, 60, "waiting_person", "hechi"),
        (60, 90, "drafting", "hechi"),
        (90, 160, "waiting_channel", "hechi"),
        (160, 165, "transmission", "region"),
        (165, 170, "recording", "region"),
    ]


def test_by_the_clock_of_the_occurrence_the_way_goes_back_to_it(record):
    found = steps(chain(record), reading="occur")
    assert [(a // 60, b // 60, span) for a, b, span, _ in found[:2]] == [
        (0, 10, "transmission"),
        (10, 20, "deciding"),
    ]
    assert sum(b - a for a, b, *_ in found) == 170 * 60


def test_what_was_waited_for_names_what_its_holder_did(record):
    log = chain(record).log()
    found = why(log, sim.score(log, sim.load_pack("guangxi-2012-65")))
    waited = found[(found["span"] == "waiting_person") & (found["rule"] == "GX-02-city")]
    assert waited[["held_by", "held_activity", "held_actor"]].to_numpy().tolist() == [
        ["x", "serve", "hechi"]
    ]


def test_without_causes_pairs_are_matched_and_the_rest_is_unexplained(record):
    """The county sends 0:05, the city has it 0:15 and sends 2:20, the region has it 2:30."""
    record.occur("0:00")
    record.role("yizhou", "county_gov", superior="hechi")
    record.row("notice", "0:02", actor="yizhou")
    for sender, recipient, sent, received, acked in (
        ("yizhou", "hechi", "0:05", "0:15", "0:15"),
        ("hechi", "region", "2:20", "2:30", "2:33"),
    ):
        common = {"message": sent, "kind": "initial"}
        record.row("send", sent, phase="ended", actor=sender, recipient=recipient, **common)
        record.row("receive", received, actor=recipient, **common)
        record.row("acknowledge", acked, actor=recipient, recipient=sender, message=sent)
        if recipient == "hechi":
            record.row("confirm", "0:16", actor="hechi", grade="II")
    record.observe("12:00")
    found = steps(record, reading="occur")
    assert [(a // 60, b // 60, span, actor) for a, b, span, actor in found] == [
        (0, 2, "unexplained", "yizhou"),
        (2, 5, "unexplained", "yizhou"),
        (5, 15, "transmission", "hechi"),
        (15, 140, "unexplained", "hechi"),
        (140, 150, "transmission", "region"),
        (150, 153, "unexplained", "region"),
    ]


def test_a_cause_that_is_missing_or_comes_later_leaves_the_rest_unexplained(record):
    record.occur("0:00").knows("hechi")
    record.report("hechi", "region", "4:00", sent="3:50")
    for cause in ("nowhere", "r99"):
        record.rows[-1]["cause"] = cause
        found = steps(record)
        assert [(a // 60, b // 60, span) for a, b, span, _ in found] == [(70, 240, "unexplained")]


def test_an_end_known_as_an_interval_only_is_one_unexplained_step(record):
    record.occur("0:00").knows("hechi")
    record.report("hechi", "region", "4:00")
    last = record.rows[-1]
    last["time"], last["time_lo"], last["time_hi"] = None, 4 * 3600, 4 * 3600 + 600
    record.observe("12:00")
    found = steps(record)
    assert [(a // 60, span) for a, _, span, _ in found] == [(70, "unexplained")]


@pytest.fixture(scope="module")
def simulated():
    scenario = sim.load_scenario("scenarios/chemical-leak.yaml")
    log = sim.run(scenario, seed=5, replications=8)
    return log, sim.score(log, sim.load_pack("guangxi-2012-65"))


@pytest.mark.parametrize("reading", ["occur", "receive", "confirm"])
def test_steps_add_up_and_follow_on_each_other_to_the_second(simulated, reading):
    log, verdicts = simulated
    found = why(log, verdicts, ("met", "late"), reading)
    key = ["case", "rule", "incident", "owner", "recurrence"]
    table = verdicts.table.set_index(key)
    assert len(found) > 20
    for name, group in found.groupby(key):
        duty = table.loc[name]
        assert group["seconds"].sum() == duty["end_s"] - duty[f"{reading}_start_s"]
        assert group["from_s"].tolist()[1:] == group["to_s"].tolist()[:-1]
        assert (group["seconds"] > 0).all()


def test_a_simulated_drill_leaves_nothing_unexplained(simulated):
    found = why(*simulated, ("met", "late"), "occur")
    assert set(found["span"]) >= {"noticing", "verifying", "drafting", "signing", "transmission"}
    assert "unexplained" not in set(found["span"])


def test_parts_are_the_steps_summed_by_what_they_were_spent_on(simulated):
    found = why(*simulated, ("met", "late"), "occur")
    parts = why_parts(found)
    assert parts["total"].sum() == found["seconds"].sum()
    drafting = found.loc[found["span"] == "drafting", "seconds"].sum()
    assert parts["drafting"].sum() == drafting


def test_a_depot_that_looks_at_its_stock_begins_a_way_whatever_it_was_told_before(record):
    """A message that the depot had received is no cause of what it ordered of itself."""
    record.row("receive", "0:30", actor="depot", incident="")
    record.row("replenish", "2:00", actor="depot", incident="", row="a")
    record.row(
        *("put_in_stock", "3:00"), actor="depot", incident="", row="b", cause="a", span="supplier"
    )
    found = Trail(record.log().table).back("b", 3600, 3 * 3600)
    assert [(s.start, s.end, s.span, s.row, s.cause) for s in found] == [
        (3600, 2 * 3600, "unexplained", "a", ""),
        (2 * 3600, 3 * 3600, "supplier", "b", "a"),
    ]


SUPPLY = """\
format: 1
id: supply
version: "1"
title: {zh: 物资时限, en: time limits for supplies}
valid: {from: 2020-01-01}
jurisdiction: somewhere
score_anchor: occur
sources: {text: {title: 某文件, confidence: high}}
rules:
  given:
    clause: 第一条
    text: {zh: 物资发放, en: supplies are given out}
    modality: 应
    kind: deadline
    owner: {role: site}
    start: {activity: need, actor: owner}
    end: {activity: distribute, actor: owner}
    limit: 1 h
  loaded:
    clause: 第二条
    text: {zh: 物资装车, en: supplies are loaded}
    modality: 应
    kind: deadline
    owner: {role: depot}
    start: {activity: reserve, actor: owner}
    end: {activity: loaded, actor: owner}
    limit: 1 h
"""


def test_a_duty_on_supplies_is_explained_to_the_second(tmp_path):
    (tmp_path / "supply.yaml").write_text(SUPPLY, encoding="utf-8")
    log = sim.run(sim.load_scenario("scenarios/river-flood.yaml"), seed=3, replications=3)
    verdicts = sim.score(log, sim.load_pack(tmp_path / "supply.yaml"))
    found = why(log, verdicts, ("met", "late"))
    assert set(found["span"]) >= {"loading", "travel", "unloading", "handing_over", "giving_out"}
    assert "unexplained" not in set(found["span"])
    parts = why_parts(found).set_index(["case", "rule", "owner"])["total"]
    duties = verdicts.table.set_index(["case", "rule", "owner"])
    duties = duties[duties["end_s"].notna()]
    assert len(parts) == len(duties) > 15
    assert (parts == (duties["end_s"] - duties["start_s"]).reindex(parts.index)).all()
