"""Failing channels, ringing phones, awaited acknowledgements: records worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
Story = list[tuple[int, str, str, str, str]]
PHONE = {"kind": "phone", "time": "60 s", "lines": 1}
FAX = {"kind": "fax", "time": "40 s"}
NOBODY = {
    "calendars": {"c": {"shifts": {"day": "08:00-18:00"}}},
    "offices": {
        "b": {"role": "county_gov", "calendar": "c", "duty": {"day": 1}, "procedures": ["take"]}
    },
}
"""b has nobody on duty before eight; the drill begins at midnight."""


@pytest.fixture
def relay(scenario: Build) -> Callable[..., list[tuple]]:
    """Offices a (superior b) and b, c; `noticed` says who notices fire i, j, … when."""

    def run(
        channels: dict[str, Any],
        send: dict[str, Any] | None = None,
        noticed: tuple[dict[str, str], ...] = ({"a": "0 s"},),
        given: dict[Any, int] | None = None,
        **more: Any,
    ) -> list[tuple]:
        step = {"to": "superior", "channel": next(iter(channels))} | (send or {})
        office = {"role": "county_gov", "place": "here", "procedures": ["alarm", "take"]}
        fire = {"hazard": "fire", "place": "here", "course": [{"injured": 4, "dead": 17}]}
        made = {
            "channels": channels,
            "procedures": {
                "alarm": {"on": "noticed", "steps": [{"send": step}]},
                "take": {"on": "arrived", "steps": [{"answer": {"time": "30 s"}}]},
            },
            "offices": {
                "a": office | {"superior": "b", "duty": 2},
                "b": office | {"superior": "c"},
                "c": office,
            },
            "incidents": {"ijk"[k]: fire | {"noticed": n} for k, n in enumerate(noticed)},
        }
        for section, things in more.items():
            made[section] = made.get(section, {}) | things
        return simulate(Plan(scenario(**made)), sampler(1, 0, given), 7200)

    return run


def told(rows: list[tuple], incident: str = "i") -> Story:
    """(time, activity phase, actor, reason or recipient or object, span) of an incident's rows."""
    return [
        (
            r[TIME],
            f"{r[ACTIVITY]} {r[PHASE]}".strip(),
            r[ACTOR],
            (r[EXTRA] or {}).get("reason") or r[RECIPIENT] or r[OBJECT],
            r[SPAN],
        )
        for r in rows
        if r[INCIDENT] == incident and r[ACTIVITY] not in ("occur", "notice", "truth")
    ]


def chain(rows: list[tuple], activity: str) -> list[str]:
    """The activities back along the causes of the last row of an activity."""
    row = next(r for r in reversed(rows) if r[ACTIVITY] == activity)
    found = []
    while row[CAUSE] is not None:
        row = rows[row[CAUSE]]
        found.append(f"{row[ACTIVITY]} {row[PHASE]}".strip())
    return found


def test_a_phone_that_is_picked_up_holds_both_officers_while_they_talk(relay: Callable) -> None:
    rows = relay({"phone": PHONE | {"ring": "45 s"}})
    assert told(rows) == [
        (0, "send asked", "a", "b", ""),
        (0, "send started", "a", "b", ""),
        (0, "answer asked", "b", "", ""),
        (0, "answer started", "b", "b/duty-1", ""),
        (60, "send ended", "a", "b", "transmission"),
        (90, "answer ended", "b", "b/duty-1", "recording"),
        (90, "receive", "b", "", ""),
        (90, "acknowledge", "b", "a", ""),
    ]
    assert chain(rows, "receive") == [
        "answer ended",
        "send ended",
        "answer started",
        "answer asked",
        "send started",
        "send asked",
        "notice",
        "occur",
    ]


