"""Calling back and sending somebody to see: records worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.log import to_log
from sim.model import Plan, sampler
from sim.model.simulate import run_world
from sim.rules import ledger
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
PHONE = {"kind": "phone", "time": "60 s", "lines": 1, "ring": "45 s"}
ASLEEP = {
    "calendars": {"c": {"shifts": {"day": "08:00-18:00"}}},
    "offices": {"b": {"role": "unit", "calendar": "c", "duty": {"day": 1}, "procedures": ["take"]}},
}
"""b has nobody on duty before eight; the drill begins at midnight."""


@pytest.fixture
def verify(scenario: Build) -> Callable[..., Any]:
    """Office a is told 9 dead at 100 s and verifies for 2 min; b saw 2 dead at 0, c 3 at 50 s.

    In truth there are 5 dead from 60 s on.  Returns the world after two hours.
    """

    def run(
        how: dict[str, Any], phone: dict[str, Any] | None = None, hold: str = "step", **more: Any
    ) -> Any:
        step = {"time": "2 min"} | how
        office = {"role": "county_gov", "place": "here", "procedures": ["take"]}
        made: dict[str, Any] = {
            "places": {"here": {"at": [108.0, 24.0]}, "there": {}},
            "links": {"l": {"from": "here", "to": "there", "time": "10 min"}},
            "channels": {"phone": PHONE | (phone or {})},
            "procedures": {
                "look": {"on": "inject", "hold": hold, "steps": [{"verify": step}]},
                "take": {"on": "arrived", "steps": [{"answer": {"time": "30 s"}}]},
                "busy": {
                    "on": {"event": "inject", "incident": ["j"]},
                    "steps": [{"send": {"to": "b", "channel": "phone", "report": "initial"}}],
                },
            },
            "offices": {
                "a": office | {"procedures": ["look"]},
                "b": office,
                "c": office,
                "d": office | {"procedures": ["busy"]},
            },
            "incidents": {
                "i": {
                    "hazard": "fire",
                    "place": "there",
                    "course": [
                        {"dead": 2},
                        {"after": "50 s", "dead": 3},
                        {"after": "60 s", "dead": 5},
                    ],
                    "noticed": {"b": "0 s", "c": "50 s"},
                },
                "j": {"hazard": "fire", "place": "here", "course": [{"dead": 1}]},
            },
            "injects": {"n": {"at": "100 s", "incident": "i", "to": "a", "fields": {"dead": 9}}},
        }
        for section, things in more.items():
            made[section] = made.get(section, {}) | things
        return run_world(Plan(scenario(**made)), sampler(1, 0), 7200)

    return run


def told(world: Any) -> list[tuple]:
    """(time, activity phase, actor, reason or recipient or object, span) of incident i's rows."""
    return [
        (
            r[TIME],
            f"{r[ACTIVITY]} {r[PHASE]}".strip(),
            r[ACTOR],
            (r[EXTRA] or {}).get("reason") or r[RECIPIENT] or r[OBJECT],
            r[SPAN],
        )
        for r in world.rows
        if r[INCIDENT] == "i" and r[ACTIVITY] not in ("occur", "notice", "truth", "inject")
    ][1:]  # without the receipt of the inject


BEGUN = [
    (100, "verify asked", "a", "", ""),
    (100, "verify started", "a", "a/duty-1", ""),
]


def knows(world: Any) -> tuple[float, int]:
    """(dead, the second to which it goes back) as a knows it at the end."""
    known = world.dossier("a", "i")
    return known.fields["dead"], known.as_of["dead"]


def test_the_call_is_answered_and_what_that_office_knows_is_learnt(verify: Callable) -> None:
    """b saw 2 dead at 0 s; a was told 9 at 100 s, which is newer: he hears of 2, believes 9."""
    world = verify({"by_call": {"to": "b", "channel": "phone"}})
    assert told(world) == [
        *BEGUN,
        (100, "answer asked", "b", "", ""),
        (100, "answer started", "b", "b/duty-1", ""),
        (220, "verify ended", "a", "b", "verifying"),
        (250, "answer ended", "b", "b/duty-1", "recording"),
    ]
    ended = next(r for r in world.rows if r[1:3] == ("verify", "ended"))
    assert ended[EXTRA] == {"dead": 2, "channel": "phone"}
    assert knows(world) == (9, 100)


def test_what_the_other_office_has_learnt_meanwhile_is_newer(verify: Callable) -> None:
    """b is told 4 dead at 150 s, while a talks to him until 220 s."""
    world = verify(
        {"by_call": {"to": "b", "channel": "phone"}},
        injects={
            "m": {"at": "150 s", "incident": "i", "to": "b", "fields": {"dead": 4}},
            "n": {"at": "100 s", "incident": "i", "to": "a", "fields": {"dead": 9}},
        },
    )
    assert knows(world) == (4, 150)


