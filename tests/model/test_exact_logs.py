"""Small drills whose record is worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
FREE = {"kind": "sms", "time": "0 s", "acknowledged": False}
Build = Callable[..., Scenario]


def incident(noticed: dict[str, str], **more: Any) -> dict[str, Any]:
    one = {"hazard": "fire", "place": "here", "course": [{"injured": 1}], "noticed": noticed}
    return {"i": one | more}


def office(*procedures: str, **more: Any) -> dict[str, Any]:
    return {"role": "county_gov", "place": "here", "procedures": list(procedures)} | more


def on(event: Any, *steps: Any, **more: Any) -> dict[str, Any]:
    return {"on": event, "steps": list(steps)} | more


def record(
    scenario: Scenario, until: int = 3600, given: dict[Any, int] | None = None
) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0, given), until)


def told(rows: list[tuple], *activities: str) -> list[tuple]:
    """(time, activity phase, actor, object or recipient, span) of these activities' rows."""
    chosen = (row for row in rows if row[ACTIVITY] in activities)
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[OBJECT] or r[RECIPIENT], r[SPAN])
        for r in chosen
    ]


def test_a_message_passes_two_offices_step_by_step(scenario: Build) -> None:
    rows = record(
        scenario(
            channels={"phone": {"kind": "phone", "time": "60 s", "lines": 1}},
            procedures={
                "alarm": on("noticed", {"send": {"to": "superior", "channel": "phone"}}),
                "take": on("arrived", {"answer": {"time": "30 s"}}),
                "relay": on(
                    "received",
                    {"verify": {"time": "10 min"}},
                    {"sign": {"by": "leader", "time": "2 min"}},
                ),
            },
            offices={
                "works": office("alarm", superior="county"),
                "county": office("take", "relay"),
            },
            incidents=incident({"works": "100 s"}, at="20 s"),
        )
    )
    story = [row for row in rows if row[INCIDENT]]
    assert [
        (r[TIME], r[ACTIVITY], r[PHASE], r[ACTOR], r[RECIPIENT], r[OBJECT], r[SPAN]) for r in story
    ] == [
        (20, "occur", "", "", "", "", ""),
        (120, "notice", "", "works", "", "", "noticing"),
        (120, "send", "asked", "works", "county", "", ""),
        (120, "send", "started", "works", "county", "works/duty-1", ""),
        (180, "send", "ended", "works", "county", "works/duty-1", "transmission"),
        (180, "answer", "asked", "county", "", "", ""),
        (180, "answer", "started", "county", "", "county/duty-1", ""),
        (210, "answer", "ended", "county", "", "county/duty-1", "recording"),
        (210, "receive", "", "county", "", "", ""),
        (210, "acknowledge", "", "county", "works", "", ""),
        (210, "verify", "asked", "county", "", "", ""),
        (210, "verify", "started", "county", "", "county/duty-1", ""),
        (810, "verify", "ended", "county", "", "county/duty-1", "verifying"),
        (810, "sign", "asked", "county", "", "", ""),
        (810, "sign", "started", "county", "", "county/leader-1", ""),
        (930, "sign", "ended", "county", "", "county/leader-1", "signing"),
    ]
    first = rows.index(story[0])
    assert [r[CAUSE] for r in story] == [None] + [first + k for k in range(len(story) - 1)]


def test_one_officer_serves_two_matters_in_order_of_asking(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={"look": on("noticed", {"verify": {"time": "100 s"}})},
            offices={"county": office("look", duty=1)},
            incidents=incident({"county": "0 s"}) | {"j": incident({"county": "30 s"})["i"]},
        )
    )
    assert told(rows, "verify") == [
        (0, "verify asked", "county", "", ""),
        (0, "verify started", "county", "county/duty-1", ""),
        (30, "verify asked", "county", "", ""),
        (100, "verify ended", "county", "county/duty-1", "verifying"),
        (100, "verify started", "county", "county/duty-1", "waiting_person"),
        (200, "verify ended", "county", "county/duty-1", "verifying"),
    ]
    waited = next(r for r in rows if r[SPAN] == "waiting_person")
    assert rows[waited[HELD]][:3] == (100, "verify", "ended"), (
        "held by the row that freed the officer"
    )


