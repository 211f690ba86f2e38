"""Reports after the first one, contradictions, mistakes: small drills worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model import Plan, sampler, simulate
from sim.model.simulate import run_world
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
SMS = {"sms": {"kind": "sms", "time": "0 s", "acknowledged": False}}
UP = {"send": {"to": "superior", "channel": "sms"}}
Build = Callable[..., Scenario]


def office(*procedures: str, **more: Any) -> dict[str, Any]:
    return {"role": "county_gov", "place": "here", "procedures": list(procedures)} | more


def on(event: Any, *steps: Any, **more: Any) -> dict[str, Any]:
    return {"on": event, "steps": list(steps)} | more


def fire(course: list[dict[str, Any]], **noticed: str) -> dict[str, Any]:
    return {"i": {"hazard": "fire", "place": "here", "course": course, "noticed": noticed}}


def record(scenario: Scenario, until: int = 7200, given: Any = None) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0, given), until)


def received(rows: list[tuple], actor: str) -> list[tuple]:
    """(time, kind, dead) of what an actor received."""
    return [
        (r[TIME], r[EXTRA]["kind"], r[EXTRA].get("dead"))
        for r in rows
        if r[ACTIVITY] == "receive" and r[ACTOR] == actor
    ]


def test_a_supplement_follows_when_a_reported_count_changes(scenario: Build) -> None:
    """Two rounds of verifying; only the one that finds another number is passed on."""
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "alarm": on("noticed", UP),
                "look": on(
                    "noticed",
                    {
                        "repeat": {
                            "times": 3,
                            "steps": [{"wait": {"time": "100 s"}}, {"verify": {"time": "0 s"}}],
                        }
                    },
                ),
                "supplement": on(
                    {"event": "changed", "fields": ["dead"]},
                    {"draft": {"report": "follow_up", "time": "10 s"}},
                    UP,
                ),
            },
            offices={"a": office("alarm", "look", "supplement", superior="b"), "b": office()},
            incidents=fire([{"dead": 1, "injured": 2}, {"after": "150 s", "dead": 3}], a="0 s"),
        )
    )
    assert received(rows, "b") == [(0, "initial", 1), (210, "follow_up", 3)]


def hengxian(scenario: Build, *before: Any, until: int = 7200) -> list[tuple]:
    """Three notices that disagree at 0, 780 and 4380 s; the truth is four dead."""
    return record(
        scenario(
            channels=SMS,
            procedures={
                "relay": on(
                    {"event": "received", "first": True}, {"wait": {"time": "900 s"}}, *before, UP
                )
            },
            offices={"county": office("relay", superior="city"), "city": office()},
            incidents=fire([{"dead": 4}], city="10 d"),
            injects={
                "first": {"at": "0 s", "incident": "i", "to": "county", "fields": {"dead": 4}},
                "second": {"at": "780 s", "incident": "i", "to": "county", "fields": {"dead": 2}},
                "third": {"at": "4380 s", "incident": "i", "to": "county", "fields": {"dead": 3}},
            },
        ),
        until=until,
    )


def test_send_at_once_passes_on_what_was_told_last(scenario: Build) -> None:
    assert received(hengxian(scenario), "city") == [(900, "initial", 2)]


def test_reconcile_first_is_right_and_later(scenario: Build) -> None:
    """900 s, one round of calls of 4000 s (the third notice comes meanwhile), a second round."""
    step = {"reconcile": {"fields": ["dead"], "time": "4000 s"}}
    rows = hengxian(scenario, step, until=9000)
    assert received(rows, "city") == [(8900, "initial", 4)]
    spans = [r[:3] for r in rows if r[ACTIVITY] == "reconcile"]
    assert spans == [
        (900, "reconcile", "asked"),
        (900, "reconcile", "started"),
        (4900, "reconcile", "ended"),
        (4900, "reconcile", "asked"),
        (4900, "reconcile", "started"),
        (8900, "reconcile", "ended"),
    ]


def test_sources_that_agree_cost_no_time(scenario: Build) -> None:
    step = {"reconcile": {"fields": ["injured"], "time": "4000 s"}}
    assert received(hengxian(scenario, step), "city") == [(900, "initial", 2)]


def exception(scenario: Build, draft: str, decide_at: str = "45 min") -> list[tuple]:
    """The detailed report takes `draft` and a sign-off of 10 min; the office reckons at 45 min."""
    return record(
        scenario(
            channels=SMS,
            procedures={
                "judge": on("noticed", {"grade": {"time": "0 s"}}),
                "detailed": on(
                    "confirmed",
                    {"draft": {"report": "detailed", "time": draft}},
                    {"sign": {"by": "leader", "time": "10 min"}},
                    UP,
                    when={"grade": ">= II"},
                ),
                "explain": on(
                    "confirmed",
                    {
                        "foresee": {
                            "procedure": "detailed",
                            "decide_at": decide_at,
                            "expected_after": "3 h",
                            "steps": [
                                {
                                    "draft": {
                                        "report": "explanation",
                                        "time": "5 min",
                                        "reason": "road cut, no contact with the site",
                                    }
                                },
                                UP,
                            ],
                        }
                    },
                    when={"grade": ">= II"},
                ),
            },
            offices={
                "city": office("judge", "detailed", "explain", superior="region", duty=2),
                "region": office(),
            },
            incidents=fire([{"dead": 12}], city="0 s"),
        ),
        until=5 * 3600,
    )


def test_the_exception_is_phoned_in_with_a_reason(scenario: Build) -> None:
    """At 45 min the draft of 4 h is still reckoned in full: 45 + 250 min > 3 h."""
    rows = exception(scenario, "4 h")
    assert [r[:2] for r in received(rows, "region")] == [(3000, "explanation"), (15000, "detailed")]
    reasons = [r[EXTRA].get("reason") for r in rows if r[ACTIVITY] == "receive"]
    assert reasons == ["road cut, no contact with the site", None]


def test_no_exception_where_the_report_will_be_in_time_or_is_through(scenario: Build) -> None:
    assert [r[1] for r in received(exception(scenario, "2 h"), "region")] == ["detailed"]
    assert [r[1] for r in received(exception(scenario, "20 min"), "region")] == ["detailed"]


def test_a_grade_is_judged_too_low_or_too_high_by_mistake(scenario: Build) -> None:
    stream = "office/o/judge/grade"

    def judged(mistake: int, low: int) -> list[str]:
        rows = record(
            scenario(
                procedures={"judge": on("noticed", {"grade": {"time": "0 s", "accuracy": 0.8661}})},
                offices={"o": office("judge")},
                incidents=fire([{"dead": 4}], o="0 s"),
            ),
            given={
                (f"{stream}/mistake@incident/i", 0, 0): mistake,
                (f"{stream}/too-low@incident/i", 0, 0): low,
            },
        )
        return [r[EXTRA]["grade"] for r in rows if r[ACTIVITY] == "confirm"]

    assert judged(0, 1) == ["III"]
    assert judged(1, 1) == ["IV"]
    assert judged(1, 0) == ["II"]


def test_the_published_accuracy_of_grading_comes_out_within_its_binomial_limits(
    scenario: Build,
) -> None:
    """Accuracy 0.8661 in 2,000 replications: ± 3.9 standard errors, error probability 1e-4."""
    from sim.model import BLOCK, Sampler, Streams

    plan = Plan(
        scenario(
            procedures={"judge": on("noticed", {"grade": {"time": "0 s", "accuracy": 0.8661}})},
            offices={"o": office("judge")},
            incidents=fire([{"dead": 4}], o="0 s"),
        )
    )
    right = count = 0
    for block in range(8):
        streams = Streams(20, block)
        for column in range(BLOCK):
            rows = simulate(plan, Sampler(streams, column), 10)
            right += next(r[EXTRA]["grade"] for r in rows if r[ACTIVITY] == "confirm") == "III"
            count += 1
    assert abs(right / count - 0.8661) < 3.9 * (0.8661 * 0.1339 / count) ** 0.5


def test_the_daily_report_goes_out_at_its_time_until_the_response_ends(scenario: Build) -> None:
    """Start at 08:00; county at 9:00, every day; the response ends on the second day at 12:00."""
    rows = record(
        scenario(
            start="2026-03-01T08:00+08:00",
            channels=SMS,
            procedures={
                "judge": on("noticed", {"grade": {"time": "0 s"}}),
                "act": on("confirmed", {"activate": {"time": "0 s"}}),
                "daily": on(
                    {"event": "time", "at": ["09:00"]},
                    {"draft": {"report": "daily", "time": "60 s"}},
                    UP,
                    when={"level": ">= IV"},
                ),
                "end": on(
                    "activated",
                    {"wait": {"time": "28 h"}},
                    {"terminate": {"time": "0 s", "by": "leader"}},
                ),
                "final": on("terminated", {"draft": {"report": "final", "time": "30 min"}}, UP),
            },
            offices={
                "county": office("judge", "act", "daily", "end", "final", superior="city"),
                "city": office(),
            },
            incidents=fire([{"dead": 4}], county="0 s"),
        ),
        until=3 * 86400,
    )
    day, hour = 86400, 3600
    assert [r[:2] for r in received(rows, "city")] == [
        (hour + 60, "daily"),
        (day + hour + 60, "daily"),
        (28 * hour + 1800, "final"),
    ]
    clock = [r for r in rows if r[ACTIVITY] == "clock"]
    assert [r[TIME] for r in clock] == [hour, day + hour, 2 * day + hour]
    assert all(r[CAUSE] is None for r in clock), "the calendar is a root"


def test_outside_sources_and_a_report_that_skips_a_level(scenario: Build) -> None:
    """A relative tells the city; the village reports past the county to the city as well."""
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "alarm": on(
                    "noticed", UP, {"send": {"id": "skip", "to": "city", "channel": "sms"}}
                ),
                "call": on("noticed", {"send": {"to": "city", "channel": "sms"}}),
            },
            offices={
                "village": office("alarm", superior="county") | {"role": "grassroots"},
                "relative": office("call") | {"role": "public"},
                "county": office(superior="city"),
                "city": office() | {"role": "city_gov"},
            },
            incidents=fire([{"dead": 1}], village="60 s", relative="20 s"),
        )
    )
    assert [(r[TIME], r[ACTOR], r[EXTRA]["message"]) for r in rows if r[ACTIVITY] == "receive"] == [
        (20, "city", "i/relative/1>city"),
        (60, "county", "i/village/1>county"),
        (60, "city", "i/village/1>city"),
    ]


def test_regraded_after_five_hours_new_duties_begin(scenario: Build) -> None:
    """One dead, grade IV; from 5 h = 18 000 s eleven dead, grade II.  One officer, one leader.

    Rounds of 30 min waiting, 10 min verifying, 2 min grading begin at 60 + 2520 n.  Round 6
    verifies until 17 580 and still sees one dead; round 7 begins at 17 700, verifies from 19 500
    until 20 100, grades until 20 220.  The change must be told (draft 10 min) and was asked for
    first; the detailed report (draft 20 min, sign 5 min) follows, the officer sends between.
    """
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "judge": on(
                    "noticed",
                    {"grade": {"time": "2 min"}},
                    {"draft": {"report": "initial", "time": "5 min"}},
                    UP,
                ),
                "keep": on(
                    "noticed",
                    {
                        "repeat": {
                            "times": 20,
                            "until": {"grade": ">= II"},
                            "steps": [
                                {"wait": {"time": "30 min"}},
                                {"verify": {"time": "10 min"}},
                                {"grade": {"time": "2 min"}},
                            ],
                        }
                    },
                ),
                "supplement": on(
                    {"event": "changed", "fields": ["dead"]},
                    {"draft": {"report": "follow_up", "time": "10 min"}},
                    UP,
                ),
                "detailed": on(
                    "confirmed",
                    {"draft": {"report": "detailed", "time": "20 min"}},
                    {"sign": {"by": "leader", "time": "5 min"}},
                    UP,
                    when={"grade": ">= II"},
                ),
                "respond": on(
                    "confirmed",
                    {"activate": {"by": "leader", "time": "6 min"}},
                    when={"grade": ">= II"},
                ),
            },
            offices={
                "a": office("judge", "keep", "supplement", "detailed", "respond", superior="b"),
                "b": office(),
            },
            incidents=fire([{"dead": 1}, {"after": "5 h", "dead": 11}], a="60 s"),
        ),
        until=8 * 3600,
    )
    duty, leader = "a/duty-1", "a/leader-1"
    met = [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[OBJECT], r[SPAN])
        for r in rows
        if r[ACTOR] == "a" and r[TIME] >= 20_100
    ]
    assert met == [
        (20_100, "verify ended", duty, "verifying"),
        (20_100, "grade asked", "", ""),
        (20_100, "grade started", duty, ""),
        (20_100, "draft asked", "", ""),  # the supplement
        (20_220, "grade ended", duty, "deciding"),
        (20_220, "confirm", "", ""),
        (20_220, "draft asked", "", ""),  # the detailed report
        (20_220, "respond", "general-plan", ""),  # ledger: the office acts on the plan
        (20_220, "activate asked", "", ""),
        (20_220, "activate started", leader, ""),
        (20_220, "draft started", duty, "waiting_person"),
        (20_580, "activate ended", leader, "deciding"),
        (20_580, "activate", "general-plan", ""),
        (20_820, "draft ended", duty, "drafting"),
        (20_820, "send asked", "", ""),
        (20_820, "draft started", duty, "waiting_person"),
        (22_020, "draft ended", duty, "drafting"),
        (22_020, "sign asked", "", ""),
        (22_020, "sign started", leader, ""),
        (22_020, "send started", duty, "waiting_person"),
        (22_020, "send ended", duty, "transmission"),
        (22_320, "sign ended", leader, "signing"),
        (22_320, "send asked", "", ""),
        (22_320, "send started", duty, ""),
        (22_320, "send ended", duty, "transmission"),
    ]
    confirmed = [(r[TIME], r[EXTRA]["grade"]) for r in rows if r[ACTIVITY] == "confirm"]
    assert confirmed == [(180, "IV"), (20_220, "II")]
    assert received(rows, "b") == [
        (480, "initial", 1),
        (22_020, "follow_up", 11),
        (22_320, "detailed", 11),
    ]
    grades = [r[EXTRA]["grade"] for r in rows if r[ACTIVITY] == "receive"]
    assert grades == ["IV", "II", "II"]
    level = next(r for r in rows if r[ACTIVITY] == "activate" and not r[PHASE])
    assert level[EXTRA] == {"level": "II", "grade": "II"}
    begun = next(r for r in rows if r[TIME] == 20_220 and r[1:3] == ("draft", "asked"))
    assert rows[begun[CAUSE]][ACTIVITY] == "confirm"


def test_zero_reports_go_out_every_day_though_nothing_is_known_or_changes(scenario: Build) -> None:
    """Start at 08:00.  The city saw the fire and notifies both counties at 08:00; east has nobody
    hurt on record ever, west sees one dead at 11:00.  Both report at 09:00, drafting for 60 s.
    """
    daily = {"draft": {"report": "daily", "zero": ["dead", "missing"], "time": "60 s"}}
    rows = record(
        scenario(
            start="2026-03-01T08:00+08:00",
            channels=SMS,
            procedures={
                "tell": on(
                    "noticed",
                    {"send": {"id": "east", "to": "east", "channel": "sms", "report": "notice"}},
                    {"send": {"id": "west", "to": "west", "channel": "sms", "report": "notice"}},
                ),
                "daily": on({"event": "time", "at": ["09:00"]}, daily, UP),
            },
            offices={
                "city": office("tell"),
                "east": office("daily", superior="city"),
                "west": office("daily", superior="city"),
                "north": office("daily", superior="city"),  # nobody tells it of the fire
            },
            incidents=fire([{}, {"after": "3 h", "dead": 1}], city="0 s", west="3 h"),
        ),
        until=2 * 86400,
    )
    day, at = 86400, 3660
    told = [
        (r[TIME], r[EXTRA]["message"].split("/")[1], r[EXTRA].get("dead"), r[EXTRA].get("missing"))
        for r in rows
        if r[ACTIVITY] == "receive" and r[ACTOR] == "city"
    ]
    assert told == [
        (at, "east", 0, 0),
        (at, "west", 0, 0),
        (day + at, "east", 0, 0),
        (day + at, "west", 1, 0),
    ]
    zeros = [r for r in rows if r[1:3] == ("draft", "ended") and r[EXTRA]]
    assert [(r[TIME], r[ACTOR], r[EXTRA]) for r in zeros] == [
        (at, "east", {"dead": 0, "missing": 0}),
        (at, "west", {"dead": 0, "missing": 0}),
    ], "stated once; from then on they are what the office holds to be so"


def test_a_zero_never_replaces_what_is_known(scenario: Build) -> None:
    """One dead is known, of the missing nothing: only these are stated as none."""
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "say": on("noticed", {"draft": {"zero": ["dead", "missing"], "time": "60 s"}}, UP)
            },
            offices={"a": office("say", superior="b"), "b": office()},
            incidents=fire([{"dead": 1}], a="0 s"),
        )
    )
    heard = next(r for r in rows if r[ACTIVITY] == "receive")
    assert (heard[TIME], heard[EXTRA]["dead"], heard[EXTRA]["missing"]) == (60, 1, 0)


def test_a_zero_of_one_who_knows_nothing_replaces_nothing_elsewhere(scenario: Build) -> None:
    """The city is told of two dead; the county's zeros of an hour later leave that as it is."""
    daily = {"draft": {"report": "daily", "zero": ["dead", "missing"], "time": "60 s"}}
    told = {"incident": "i", "kind": "notice"}
    world = run_world(
        Plan(
            scenario(
                channels=SMS,
                procedures={"daily": on("inject", daily, UP)},
                offices={"city": office(), "east": office("daily", superior="city")},
                incidents=fire([{}]),
                injects={
                    "city": told | {"to": "city", "at": "0 s", "fields": {"dead": 2}},
                    "east": told | {"to": "east", "at": "1 h"},
                },
            )
        ),
        sampler(1, 0),
        7200,
    )
    assert world.dossier("east", "i").fields == {"dead": 0, "missing": 0}
    assert world.dossier("city", "i").fields == {"dead": 2, "missing": 0}


