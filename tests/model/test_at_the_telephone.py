"""Senders on call, and callers called away while they wait: records worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
PHONE = {"kind": "phone", "time": "100 s", "lines": 1}


@pytest.fixture
def phone(scenario: Build) -> Callable[..., list[tuple]]:
    """Incident i is reported by a to b over 100 s of telephone, k by d and l by e; u is urgent.

    `noticed` says when; u takes 30 s of a's only officer, who may leave the telephone for it.
    """

    def run(channel: Any = None, duty: Any = 1, incidents: Any = None, **noticed: str) -> Any:
        who = {"i": "a", "u": "a", "k": "d", "l": "e"}
        tell = {"send": {"to": "b", "channel": "phone"}}
        office = {"role": "county_gov", "place": "here"}
        made = scenario(
            start="2026-03-02T17:00+08:00",
            calendars={"c": {"shifts": {"day": "08:00-18:00", "night": "18:00-08:00"}}},
            channels={"phone": PHONE | (channel or {})},
            procedures={
                "tell": {
                    "on": {"event": "noticed", "incident": ["i", "k", "l"]},
                    "interruptible": True,
                    "steps": [tell],
                },
                "urgent": {
                    "on": {"event": "noticed", "incident": ["u"]},
                    "priority": 1,
                    "steps": [{"record": {"time": "30 s"}}],
                },
            },
            offices={
                "a": office | {"duty": duty, "calendar": "c", "procedures": ["tell", "urgent"]},
                "b": office,
                "d": office | {"procedures": ["tell"]},
                "e": office | {"procedures": ["tell"]},
            },
            incidents={
                key: {"hazard": "fire", "place": "here", "course": [{"dead": 1}]} | one
                for key, one in (
                    {key: {"noticed": {who[key]: delay}} for key, delay in noticed.items()}
                    | (incidents or {})
                ).items()
            },
        )
        return simulate(Plan(made), sampler(1, 0), 7200)

    return run


def told(rows: list[tuple]) -> list[tuple]:
    """(time, incident, activity phase, officer or line, span) of what a does."""
    return [
        (r[TIME], r[INCIDENT], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[OBJECT], r[SPAN])
        for r in rows
        if r[ACTOR] == "a" and r[INCIDENT] and r[ACTIVITY] != "notice"
    ]


def test_a_sender_on_call_is_rung_up_before_he_sends(phone: Callable) -> None:
    rows = phone(duty={"persons": 1, "on_call": "always", "reach": "30 s"}, i="0 s")
    assert told(rows) == [
        (0, "i", "send asked", "", ""),
        (30, "i", "send started", "a/duty-1", "waiting_person"),
        (130, "i", "send ended", "a/duty-1", "transmission"),
    ]


def test_who_waits_to_dial_again_gives_way_and_dials_when_he_is_back(phone: Callable) -> None:
    """The next try is due at 60 s; he is back at 70 s and dials at once."""
    rows = phone(
        {"tries": 2, "pause": "60 s", "outages": [{"from": "0 s", "for": "50 s"}]},
        i="0 s",
        u="40 s",
    )
    assert told(rows) == [
        (0, "i", "send asked", "", ""),
        (0, "i", "send started", "a/duty-1", ""),
        (0, "i", "try_failed", "", "waiting_channel"),
        (40, "u", "record asked", "", ""),
        (40, "i", "send interrupted", "a/duty-1", "waiting_channel"),
        (40, "u", "record started", "a/duty-1", ""),
        (70, "u", "record ended", "a/duty-1", "recording"),
        (70, "i", "send resumed", "a/duty-1", "waiting_person"),
        (170, "i", "send ended", "a/duty-1", "transmission"),
    ]
    stopped = next(r for r in rows if r[PHASE] == "interrupted")
    assert stopped[EXTRA]["reason"] == "urgent"
    resumed = next(r for r in rows if r[PHASE] == "resumed")
    assert rows[resumed[HELD]][:3] == (70, "record", "ended")


def test_who_is_back_early_waits_for_the_rest_of_the_pause(phone: Callable) -> None:
    rows = phone(
        {"tries": 2, "pause": "60 s", "outages": [{"from": "0 s", "for": "50 s"}]},
        i="0 s",
        u="10 s",
    )
    assert told(rows)[-4:] == [
        (40, "u", "record ended", "a/duty-1", "recording"),
        (40, "i", "send resumed", "a/duty-1", "waiting_person"),
        (60, "i", "wait ended", "", "waiting_channel"),
        (160, "i", "send ended", "a/duty-1", "transmission"),
    ]


def test_who_is_called_away_loses_his_place_in_the_queue_for_the_line(phone: Callable) -> None:
    """d talks from 0 to 100 s; a queues at 10 s, leaves at 40 s; e queues at 50 s; a at 70 s."""
    rows = phone(k="0 s", i="10 s", u="40 s", l="50 s")
    assert [row for row in told(rows) if row[1] == "i"] == [
        (10, "i", "send asked", "", ""),
        (10, "i", "send started", "a/duty-1", ""),
        (40, "i", "send interrupted", "a/duty-1", "waiting_channel"),
        (70, "i", "send resumed", "a/duty-1", "waiting_person"),
        (200, "i", "wait ended", "phone/b/line-1", "waiting_channel"),
        (300, "i", "send ended", "a/duty-1", "transmission"),
    ]
    ended = [(r[TIME], r[ACTOR]) for r in rows if r[1:3] == ("send", "ended")]
    assert ended == [(100, "d"), (200, "e"), (300, "a")]


def test_patience_for_the_line_counts_from_the_first_time_he_asked(phone: Callable) -> None:
    """Two minutes from 10 s on: at 130 s the line is e's."""
    rows = phone({"patience": "2 min"}, k="0 s", i="10 s", u="40 s", l="50 s")
    assert told(rows)[-2:] == [
        (130, "i", "try_failed", "", "waiting_channel"),
        (130, "i", "given_up", "a/duty-1", ""),
    ]