def test_priority_goes_before_the_order_of_asking(scenario: Build) -> None:
    look = {"verify": {"time": "100 s"}}
    rows = record(
        scenario(
            procedures={
                "first": on({"event": "noticed", "incident": ["i"]}, look, priority=5),
                "routine": on({"event": "noticed", "incident": ["j"]}, look, priority=8),
                "urgent": on({"event": "noticed", "incident": ["k"]}, look, priority=1),
            },
            offices={"county": office("first", "routine", "urgent", duty=1)},
            incidents={
                key: incident({"county": f"{delay} s"})["i"]
                for key, delay in (("i", 0), ("j", 10), ("k", 20))
            },
        )
    )
    starts = [(r[TIME], r[INCIDENT]) for r in rows if r[:3][1:] == ("verify", "started")]
    assert starts == [(0, "i"), (100, "k"), (200, "j")]


@pytest.fixture
def two_callers(scenario: Build) -> Callable[..., list[tuple]]:
    """Two units call the same county at once over a phone with one line (transmission 300 s)."""

    def run(**phone: Any) -> list[tuple]:
        return record(
            scenario(
                channels={
                    "phone": {"kind": "phone", "time": "300 s", "lines": 1} | phone,
                    "fax": {"kind": "fax", "time": "40 s", "acknowledged": False},
                },
                procedures={
                    "alarm": on("noticed", {"send": {"to": "superior", "channel": "phone"}})
                },
                offices={
                    "a": office("alarm", superior="county"),
                    "b": office("alarm", superior="county"),
                    "county": office(),
                },
                incidents=incident({"a": "0 s", "b": "10 s"}),
            )
        )

    return run


def of(rows: list[tuple], actor: str) -> list[tuple]:
    return [
        row[:1] + row[1:2] + row[4:]
        for row in told(rows, "send", "wait", "try_failed", "given_up")
        if row[2] == actor
    ]


def test_line_busy_then_free(two_callers: Callable[..., list[tuple]]) -> None:
    assert of(two_callers(), "b") == [
        (10, "send asked", ""),
        (10, "send started", ""),
        (300, "wait ended", "waiting_channel"),
        (600, "send ended", "transmission"),
    ]


def test_line_busy_then_redial(two_callers: Callable[..., list[tuple]]) -> None:
    rows = two_callers(patience="120 s", tries=3, pause="60 s")
    assert of(rows, "b") == [
        (10, "send asked", ""),
        (10, "send started", ""),
        (130, "try_failed", "waiting_channel"),
        (190, "wait ended", "waiting_channel"),  # the pause before dialling again
        (300, "wait ended", "waiting_channel"),  # the line is free
        (600, "send ended", "transmission"),
    ]


def test_line_busy_then_fallback(two_callers: Callable[..., list[tuple]]) -> None:
    rows = two_callers(patience="60 s", tries=2, pause="30 s", fallback="fax")
    assert of(rows, "b") == [
        (10, "send asked", ""),
        (10, "send started", ""),
        (70, "try_failed", "waiting_channel"),
        (100, "wait ended", "waiting_channel"),
        (160, "try_failed", "waiting_channel"),
        (200, "send ended", "transmission"),
    ]
    assert [r[EXTRA]["channel"] for r in rows if r[ACTIVITY] == "receive"] == ["fax", "phone"]


def test_no_line_and_no_fallback_is_given_up_and_frees_the_officer(
    two_callers: Callable[..., list[tuple]],
) -> None:
    rows = two_callers(patience="60 s", tries=1)
    assert of(rows, "b")[-2:] == [(70, "try_failed", "waiting_channel"), (70, "given_up", "")]
    assert [r[EXTRA]["message"] for r in rows if r[ACTIVITY] == "receive"] == ["i/a/1>county"]