def test_no_answer_then_redial_finds_the_officer_back(relay: Callable) -> None:
    """b's only officer is busy with his own alarm until 100 s."""
    rows = relay(
        {"phone": PHONE | {"ring": "45 s", "tries": 3, "pause": "20 s"}},
        noticed=({"a": "10 s"}, {"b": "0 s"}),
        procedures={
            "alarm": {
                "on": {"event": "noticed", "incident": ["i"]},
                "steps": [{"send": {"to": "superior", "channel": "phone"}}],
            },
            "busy": {
                "on": {"event": "noticed", "incident": ["j"]},
                "steps": [{"verify": {"time": "100 s"}}],
            },
        },
        offices={
            "b": {
                "role": "county_gov",
                "place": "here",
                "superior": "c",
                "procedures": ["busy", "take"],
            }
        },
    )
    assert told(rows) == [
        (10, "send asked", "a", "b", ""),
        (10, "send started", "a", "b", ""),
        (10, "answer asked", "b", "", ""),
        (55, "rang_out", "b", "no_answer", "waiting_person"),
        (55, "try_failed", "a", "no_answer", "waiting_person"),
        (75, "wait ended", "a", "", "waiting_channel"),
        (75, "answer asked", "b", "", ""),
        (100, "answer started", "b", "b/duty-1", "waiting_person"),
        (160, "send ended", "a", "b", "transmission"),
        (190, "answer ended", "b", "b/duty-1", "recording"),
        (190, "receive", "b", "", ""),
        (190, "acknowledge", "b", "a", ""),
    ]


def test_no_answer_then_next_in_order(relay: Callable) -> None:
    """Nobody is on duty at b; a dials c with the same officer in hand."""
    rows = relay(
        {"phone": PHONE | {"ring": "45 s"}},
        send={"to": ["superior", "c"]},
        **NOBODY,
    )
    assert told(rows) == [
        (0, "send asked", "a", "b", ""),
        (0, "send started", "a", "b", ""),
        (0, "answer asked", "b", "", ""),
        (45, "rang_out", "b", "no_answer", "waiting_person"),
        (45, "try_failed", "a", "no_answer", "waiting_person"),
        (45, "given_up", "a", "b", ""),
        (45, "send asked", "a", "c", ""),
        (45, "send started", "a", "c", ""),
        (45, "answer asked", "c", "", ""),
        (45, "answer started", "c", "c/duty-1", ""),
        (105, "send ended", "a", "c", "transmission"),
        (135, "answer ended", "c", "c/duty-1", "recording"),
        (135, "receive", "c", "", ""),
        (135, "acknowledge", "c", "a", ""),
    ]


def test_a_call_holds_the_line_while_it_rings(relay: Callable) -> None:
    """One line to b: the second caller gets it when the first has rung out at 45 s."""
    rows = relay(
        {"phone": PHONE | {"ring": "45 s"}},
        noticed=({"a": "0 s"}, {"a": "5 s"}),
        **NOBODY,
    )
    assert told(rows, "j")[2:5] == [
        (45, "wait ended", "a", "phone/b/line-1", "waiting_channel"),
        (45, "answer asked", "b", "", ""),
        (90, "rang_out", "b", "no_answer", "waiting_person"),
    ]


@pytest.mark.parametrize("ring", [None, "45 s"])
def test_an_outage_mid_send_cuts_the_transmission_and_the_fax_takes_over(
    relay: Callable, ring: str | None
) -> None:
    phone = PHONE | {"outages": [{"from": "20 s", "for": "10 min"}], "ring": ring}
    phone |= {"fallback": "fax", "switch": "2 min"}
    rows = relay({"phone": phone, "fax": FAX})
    met = [row for row in told(rows) if row[2] == "a"]
    assert met == [
        (0, "send asked", "a", "b", ""),
        (0, "send started", "a", "b", ""),
        (20, "try_failed", "a", "outage", "transmission"),
        (140, "wait ended", "a", "", "waiting_channel"),
        (180, "send ended", "a", "b", "transmission"),
    ]
    assert [(r[TIME], r[ACTIVITY]) for r in rows if r[ACTIVITY] in ("outage", "restored")] == [
        (20, "outage"),
        (620, "restored"),
    ]
    cut = [row for row in told(rows) if row[1] == "cut_off"]
    assert cut == ([(20, "cut_off", "b", "outage", "")] if ring else [])
    assert told(rows)[-1] == (210, "acknowledge", "b", "a", "")


