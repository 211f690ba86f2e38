"""Warnings, public information, roll calls: records worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from sim.log import fates, to_log, warnings
from sim.model import Plan, sampler, simulate
from sim.model.steps.publish import covered
from sim.scenario import Scenario
from sim.scenario.steps.publish import Reach

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
LOOK = {"verify": {"time": "100 s"}}


def office(*procedures: str, **more: Any) -> dict[str, Any]:
    return {"role": "city_dept", "place": "here", "procedures": list(procedures)} | more


def on(event: Any, *steps: Any, **more: Any) -> dict[str, Any]:
    return {"on": event, "steps": list(steps)} | more


def signal(**more: Any) -> dict[str, Any]:
    return {"at": "10 s", "incident": "i", "to": "o", "kind": "signal", "warning": "red"} | more


def feared(**more: Any) -> dict[str, Any]:
    return {"i": {"hazard": "typhoon", "place": "here", "occurs": False} | more}


def coming(**more: Any) -> dict[str, Any]:
    one = {"hazard": "typhoon", "place": "here", "at": "1000 s", "course": [{"dead": 0}]}
    return {"i": one | more}


def record(
    scenario: Scenario, until: int = 3600, given: dict[Any, int] | None = None
) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0, given), until)


def told(rows: list[tuple], *activities: str) -> list[tuple]:
    chosen = (row for row in rows if row[ACTIVITY] in activities)
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[OBJECT] or r[RECIPIENT], r[SPAN])
        for r in chosen
    ]


def values(rows: list[tuple], activity: str, *names: str) -> list[tuple]:
    chosen = (r for r in rows if r[ACTIVITY] == activity and not r[PHASE])
    return [(r[TIME], r[ACTOR], *((r[EXTRA] or {}).get(name) for name in names)) for r in chosen]


def test_a_warning_is_made_reviewed_signed_published_reaches_and_is_acknowledged(
    scenario: Build,
) -> None:
    rows = record(
        scenario(
            channels={"sms": {"kind": "sms", "time": "5 s"}},
            procedures={
                "warn": on(
                    {"event": "received", "kind": ["signal"]},
                    {"draft": {"report": "warning", "time": "60 s"}},
                    {"review": {"time": "30 s"}},
                    {"sign": {"by": "leader", "time": "20 s"}},
                    {
                        "publish": {
                            "time": "10 s",
                            "areas": ["coast"],
                            "public": 1001,
                            "reach": {
                                "sms": {"share": 0.6, "within": "100 s"},
                                "broadcast": {"share": 0.5, "within": "200 s"},
                            },
                            "at": ["50 s"],
                        }
                    },
                    {"send": {"to": "village", "channel": "sms"}},
                ),
                "take": on("arrived", {"answer": {"time": "7 s"}}),
            },
            offices={"o": office("warn"), "village": office("take", role="grassroots")},
            incidents=coming(),
            injects={"radar": signal()},
        )
    )
    story = [r for r in rows if r[INCIDENT] and r[ACTIVITY] not in ("reach", "occur")]
    assert [(r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[SPAN]) for r in story] == [
        (10, "inject", "", ""),
        (10, "receive", "o", ""),
        (10, "draft asked", "o", ""),
        (10, "draft started", "o", ""),
        (70, "draft ended", "o", "drafting"),
        (70, "review asked", "o", ""),
        (70, "review started", "o", ""),
        (100, "review ended", "o", "reviewing"),
        (100, "sign asked", "o", ""),
        (100, "sign started", "o", ""),
        (120, "sign ended", "o", "signing"),
        (120, "publish asked", "o", ""),
        (120, "publish started", "o", ""),
        (130, "publish ended", "o", "publishing"),
        (130, "publish", "o", ""),
        (130, "publish", "o", ""),
        (130, "send asked", "o", ""),
        (130, "send started", "o", ""),
        (135, "send ended", "o", "transmission"),
        (135, "answer asked", "village", ""),
        (135, "answer started", "village", ""),
        (142, "answer ended", "village", "recording"),
        (142, "receive", "village", ""),
        (142, "acknowledge", "village", ""),
    ]
    chain = [rows.index(r) for r in story]
    assert [r[CAUSE] for r in story] == [None, *chain[:-1]], "one unbroken chain"
    said = ("kind", "warning", "jurisdiction", "channel")
    assert values(rows, "publish", *said) == [
        (130, "o", "warning", "red", "coast", "sms"),
        (130, "o", "warning", "red", "coast", "broadcast"),
    ]
    # 50 s: sms 0.3, broadcast 0.125: 1 - 0.7·0.875 = 0.3875 (of 1001: 387.9).
    # 100 s: sms 0.6, broadcast 0.25: 1 - 0.4·0.75 = 0.7.  200 s: 1 - 0.4·0.5 = 0.8.
    assert values(rows, "reach", "channel", "share", "persons") == [
        (180, "o", None, 0.3875, 388),
        (230, "o", "sms", 0.6, 601),
        (230, "o", None, 0.7, 701),
        (330, "o", "broadcast", 0.5, 501),
        (330, "o", None, 0.8, 801),
    ]


def test_coverage_counts_nobody_twice() -> None:
    """1 - ∏(1 - p) by hand; a channel that reaches all leaves nothing to the others."""
    half, all_ = Reach(share=0.5, within="60 s"), Reach(share=1.0, within="120 s")
    assert covered({"a": half}, 30) == pytest.approx(0.25)
    assert covered({"a": half, "b": half}, 60) == pytest.approx(0.75)
    assert covered({"a": half, "b": all_}, 60) == pytest.approx(0.75)
    assert covered({"a": half, "b": all_}, 1_000) == 1.0
    assert covered({"a": Reach(share=0.3, within=0)}, 0) == pytest.approx(0.3)


@pytest.fixture
def consultation(scenario: Build) -> Callable[..., list[tuple]]:
    """o consults a and b for 60 s from 10 s on; b's only officer is busy until 100 s."""

    def run(**more: Any) -> list[tuple]:
        return record(
            scenario(
                procedures={
                    "meet": on(
                        {"event": "received", "kind": ["signal"]},
                        {"consult": {"with": ["a", "b"], "time": "60 s"} | more},
                        {"record": {"time": "0 s"}},
                    ),
                    "look": on("noticed", LOOK),
                },
                offices={"o": office("meet"), "a": office(), "b": office("look")},
                incidents=coming(at="0 s", course=[{"dead": 4}], noticed={"b": "0 s"}),
                injects={"radar": signal()},
            )
        )

    return run