def test_line_free_at_the_very_second_of_giving_up_is_not_lost(
    two_callers: Callable[..., list[tuple]],
) -> None:
    """Patience ends at 10 + 290 = 300, when the line is freed: the timer was set after the call."""
    rows = two_callers(patience="290 s", tries=2, pause="10 s")
    assert of(rows, "b")[-1] == (600, "send ended", "transmission")


def test_a_drop_nobody_notices_loses_the_message(two_callers: Callable[..., list[tuple]]) -> None:
    rows = two_callers(dropped=1.0, acknowledged=False)
    assert told(rows, "lost", "receive", "try_failed") == [
        (300, "lost", "a", "county", ""),
        (600, "lost", "b", "county", ""),
    ]


def test_a_drop_that_is_noticed_is_tried_again(scenario: Build) -> None:
    stream = "office/a/alarm/send/phone/dropped@incident/i/a/report"
    rows = record(
        scenario(
            channels={
                "phone": {
                    "kind": "phone",
                    "time": "60 s",
                    "dropped": 0.5,
                    "tries": 2,
                    "pause": "30 s",
                }
            },
            procedures={"alarm": on("noticed", {"send": {"to": "superior", "channel": "phone"}})},
            offices={"a": office("alarm", superior="county"), "county": office()},
            incidents=incident({"a": "0 s"}),
        ),
        given={(stream, 0, 0): 1, (stream, 0, 1): 0},
    )
    assert of(rows, "a") == [
        (0, "send asked", ""),
        (0, "send started", ""),
        (60, "try_failed", "transmission"),
        (90, "wait ended", "waiting_channel"),
        (150, "send ended", "transmission"),
    ]


def test_work_under_way_at_the_end_of_a_shift_is_finished(scenario: Build) -> None:
    rows = record(
        scenario(
            start="2026-03-01T17:00+08:00",
            calendars={"c": {"shifts": {"day": "08:00-18:00", "night": "18:00-08:00"}}},
            procedures={
                "look": on(
                    "noticed", {"verify": {"time": "90 min"}}, {"record": {"time": "10 min"}}
                )
            },
            offices={"county": office("look", calendar="c", duty={"day": 1, "night": 1})},
            incidents=incident({"county": "0 s"}),
        ),
        until=9000,
    )
    assert told(rows, "verify", "record", "shift_begin", "shift_end") == [
        (0, "shift_begin", "county", "county/duty", ""),
        (0, "shift_begin", "county", "county/leader", ""),
        (0, "verify asked", "county", "", ""),
        (0, "verify started", "county", "county/duty/day-1", ""),
        (3600, "shift_end", "county", "county/duty", ""),
        (3600, "shift_begin", "county", "county/duty", ""),
        (5400, "verify ended", "county", "county/duty/day-1", "verifying"),
        (5400, "record asked", "county", "", ""),
        (5400, "record started", "county", "county/duty/night-1", ""),
        (6000, "record ended", "county", "county/duty/night-1", "recording"),
    ]


def test_nobody_on_shift_waits_for_the_next_one(scenario: Build) -> None:
    rows = record(
        scenario(
            start="2026-03-01T17:00+08:00",
            calendars={"c": {"shifts": {"night": "18:00-08:00"}}},
            procedures={"look": on("noticed", {"verify": {"time": "1 min"}})},
            offices={"county": office("look", calendar="c", duty={"night": 1})},
            incidents=incident({"county": "60 s"}),
        ),
        until=7200,
    )
    assert told(rows, "verify") == [
        (60, "verify asked", "county", "", ""),
        (3600, "verify started", "county", "county/duty/night-1", "waiting_person"),
        (3660, "verify ended", "county", "county/duty/night-1", "verifying"),
    ]