def test_regraded_down_when_the_injured_were_counted_twice(scenario: Build) -> None:
    """Sixty injured: grade II.  From 1 h on eight: grade IV, at 3600 + 600 +
    120 s; the response is lowered with it and a correction goes up.
    """
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "judge": on("noticed", {"grade": {"time": "2 min"}}, UP),
                "again": on(
                    {"event": "noticed"},
                    {"wait": {"time": "1 h"}},
                    {"verify": {"time": "10 min"}},
                    {"grade": {"time": "2 min"}},
                ),
                "respond": on("confirmed", {"activate": {"by": "leader", "time": "60 s"}}),
                "correct": on(
                    {"event": "changed", "fields": ["injured"]},
                    {"draft": {"report": "follow_up", "time": "5 min"}},
                    UP,
                ),
            },
            offices={
                "a": office("judge", "again", "respond", "correct", superior="b", duty=2),
                "b": office(),
            },
            incidents=fire([{"injured": 60}, {"after": "1 h", "injured": 8}], a="0 s"),
        )
    )
    confirmed = [(r[TIME], r[EXTRA]["grade"]) for r in rows if r[ACTIVITY] == "confirm"]
    assert confirmed == [(120, "II"), (4320, "IV")]
    levels = [
        (r[TIME], r[EXTRA]["level"], r[EXTRA].get("reason"))
        for r in rows
        if r[ACTIVITY] == "activate" and not r[PHASE]
    ]
    assert levels == [(180, "II", None), (4380, "IV", "lowered")]
    heard = [
        (r[TIME], r[EXTRA]["kind"], r[EXTRA]["grade"], r[EXTRA]["injured"])
        for r in rows
        if r[ACTIVITY] == "receive"
    ]
    assert heard == [(120, "initial", "II", 60), (4500, "follow_up", "IV", 8)]