def test_what_is_being_said_is_not_interrupted(phone: Callable) -> None:
    rows = phone(i="0 s", u="40 s")
    assert told(rows) == [
        (0, "i", "send asked", "", ""),
        (0, "i", "send started", "a/duty-1", ""),
        (40, "u", "record asked", "", ""),
        (100, "i", "send ended", "a/duty-1", "transmission"),
        (100, "u", "record started", "a/duty-1", "waiting_person"),
        (130, "u", "record ended", "a/duty-1", "recording"),
    ]


@pytest.mark.parametrize(("late", "sent"), [(True, 200), (False, 230)])
def test_who_has_just_got_the_line_talks_first(phone: Callable, late: bool, sent: int) -> None:
    """d hangs up at 100 s and u is noticed at 100 s: after that (planned later) or before."""
    u = {"at": "50 s", "noticed": {"a": "50 s"}} if late else {"noticed": {"a": "100 s"}}
    rows = phone(k="0 s", i="10 s", incidents={"u": u})
    assert [row for row in told(rows) if row[0] >= 100 and row[1] == "i"] == [
        *([(100, "i", "wait ended", "phone/b/line-1", "waiting_channel")] if late else []),
        *([(100, "i", "send interrupted", "a/duty-1", "waiting_channel")] if not late else []),
        *([(130, "i", "send resumed", "a/duty-1", "waiting_person")] if not late else []),
        (sent, "i", "send ended", "a/duty-1", "transmission"),
    ]


@pytest.mark.parametrize("at_end", ["hand_over", "finish"])
def test_at_the_end_of_the_shift_the_next_one_dials_again(phone: Callable, at_end: str) -> None:
    """The shift ends at 3600 s, between the tries at 3590 and 3650 s."""
    rows = phone(
        {"tries": 2, "pause": "60 s", "outages": [{"from": "0 s", "for": "1 h"}]},
        duty={"persons": {"day": 1, "night": 1}, "at_end": at_end},
        i="3590 s",
    )
    handed_over = [
        (3600, "i", "send interrupted", "a/duty/day-1", "waiting_channel"),
        (3600, "i", "send resumed", "a/duty/night-1", "waiting_person"),
    ]
    who = "a/duty/day-1" if at_end == "finish" else "a/duty/night-1"
    assert told(rows)[3:] == [
        *(handed_over if at_end == "hand_over" else []),
        (3650, "i", "wait ended", "", "waiting_channel"),
        (3750, "i", "send ended", who, "transmission"),
    ]