def test_an_outage_while_it_rings_silences_the_phone(relay: Callable) -> None:
    phone = PHONE | {"outages": [{"from": "20 s", "for": "10 min"}], "ring": "45 s"}
    rows = relay({"phone": phone}, **NOBODY)
    assert told(rows)[2:] == [
        (0, "answer asked", "b", "", ""),
        (20, "rang_out", "b", "outage", "waiting_person"),
        (20, "try_failed", "a", "outage", "waiting_person"),
        (20, "given_up", "a", "b", ""),
    ]


def test_a_try_during_an_outage_fails_at_once_and_is_given_up_after_the_total(
    relay: Callable,
) -> None:
    """Tries at 0, 60 and 120 s; the next would come after the total of 150 s."""
    phone = PHONE | {"outages": [{"from": "0 s", "for": "1 h"}], "tries": 9, "give_up": "150 s"}
    rows = relay({"phone": phone})
    assert told(rows)[2:] == [
        (0, "try_failed", "a", "outage", "waiting_channel"),
        (60, "wait ended", "a", "", "waiting_channel"),
        (60, "try_failed", "a", "outage", "waiting_channel"),
        (120, "wait ended", "a", "", "waiting_channel"),
        (120, "try_failed", "a", "outage", "waiting_channel"),
        (120, "given_up", "a", "b", ""),
    ]


@pytest.mark.parametrize("lines", [None, 1])
def test_who_waits_out_an_outage_is_freed_by_its_end(relay: Callable, lines: int | None) -> None:
    phone = PHONE | {"outages": [{"from": "0 s", "for": "5 min"}], "during_outage": "wait"}
    rows = relay({"phone": phone | {"lines": lines}})
    assert told(rows)[2:4] == [
        (300, "wait ended", "a", "phone/b/line-1", "waiting_channel"),
        (360, "send ended", "a", "b", "transmission"),
    ]
    waited = next(r for r in rows if r[ACTIVITY] == "wait")
    assert rows[waited[HELD]][:2] == (300, "restored")


def test_without_acknowledgement_the_message_is_sent_again_then_given_up(
    relay: Callable,
) -> None:
    rows = relay(
        {"fax": FAX | {"acknowledged": False, "dropped": 1.0}},
        send={"await_ack": "10 min", "tries": 2},
    )
    assert told(rows) == [
        (0, "send asked", "a", "b", ""),
        (0, "send started", "a", "b", ""),
        (40, "send ended", "a", "b", "transmission"),
        (40, "try_failed", "a", "lost", ""),
        (40, "wait started", "a", "b", ""),
        (640, "wait ended", "a", "no_acknowledgement", "waiting_ack"),
        (640, "send asked", "a", "b", ""),
        (640, "send started", "a", "b", ""),
        (680, "send ended", "a", "b", "transmission"),
        (680, "try_failed", "a", "lost", ""),
        (680, "wait started", "a", "b", ""),
        (1280, "wait ended", "a", "no_acknowledgement", "waiting_ack"),
        (1280, "given_up", "a", "no_acknowledgement", ""),
    ]


def test_an_acknowledgement_ends_the_wait_for_it(relay: Callable) -> None:
    rows = relay({"fax": FAX}, send={"await_ack": "10 min"})
    assert told(rows)[3:] == [
        (40, "wait started", "a", "b", ""),
        (40, "answer asked", "b", "", ""),
        (40, "answer started", "b", "b/duty-1", ""),
        (70, "answer ended", "b", "b/duty-1", "recording"),
        (70, "receive", "b", "", ""),
        (70, "acknowledge", "b", "a", ""),
        (70, "wait ended", "a", "b", ""),
    ]
    assert chain(rows, "wait")[:2] == ["acknowledge", "receive"]


