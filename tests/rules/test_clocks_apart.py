"""Clocks of organisations: corrected by a file, estimated from messages, contradictions named."""

from __future__ import annotations

import random

import pytest

from sim.errors import UnusableInput
from sim.rules import (
    Clocks,
    ContradictoryClocks,
    clock_offsets,
    corrected,
    load_clocks,
    load_pack,
    score,
)

CITY = "hechi"


def clocks(**offsets) -> Clocks:
    return Clocks.model_validate({"clocks": offsets})


def test_stamps_of_an_actor_are_moved_and_widened(record):
    record.row("receive", "1:00", actor=CITY).row("receive", "1:00", actor="region")
    record.row("confirm", actor=CITY, time_lo=3600, time_hi=3660)
    log = record.log()
    made = corrected(log, clocks(hechi={"offset": "+7 min", "within": "1 min"})).table
    rows = made.tail(3)[["time", "time_lo", "time_hi"]].astype(object).to_numpy().tolist()
    assert [[None if str(x) == "<NA>" else x for x in row] for row in rows] == [
        [None, 3600 + 360, 3600 + 480],
        [3600, None, None],
        [None, 3600 + 360, 3660 + 480],
    ]
    assert log.table["time"].iloc[-3] == 3600  # the record itself stays


def test_a_surely_known_offset_keeps_stamps_exact(record):
    record.row("receive", "1:00", actor=CITY)
    made = corrected(record.log(), clocks(hechi={"offset": "-90 s"})).table
    assert made["time"].iloc[-1] == 3510


def test_a_verdict_by_corrected_clocks_says_so(record):
    """The city's clock was 7 min slow: graded at 0:07 in truth, so 2:06 is in time."""
    record.occur().knows(CITY, "0:00", "0:00").report(CITY, "region", "2:06").observe("24:00")
    log, pack = record.log(), load_pack("guangxi-2012-65")
    plain = score(log, pack).table.set_index("rule").loc["GX-02-city"]
    moved = score(log, pack, clocks=clocks(hechi={"offset": "+7 min"})).table
    moved = moved.set_index("rule").loc["GX-02-city"]
    assert (plain["verdict"], plain["margin_s"]) == ("late", -360)
    assert (moved["verdict"], moved["margin_s"]) == ("met", 60)
    assert "clock_corrected:hechi" in moved["flags"].split("|")
    assert "clock_corrected" not in plain["flags"]
    wide = clocks(hechi={"offset": "+7 min", "within": "2 min"})
    unsure = score(log, pack, clocks=wide).table.set_index("rule").loc["GX-02-city"]
    assert (unsure["verdict"], unsure["reason"]) == ("unproven", "interval_straddles")


def test_a_clocks_file_with_mistakes_names_them_all(tmp_path):
    path = tmp_path / "clocks.yaml"
    path.write_text("clocks:\n  a: {offset: 7}\n  b: {offset: +7 min, wihin: 1 min}\n", "utf-8")
    with pytest.raises(UnusableInput) as caught:
        load_clocks(path)
    text = str(caught.value)
    assert f"{path}:2" in text
    assert f"{path}:3" in text
    assert "within" in text


def test_an_actor_that_the_record_does_not_know_is_refused(record):
    with pytest.raises(UnusableInput, match="hechi"):
        corrected(record.log(), clocks(hehci={"offset": "+7 min"}))


def message(record, sender, recipient, sent, received):
    """A message stamped by each side's own clock, in seconds."""
    name = f"m{len(record.rows)}"
    common = {"message": name, "kind": "initial"}
    record.row("send", sent, phase="ended", actor=sender, recipient=recipient, **common)
    record.row("receive", received, actor=recipient, **common)
    return record


def bounds(found, actor):
    row = found.table.set_index("actor").loc[actor]
    names = ("least_s", "most_s", "offset_s", "within_s")
    return tuple(None if str(row[n]) == "<NA>" else int(row[n]) for n in names)