def test_of_many_first_sources_the_earliest_starts_the_relay(scenario: Build) -> None:
    """The press at 5 min, the neighbouring county at 4, a relative at 3, a caller of 12345 at 2
    (the hotline takes 60 s to pass it on), the unit at 10: the county relays the hotline's
    at 180 s, once, and learns the rest.
    """
    tell = {"send": {"to": "county", "channel": "sms", "report": "initial"}}
    rows = record(
        scenario(
            channels=SMS,
            procedures={
                "tell": on("noticed", tell),
                "ring": on("noticed", {"send": {"to": "12345", "channel": "sms"}}),
                "pass-on": on({"event": "received"}, {"record": {"time": "60 s"}}, tell),
                "relay": on(
                    {"event": "received", "kind": ["initial"], "first": True},
                    {"draft": {"report": "initial", "time": "4 min"}},
                    UP,
                ),
            },
            offices={
                "press": office("tell") | {"role": "press"},
                "neighbour": office("tell") | {"role": "county_gov"},
                "relative": office("tell") | {"role": "public"},
                "caller": office("ring") | {"role": "public"},
                "12345": office("pass-on") | {"role": "county_dept"},
                "unit": office("tell") | {"role": "unit"},
                "county": office("relay", superior="city"),
                "city": office() | {"role": "city_gov"},
            },
            incidents=fire(
                [{"dead": 1}, {"after": "200 s", "dead": 2}],
                press="5 min",
                neighbour="4 min",
                relative="3 min",
                caller="2 min",
                unit="10 min",
            ),
        )
    )
    heard = [(r[TIME], r[EXTRA]["message"].split("/")[1]) for r in rows if r[1] == "receive"]
    assert heard == [
        (120, "caller"),
        (180, "relative"),
        (180, "12345"),
        (240, "neighbour"),
        (300, "press"),
        (420, "county"),
        (600, "unit"),
    ]
    assert received(rows, "city") == [(420, "initial", 2)], "what was learned while drafting"