def test_a_talk_group_hears_one_transmission_at_once(relay: Callable) -> None:
    rows = relay(
        {"radio": {"kind": "radio", "time": "20 s", "lines": 1, "per": "all", "group": True}},
        send={"to": ["b", "c"]},
    )
    assert told(rows) == [
        (0, "send asked", "a", "b", ""),
        (0, "send asked", "a", "c", ""),
        (0, "send started", "a", "b", ""),
        (20, "send ended", "a", "b", "transmission"),
        (20, "send ended", "a", "c", "transmission"),
        (20, "answer asked", "b", "", ""),
        (20, "answer started", "b", "b/duty-1", ""),
        (20, "answer asked", "c", "", ""),
        (20, "answer started", "c", "c/duty-1", ""),
        (50, "answer ended", "b", "b/duty-1", "recording"),
        (50, "receive", "b", "", ""),
        (50, "acknowledge", "b", "a", ""),
        (50, "answer ended", "c", "c/duty-1", "recording"),
        (50, "receive", "c", "", ""),
        (50, "acknowledge", "c", "a", ""),
    ]


def test_a_listener_who_missed_it_is_called_again(relay: Callable) -> None:
    stream = "office/a/alarm/send/radio/dropped>c@incident/i/a/report"
    rows = relay(
        {"radio": {"kind": "radio", "time": "20 s", "dropped": 0.5, "group": True, "tries": 2}},
        send={"to": ["b", "c"]},
        given={(stream, 0, 0): 1, (stream, 0, 1): 0, (stream.replace(">c", ">b"), 0, 0): 0},
    )
    assert [row for row in told(rows) if row[2] == "a"][3:] == [
        (20, "send ended", "a", "b", "transmission"),
        (20, "try_failed", "a", "dropped", "transmission"),
        (80, "wait ended", "a", "", "waiting_channel"),
        (100, "send ended", "a", "c", "transmission"),
    ]


GROUP = {"kind": "radio", "time": "20 s", "lines": 1, "per": "all", "group": True}


def test_of_a_talk_group_everybody_acknowledges_and_the_last_ends_the_wait(relay: Callable) -> None:
    """c's officer is taken until 90 s by what he noticed himself, then takes it down for 30 s."""
    rows = relay(
        {"radio": GROUP},
        send={"to": ["b", "c"], "await_ack": "5 min"},
        noticed=({"a": "0 s"}, {"c": "0 s"}),
        procedures={
            "alarm": {
                "on": {"event": "noticed", "incident": ["i"]},
                "steps": [{"send": {"to": ["b", "c"], "channel": "radio", "await_ack": "5 min"}}],
            },
            "busy": {
                "on": {"event": "noticed", "incident": ["j"]},
                "steps": [{"verify": {"time": "90 s"}}],
            },
        },
        offices={"c": {"role": "county_gov", "place": "here", "procedures": ["busy", "take"]}},
    )
    assert [row for row in told(rows) if row[2] == "a"][3:] == [
        (20, "send ended", "a", "b", "transmission"),
        (20, "send ended", "a", "c", "transmission"),
        (20, "wait started", "a", "", ""),
        (120, "wait ended", "a", "", ""),
    ]
    assert chain(rows, "wait")[:2] == ["acknowledge", "receive"]
    ended = next(r for r in reversed(rows) if r[ACTIVITY] == "wait")
    assert rows[ended[CAUSE]][ACTOR] == "c"