def test_a_person_with_two_posts_is_busy_in_both(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={"look": on("noticed", {"verify": {"time": "100 s"}})},
            people={"shared": {"posts": ["a/duty", "b/duty"]}},
            offices={"a": office("look", duty=0), "b": office("look", duty=0)},
            incidents=incident({"a": "0 s", "b": "1 s"}),
        )
    )
    assert told(rows, "verify")[1:] == [
        (0, "verify started", "a", "shared", ""),
        (1, "verify asked", "b", "", ""),
        (100, "verify ended", "a", "shared", "verifying"),
        (100, "verify started", "b", "shared", "waiting_person"),
        (200, "verify ended", "b", "shared", "verifying"),
    ]


TEAM = {"strength": 5, "superior": "county", "speed": "36 km/h"}
RESPONSE = on(
    "ordered", {"alert": {"time": "60 s"}}, "travel", {"work": {"time": "10 min"}}, "return"
)
# Ten kilometres of road at 36 km/h take 1000 s.
ROADS = {
    "places": {
        "here": {"at": [108.0, 24.0]},
        "near": {"at": [108.0, 24.0]},
        "far": {"at": [108.0, 24.0]},
    },
    "links": {
        "short": {"from": "here", "to": "near", "length": "10 km"},
        "long": {"from": "near", "to": "far", "length": "10 km"},
    },
}


def test_the_nearest_idle_team_goes_and_the_next_order_waits_for_its_return(
    scenario: Build,
) -> None:
    rows = record(
        scenario(
            **ROADS,
            procedures={
                "send-out": on(
                    "noticed", {"dispatch": {"skills": ["boat"], "number": 3, "time": "0 s"}}
                ),
                "team-response": RESPONSE,
            },
            offices={"county": office("send-out")},
            teams={
                "far-boat": TEAM | {"base": "far", "skills": ["boat"]},
                "near-boat": TEAM | {"base": "near", "skills": ["boat", "diving"]},
                "near-fire": TEAM | {"base": "near", "skills": ["fire"]},
            },
            incidents=incident({"county": "0 s"}),
        ),
        until=7200,
    )
    assert told(rows, "order", "arrive", "return") == [
        (0, "order asked", "county", "incident/i/county/order-1", ""),
        (0, "order ended", "county", "incident/i/county/order-1", ""),
        (0, "order asked", "county", "incident/i/county/order-2", ""),
        (0, "order ended", "county", "incident/i/county/order-2", ""),
        (0, "order asked", "county", "incident/i/county/order-3", ""),
        (1060, "arrive", "near-boat", "incident/i/county/order-1", ""),
        (1660, "return started", "near-boat", "incident/i/county/order-1", ""),
        (2060, "arrive", "far-boat", "incident/i/county/order-2", ""),
        (2660, "return ended", "near-boat", "incident/i/county/order-1", "travel"),
        (
            2660,
            "return started",
            "far-boat",
            "incident/i/county/order-2",
            "",
        ),  # planned before the grant
        (2660, "order ended", "county", "incident/i/county/order-3", "waiting_team"),
        (3720, "arrive", "near-boat", "incident/i/county/order-3", ""),
        (4320, "return started", "near-boat", "incident/i/county/order-3", ""),
        (4660, "return ended", "far-boat", "incident/i/county/order-2", "travel"),
        (5320, "return ended", "near-boat", "incident/i/county/order-3", "travel"),
    ]
    assert [r[RECIPIENT] for r in rows if r[1:3] == ("order", "ended")] == [
        *("near-boat", "far-boat", "near-boat")
    ]


