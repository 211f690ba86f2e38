"""The parts of every duty add up to the second: in all shipped scenarios, in 200 random records."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import sim
from sim.rules import why, why_parts
from sim.texts import vocabulary

KEY = ["case", "rule", "incident", "owner", "recurrence"]
ROOT = Path(__file__).parents[2]


def check(log, verdicts, reading) -> int:
    """Hold every decided duty with both ends on record against its steps; return how many."""
    found = why(log, verdicts, ("met", "late", "excused"), reading)
    prefix = f"{reading}_" if reading else ""
    table = verdicts.table
    wanted = table[table[f"{prefix}verdict"].isin(["met", "late", "excused"])]
    wanted = wanted[(wanted["end_row"] != "") & wanted["end_s"].notna()]
    wanted = wanted[wanted[f"{prefix}start_s"].notna()]
    steps = dict(iter(found.groupby(KEY)))
    for duty in wanted.to_dict("records"):
        start, end = int(duty[f"{prefix}start_s"]), int(duty["end_s"])
        own = steps.pop(tuple(duty[k] for k in KEY), None)
        if own is None:
            assert end <= start, duty
            continue
        assert own["from_s"].iloc[0] == start
        assert own["to_s"].iloc[-1] == end
        assert own["from_s"].tolist()[1:] == own["to_s"].tolist()[:-1]
        assert (own["seconds"] == own["to_s"] - own["from_s"]).all()
        assert (own["seconds"] > 0).all()
        assert set(own["span"]) <= set(vocabulary("span")), set(own["span"])
    assert not steps
    if len(found):
        assert why_parts(found)["total"].sum() == found["seconds"].sum()
    return len(wanted)


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda p: p.stem)
def test_parts_add_up_in_every_shipped_scenario(path):
    log = sim.run(sim.load_scenario(path), seed=11, replications=3)
    for pack in ("guangxi-2012-65", "order-493"):
        verdicts = sim.score(log, sim.load_pack(pack))
        for reading in ("", "occur", "receive", "confirm"):
            check(log, verdicts, reading)


@pytest.mark.parametrize("case", sorted(p.name for p in (ROOT / "scenarios/real").iterdir()))
def test_parts_add_up_in_every_real_case(case):
    log = sim.read_log(ROOT / "scenarios/real" / case / "events.csv")
    for pack in sim.pack_names():
        for reading in ("", "occur", "receive", "confirm"):
            check(log, sim.score(log, sim.load_pack(pack)), reading)


def some_record(make, rng):
    """Messages along a chain, some with causes (some of them wrong), some with intervals."""
    made = make()
    made.role("hechi", "city_gov", jurisdiction="hechi", superior="region")
    made.role("emergency-dept", "region_dept", supervises="chemical_leak")
    made.role("yizhou", "county_gov", superior="hechi").role("region", "region_gov")
    made.occur(row="o")
    now, last = 0, "o"
    spans = ("drafting", "waiting_person", "transmission", "", "verifying")
    for sender, recipient in (("yizhou", "hechi"), ("hechi", "region"), ("hechi", "region")):
        for activity in rng.sample(("notice", "draft", "sign", "verify"), 2):
            now += rng.choice((0, 60, 900))
            name = f"{activity}{len(made.rows)}"
            cause = rng.choice((last, last, "", "nowhere", "late-row"))
            made.row(*(activity, now), actor=sender, row=name, cause=cause, span=rng.choice(spans))
            last = name
        if sender == "hechi":
            made.row("confirm", now, actor="hechi", grade=rng.choice(("II", "III")))
        sent = now + rng.choice((0, 60, 3600))
        came = sent + rng.choice((0, 120, 1800))
        common = {"message": f"m{len(made.rows)}", "kind": rng.choice(("initial", "detailed"))}
        made.row("send", sent, phase="ended", actor=sender, recipient=recipient, **common)
        got = {} if rng.random() < 0.8 else {"time_lo": came, "time_hi": came + 300}
        made.row(
            *("receive", None if got else came), actor=recipient, row=f"g{len(made.rows)}",
            cause=rng.choice(("", last)), span=rng.choice(spans), **common, **got,
        )  # fmt: skip
        last, now = made.rows[-1]["row"], came
    made.row("notice", now + 600, actor="region", row="late-row")
    return made.observe("24:00")


@pytest.mark.parametrize("seed", range(200))
def test_parts_add_up_in_random_records(record, seed):
    log = some_record(type(record), random.Random(seed)).log()
    verdicts = sim.score(log, sim.load_pack("guangxi-2012-65"))
    for reading in ("", "occur", "receive", "confirm"):
        check(log, verdicts, reading)


def test_the_random_records_hold_decided_duties(record):
    total = 0
    for seed in range(20):
        log = some_record(type(record), random.Random(seed)).log()
        total += check(log, sim.score(log, sim.load_pack("guangxi-2012-65")), "occur")
    assert total > 20


def test_hengxian_by_hand():
    """Fire 03:15-03:45; 08:20 the county has it by fax, 10:20 the city: nothing says why."""
    log = sim.read_log(ROOT / "scenarios/real/hengxian_2009_fire/events.csv")
    found = why(log, sim.score(log, sim.load_pack("guangxi-general-2006")))
    steps = found[["actor", "span", "seconds"]].to_numpy().tolist()
    assert [(a, s, n // 60) for a, s, n in steps] == [
        ("hengxian-safety", "unexplained", 275),
        ("hengxian-gov", "unexplained", 120),
    ]
