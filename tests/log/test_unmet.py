"""Unmet need and relief: by hand, against a count second by second, and closed forms."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from sim.log import EventLog, record_accuracy, relief_times, stock_outs, to_log, unmet_need

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")


def act(time: int, what: str, actor: str, pieces: int = 0, item: str = "water", **more: Any):
    if what not in ("occur", "clock", "observe"):
        more |= {"item": item, "quantity": pieces}
    incident = more.pop("incident", "flood")
    return (time, what, "", actor, "", "", incident, None, None, "", more or None)


def record(*rows: tuple, end: int = 1000) -> EventLog:
    return to_log([("drill", [*sorted(rows, key=lambda r: r[0]), act(end, "clock", "")])], ORIGIN)


def one(table: pd.DataFrame) -> dict[str, Any]:
    (found,) = table.to_dict("records")
    return found


def test_constant_want_is_persons_times_hours() -> None:
    """Closed form: 100 persons need a tent for four each from 0 s; half come at 1800 s."""
    log = record(
        act(0, "need", "s", 25, "tent", persons=100),
        act(1800, "distribute", "s", 13, "tent"),
        end=3600,
    )
    want = one(unmet_need(log))
    assert want["person_hours"] == pytest.approx(100 * 0.5 + 48 * 0.5)
    assert want["piece_hours"] == pytest.approx(25 * 0.5 + 12 * 0.5)


def test_the_oldest_need_is_met_first_by_its_own_number_of_persons() -> None:
    log = record(
        act(0, "need", "s", 10, persons=10),
        act(100, "need", "s", 30, persons=10),
        act(200, "distribute", "s", 20),
    )
    # 10 persons to 100 s, 20 to 200 s; then 20 of 30 pieces are wanting, for 6 2/3 persons.
    assert one(unmet_need(log))["person_hours"] == pytest.approx(
        (10 * 100 + 20 * 100 + 20 / 3 * 800) / 3600
    )


def test_what_lapses_is_needed_no_more_and_what_is_too_much_is_not_saved_up() -> None:
    log = record(
        act(0, "need", "s", 10, persons=10),
        act(100, "lapse", "s", 4),
        act(300, "distribute", "s", 9),
        act(500, "need", "s", 10, persons=10),
    )
    want = one(unmet_need(log))
    assert [want[k] for k in ("needed", "given", "lapsed", "unmet")] == [20, 9, 4, 10]
    assert want["person_hours"] == pytest.approx((10 * 100 + 6 * 200 + 10 * 500) / 3600)


def test_pieces_are_counted_where_nobody_says_for_how_many_they_are() -> None:
    want = one(unmet_need(record(act(0, "observe", ""), act(0, "need", "s", 7))))
    assert want["piece_hours"] == pytest.approx(7 * 1000 / 3600)
    assert pd.isna(want["person_hours"])


@pytest.mark.parametrize("seed", range(20))
def test_random_needs_against_a_count_second_by_second(seed: int) -> None:
    numbers = random.Random(seed)
    rows = [act(numbers.randint(0, 200), "need", "s", numbers.randint(1, 9), persons=6)]
    for _ in range(25):
        what = numbers.choice(["need", "distribute", "distribute", "lapse"])
        more = {"persons": numbers.randint(1, 9)} if what == "need" else {}
        rows.append(act(numbers.randint(0, 300), what, "s", numbers.randint(1, 9), **more))
    end = 320
    pieces: list[float] = []  # each needed piece by its persons, the oldest first
    total = 0.0
    for second in range(end):
        now = [r for r in rows if r[0] == second]
        for r in (r for r in now if r[1] == "need"):
            pieces += [r[-1]["persons"] / r[-1]["quantity"]] * r[-1]["quantity"]
        for r in (r for r in now if r[1] != "need"):
            del pieces[: r[-1]["quantity"]]
        total += sum(pieces)
    want = one(unmet_need(record(*rows, end=end)))
    assert want["person_hours"] == pytest.approx(total / 3600)
    assert want["unmet"] == len(pieces)


def handed(time: int, pieces: int, to: str = "s", item: str = "water") -> tuple:
    more = {"item": item, "quantity": pieces}
    return (time, "hand_over", "", "depot", to, "", "flood", None, None, "", more)


def test_what_was_handed_over_counts_where_nobody_recorded_what_was_given_out() -> None:
    """100 persons need a piece each from 100 s; 60 come at 400 s; the record ends at 1000 s."""
    rows = (act(100, "need", "s", 100, persons=100), handed(400, 60))
    want = one(unmet_need(record(*rows)))
    assert (want["basis"], want["given"], want["unmet"]) == ("handed_over", 60, 40)
    assert want["person_hours"] == pytest.approx((100 * 300 + 40 * 600) / 3600)
    # A record that is complete tells that nothing was given out; so does one distribution.
    want = one(unmet_need(record(act(0, "observe", ""), *rows)))
    assert (want["basis"], want["given"], want["unmet"]) == ("distributed", 0, 100)
    assert want["person_hours"] == pytest.approx(100 * 900 / 3600)
    want = one(unmet_need(record(*rows, act(500, "distribute", "s", 10))))
    assert (want["basis"], want["given"], want["unmet"]) == ("distributed", 10, 90)
    assert want["person_hours"] == pytest.approx((100 * 400 + 90 * 500) / 3600)


def test_what_was_handed_over_beforehand_lies_there_when_it_is_needed() -> None:
    log = record(
        act(0, "occur", ""),
        handed(0, 50),
        act(100, "need", "s", 30, persons=30),  # at once
        act(200, "need", "s", 30, persons=30),  # 20 at once, 10 at 500 s
        handed(500, 40),
        act(600, "need", "s", 30, persons=30),  # all of the 30 that are left
    )
    want = one(unmet_need(log))
    assert (want["needed"], want["given"], want["unmet"]) == (90, 90, 0)
    assert want["person_hours"] == pytest.approx(10 * 300 / 3600)
    assert relief_times(log)["supplied"].tolist() == [100, 100]


def test_where_nothing_tells_what_was_given_nothing_is_known() -> None:
    """Only the other shelter, or the other item, has rows about what was given."""
    log = record(
        act(0, "need", "s", 10, persons=10), handed(100, 10, "gym"), handed(100, 10, item="quilt")
    )
    want = one(unmet_need(log))
    assert (want["needed"], want["basis"], want["until_s"]) == (10, "", 1000)
    for name in ("given", "unmet", "piece_hours", "person_hours"):
        assert pd.isna(want[name]), name


def test_an_end_may_be_passed() -> None:
    log = record(
        act(0, "observe", ""),
        act(0, "need", "s", 10, persons=10),
        act(500, "distribute", "s", 6),
        act(700, "distribute", "s", 4),
    )
    for until, hours, unmet in ((400, 10 * 400, 10), (600, 10 * 500 + 4 * 100, 4)):
        want = one(unmet_need(log, until=until))
        assert want["person_hours"] == pytest.approx(hours / 3600)
        assert (want["unmet"], want["until_s"]) == (unmet, until)


def test_relief_is_there_when_nobody_lacks_anything_for_the_first_time() -> None:
    log = record(
        act(50, "occur", ""),
        act(100, "need", "a", 10, persons=10),
        act(100, "need", "a", 10, "quilt", persons=10),
        act(150, "need", "b", 10, persons=10),
        act(200, "distribute", "a", 10),
        act(300, "distribute", "a", 10, "quilt"),  # a has all, b has nothing yet
        act(400, "need", "a", 5, persons=5),
        act(500, "distribute", "b", 10),  # now a lacks again
        act(600, "distribute", "a", 5),
        act(700, "need", "b", 10, persons=10),
    )
    table = relief_times(log).set_index("shelter")
    assert table["occurred"].eq(50).all()
    assert table["needed"].to_dict() == {"": 100, "a": 100, "b": 150}
    assert table["supplied"].to_dict() == {"": 600, "a": 300, "b": 500}
    water = relief_times(log, ["water"]).set_index("shelter")["supplied"]
    assert water.to_dict() == {"": 600, "a": 200, "b": 500}


def test_a_need_that_lapses_is_no_relief() -> None:
    log = record(act(0, "occur", ""), act(9, "need", "a", 5, persons=5), act(99, "lapse", "a", 5))
    assert relief_times(log)["supplied"].isna().all()


def test_shelters_count_from_their_own_incident() -> None:
    log = record(
        act(10, "occur", "", incident="one"),
        act(200, "occur", "", incident="two"),
        act(300, "need", "a", 5, persons=5, incident="two"),
        act(310, "need", "b", 5, persons=5, incident="one"),
        act(400, "distribute", "a", 5, incident=""),
    )
    table = relief_times(log)
    table = table[table["shelter"] != ""].set_index("shelter")
    assert table["occurred"].to_dict() == {"a": 200, "b": 10}
    assert table["supplied"].tolist()[0] == 400
    assert len(relief_times(log)) == 4  # every incident has a line for all its shelters


def test_books_that_are_full_again_end_a_stock_out_and_what_is_picked_does_not() -> None:
    log = record(
        act(0, "stock_recorded", "d", 5),
        act(10, "refused", "d", 3, reason="no_stock"),
        act(20, "refused", "d", 2, reason="no_stock"),
        act(30, "picked", "d", 5),
        act(40, "put_in_stock", "d", 9),
        act(50, "refused", "d", 1, reason="no_stock"),
        act(60, "refused", "office", 1, reason="no_stock"),
        act(70, "refused", "d", 1, reason="no_vehicle"),
    )
    table = stock_outs(log)
    office = table[table["actor"] == "office"]  # found none in any depot
    assert office[["start", "asked", "lacking"]].to_numpy().tolist() == [[60, 1, 1]]
    table = table[table["actor"] == "d"]
    names = ["start", "end", "seconds", "asked", "lacking"]
    assert table[names].iloc[0].tolist() == [10, 40, 30, 2, 5]
    assert table[names].iloc[1].tolist() == [50, pd.NA, 950, 1, 1]
    assert len(table) == 2


def test_a_count_tells_what_lay_there_before_goods_went_out_and_came_in() -> None:
    log = record(
        act(0, "stock_recorded", "d", 100),
        act(10, "picked", "d", 30),
        act(20, "set_aside", "d", 5),
        act(30, "put_back", "d", 10),
        act(40, "put_in_stock", "d", 50),
        act(50, "stock_counted", "d", 115),
        act(60, "stock_counted", "d", 1),  # a later count tells of other times
    )
    # 115 = 90 - 30 - 5 + 10 + 50
    (books,) = record_accuracy(log).to_dict("records")
    assert (books["recorded"], books["actual"], books["basis"]) == (100, 90, "counted")
    assert books["error"] == pytest.approx(0.1)
    assert books["counted"]


def test_books_that_nobody_counted_are_not_known_to_be_right() -> None:
    (books,) = record_accuracy(record(act(0, "stock_recorded", "d", 100))).to_dict("records")
    assert (books["recorded"], books["basis"], books["counted"]) == (100, "", False)
    for name in ("actual", "agrees", "error"):
        assert pd.isna(books[name]), name
    truth = (0, "stock_true", "", "", "d", "", "", None, None, "", {"item": "water", "quantity": 9})
    log = record(act(0, "stock_recorded", "d", 10), truth)
    (books,) = record_accuracy(log).to_dict("records")
    assert (books["basis"], books["counted"], books["error"]) == ("true", False, 0.1)