def test_who_of_a_talk_group_does_not_acknowledge_is_rung_by_himself(relay: Callable) -> None:
    """Nobody is at b.  c acknowledges at 50 s; b is waited for until 80 s and then telephoned."""
    rows = relay(
        {"radio": GROUP | {"fallback": "phone"}, "phone": PHONE | {"ring": "45 s"}},
        send={"to": ["b", "c"], "await_ack": "60 s"},
        **NOBODY,
    )
    assert [row for row in told(rows) if row[2] == "a"][3:] == [
        (20, "send ended", "a", "b", "transmission"),
        (20, "send ended", "a", "c", "transmission"),
        (20, "wait started", "a", "", ""),
        (80, "wait ended", "a", "no_acknowledgement", "waiting_ack"),
        (80, "send asked", "a", "b", ""),
        (80, "send started", "a", "b", ""),
        (125, "try_failed", "a", "no_answer", "waiting_person"),
        (125, "given_up", "a", "b", ""),
    ]


def test_a_talk_group_is_called_again_no_longer_than_the_total(relay: Callable) -> None:
    """Tries at 0 and 60 s; the next would come after 100 s: given up, each by itself."""
    radio = GROUP | {"tries": 9, "pause": "1 min", "give_up": "100 s"}
    rows = relay(
        {"radio": radio | {"outages": [{"from": "0 s", "for": "1 h"}]}}, send={"to": ["b", "c"]}
    )
    assert told(rows)[3:] == [
        (0, "try_failed", "a", "outage", "waiting_channel"),
        (0, "try_failed", "a", "outage", "waiting_channel"),
        (60, "wait ended", "a", "", "waiting_channel"),
        (60, "try_failed", "a", "outage", "waiting_channel"),
        (60, "try_failed", "a", "outage", "waiting_channel"),
        (60, "given_up", "a", "b", ""),
        (60, "given_up", "a", "c", ""),
    ]


GARBLED = "channel/fax/garble/{}/{}@incident/i/a/report>b"


def test_values_suffer_on_the_way_and_are_passed_on_as_understood(relay: Callable) -> None:
    """Meant: 4 hurt, 17 dead.  b hears 10 for 4 and 11 for 17, and tells c so by phone."""
    rows = relay(
        {
            "fax": FAX | {"garble": {"all": {"mishear": 0.5}, "place": {"omit": 0.5}}},
            "phone": PHONE,
        },
        procedures={
            "relay": {"on": "received", "steps": [{"send": {"to": "superior", "channel": "phone"}}]}
        },
        offices={
            "b": {
                "role": "county_gov",
                "superior": "c",
                "procedures": ["take", "relay"],
            }
        },
        given={
            (GARBLED.format("injured", "mishear"), 0, 0): 1,
            (GARBLED.format("dead", "mishear"), 0, 0): 1,
            (GARBLED.format("place", "omit"), 0, 0): 1,
        },
    )
    said = [
        (
            r[ACTIVITY],
            r[ACTOR],
            r[EXTRA]["injured"],
            r[EXTRA]["dead"],
            "place" in r[EXTRA]["elements"],
        )
        for r in rows
        if r[EXTRA] and "elements" in r[EXTRA]
    ]
    assert said == [
        ("send", "a", 4, 17, True),
        ("receive", "b", 10, 11, False),
        ("send", "b", 10, 11, True),
        ("receive", "c", 10, 11, True),
    ]


def test_an_omitted_value_is_unknown_and_a_round_one_a_multiple(relay: Callable) -> None:
    rows = relay({"fax": FAX | {"garble": {"injured": {"omit": 1.0}, "dead": {"round": 10}}}})
    heard = next(r[EXTRA] for r in rows if r[ACTIVITY] == "receive")
    assert "injured" not in heard
    assert heard["dead"] == 20


