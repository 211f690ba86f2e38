"""People whom no shelter had room for: by hand, and against a count second by second."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest

from sim.log import EventLog, supply_summary, to_log, unhoused

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")


def act(time: int, what: str, actor: str = "", persons: int = 0, to: str = "", **more: Any):
    """One row; `cause` is the number of a row, `span` a word."""
    cause, span = more.pop("cause", None), more.pop("span", "")
    extra = ({"persons": persons} if persons else {}) | more
    return (time, what, "", actor, to, "", "flood", cause, None, span, extra or None)


def record(*rows: tuple) -> EventLog:
    return to_log([("drill", list(rows))], ORIGIN)


def test_those_sent_on_do_not_count_and_those_left_wait_to_the_end() -> None:
    """100 persons: school takes 60 and sends 40 on, gym takes 30; 10 have nowhere to go."""
    log = record(
        act(0, "admit", "school", 60),
        act(0, "turn_away", "school", 40, "gym", reason="full"),
        act(0, "admit", "gym", 30, cause=1),
        act(0, "turn_away", "gym", 10, reason="full"),
        act(7200, "clock"),
    )
    (found,) = unhoused(log).to_dict("records")
    assert (found["incident"], found["turned_away"], found["waiting"]) == ("flood", 10, 10)
    assert (found["housed"], found["went_home"]) == (0, 0)
    assert found["person_hours"] == pytest.approx(10 * 2)
    assert found["until_s"] == 7200
    whole = supply_summary(log).set_index("item").loc[""]
    assert (whole["unhoused"], whole["unhoused_hours"]) == (10, 20)


def test_who_is_taken_in_later_or_goes_home_waits_no_more() -> None:
    """10 wait from 0 s; 4 are taken in at 3600 s, 1 at 5400 s (by its cause), 3 go home then."""
    log = record(
        act(0, "turn_away", "gym", 10, reason="closed"),
        act(3600, "admit", "gym", 4, span="waiting_room"),
        act(5400, "admit", "gym", 1, cause=0),
        act(5400, "go_home", "", 3),
        act(5400, "admit", "gym", 50),  # newcomers, who had not waited
        act(6000, "go_home", "gym", 20),  # out of the shelter
        act(9000, "clock"),
    )
    (found,) = unhoused(log).to_dict("records")
    assert [found[k] for k in ("turned_away", "housed", "went_home", "waiting")] == [10, 5, 3, 2]
    assert found["person_hours"] == pytest.approx(10 + 6 * 0.5 + 2 * 1)
    (early,) = unhoused(log, until=4500).to_dict("records")
    assert (early["waiting"], early["until_s"]) == (6, 4500)
    assert early["person_hours"] == pytest.approx(10 + 6 * 0.25)


def test_nobody_without_room_is_no_line() -> None:
    log = record(
        act(0, "observe"), act(0, "turn_away", "a", 5, "b"), act(0, "admit", "b", 5, cause=1)
    )
    assert len(unhoused(log)) == 0


@pytest.mark.parametrize("seed", range(10))
def test_random_crowds_against_a_count_second_by_second(seed: int) -> None:
    numbers = random.Random(seed)
    rows, waiting, total = [act(0, "turn_away", "s", 3)], 3, 0
    for second in range(1, 200):
        total += waiting
        what = numbers.choice(["turn_away", "admit", "go_home", "", "", ""])
        if what == "turn_away":
            persons = numbers.randint(1, 9)
            rows.append(act(second, what, "s", persons))
            waiting += persons
        elif what and waiting:
            persons = numbers.randint(1, waiting)
            span = "waiting_room" if what == "admit" else ""
            rows.append(act(second, what, "s" if span else "", persons, span=span))
            waiting -= persons
    rows.append(act(200, "clock"))
    total += waiting
    (found,) = unhoused(record(*rows)).to_dict("records")
    assert found["waiting"] == waiting
    assert found["person_hours"] == pytest.approx(total / 3600)