def test_a_consultation_is_joined_by_the_last_arrival(
    consultation: Callable[..., list[tuple]],
) -> None:
    rows = consultation()
    assert told(rows, "consult", "wait", "given_up") == [
        (10, "consult asked", "o", "", ""),
        (10, "consult started", "o", "o/duty-1", ""),
        (10, "consult started", "a", "a/duty-1", ""),
        (100, "consult started", "b", "b/duty-1", "waiting_person"),
        (100, "wait ended", "a", "a/duty-1", "waiting_others"),
        (100, "wait ended", "o", "o/duty-1", ""),
        (160, "consult ended", "b", "b/duty-1", "consulting"),
        (160, "consult ended", "a", "a/duty-1", "consulting"),
        (160, "consult ended", "o", "o/duty-1", "consulting"),
    ]
    meeting = [k for k, r in enumerate(rows) if r[ACTIVITY] in ("consult", "wait")]
    last, early, host = meeting[3:6]
    assert rows[host][CAUSE] == last, "the last arrival is the cause"
    assert rows[early][HELD] == last
    assert [rows[k][CAUSE] for k in meeting[6:]] == [last, early, host]
    assert rows[last][HELD] == next(k for k, r in enumerate(rows) if r[1:3] == ("verify", "ended"))
    asked = next(r for r in rows if r[1:3] == ("record", "asked"))
    assert (asked[TIME], asked[CAUSE]) == (160, meeting[-1])


def test_who_cannot_come_in_time_stays_away(consultation: Callable[..., list[tuple]]) -> None:
    rows = consultation(patience="40 s")
    assert told(rows, "consult", "wait", "given_up")[3:] == [
        (50, "given_up", "b", "", "waiting_person"),
        (50, "wait ended", "a", "a/duty-1", "waiting_others"),
        (50, "wait ended", "o", "o/duty-1", ""),
        (110, "consult ended", "a", "a/duty-1", "consulting"),
        (110, "consult ended", "o", "o/duty-1", "consulting"),
    ]


WARN = on(
    {"event": "received", "kind": ["signal"]},
    {"publish": {"report": "warning", "time": "20 s", "channels": ["sms"]}},
)