def test_the_ledger_tells_from_the_rows_alone_who_was_called_back(verify: Callable) -> None:
    world = verify({"by_call": {"to": "b", "channel": "phone"}})
    table = ledger(to_log([("c", world.rows)], world.scenario.start))
    lines = table[table["actor"] == "a"][["how", "by", "value", "held", "effect", "as_of_s"]]
    assert lines.to_numpy().tolist() == [
        ["receive", "", 9, 9, "first", 100],
        ["verify", "b", 2, 9, "older", 0],
    ]


def test_no_answer_then_the_next_in_order_with_the_same_officer(verify: Callable) -> None:
    world = verify({"by_call": {"to": ["b", "c"], "channel": "phone"}}, **ASLEEP)
    assert told(world) == [
        *BEGUN,
        (100, "answer asked", "b", "", ""),
        (145, "rang_out", "b", "no_answer", "waiting_person"),
        (145, "try_failed", "a", "no_answer", "waiting_person"),
        (145, "given_up", "a", "b", ""),
        (145, "answer asked", "c", "", ""),
        (145, "answer started", "c", "c/duty-1", ""),
        (265, "verify ended", "a", "c", "verifying"),
        (295, "answer ended", "c", "c/duty-1", "recording"),
    ]


def test_nobody_answers_and_the_step_ends_without_news(verify: Callable) -> None:
    world = verify({"by_call": {"to": "b", "channel": "phone"}}, **ASLEEP)
    assert told(world)[-3:] == [
        (145, "try_failed", "a", "no_answer", "waiting_person"),
        (145, "given_up", "a", "b", ""),
        (145, "verify ended", "a", "not_reached", ""),
    ]
    assert knows(world) == (9, 100)
    assert not world.running
    assert not world.members["a/duty-1"].busy


def test_the_line_is_busy_then_redial(verify: Callable) -> None:
    """d talks to b over the only line from 90 to 150 s; b then takes it down until 180 s."""
    world = verify(
        {"by_call": {"to": "b", "channel": "phone"}},
        phone={"patience": "0 s", "tries": 3, "pause": "20 s"},
        injects={
            "m": {"at": "90 s", "incident": "j", "to": "d"},
            "n": {"at": "100 s", "incident": "i", "to": "a", "fields": {"dead": 9}},
        },
    )
    assert told(world) == [
        *BEGUN,
        (100, "try_failed", "a", "busy", "waiting_channel"),
        (120, "wait ended", "a", "", "waiting_channel"),
        (120, "try_failed", "a", "busy", "waiting_channel"),
        (140, "wait ended", "a", "", "waiting_channel"),
        (140, "try_failed", "a", "busy", "waiting_channel"),
        (140, "given_up", "a", "b", ""),
        (140, "verify ended", "a", "not_reached", ""),
    ]


def test_the_line_is_busy_and_the_second_try_gets_through(verify: Callable) -> None:
    world = verify(
        {"by_call": {"to": "b", "channel": "phone"}},
        phone={"patience": "0 s", "tries": 2, "pause": "1 min"},
        injects={
            "m": {"at": "90 s", "incident": "j", "to": "d"},
            "n": {"at": "100 s", "incident": "i", "to": "a", "fields": {"dead": 9}},
        },
    )
    assert told(world) == [
        *BEGUN,
        (100, "try_failed", "a", "busy", "waiting_channel"),
        (160, "wait ended", "a", "", "waiting_channel"),
        (160, "answer asked", "b", "", ""),
        (180, "answer started", "b", "b/duty-1", "waiting_person"),
        (300, "verify ended", "a", "b", "verifying"),
        (330, "answer ended", "b", "b/duty-1", "recording"),
    ]


def test_an_outage_cuts_the_talk_and_it_is_begun_anew_over_the_fallback(verify: Callable) -> None:
    """Cut at 150 s; 30 s to change; the talk of 2 min again.  b takes nothing down meanwhile."""
    phone = {"outages": [{"from": "150 s", "for": "10 min"}], "fallback": "sat", "switch": "30 s"}
    world = verify(
        {"by_call": {"to": "b", "channel": "phone"}},
        channels={
            "phone": PHONE | phone,
            "sat": {"kind": "satellite", "time": "5 s", "ring": "45 s"},
        },
    )
    assert told(world) == [
        *BEGUN,
        (100, "answer asked", "b", "", ""),
        (100, "answer started", "b", "b/duty-1", ""),
        (150, "try_failed", "a", "outage", "verifying"),
        (150, "cut_off", "b", "outage", ""),
        (180, "wait ended", "a", "", "waiting_channel"),
        (180, "answer asked", "b", "", ""),
        (180, "answer started", "b", "b/duty-1", ""),
        (300, "verify ended", "a", "b", "verifying"),
        (330, "answer ended", "b", "b/duty-1", "recording"),
    ]