def test_equally_near_teams_go_in_the_order_of_the_scenario(scenario: Build) -> None:
    twins = {key: TEAM | {"base": "near", "skills": ["boat"]} for key in ("b", "a")}
    rows = record(
        scenario(
            **ROADS,
            procedures={
                "send-out": on("noticed", {"dispatch": {"skills": ["boat"], "time": "0 s"}}),
                "team-response": RESPONSE,
            },
            offices={"county": office("send-out")},
            teams=twins,
            incidents=incident({"county": "0 s"}),
        )
    )
    assert [r[RECIPIENT] for r in rows if r[1:3] == ("order", "ended")] == ["b"]


def test_a_team_must_carry_the_equipment_that_the_order_names(scenario: Build) -> None:
    """The near crew has one pump too few, nobody has a drone."""
    pumps = {
        "dispatch": {"id": "pumps", "skills": ["flood"], "equipment": {"pump": 2}, "time": "0 s"}
    }
    drone = {
        "dispatch": {"id": "drone", "skills": ["flood"], "equipment": {"drone": 1}, "time": "0 s"}
    }
    teams = {
        key: TEAM | {"base": key, "skills": ["flood"], "equipment": {"pump": number}}
        for key, number in (("near", 1), ("far", 3))
    }
    rows = record(
        scenario(
            **ROADS,
            items={item: {"unit": "件", "weight": "50 kg"} for item in ("pump", "drone")},
            procedures={"send-out": on("noticed", pumps, drone), "team-response": RESPONSE},
            offices={"county": office("send-out")},
            teams=teams,
            incidents=incident({"county": "0 s"}),
        )
    )
    orders = [(r[1], r[RECIPIENT], r[-1]) for r in rows if r[1] in ("order", "refused")]
    assert orders == [
        ("order", "", {"reason": "flood pump:2"}),
        ("order", "far", None),
        ("order", "", {"reason": "flood drone:1"}),
        ("refused", "", {"reason": "no_team"}),
    ]


def test_an_order_no_team_can_carry_out_is_refused_and_one_that_waits_too_long_given_up(
    scenario: Build,
) -> None:
    rows = record(
        scenario(
            **ROADS,
            procedures={
                "send-out": on(
                    "noticed",
                    {"dispatch": {"id": "dive", "skills": ["diving"], "time": "0 s"}},
                    {
                        "dispatch": {
                            "id": "boat",
                            "skills": ["boat"],
                            "number": 2,
                            "time": "0 s",
                            "patience": "5 min",
                        }
                    },
                ),
                "team-response": RESPONSE,
            },
            offices={"county": office("send-out")},
            teams={"near-boat": TEAM | {"base": "near", "skills": ["boat"]}},
            incidents=incident({"county": "0 s"}),
        )
    )
    assert told(rows, "refused", "given_up") == [
        (0, "refused", "county", "incident/i/county/order-1", ""),
        (300, "given_up", "county", "incident/i/county/order-3", "waiting_team"),
    ]


def test_parallel_branches_join_at_the_last_or_at_the_first(scenario: Build) -> None:
    def joined(until: object) -> list[tuple]:
        branches = {"slow": [{"wait": {"time": "100 s"}}], "fast": [{"wait": {"time": "10 s"}}]}
        rows = record(
            scenario(
                procedures={
                    "p": on(
                        "noticed",
                        {"parallel": {"branches": branches, "until": until}},
                        {"record": {"time": "0 s"}},
                    )
                },
                offices={"o": office("p")},
                incidents=incident({"o": "0 s"}),
            )
        )
        asked = next(r for r in rows if r[1:3] == ("record", "asked"))
        return [asked[TIME], rows[asked[CAUSE]][TIME], len(told(rows, "wait"))]

    assert joined("all") == [100, 100, 4]
    assert joined("first") == [10, 10, 4]
    assert joined(2) == [100, 100, 4]