@pytest.mark.parametrize(
    ("incidents", "injects", "outcome"),
    [
        (coming(), {"s": signal()}, [("i", 30, "red", 10, 1000, "hit", 970)]),
        (coming(at="5 s"), {"s": signal()}, [("i", 30, "red", 10, 5, "late", -25)]),
        (coming(), {}, [("i", None, "", None, 1000, "missed", None)]),
        (feared(), {"s": signal()}, [("i", 30, "red", 10, None, "false", None)]),
        (feared(), {"s": signal(to="deaf")}, [("i", None, "", 10, None, "", None)]),
        (feared(), {}, []),
        (
            coming(jurisdiction=["hills"]),
            {"s": signal()},
            [("i", 30, "red", 10, 1000, "hit", 970)],
        ),
    ],
    ids=["hit", "late", "missed", "false", "signal only", "nothing", "areas of the incident"],
)
def test_warnings_are_told_from_the_truth(
    scenario: Build, incidents: dict, injects: dict, outcome: list[tuple]
) -> None:
    """A false one has no row `occur` behind it, a missed one no row `publish` before it."""
    rows = record(
        scenario(
            procedures={"warn": WARN},
            offices={"o": office("warn"), "deaf": office()},
            incidents=incidents,
            injects=injects,
        )
    )
    table = warnings(to_log([("c", rows)], datetime(2026, 3, 1, tzinfo=UTC)))
    names = ["incident", "warned", "warning", "signalled", "occurred", "outcome", "lead"]
    found = [
        tuple(None if cell is pd.NA else cell for cell in row)
        for row in table[names].itertuples(index=False, name=None)
    ]
    assert found == outcome


def test_a_warning_for_other_areas_misses_the_incident(scenario: Build) -> None:
    step = {"report": "warning", "time": "0 s", "areas": ["coast"], "warning": "blue"}
    rows = record(
        scenario(
            procedures={"warn": on("received", {"publish": step})},
            offices={"o": office("warn")},
            incidents=coming(jurisdiction=["hills"]),
            injects={"s": signal()},
        )
    )
    table = warnings(to_log([("c", rows)], datetime(2026, 3, 1, tzinfo=UTC)))
    assert list(table["outcome"]) == ["missed"]
    assert values(rows, "publish", "warning") == [(10, "o", "blue")], "the step's level wins"


def test_a_guard_reads_the_level_of_the_warning(scenario: Build) -> None:
    meet = {"consult": {"with": ["a"], "time": "5 s", "warning": "orange"}}
    rows = record(
        scenario(
            procedures={
                "low": on("received", {"record": {"time": "1 s"}}, when={"warning": "blue"}),
                "high": on("received", meet, {"start": {"procedure": "out"}}),
                "out": on("started", {"publish": {"report": "warning", "time": "0 s"}}),
            },
            offices={"o": office("low", "high", "out"), "a": office()},
            incidents=feared(),
            injects={"s": signal()},
        )
    )
    assert told(rows, "record") == []
    assert values(rows, "publish", "warning") == [(15, "o", "orange")]


def test_risks_are_made_public_every_shift_without_any_incident(scenario: Build) -> None:
    news = {"publish": {"report": "bulletin", "areas": ["coast"], "time": "60 s"}}
    rows = record(
        scenario(
            calendars={"c": {"shifts": {"day": "00:30-18:00", "night": "18:00-00:30"}}},
            procedures={"news": on({"event": "shift", "kind": ["day"]}, news)},
            offices={"o": office("news", calendar="c", duty={"day": 1, "night": 1})},
        )
    )
    assert values(rows, "publish", "jurisdiction", "warning") == [(1860, "o", "coast", None)]


def test_a_bulletin_is_no_report_to_the_superior(scenario: Build) -> None:
    """o tells only the public (1 dead); who has not reported has nothing to supplement (5 dead)."""
    rows = record(
        scenario(
            channels={"phone": {"kind": "phone", "time": "0 s"}},
            procedures={
                "news": on("noticed", {"publish": {"report": "bulletin", "time": "0 s"}}),
                "look": on("noticed", {"wait": {"time": "40 s"}}, {"verify": {"time": "0 s"}}),
                "more": on("changed", {"send": {"to": "superior", "channel": "phone"}}),
            },
            offices={"o": office("news", "look", "more", superior="p"), "p": office()},
            incidents=coming(
                at="0 s", course=[{"dead": 1}, {"after": "35 s", "dead": 5}], noticed={"o": "0 s"}
            ),
        )
    )
    assert values(rows, "publish", "dead") == [(0, "o", 1)]
    assert told(rows, "send") == []