def test_by_hand_messages_both_ways(record):
    """B's clock is 420 s slow: A->B takes 60 s, stamped 1000 and 640; B->A 100 s, 1580 and 2100."""
    message(record, "a", "b", 1000, 640)
    message(record, "b", "a", 1580, 2100)
    found = clock_offsets(record.log(), "a")
    # o_a - o_b <= 640 - 1000 = -360, so o_b >= 360; o_b - o_a <= 2100 - 1580 = 520
    assert bounds(found, "b") == (360, 520, 440, 80)
    assert found.table.set_index("actor").loc["b", "delay_s"] == 80  # (60 + 100) / 2
    assert found.clocks("x").clocks["b"].offset == 440
    assert "a" not in found.clocks("x").clocks


def test_one_direction_bounds_one_side_only(record):
    message(record, "a", "b", 1000, 640)
    found = clock_offsets(record.log(), "a")
    assert bounds(found, "b") == (360, None, None, None)
    assert found.clocks("x").clocks == {}


def test_bounds_go_through_a_third_clock(record):
    """a and c never speak; b does with both."""
    for sender, recipient, sent, received in (
        *(("a", "b", 0, 10), ("b", "a", 100, 130), ("b", "c", 200, 300), ("c", "b", 400, 350)),
    ):
        message(record, sender, recipient, sent, received)
    found = clock_offsets(record.log(), "a")
    # b: -10 .. 30; c - b: -100 .. -50; so c: -110 .. -20
    assert bounds(found, "b") == (-10, 30, 10, 20)
    assert bounds(found, "c") == (-110, -20, -65, 45)


def test_stamps_to_the_minute_may_be_up_to_59_s_later(record):
    message(record, "a", "b", 1020, 960)
    record.rows[-1]["resolution"] = 60
    assert bounds(clock_offsets(record.log(), "a"), "b")[0] == 60 - 59


@pytest.mark.parametrize("way", [("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d")])
def test_a_contradiction_names_actors_and_rows(record, way):
    """Round the cycle every message is received 5 s before it was sent, by whatever clocks."""
    message(record, "x", "a", 0, 50)
    for sender, recipient in zip(way, (*way[1:], way[0]), strict=True):
        message(record, sender, recipient, 1000, 995)
    with pytest.raises(ContradictoryClocks) as caught:
        clock_offsets(record.log())
    assert set(caught.value.actors) == set(way)
    assert len(caught.value.rows) == 2 * len(way)
    assert caught.value.seconds == 5 * len(way)


@pytest.mark.parametrize("seed", range(200))
def test_the_true_offset_lies_within_the_bounds(make_record, seed):
    """Offsets injected (one of them 7 min), stamps by each clock, delays drawn: always bounded."""
    rng = random.Random(seed)
    names = ["a", "b", "c", "d"][: rng.choice((2, 3, 4))]
    truth = {"a": 0, "b": 420} | {n: rng.randrange(-1800, 1800) for n in names[2:]}
    record = make_record()
    for _ in range(rng.randrange(3, 25)):
        sender, recipient = rng.sample(names, 2)
        sent = rng.randrange(36_000)
        came = sent + rng.choice((0, 5, 60, 600)) + rng.randrange(30)
        message(record, sender, recipient, sent - truth[sender], came - truth[recipient])
        if rng.random() < 0.3:  # written to the minute
            for row in record.rows[-2:]:
                row["time"], row["resolution"] = row["time"] // 60 * 60, 60
    found = clock_offsets(record.log(), next(r["actor"] for r in record.rows))
    for name in found.table["actor"]:
        least, most, middle, within = bounds(found, name)
        true = truth[name] - truth[found.reference]
        assert least is None or least <= true
        assert most is None or true <= most
        assert middle is None or abs(true - middle) <= within


@pytest.fixture
def make_record(record):
    return type(record)