def test_a_communications_check_tells_who_answers_in_time(relay: Callable) -> None:
    """One line to b, taken by a's call from 0 to 60 s; d has nobody on duty; c answers."""
    rows = relay(
        {"phone": PHONE | {"ring": "45 s"}},
        calendars=NOBODY["calendars"],
        offices={"d": NOBODY["offices"]["b"]},
        injects={
            "check": {
                "at": "20 s",
                "kind": "comms_check",
                "incident": "i",
                "to": ["b", "c", "d"],
                "channel": "phone",
                "limit": "25 s",
            }
        },
    )
    assert [row for row in told(rows) if row[0] >= 20 and row[2] in ("b", "c", "d")][:14] == [
        (20, "comms_check asked", "b", "check", ""),
        (20, "comms_check asked", "c", "check", ""),
        (20, "comms_check asked", "d", "check", ""),
        (20, "answer asked", "c", "", ""),
        (20, "answer started", "c", "c/duty-1", ""),
        (20, "answer asked", "d", "", ""),
        (20, "comms_check ended", "c", "answered", "waiting_person"),
        (45, "comms_check ended", "b", "busy", "waiting_channel"),
        (45, "rang_out", "d", "no_answer", "waiting_person"),
        (45, "comms_check ended", "d", "no_answer", "waiting_person"),
        (50, "answer ended", "c", "c/duty-1", "recording"),
        (90, "answer ended", "b", "b/duty-1", "recording"),
        (90, "receive", "b", "", ""),
        (90, "acknowledge", "b", "a", ""),
    ]


def test_a_part_time_officer_who_does_not_come_to_the_telephone(relay: Callable) -> None:
    """b's officer is there and idle, but answers none of the two calls."""
    rows = relay(
        {"phone": PHONE | {"ring": "45 s", "tries": 2, "pause": "20 s"}},
        offices={
            "b": {
                "role": "grassroots",
                "place": "here",
                "procedures": ["take"],
                "duty": {"persons": 1, "answers": 0.0},
            }
        },
    )
    assert told(rows) == [
        (0, "send asked", "a", "b", ""),
        (0, "send started", "a", "b", ""),
        (0, "answer asked", "b", "", ""),
        (45, "rang_out", "b", "no_answer", "waiting_person"),
        (45, "try_failed", "a", "no_answer", "waiting_person"),
        (65, "wait ended", "a", "", "waiting_channel"),
        (65, "answer asked", "b", "", ""),
        (110, "rang_out", "b", "no_answer", "waiting_person"),
        (110, "try_failed", "a", "no_answer", "waiting_person"),
        (110, "given_up", "a", "b", ""),
    ]


def test_what_was_faxed_is_confirmed_by_telephone(relay: Callable) -> None:
    """Faxes are not acknowledged: the one of 40 s is taken down (30 s) while the phone rings at
    once; b has one officer, so he picks up at 70 and talks until 130, writing until 160.
    """
    fax, phone = FAX | {"acknowledged": False}, PHONE | {"ring": "60 s"}
    rows = relay({"fax": fax, "phone": phone}, send={"confirm": "phone"})
    assert told(rows) == [
        (0, "send asked", "a", "b", ""),
        (0, "send started", "a", "b", ""),
        (40, "send ended", "a", "b", "transmission"),
        (40, "send asked", "a", "b", ""),
        (40, "send started", "a", "b", ""),
        (40, "answer asked", "b", "", ""),
        (40, "answer started", "b", "b/duty-1", ""),
        (40, "answer asked", "b", "", ""),  # the telephone
        (70, "answer ended", "b", "b/duty-1", "recording"),
        (70, "receive", "b", "", ""),
        (70, "answer started", "b", "b/duty-1", "waiting_person"),
        (130, "send ended", "a", "b", "transmission"),
        (160, "answer ended", "b", "b/duty-1", "recording"),
        (160, "acknowledge", "b", "a", ""),
    ]
    assert chain(rows, "acknowledge")[:3] == ["answer ended", "send ended", "answer started"]