@pytest.mark.parametrize(("dead", "level"), [(10, "II"), (3, "III")])
def test_a_response_of_level_two_stands_up_a_press_group_and_level_three_none(
    scenario: Build, dead: int, level: str
) -> None:
    press = on(
        {"event": "activated", "first": True},
        {"stand_up": {"group": "press", "by": "leader", "time": "60 s"}},
        {
            "repeat": {
                "times": 2,
                "steps": [
                    {"draft": {"report": "bulletin", "time": "30 s"}},
                    {"publish": {"channels": ["web"], "time": "10 s"}},
                ],
            }
        },
        {
            "publish": {
                "id": "findings",
                "report": "bulletin",
                "elements": ["progress", "measures", "precautions", "findings"],
                "time": "0 s",
            }
        },
        when={"level": ">= II"},
    )
    rows = record(
        scenario(
            procedures={
                "judge": on("noticed", {"grade": {"time": "0 s"}}),
                "act": on("confirmed", {"activate": {"time": "0 s"}}),
                "press": press,
            },
            offices={"o": office("judge", "act", "press")},
            incidents=coming(at="0 s", course=[{"dead": dead}], noticed={"o": "0 s"}),
        )
    )
    assert [r[EXTRA]["level"] for r in rows if r[1:3] == ("activate", "")] == [level]
    if level == "III":
        assert told(rows, "stand_up", "publish") == []
        return
    assert values(rows, "stand_up", "level") == [(60, "o", "II")]
    assert [r[OBJECT] for r in rows if r[1:3] == ("stand_up", "")] == ["press"]
    usual = "progress|measures|precautions"
    assert values(rows, "publish", "channel", "report", "elements", "dead") == [
        (100, "o", "web", "i/o/1", usual, 10),
        (140, "o", "web", "i/o/2", usual, 10),
        (140, "o", None, "i/o/2", usual, 10),
    ]


@pytest.fixture
def roll_call(scenario: Build) -> Callable[..., list[tuple]]:
    """The duty post of o (one officer, busy from 0 s on) is called at 20 s."""

    def run(busy: str = "0 s", duty: Any = 1, **more: Any) -> list[tuple]:
        call = {"at": "20 s", "to": ["o"], "kind": "roll_call", "time": "8 s"} | more
        return record(
            scenario(
                start="2026-03-01T17:00+08:00",
                calendars={"c": {"shifts": {"day": "08:00-18:00", "night": "18:00-08:00"}}},
                procedures={"look": on("noticed", {"verify": {"time": busy}})},
                offices={"o": office("look", calendar="c", duty=duty)},
                incidents=coming(at="0 s", noticed={"o": "0 s"}),
                injects={"call": call},
            )
        )

    return run


CALLS = ("inject", "roll_call", "try_failed", "answered", "missed")


def test_roll_call_answered_by_a_free_officer(roll_call: Callable[..., list[tuple]]) -> None:
    rows = roll_call(duty={"day": 3, "night": 1})
    assert told(rows, *CALLS) == [
        (20, "inject", "", "call", ""),
        (20, "roll_call asked", "o", "call", ""),
        (20, "roll_call started", "o", "o/duty/day-1", ""),
        (28, "roll_call ended", "o", "o/duty/day-1", "answering"),
        (28, "answered", "o", "call", ""),
    ]
    assert values(rows, "answered", "persons") == [(28, "o", 3)]
    calls = [k for k, r in enumerate(rows) if r[ACTIVITY] in CALLS]
    assert [rows[k][CAUSE] for k in calls] == [None, *calls[:-1]]


def test_roll_call_answered_at_the_second_call(roll_call: Callable[..., list[tuple]]) -> None:
    """Called at 20 s, again at 80 s; the officer is free at 100 s."""
    assert told(roll_call(busy="100 s"), *CALLS)[1:] == [
        (20, "roll_call asked", "o", "call", ""),
        (80, "try_failed", "o", "call", "waiting_person"),
        (80, "roll_call asked", "o", "call", ""),
        (100, "roll_call started", "o", "o/duty-1", "waiting_person"),
        (108, "roll_call ended", "o", "o/duty-1", "answering"),
        (108, "answered", "o", "call", ""),
    ]


def test_roll_call_missed_by_a_busy_officer(roll_call: Callable[..., list[tuple]]) -> None:
    rows = roll_call(busy="100 s", limit="30 s", tries=2)
    assert told(rows, *CALLS)[1:] == [
        (20, "roll_call asked", "o", "call", ""),
        (50, "try_failed", "o", "call", "waiting_person"),
        (50, "roll_call asked", "o", "call", ""),
        (80, "try_failed", "o", "call", "waiting_person"),
        (80, "missed", "o", "call", ""),
    ]
    assert values(rows, "missed", "persons", "reason") == [(80, "o", 1, "officer_busy")]


def test_roll_call_with_nobody_on_shift_is_missed(roll_call: Callable[..., list[tuple]]) -> None:
    """Only the night shift, from 18:00 on, has officers; it is 17:00."""
    rows = roll_call(duty={"day": 0, "night": 2})
    assert values(rows, "try_failed", "reason") == [(t, "o", "nobody") for t in (80, 140, 200)]
    assert values(rows, "missed", "persons", "reason") == [(200, "o", 0, "nobody")]