def test_wait_for_hears_the_event_or_does_the_other_steps(scenario: Build) -> None:
    def heard(after: str) -> list[tuple]:
        rows = record(
            scenario(
                procedures={
                    "p": on(
                        "noticed",
                        {
                            "wait_for": {
                                "event": "received",
                                "timeout": "60 s",
                                "else": [{"record": {"time": "5 s"}}],
                            }
                        },
                        {"verify": {"time": "0 s"}},
                    )
                },
                offices={"o": office("p")},
                incidents=incident({"o": "0 s"}),
                injects={"n": {"at": after, "incident": "i", "to": "o"}},
            )
        )
        return told(rows, "wait", "record", "verify")

    assert heard("30 s") == [
        (0, "wait started", "o", "", ""),
        (30, "wait ended", "o", "", ""),
        (30, "verify asked", "o", "", ""),
        (30, "verify started", "o", "o/duty-1", ""),
        (30, "verify ended", "o", "o/duty-1", "verifying"),
    ]
    assert [row[:2] for row in heard("90 s")] == [
        (0, "wait started"),
        (60, "wait ended"),
        (60, "record asked"),
        (60, "record started"),
        (65, "record ended"),
        (65, "verify asked"),
        (65, "verify started"),
        (65, "verify ended"),
    ]


def test_repeat_stops_when_the_actor_has_been_told(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={
                "p": on(
                    "noticed",
                    {
                        "repeat": {
                            "times": 9,
                            "until": {"dead": ">= 3"},
                            "steps": [{"wait": {"time": "60 s"}}, {"verify": {"time": "0 s"}}],
                        }
                    },
                )
            },
            offices={"o": office("p")},
            incidents=incident({"o": "0 s"}, course=[{"dead": 0}, {"after": "100 s", "dead": 3}]),
        )
    )
    assert [r[TIME] for r in rows if r[1:3] == ("verify", "ended")] == [60, 120]


def test_a_guard_compares_what_was_told_not_the_truth(scenario: Build) -> None:
    """At 200 s three are dead in truth; the office hears of it at 300 s only."""
    rows = record(
        scenario(
            procedures={
                "judge": on("noticed", {"grade": {"time": "0 s"}}),
                "again": on("received", {"grade": {"time": "0 s"}}),
                "act": on(
                    "confirmed",
                    {"activate": {"time": "0 s", "by": "leader"}},
                    when={"grade": ">= III"},
                ),
            },
            offices={"o": office("judge", "again", "act")},
            incidents=incident(
                {"o": "0 s"},
                course=[{"dead": 1}, {"after": "200 s", "dead": 3}],
            ),
            injects={
                "old": {"at": "250 s", "incident": "i", "to": "o", "fields": {"injured": 2}},
                "new": {"at": "300 s", "incident": "i", "to": "o", "fields": {"dead": 3}},
            },
        )
    )
    confirmed = [(r[TIME], r[EXTRA]["grade"]) for r in rows if r[ACTIVITY] == "confirm"]
    assert confirmed == [(0, "IV"), (300, "III")]
    assert [(r[TIME], r[EXTRA]["level"]) for r in rows if r[1:3] == ("activate", "")] == [
        (300, "III")
    ]


def test_older_news_does_not_replace_newer(scenario: Build) -> None:
    """b verifies at 100 s (3 dead); a's report of what it knew at 0 s (1 dead) comes at 500 s."""
    rows = record(
        scenario(
            channels={"slow": {"kind": "courier", "time": "500 s", "acknowledged": False}},
            procedures={
                "tell": on("noticed", {"send": {"to": "superior", "channel": "slow"}}),
                "look": on("noticed", {"wait": {"time": "100 s"}}, {"verify": {"time": "0 s"}}),
                "judge": on("received", {"grade": {"time": "0 s"}}),
            },
            offices={"a": office("tell", superior="b"), "b": office("look", "judge")},
            incidents=incident(
                {"a": "0 s", "b": "0 s"},
                course=[{"dead": 1}, {"after": "50 s", "dead": 3}],
            ),
        )
    )
    assert [(r[TIME], r[EXTRA]["grade"]) for r in rows if r[ACTIVITY] == "confirm"] == [
        (500, "III")
    ]