def test_a_fax_that_was_lost_is_told_by_telephone(relay: Callable) -> None:
    fax = FAX | {"acknowledged": False, "dropped": 1.0}
    rows = relay({"fax": fax, "phone": PHONE | {"ring": "60 s"}}, send={"confirm": "phone"})
    assert told(rows)[2:] == [
        (40, "send ended", "a", "b", "transmission"),
        (40, "try_failed", "a", "lost", ""),
        (40, "send asked", "a", "b", ""),
        (40, "send started", "a", "b", ""),
        (40, "answer asked", "b", "", ""),
        (40, "answer started", "b", "b/duty-1", ""),
        (100, "send ended", "a", "b", "transmission"),
        (130, "answer ended", "b", "b/duty-1", "recording"),
        (130, "receive", "b", "", ""),
        (130, "acknowledge", "b", "a", ""),
    ]


def test_nobody_answers_the_confirmation_and_the_fax_lies_there(relay: Callable) -> None:
    """b is staffed from eight on only; the officer of a is free again at 100 s."""
    fax, phone = FAX | {"acknowledged": False}, PHONE | {"ring": "60 s", "fallback": "fax"}
    rows = relay({"fax": fax, "phone": phone}, send={"confirm": "phone"}, **NOBODY)
    assert told(rows)[2:] == [
        (40, "send ended", "a", "b", "transmission"),
        (40, "send asked", "a", "b", ""),
        (40, "send started", "a", "b", ""),
        (40, "answer asked", "b", "", ""),
        (40, "answer asked", "b", "", ""),
        (100, "rang_out", "b", "no_answer", "waiting_person"),
        (100, "try_failed", "a", "no_answer", "waiting_person"),
        (100, "given_up", "a", "b", ""),
        (7200, "open", "b", "", "waiting_person"),
    ]
    (given_up,) = [r for r in rows if r[ACTIVITY] == "given_up"]
    assert "message" not in given_up[EXTRA], "it has arrived: its fate is open, not given up"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("phone", {"ring": "15 s", "lines": 1}),  # picked up at once
        ("satellite", {"ring": "15 s", "lines": 1}),
        ("video", {"ring": "15 s"}),
        ("radio", {"group": True, "lines": 1, "per": "all"}),
        ("fax", {"lines": 1}),
        ("platform", {}),
        ("sms", {"acknowledged": False}),
        ("written", {}),
        ("courier", {"acknowledged": False}),
        ("person", {}),
    ],
)
def test_every_kind_of_channel_carries_a_report(
    relay: Callable, kind: str, more: dict[str, Any]
) -> None:
    """Sixty seconds on the way, thirty to take it down; acknowledged unless it cannot be."""
    rows = relay({kind: {"kind": kind, "time": "60 s"} | more})
    what = [(r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip()) for r in rows if r[INCIDENT] == "i"]
    assert (60, "send ended") in what
    assert (90, "receive") in what
    assert ((90, "acknowledge") in what) == more.get("acknowledged", True)


def test_every_kind_of_channel_is_cut_by_an_outage_and_the_courier_takes_over(
    relay: Callable,
) -> None:
    """From second 30 on all but the courier are dead: tries fail at 30 and then at once."""
    kinds = ["satellite", "video", "radio", "fax", "platform", "sms", "written"]
    dead = {"outages": [{"from": "30 s", "for": "1 h"}], "time": "60 s"}
    channels: dict[str, Any] = {
        kind: dead | {"kind": kind, "fallback": after}
        for kind, after in zip(kinds, [*kinds[1:], "courier"], strict=True)
    }
    channels["courier"] = {"kind": "courier", "time": "25 min"}
    rows = relay(channels)
    failed = [(r[TIME], r[EXTRA]["channel"]) for r in rows if r[ACTIVITY] == "try_failed"]
    assert failed == [(30, kind) for kind in kinds]
    (receipt,) = [r for r in rows if r[ACTIVITY] == "receive"]
    assert (receipt[TIME], receipt[EXTRA]["channel"]) == (30 + 1500 + 30, "courier")