def test_roll_call_of_a_post_that_nobody_holds_is_missed(scenario: Build) -> None:
    call = {"at": "20 s", "to": "o", "kind": "roll_call", "tries": 1}
    rows = record(scenario(offices={"o": office(duty=0)}, injects={"call": call}))
    assert values(rows, "missed", "persons", "reason") == [(80, "o", 0, "nobody")]


def test_roll_call_under_way_at_the_end_of_the_record_is_open(
    roll_call: Callable[..., list[tuple]],
) -> None:
    """The night shift comes at 3600 s, the last second, and answers at once."""
    rows = roll_call(duty={"day": 0, "night": 2}, limit="2 h")
    assert told(rows, *CALLS, "open")[1:] == [
        (20, "roll_call asked", "o", "call", ""),
        (3600, "roll_call started", "o", "o/duty/night-1", "waiting_person"),
        (3600, "open", "o", "", "answering"),
    ]


def test_inspection_counts_each_post_against_the_roster(scenario: Build) -> None:
    rows = record(
        scenario(
            start="2026-03-01T17:00+08:00",
            calendars={"c": {"shifts": {"day": "08:00-18:00", "night": "18:00-08:00"}}},
            offices={
                "o": office(calendar="c", duty={"day": 2, "night": 1}),
                "p": office(calendar="c", duty={"night": 1}, leader={"night": 1}),
            },
            depots={"d": {"place": "here", "crew": 3, "procedures": []}},
            injects={
                "day": {"at": "10 min", "to": ["o", "p", "d"], "kind": "inspection"},
                "night": {"at": "70 min", "to": "p", "kind": "inspection"},
            },
        ),
        until=7200,
    )
    seen = [(r[TIME], r[OBJECT], r[EXTRA]) for r in rows if r[ACTIVITY] == "inspection"]
    assert seen == [
        (600, "o/duty", {"persons": 2}),
        (600, "o/leader", {"persons": 1}),
        (600, "p/duty", {"persons": 0, "reason": "nobody"}),
        (600, "p/leader", {"persons": 0, "reason": "nobody"}),
        (600, "d/crew", {"persons": 3}),
        (4200, "p/duty", {"persons": 1}),
        (4200, "p/leader", {"persons": 1}),
    ]


def test_an_inject_reaches_every_recipient_of_its_list(scenario: Build) -> None:
    rows = record(
        scenario(
            offices={"o": office(), "p": office()},
            incidents=coming(),
            injects={"s": signal(to=["o", "p"])},
        )
    )
    assert told(rows, "inject", "receive") == [
        (10, "inject", "", "s", ""),
        (10, "receive", "o", "", ""),
        (10, "inject", "", "s", ""),
        (10, "receive", "p", "", ""),
    ]
    assert values(rows, "receive", "message") == [(10, "o", "inject/s/o"), (10, "p", "inject/s/p")]


def test_who_is_on_call_or_in_a_break_is_not_at_the_post(scenario: Build) -> None:
    """Two in o, the second on call: one present of one.  p has a break: nobody of one."""
    hours = {"day": {"hours": "08:00-18:00", "breaks": ["12:00-12:30"]}}
    look = {"at": "10 min", "to": ["o", "p"], "kind": "inspection"}
    call = {"at": "10 min", "to": ["o", "p"], "kind": "roll_call", "time": "5 s", "tries": 1}
    rows = record(
        scenario(
            start="2026-03-02T12:00+08:00",
            calendars={"c": {"shifts": hours}},
            offices={
                "o": office(duty={"persons": 2, "on_call": "second"}, leader=0),
                "p": office(calendar="c", duty={"persons": {"day": 1}}, leader=0),
            },
            injects={"look": look, "call": call},
        )
    )
    seen = [(r[OBJECT], r[EXTRA]) for r in rows if r[ACTIVITY] == "inspection"]
    assert [entry for entry in seen if "duty" in entry[0]] == [
        ("o/duty", {"persons": 1}),
        ("p/duty", {"persons": 0, "reason": "nobody"}),
    ]
    assert values(rows, "answered", "persons") == [(605, "o", 1)]
    assert values(rows, "missed", "persons", "reason") == [(660, "p", 0, "nobody")]


