"""Hop by hop and end to end, by hand: lawful at every hop and still late at the top."""

from __future__ import annotations

import pytest

import sim
from sim.rules import hops, load_pack, score

CHAIN = (  # who has it when, who has passed it on when; each hop within its hour or two
    ("works", "county-safety", "0:00", "0:50", "0:55"),
    ("county-safety", "city-safety", "0:55", "2:40", "2:50"),
    ("city-safety", "emergency-dept", "2:50", "4:40", "4:45"),
    ("emergency-dept", "region", "4:45", "6:35", "6:40"),
)


@pytest.fixture
def chain(record):
    record.role("works", "unit")
    record.role("county-safety", "county_dept", supervises="chemical_leak")
    record.role("city-safety", "city_dept", supervises="chemical_leak")
    record.occur("0:00").row("notice", "0:00", actor="works")
    for sender, recipient, _, sent, received in CHAIN:
        common = {"message": sender, "kind": "initial", "channel": "phone"}
        record.row("send", sent, phase="ended", actor=sender, recipient=recipient, **common)
        record.row("receive", received, actor=recipient, **common)
        record.row("acknowledge", received, actor=recipient, recipient=sender, message=sender)
        record.row("confirm", received, actor=recipient, grade="II")
    return record.observe("24:00")


def minutes(values):
    return [None if str(v) == "<NA>" else int(v) / 60 for v in values]


def test_lawful_at_every_hop_and_still_late_at_the_top(chain):
    """55 + 115 + 115 + 115 min: within 1 h and 2 h a level, 6:40 against 2 h from occurrence."""
    log = chain.log()
    found = hops(log, score(log, load_pack("guangxi-2012-65")))
    way = found[(found["rule"] == "GX-02-dept") & (found["owner"] == "emergency-dept")]
    assert way["actor"].tolist() == [line[0] for line in CHAIN]
    assert way["to"].tolist() == [line[1] for line in CHAIN]
    assert minutes(way["received_s"]) == [0, 55, 170, 285]
    assert minutes(way["passed_s"]) == [50, 160, 280, 395]
    assert minutes(way["used_s"]) == [55, 115, 115, 115]
    assert way["hop_rule"].tolist() == ["N-01", "N-02-county-up", "N-02-city-up", "N-02-region-gov"]
    assert minutes(way["hop_limit_s"]) == [60, 120, 120, 120]
    assert minutes(way["hop_slack_s"]) == [5, 5, 5, 5]
    assert set(way["hop_verdict"]) == {"met"}
    assert minutes(way["hop_margin_s"]) == [5, 5, 5, 5]
    assert set(minutes(way["total_used_s"])) == {400}
    assert set(minutes(way["total_limit_s"])) == {120}
    assert set(minutes(way["total_slack_s"])) == {-280}
    assert way["hops_within"].all()


def test_a_hop_that_takes_too_long_is_shown(chain):
    for row in chain.rows:
        if row.get("message") == "works" or row.get("actor") == "works":
            row["time"] += 600 if row["activity"] != "notice" else 0
    log = chain.log()
    found = hops(log, score(log, load_pack("guangxi-2012-65")))
    way = found[found["rule"] == "GX-02-dept"]
    assert minutes(way["hop_slack_s"])[0] == -5
    assert not way["hops_within"].any()


def test_time_before_the_first_notice_is_a_hop_of_nobody(chain):
    for row in chain.rows:
        if row["activity"] == "occur":
            row["time"] = -1200
    log = chain.log()
    way = hops(log, score(log, load_pack("guangxi-2012-65")))
    way = way[way["rule"] == "GX-02-dept"]
    first = way.iloc[0]
    assert (first["hop"], first["actor"], first["to"], first["used_s"]) == (0, "", "works", 1200)
    assert str(first["hop_limit_s"]) == "<NA>"
    assert way["used_s"].sum() == way["total_used_s"].iloc[0] == 420 * 60


def test_reports_as_a_source_gives_them_are_hops_too(record):
    """Zhengzhou style rows `reported`: sent and received at once."""
    record.role("county-safety", "county_dept", supervises="chemical_leak")
    record.role("city-safety", "city_dept", supervises="chemical_leak")
    record.occur("0:00").row("notice", "0:30", actor="county-safety")
    for sender, recipient, time in (
        ("county-safety", "city-safety", "2:00"),
        ("city-safety", "emergency-dept", "3:00"),
        ("emergency-dept", "region", "4:00"),
    ):
        record.row("reported", time, actor=sender, recipient=recipient, kind="initial", grade="II")
    record.row("confirm", "3:00", actor="emergency-dept", grade="II").observe("24:00")
    log = record.log()
    way = hops(log, score(log, load_pack("guangxi-2012-65")))
    way = way[way["rule"] == "GX-02-dept"]
    assert way["actor"].tolist() == ["", "county-safety", "city-safety", "emergency-dept"]
    assert minutes(way["used_s"]) == [30, 90, 60, 60]
    assert minutes(way["passed_s"]) == [None, 120, 180, 240]


@pytest.mark.parametrize("reading", ["occur", "receive", "confirm"])
def test_hops_add_up_to_the_second_in_simulated_drills(reading):
    log = sim.run(sim.load_scenario("scenarios/chemical-leak.yaml"), seed=5, replications=4)
    found = hops(log, score(log, load_pack("guangxi-2012-65")), reading=reading)
    assert len(found) >= 4
    for _, way in found.groupby(["case", "rule", "incident", "owner", "recurrence"]):
        assert way["used_s"].sum() == way["total_used_s"].iloc[0]
        assert (way["used_s"] >= 0).all()
        assert way["received_s"].tolist()[1:] == way["arrived_s"].tolist()[:-1]