def test_an_inject_on_an_event_waits_for_its_guard(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={"judge": on("received", {"grade": {"time": "0 s"}})},
            offices={"o": office("judge")},
            incidents=incident({"o": "0 s"}, course=[{"dead": 0}]),
            injects={
                "a": {"at": "10 s", "incident": "i", "to": "o", "fields": {"dead": 1}},
                "b": {"at": "20 s", "incident": "i", "to": "o", "fields": {"dead": 4}},
                "c": {
                    "on": {"event": "confirmed"},
                    "at": "5 s",
                    "when": {"dead": ">= 3"},
                    "incident": "i",
                    "to": "o",
                },
            },
        )
    )
    assert [(r[TIME], r[OBJECT]) for r in rows if r[ACTIVITY] == "inject"] == [
        (10, "a"),
        (20, "b"),
        (25, "c"),
    ]
    caused = next(r for r in rows if r[1] == "inject" and r[OBJECT] == "c")
    assert rows[caused[CAUSE]][:2] == (20, "confirm")


def test_the_last_second_is_recorded_and_what_is_open_is_said(scenario: Build) -> None:
    world = {
        "procedures": {
            "p": on("noticed", {"verify": {"time": "100 s"}}, {"record": {"time": "50 s"}})
        },
        "offices": {"o": office("p")},
        "incidents": incident({"o": "0 s"}),
    }
    assert told(record(scenario(**world), until=100), "verify", "record", "open") == [
        (0, "verify asked", "o", "", ""),
        (0, "verify started", "o", "o/duty-1", ""),
        (100, "verify ended", "o", "o/duty-1", "verifying"),
        (100, "record asked", "o", "", ""),
        (100, "record started", "o", "o/duty-1", ""),
        (100, "open", "o", "", "recording"),
    ]
    assert told(record(scenario(**world), until=99), "verify", "open")[2:] == [
        (99, "open", "o", "", "verifying")
    ]


def test_overlapping_shifts_of_one_person_are_one_presence(scenario: Build) -> None:
    """Early 00-12 and late 06-18: present until 18:00, and work asked at 13:00 begins at once."""
    rows = record(
        scenario(
            calendars={"c": {"shifts": {"early": "00:00-12:00", "late": "06:00-18:00"}}},
            people={"p": {"posts": ["o/duty"], "calendar": "c", "shifts": ["early", "late"]}},
            procedures={"look": on("noticed", {"verify": {"time": "60 s"}})},
            offices={"o": office("look", duty=0)},
            incidents=incident({"o": "13 h"}),
        ),
        until=20 * 3600,
    )
    assert [(r[TIME], r[PHASE]) for r in rows if r[ACTIVITY] == "verify"] == [
        (46800, "asked"),
        (46800, "started"),
        (46860, "ended"),
    ]
    assert [r[TIME] for r in rows if r[ACTIVITY] == "shift_end" and r[OBJECT] == "o/duty"] == [
        64800
    ]


def test_a_post_with_nobody_waits_to_the_end(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={"look": on("noticed", {"verify": {"time": "60 s"}})},
            offices={"o": office("look", duty=0)},
            incidents=incident({"o": "0 s"}),
        ),
        until=100,
    )
    assert told(rows, "verify", "open") == [
        (0, "verify asked", "o", "", ""),
        (100, "open", "o", "", "waiting_person"),
    ]


def test_a_team_without_a_procedure_is_free_again(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={
                "send-out": on(
                    "noticed", {"dispatch": {"skills": ["boat"], "number": 2, "time": "0 s"}}
                )
            },
            offices={"county": office("send-out")},
            teams={"t": TEAM | {"base": "here", "skills": ["boat"], "procedures": []}},
            incidents=incident({"county": "0 s"}),
        )
    )
    assert [r[RECIPIENT] for r in rows if r[1:3] == ("order", "ended")] == ["t", "t"]