def test_a_guest_on_call_is_rung_up_before_the_consultation(scenario: Build) -> None:
    meet = on(
        {"event": "received", "kind": ["signal"]}, {"consult": {"with": ["a"], "time": "5 s"}}
    )
    rows = record(
        scenario(
            procedures={"meet": meet},
            offices={
                "o": office("meet"),
                "a": office(duty={"persons": 1, "on_call": "always", "reach": "90 s"}),
            },
            incidents=feared(),
            injects={"s": signal()},
        )
    )
    assert [row[:3] + row[4:] for row in told(rows, "consult")] == [
        (10, "consult asked", "o", ""),
        (10, "consult started", "o", ""),
        (100, "consult started", "a", "waiting_person"),
        (105, "consult ended", "a", "consulting"),
        (105, "consult ended", "o", "consulting"),
    ]


SMS = {"sms": {"kind": "sms", "time": "5 s"}}
SEND = {"send": {"to": "village", "channel": "sms"}}


@pytest.mark.parametrize(("level", "gone"), [("red", True), ("orange", True), ("yellow", False)])
def test_who_is_warned_responds_by_the_level_that_he_is_told(
    scenario: Build, level: str, gone: bool
) -> None:
    """The signal calls for the level at 10 s, the village hears of it at 15 s."""
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "warn": on("received", {"draft": {"report": "warning", "time": "0 s"}}, SEND),
                "go": on("received", {"work": {"time": "60 s"}}, when={"warning": ">= orange"}),
            },
            offices={"o": office("warn"), "village": office("go", role="grassroots")},
            incidents=feared(),
            injects={"s": signal(warning=level)},
        )
    )
    assert values(rows, "receive", "kind", "warning") == [
        (10, "o", "signal", level),
        (15, "village", "warning", level),
    ]
    sent = [r[EXTRA].get("warning") for r in rows if r[1:3] == ("send", "ended")]
    assert sent == [level]
    assert bool(told(rows, "work")) is gone


def test_an_older_level_never_replaces_a_newer_one(scenario: Build) -> None:
    """o sends blue at 10 s over a slow channel, red at 20 s over a fast one: red stays."""

    def warn(level: str, channel: str) -> dict[str, Any]:
        draft = {"report": "warning", "time": "0 s", "warning": level}
        return on("started", {"draft": draft}, {"send": {"to": "village", "channel": channel}})

    rows = record(
        scenario(
            channels={
                "slow": {"kind": "courier", "time": "60 s"},
                "fast": {"kind": "sms", "time": "1 s"},
            },
            procedures={
                "both": on(
                    "received",
                    {"start": {"procedure": "low"}},
                    {"wait": {"time": "10 s"}},
                    {"start": {"id": "more", "procedure": "high"}},
                ),
                "low": warn("blue", "slow"),
                "high": warn("red", "fast"),
                "go": on("received", {"record": {"time": "0 s"}}, when={"warning": "red"}),
            },
            offices={
                "o": office("both", "low", "high", duty=2),
                "village": office("go", role="grassroots"),
            },
            incidents=feared(),
            injects={"s": signal()},
        )
    )
    assert values(rows, "receive", "warning")[1:] == [
        (21, "village", "red"),
        (70, "village", "blue"),
    ]
    assert [r[0] for r in told(rows, "record") if r[1] == "record asked"] == [21, 70]


def test_a_publication_may_change_the_level_of_the_draft_but_a_bulletin_has_none(
    scenario: Build,
) -> None:
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "warn": on(
                    "received",
                    {"draft": {"report": "warning", "time": "0 s"}},
                    {"publish": {"warning": "orange", "time": "0 s"}},
                    SEND,
                    {"draft": {"id": "news", "report": "bulletin", "time": "0 s"}},
                    {"publish": {"id": "out", "warning": "blue", "time": "0 s"}},
                )
            },
            offices={"o": office("warn"), "village": office(role="grassroots")},
            incidents=feared(),
            injects={"s": signal()},
        )
    )
    assert values(rows, "publish", "kind", "warning") == [
        (10, "o", "warning", "orange"),
        (15, "o", "bulletin", None),
    ]
    assert values(rows, "receive", "warning")[1:] == [(15, "village", "orange")]


DRAFT = {"draft": {"report": "warning", "time": "60 s"}}
REDRAFT = {"draft": {"id": "redraft", "report": "warning", "time": "40 s"}}


def reviewed(build: Build, **more: Any) -> Scenario:
    """A draft of 60 s, a review of 30 s by the chief, redrafts of 40 s, publication at once."""
    review = {"by": "chief", "time": "30 s", "steps": [REDRAFT]} | more
    out = {"publish": {"time": "0 s"}}
    warn = on({"event": "received", "kind": ["signal"]}, DRAFT, {"review": review}, out)
    return build(
        procedures={"warn": warn},
        offices={"o": office("warn", posts={"chief": 1})},
        incidents=feared(),
        injects={"s": signal()},
    )