def test_somebody_is_sent_sees_what_is_so_and_is_away_until_he_is_back(verify: Callable) -> None:
    """Ten minutes there, two to look, ten back; a second notice waits for the officer."""
    world = verify(
        {"by_visit": {}},
        injects={
            "n": {"at": "100 s", "incident": "i", "to": "a", "fields": {"dead": 9}},
            "o": {"at": "200 s", "incident": "j", "to": "a"},
        },
        incidents={
            "j": {"hazard": "fire", "place": "here", "course": [{"dead": 1}]},
            "i": {
                "hazard": "fire",
                "place": "there",
                "course": [{"dead": 2}, {"after": "10 min", "dead": 5}],
            },
        },
    )
    assert told(world) == [
        *BEGUN,
        (100, "travel started", "a", "", ""),
        (700, "travel ended", "a", "", "travel"),
        (820, "verify ended", "a", "a/duty-1", "verifying"),
        (820, "return started", "a", "a/duty-1", ""),
        (1420, "return ended", "a", "a/duty-1", "travel"),
    ]
    assert knows(world) == (5, 820)
    second = next(r for r in world.rows if r[INCIDENT] == "j" and r[PHASE] == "started")
    assert second[TIME] == 1420
    assert world.rows[second[HELD]][1:3] == ("return", "ended")


def test_a_colleague_is_sent_and_the_one_in_charge_waits_for_his_news(verify: Callable) -> None:
    """The procedure holds a's duty officer; the patrol goes, 5 min each way, 1 min to look."""
    visit = {"by_visit": {"way": "5 min", "time": "1 min"}, "by": "patrol"}
    world = verify(
        visit,
        hold="procedure",
        offices={
            "a": {
                "role": "county_gov",
                "procedures": ["look"],
                "posts": {"patrol": 1},
            }
        },
    )
    assert told(world) == [
        (100, "verify asked", "a", "", ""),
        (100, "verify started", "a", "a/patrol-1", ""),
        (100, "travel started", "a", "", ""),
        (400, "travel ended", "a", "", "travel"),
        (460, "verify ended", "a", "a/patrol-1", "verifying"),
        (460, "return started", "a", "a/patrol-1", ""),
        (760, "return ended", "a", "a/patrol-1", "travel"),
    ]


def test_who_is_held_throughout_goes_himself_and_goes_on_when_he_is_back(verify: Callable) -> None:
    world = verify(
        {},
        procedures={
            "look": {
                "on": "inject",
                "hold": "procedure",
                "steps": [
                    {"verify": {"time": "2 min", "by_visit": {"way": "5 min"}}},
                    {"draft": {"time": "10 s"}},
                ],
            }
        },
    )
    assert [row[:2] for row in told(world)] == [
        (100, "verify asked"),
        (100, "verify started"),
        (100, "travel started"),
        (400, "travel ended"),
        (520, "verify ended"),
        (520, "return started"),
        (820, "return ended"),
        (820, "draft asked"),
        (820, "draft started"),
        (830, "draft ended"),
    ]


def test_nobody_answers_so_somebody_is_sent(verify: Callable) -> None:
    how = {"by_call": {"to": "b", "channel": "phone"}, "by_visit": {}}
    world = verify(how, **ASLEEP)
    assert [row[:4] for row in told(world)][-7:] == [
        (145, "verify asked", "a", ""),
        (145, "verify started", "a", "a/duty-1"),
        (145, "travel started", "a", ""),
        (745, "travel ended", "a", ""),
        (865, "verify ended", "a", "a/duty-1"),
        (865, "return started", "a", "a/duty-1"),
        (1465, "return ended", "a", "a/duty-1"),
    ]


def test_who_wants_to_talk_does_not_fall_back_on_the_fax(verify: Callable) -> None:
    world = verify(
        {"by_call": {"to": "b", "channel": "phone"}},
        {"outages": [{"from": "0 s", "for": "1 h"}], "fallback": "fax"},
        channels={"fax": {"kind": "fax", "time": "40 s"}},
    )
    assert told(world) == [
        *BEGUN,
        (100, "try_failed", "a", "outage", "waiting_channel"),
        (100, "given_up", "a", "b", ""),
        (100, "verify ended", "a", "not_reached", ""),
    ]