def test_what_the_review_sends_back_is_drafted_anew_and_let_through_at_last(
    scenario: Build,
) -> None:
    """Always sent back, twice at most: 10 + 60 + 30 + 2 · (40 + 30) = 240 s."""
    rows = record(reviewed(scenario, sent_back=1, most=2))
    story = [r for r in rows if r[ACTIVITY] in ("review", "sent_back", "draft", "publish")]
    ends = [r for r in story if r[PHASE] in ("", "ended")]
    assert told(ends, "review", "sent_back", "draft", "publish") == [
        (70, "draft ended", "o", "o/duty-1", "drafting"),
        (100, "review ended", "o", "o/chief-1", "reviewing"),
        (100, "sent_back", "o", "", ""),
        (140, "draft ended", "o", "o/duty-1", "drafting"),
        (170, "review ended", "o", "o/chief-1", "reviewing"),
        (170, "sent_back", "o", "", ""),
        (210, "draft ended", "o", "o/duty-1", "drafting"),
        (240, "review ended", "o", "o/chief-1", "reviewing"),
        (240, "publish ended", "o", "o/duty-1", "publishing"),
        (240, "publish", "o", "", ""),
    ]
    chain = [rows.index(r) for r in story]
    assert [rows[k][CAUSE] for k in chain[1:]] == chain[:-1], "one unbroken chain"
    assert values(rows, "sent_back", "report") == [(100, "o", "i/o/1"), (170, "o", "i/o/2")]
    assert values(rows, "publish", "report") == [(240, "o", "i/o/3")]


def test_a_review_lets_through_what_it_does_not_send_back(scenario: Build) -> None:
    """The first is sent back, the second time not, by given numbers."""
    name = "office/o/warn/review/sent-back@inject/s"
    given = {(name, 0, 0): 1, (name, 0, 1): 0}
    rows = record(reviewed(scenario, sent_back=0.5, most=5), given=given)
    assert values(rows, "sent_back", "report") == [(100, "o", "i/o/1")]
    assert values(rows, "publish", "report") == [(170, "o", "i/o/2")]
    assert values(record(reviewed(scenario)), "publish", "report") == [(100, "o", "i/o/1")]


def test_how_often_a_draft_comes_back_closed_form(
    scenario: Build, many: Callable[..., Any]
) -> None:
    """p = 0.3, at most 2: 0, 1, 2 times with 0.7, 0.21, 0.09.

    4,000 replications; chi-square with 2 degrees of freedom, 18.42 has probability 1e-4.
    """
    plan = Plan(reviewed(scenario, sent_back=0.3, most=2))
    counts = [0, 0, 0]
    for rows in many(plan, 7, 4000, 3600):
        counts[sum(r[ACTIVITY] == "sent_back" for r in rows)] += 1
    expected = [2800, 840, 360]
    assert sum((n - e) ** 2 / e for n, e in zip(counts, expected, strict=True)) < 18.42


def test_a_warning_is_raised_and_lifted_and_those_told_know(scenario: Build) -> None:
    """Signals: yellow at 10 s, red at 100 s, all clear at 200 s."""
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "warn": on(
                    {"event": "received", "kind": ["signal"]},
                    {"publish": {"report": "warning", "time": "0 s"}},
                    SEND,
                ),
                "out": on("received", {"record": {"time": "0 s"}}, when={"warning": ">= red"}),
                "home": on("received", {"verify": {"time": "0 s"}}, when={"warning": "lifted"}),
            },
            offices={"o": office("warn"), "village": office("out", "home", role="grassroots")},
            incidents=feared(),
            injects={
                "a": signal(warning="yellow"),
                "b": signal(warning="red", at="100 s"),
                "c": signal(warning="lifted", at="200 s"),
            },
        )
    )
    levels = [(10, "o", "yellow"), (100, "o", "red"), (200, "o", "lifted")]
    assert values(rows, "publish", "warning") == levels
    assert [r[0] for r in told(rows, "record") if r[1] == "record asked"] == [105]
    assert [r[0] for r in told(rows, "verify") if r[1] == "verify asked"] == [205]
    table = warnings(to_log([("c", rows)], datetime(2026, 3, 1, tzinfo=UTC)))
    row = table.iloc[0]
    assert (row["warned"], row["lifted"], row["outcome"]) == (10, 200, "false")
    assert (row["warning"], row["highest"]) == ("yellow", "red")


def test_who_does_not_acknowledge_in_time_is_rung_up_one_by_one(scenario: Build) -> None:
    """One officer in o texts a, b, c (5 s each), waits 100 s for each, then rings (30 s, twice).

    a answers at once.  b is busy until 155 s: rung in vain from 120 s to 150 s, then takes the text
    (7 s), and is reached at 170 s.  At c there is nobody; o is free to ring there at 180 s.
    """

    def tell(to: str) -> list[dict[str, Any]]:
        ring = {"send": {"id": f"ring-{to}", "to": to, "channel": "phone"}}
        text = {"id": to, "to": to, "channel": "sms", "await_ack": "100 s", "tries": 1}
        return [{"send": text | {"else": [ring]}}]

    phone = {"kind": "phone", "time": "10 s", "ring": "30 s", "tries": 2, "pause": "20 s"}
    rows = record(
        scenario(
            channels=SMS | {"phone": phone},
            procedures={
                "warn": on(
                    {"event": "received", "kind": ["signal"]},
                    {"draft": {"report": "warning", "time": "0 s"}},
                    {"parallel": {"branches": {to: tell(to) for to in "abc"}}},
                ),
                "take": on("arrived", {"answer": {"time": "7 s"}}),
                "look": on("noticed", {"verify": {"time": "155 s"}}),
            },
            offices={"o": office("warn")}
            | {to: office("take", "look", duty=int(to != "c")) for to in "abc"},
            incidents=coming(at="0 s", noticed={"b": "0 s"}),
            injects={"s": signal()},
        )
    )
    story = ("send", "wait", "try_failed", "given_up", "acknowledge")
    found = [row for row in told(rows, *story) if not row[1].endswith("asked")]
    assert [(time, what, who, span) for time, what, who, _, span in found if who != "o"] == [
        (22, "acknowledge", "a", ""),
        (162, "acknowledge", "b", ""),
        (187, "acknowledge", "b", ""),
    ]
    to_c = [r for r in rows if r[ACTOR] == "o" and r[RECIPIENT] in ("b", "c")]
    for to, expected in {
        "b": [
            (15, "send started", "waiting_person"),
            (20, "send ended", "transmission"),
            (20, "wait started", ""),
            (120, "wait ended", "waiting_ack"),
            (120, "given_up", ""),
            (120, "send started", ""),
            (150, "try_failed", "waiting_person"),
            (180, "send ended", "transmission"),
        ],
        "c": [
            (20, "send started", "waiting_person"),
            (25, "send ended", "transmission"),
            (25, "wait started", ""),
            (125, "wait ended", "waiting_ack"),
            (125, "given_up", ""),
            (180, "send started", "waiting_person"),
            (210, "try_failed", "waiting_person"),
            (260, "try_failed", "waiting_person"),
            (260, "given_up", ""),
        ],
    }.items():
        mine = [r for r in to_c if r[RECIPIENT] == to and r[PHASE] != "asked"]
        told_of = [(r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[SPAN]) for r in mine]
        assert told_of == expected
    log = to_log([("c", rows)], datetime(2026, 3, 1, tzinfo=UTC))
    ends = fates(log).set_index("message")["fate"]
    assert ends.to_dict() == {
        "inject/s": "received",
        "i/o/1>a": "acknowledged",
        "i/o/1>b": "acknowledged",
        "i/o/1>b#2": "acknowledged",
        "i/o/1>c": "open",
        "i/o/1>c#2": "given_up",
    }


def test_an_inspection_comes_at_random_times_of_the_night(scenario: Build, many: Callable) -> None:
    """Uniform over 17:00 to 21:00, one officer until 18:00 and none after: he is there in a
    quarter of 2,000 drills, within 3.9 standard errors (error probability 1e-4).
    """
    made = scenario(
        start="2026-03-01T17:00+08:00",
        calendars={"c": {"shifts": {"day": "08:00-18:00"}}},
        offices={"o": office(calendar="c", duty={"day": 1}, leader={"day": 0})},
        injects={
            "check": {
                "at": {"uniform": {"low": "0 h", "high": "4 h"}},
                "to": "o",
                "kind": "inspection",
            }
        },
    )
    drills = list(many(Plan(made), 5, 2000, 5 * 3600))
    seen = [next(r for r in rows if r[1] == "inspection" and r[5] == "o/duty") for rows in drills]
    there = sum(row[EXTRA]["persons"] for row in seen) / len(seen)
    assert abs(there - 0.25) < 3.9 * (0.25 * 0.75 / len(seen)) ** 0.5
    assert all((row[EXTRA]["persons"] == 1) == (row[TIME] < 3600) for row in seen)
