"""Calendars, posts and interruption: records worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
DAY_NIGHT = {"day": "08:00-18:00", "night": "18:00-08:00"}
LOOK = {"on": "noticed", "steps": [{"verify": {"time": "90 min"}}]}


def noticed(*delays: str) -> dict[str, Any]:
    """Incidents i, j, k, … that the county notices after these delays."""
    one = {"hazard": "fire", "place": "here", "course": [{"injured": 1}]}
    return {
        key: one | {"noticed": {"county": delay}}
        for key, delay in zip("ijkl", delays, strict=False)
    }


def county(*procedures: str, **more: Any) -> dict[str, Any]:
    return {"county": {"role": "county_gov", "procedures": list(procedures)} | more}


def record(scenario: Scenario, until: int, given: dict[Any, int] | None = None) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0, given), until)


def work(rows: list[tuple], *activities: str) -> list[tuple]:
    """(time, incident, activity phase, officer, span) of these activities' rows."""
    return [
        (
            r[TIME],
            r[INCIDENT],
            f"{r[ACTIVITY]} {r[PHASE]}".strip(),
            r[OBJECT].removeprefix("county/"),
            r[SPAN],
        )
        for r in rows
        if r[ACTIVITY] in activities
    ]


def shifts(rows: list[tuple]) -> list[tuple]:
    """(time, what, shift, until) of the calendar's rows for the post of duty."""
    return [
        (r[TIME], r[ACTIVITY], r[EXTRA]["reason"], r[EXTRA].get("until"))
        for r in rows
        if r[ACTIVITY].startswith(("shift_", "break_")) and r[OBJECT] == "county/duty"
    ]


def shift_change(scenario: Build, *, hours: dict | None = None, **post: Any) -> list[tuple]:
    """A verification of 90 min begins an hour before the day shift ends at second 3600."""
    step = {"time": "90 min"} | ({"interrupted": post.pop("step")} if "step" in post else {})
    return record(
        scenario(
            start="2026-03-02T17:00+08:00",
            calendars={"c": {"shifts": hours or DAY_NIGHT}},
            procedures={"look": LOOK | {"steps": [{"verify": step}]}},
            offices=county(
                "look", calendar="c", duty={"persons": {"day": 1, "night": 1}} | post, leader=0
            ),
            incidents=noticed("0 s"),
        ),
        until=20_000,
    )


BEFORE = [
    (0, "i", "verify asked", "", ""),
    (0, "i", "verify started", "duty/day-1", ""),
]


def test_at_the_end_of_the_shift_finish(scenario: Build) -> None:
    rows = shift_change(scenario, at_end="finish")
    assert work(rows, "verify") == [*BEFORE, (5400, "i", "verify ended", "duty/day-1", "verifying")]


@pytest.mark.parametrize(
    ("post", "ended"),
    [
        ({"at_end": "hand_over"}, 5400),
        ({"at_end": "hand_over", "step": "restart"}, 5400),  # what is handed over is not lost
        ({"at_end": "hand_over", "step": "drop"}, 5400),
        ({"at_end": "pre_empt"}, 5400),
        ({"at_end": "pre_empt", "step": "restart"}, 9000),
    ],
)
def test_at_the_end_of_the_shift_the_next_one_goes_on(
    scenario: Build, post: dict, ended: int
) -> None:
    rows = shift_change(scenario, **post)
    assert work(rows, "verify") == [
        *BEFORE,
        (3600, "i", "verify interrupted", "duty/day-1", "verifying"),
        (3600, "i", "verify resumed", "duty/night-1", "waiting_person"),
        (ended, "i", "verify ended", "duty/night-1", "verifying"),
    ]
    stopped, resumed = (
        next(k for k, r in enumerate(rows) if r[PHASE] == phase)
        for phase in ("interrupted", "resumed")
    )
    assert rows[stopped][EXTRA] == {"reason": "off_shift"}
    assert rows[resumed][CAUSE] == stopped
    assert rows[rows[resumed][HELD]][:2] == (3600, "shift_begin")


def test_at_the_end_of_the_shift_dropped(scenario: Build) -> None:
    rows = shift_change(scenario, at_end="pre_empt", step="drop")
    assert work(rows, "verify", "cancelled") == [
        *BEFORE,
        (3600, "i", "verify interrupted", "duty/day-1", "verifying"),
        (3600, "i", "cancelled", "", ""),
    ]
    assert rows[-1][ACTIVITY] != "open"


def shared_officer(scenario: Build, step: str = "resume", **rules: Any) -> list[tuple]:
    """Liu holds the duty of county and town until 18:00 = 3600; the county has a night officer.

    He verifies i for the county from 0 s (90 min); the town's verification of k (10 min) waits
    for him from 600 s on.
    """
    look = {"verify": {"time": "90 min", "interrupted": step}}
    seen = {"hazard": "fire", "place": "here", "course": [{"injured": 1}]}
    return record(
        scenario(
            start="2026-03-02T17:00+08:00",
            calendars={"c": {"shifts": DAY_NIGHT}},
            people={
                "liu": {"posts": ["county/duty", "town/duty"], "calendar": "c", "shifts": ["day"]}
                | rules
            },
            procedures={
                "look": LOOK | {"steps": [look]},
                "short": {"on": "noticed", "steps": [{"verify": {"time": "10 min"}}]},
            },
            offices=county("look", calendar="c", duty={"night": 1})
            | {"town": {"role": "township_gov", "duty": 0, "procedures": ["short"]}},
            incidents=noticed("0 s") | {"k": seen | {"noticed": {"town": "10 min"}}},
        ),
        until=86_400,
    )


SHARED = [
    (0, "i", "verify asked", "", ""),
    (0, "i", "verify started", "liu", ""),
    (600, "k", "verify asked", "", ""),
]
NEXT_DAY = [  # the town has nobody but Liu: from 08:00 = second 54 000
    (54_000, "k", "verify started", "liu", "waiting_person"),
    (54_600, "k", "verify ended", "liu", "verifying"),
]


def test_a_shared_officer_finishes_and_takes_nothing_new_elsewhere(scenario: Build) -> None:
    assert work(shared_officer(scenario), "verify") == [
        *SHARED,
        (5400, "i", "verify ended", "liu", "verifying"),
        *NEXT_DAY,
    ]


@pytest.mark.parametrize(
    ("rules", "step", "ended"),
    [
        ({"at_end": "hand_over"}, "restart", 5400),  # what is handed over is not lost
        ({"at_end": "pre_empt"}, "resume", 5400),
        ({"at_end": "pre_empt"}, "restart", 9000),
    ],
)
def test_the_shift_of_a_shared_officer_ends_in_the_middle_of_verifying(
    scenario: Build, rules: dict, step: str, ended: int
) -> None:
    rows = shared_officer(scenario, step, **rules)
    assert work(rows, "verify") == [
        *SHARED,
        (3600, "i", "verify interrupted", "liu", "verifying"),
        (3600, "i", "verify resumed", "duty/night-1", "waiting_person"),
        (ended, "i", "verify ended", "duty/night-1", "verifying"),
        *NEXT_DAY,
    ]
    stopped = next(r for r in rows if r[PHASE] == "interrupted")
    assert stopped[EXTRA] == {"reason": "off_shift"}


def test_a_shared_officer_gets_tired_at_all_his_posts(scenario: Build) -> None:
    """On duty since second -32 400 (08:00); tired after 9 h = second 0 on: times 1.5."""
    fatigue = {"after": "9 h", "factor": 1.5, "source": "assumed"}
    rows = shared_officer(scenario, fatigue=fatigue)
    assert work(rows, "verify")[-3:] == [
        (8100, "i", "verify ended", "liu", "verifying"),
        *NEXT_DAY,  # fresh again
    ]


def test_a_shared_officers_rules_leave_those_of_the_post_alone(scenario: Build) -> None:
    """The county's own post says that nobody answers; Liu's rules do not change that."""
    made = scenario(
        calendars={"c": {"shifts": DAY_NIGHT}},
        people={"liu": {"posts": ["county/duty"], "at_end": "hand_over"}},
        offices=county(calendar="c", duty={"persons": 1, "answers": 0.0}),
    )
    assert Plan(made).posts["county/duty"].answers == 0.0


def test_work_that_ends_with_the_shift_is_done(scenario: Build) -> None:
    rows = record(
        scenario(
            start="2026-03-02T17:00+08:00",
            calendars={"c": {"shifts": DAY_NIGHT}},
            procedures={"look": {"on": "noticed", "steps": [{"verify": {"time": "1 h"}}]}},
            offices=county(
                "look",
                calendar="c",
                duty={"persons": {"day": 1, "night": 1}, "at_end": "pre_empt"},
            ),
            incidents=noticed("0 s"),
        ),
        until=4000,
    )
    assert work(rows, "verify")[-1] == (3600, "i", "verify ended", "duty/day-1", "verifying")


def test_in_the_minutes_of_handover_the_leaving_shift_takes_nothing_new(scenario: Build) -> None:
    """Day until 18:00 = 3600, hands over until 18:10 = 4200; the night comes at 18:05."""
    hours = {
        "day": {"hours": "08:00-18:00", "handover": "10 min"},
        "night": "18:05-08:00",
    }
    rows = record(
        scenario(
            start="2026-03-02T17:00+08:00",
            calendars={"c": {"shifts": hours}},
            procedures={"look": LOOK},
            offices=county(
                "look",
                calendar="c",
                duty={"persons": {"day": 2, "night": 1}, "at_end": "hand_over"},
                leader=0,
            ),
            incidents=noticed("0 s", "61 min"),
        ),
        until=16_000,
    )
    assert shifts(rows)[:3] == [
        (0, "shift_begin", "day", 4200),
        (3900, "shift_begin", "night", 3600 + 14 * 3600),
        (4200, "shift_end", "day", None),
    ]
    assert work(rows, "verify") == [
        (0, "i", "verify asked", "", ""),
        (0, "i", "verify started", "duty/day-1", ""),
        (3660, "j", "verify asked", "", ""),
        (3900, "j", "verify started", "duty/night-1", "waiting_person"),  # day-2 is idle, but goes
        (4200, "i", "verify interrupted", "duty/day-1", "verifying"),
        (9300, "j", "verify ended", "duty/night-1", "verifying"),
        (9300, "i", "verify resumed", "duty/night-1", "waiting_person"),
        (9300 + 1200, "i", "verify ended", "duty/night-1", "verifying"),
    ]


def test_in_a_break_nobody_takes_anything_new(scenario: Build) -> None:
    """Break 12:00 to 12:30, second 3600 to 5400; what was begun before is finished first."""
    hours = {"day": {"hours": "08:00-18:00", "breaks": ["12:00-12:30"]}}
    rows = record(
        scenario(
            start="2026-03-02T11:00+08:00",
            calendars={"c": {"shifts": hours}},
            procedures={"look": {"on": "noticed", "steps": [{"verify": {"time": "10 min"}}]}},
            offices=county("look", calendar="c", duty={"day": 1}),
            incidents=noticed("55 min", "62 min"),
        ),
        until=7200,
    )
    assert shifts(rows) == [
        (0, "shift_begin", "day", 25_200),
        (3600, "break_begin", "day", 5400),
        (5400, "break_end", "day", None),
    ]
    assert work(rows, "verify") == [
        (3300, "i", "verify asked", "", ""),
        (3300, "i", "verify started", "duty/day-1", ""),
        (3720, "j", "verify asked", "", ""),
        (3900, "i", "verify ended", "duty/day-1", "verifying"),
        (5400, "j", "verify started", "duty/day-1", "waiting_person"),
        (6000, "j", "verify ended", "duty/day-1", "verifying"),
    ]


def test_a_drill_that_begins_in_a_break_and_a_break_past_midnight(scenario: Build) -> None:
    hours = {"night": {"hours": "22:00-06:00", "breaks": ["00:30-01:00", "03:00-03:30"]}}
    rows = record(
        scenario(
            start="2026-03-02T00:45+08:00",
            calendars={"c": {"shifts": hours}},
            offices=county(calendar="c", duty={"night": 1}),
        ),
        until=4 * 3600,
    )
    assert shifts(rows) == [
        (0, "shift_begin", "night", 5 * 3600 + 900),
        (0, "break_begin", "night", 900),
        (900, "break_end", "night", None),
        (8100, "break_begin", "night", 9900),
        (9900, "break_end", "night", None),
    ]


def test_roster_of_workdays_weekends_holidays_and_shifted_workdays(scenario: Build) -> None:
    """Thursday 1 October 2026 and Friday are free; Saturday the 10th is worked instead."""
    rows = record(
        scenario(
            start="2026-09-30T00:00+08:00",
            calendars={
                "c": {
                    "holidays": ["2026-10-01", "2026-10-02"],
                    "workdays": ["2026-10-10"],
                    "shifts": {
                        "office": {"hours": "08:00-18:00", "days": ["workday"]},
                        "weekend": {"hours": "09:00-17:00", "days": ["weekend"]},
                        "feast": {"hours": "00:00-24:00", "days": ["holiday"]},
                        "drill": {"hours": "10:00-11:00", "days": ["fri"]},
                    },
                }
            },
            offices=county(calendar="c", duty={"office": 1, "weekend": 1, "feast": 2, "drill": 1}),
        ),
        until=12 * 86_400,
    )
    begins = [(r[0] / 86_400, r[2]) for r in shifts(rows) if r[1] == "shift_begin"]
    office, weekend, drill = 8 / 24, 9 / 24, 10 / 24
    assert begins == [
        (0 + office, "office"),  # Wednesday 30 September
        (1, "feast"),
        (2, "feast"),
        (2 + drill, "drill"),  # a Friday, holiday or not
        (3 + weekend, "weekend"),
        (4 + weekend, "weekend"),
        *((day + office, "office") for day in (5, 6, 7, 8, 9)),
        (9 + drill, "drill"),
        (10 + office, "office"),  # Saturday 10 October, worked
        (11 + weekend, "weekend"),
    ]


def test_who_is_on_call_signs_after_he_was_reached(scenario: Build) -> None:
    """In the house until 18:00 = 3600, at home afterwards: 600 s to reach him."""
    sign = {"on": "noticed", "steps": [{"sign": {"by": "leader", "time": "2 min"}}]}
    rows = record(
        scenario(
            start="2026-03-02T17:00+08:00",
            calendars={"c": {"shifts": DAY_NIGHT}},
            procedures={"look": sign},
            offices=county(
                "look",
                calendar="c",
                leader={
                    "persons": {"day": 1, "night": 1},
                    "on_call": ["night"],
                    "reach": {"exponential": {"mean": "10 min"}},
                },
            ),
            incidents=noticed("10 s", "3700 s", "3800 s"),
        ),
        until=7200,
        given={(f"office/county/look/sign/reach@incident/{i}", 0, 0): 600 for i in "jk"},
    )
    assert work(rows, "sign", "wait") == [
        (10, "i", "sign asked", "", ""),
        (10, "i", "sign started", "leader/day-1", ""),
        (130, "i", "sign ended", "leader/day-1", "signing"),
        (3700, "j", "sign asked", "", ""),
        (3800, "k", "sign asked", "", ""),
        (4300, "j", "sign started", "leader/night-1", "waiting_person"),
        (4420, "j", "sign ended", "leader/night-1", "signing"),
        (4420, "k", "wait ended", "leader/night-1", "waiting_person"),
        (5020, "k", "sign started", "leader/night-1", "waiting_person"),
        (5140, "k", "sign ended", "leader/night-1", "signing"),
    ]
    notes = {r[EXTRA]["reason"]: r[EXTRA].get("note") for r in rows if r[OBJECT] == "county/leader"}
    assert notes == {"day": None, "night": "on_call"}


def test_a_deputy_on_call_is_rung_only_when_the_main_officer_is_busy(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={"look": {"on": "noticed", "steps": [{"verify": {"time": "100 s"}}]}},
            offices=county("look", duty={"persons": 2, "on_call": "second", "reach": "30 s"}),
            incidents=noticed("0 s", "10 s", "120 s"),
        ),
        until=3600,
    )
    assert work(rows, "verify") == [
        (0, "i", "verify asked", "", ""),
        (0, "i", "verify started", "duty-1", ""),
        (10, "j", "verify asked", "", ""),
        (40, "j", "verify started", "duty-2", "waiting_person"),
        (100, "i", "verify ended", "duty-1", "verifying"),
        (120, "k", "verify asked", "", ""),
        (120, "k", "verify started", "duty-1", ""),
        (140, "j", "verify ended", "duty-2", "verifying"),
        (220, "k", "verify ended", "duty-1", "verifying"),
    ]


def test_who_is_tired_takes_longer_from_that_hour_on(scenario: Build) -> None:
    """Shift from second -3600; tired after 2 h = second 3600: work begun then takes 1.5 times."""
    fatigue = {"after": "2 h", "factor": 1.5, "source": "assumed"}
    rows = record(
        scenario(
            start="2026-03-02T09:00+08:00",
            calendars={"c": {"shifts": DAY_NIGHT}},
            procedures={"look": {"on": "noticed", "steps": [{"verify": {"time": "101 s"}}]}},
            offices=county("look", calendar="c", duty={"persons": {"day": 1}, "fatigue": fatigue}),
            incidents=noticed("0 s", "3599 s", "1 h"),
        ),
        until=7200,
    )
    ended = [(r[TIME], r[INCIDENT]) for r in rows if r[:3][1:] == ("verify", "ended")]
    # k begins when j is done, at 3700, and takes 151.5 s, rounded half up.
    assert ended == [(101, "i"), (3700, "j"), (3852, "k")]


def urgent_call(
    scenario: Build, *delays: str, step: str = "resume", duty: Any = 1, routine: str = "100 s"
) -> list[tuple]:
    """Routine verifying (priority 5) of i, urgent recording (priority 1, 30 s) of j and k."""
    return record(
        scenario(
            procedures={
                "routine": {
                    "on": {"event": "noticed", "incident": ["i"]},
                    "interruptible": True,
                    "steps": [
                        {"verify": {"time": routine, "interrupted": step}},
                        {"draft": {"time": "7 s"}},
                    ],
                },
                "urgent": {
                    "on": {"event": "noticed", "incident": ["j", "k"]},
                    "priority": 1,
                    "steps": [{"record": {"time": "30 s"}}],
                },
            },
            offices=county("routine", "urgent", duty=duty),
            incidents=noticed("0 s", *delays),
        ),
        until=3600,
    )


@pytest.mark.parametrize(("step", "ended"), [("resume", 130), ("restart", 170)])
def test_more_urgent_work_interrupts(scenario: Build, step: str, ended: int) -> None:
    rows = urgent_call(scenario, "40 s", step=step)
    assert work(rows, "verify", "record") == [
        (0, "i", "verify asked", "", ""),
        (0, "i", "verify started", "duty-1", ""),
        (40, "j", "record asked", "", ""),
        (40, "i", "verify interrupted", "duty-1", "verifying"),
        (40, "j", "record started", "duty-1", ""),
        (70, "j", "record ended", "duty-1", "recording"),
        (70, "i", "verify resumed", "duty-1", "waiting_person"),
        (ended, "i", "verify ended", "duty-1", "verifying"),
    ]
    stopped = next(r for r in rows if r[PHASE] == "interrupted")
    assert stopped[EXTRA] == {"reason": "urgent"}
    resumed = next(r for r in rows if r[PHASE] == "resumed")
    assert rows[resumed[HELD]][:3] == (70, "record", "ended")


def test_more_urgent_work_interrupts_and_the_step_is_dropped(scenario: Build) -> None:
    rows = urgent_call(scenario, "40 s", step="drop")
    assert work(rows, "verify", "record", "cancelled", "draft")[3:] == [
        (40, "i", "verify interrupted", "duty-1", "verifying"),
        (40, "j", "record started", "duty-1", ""),
        (40, "i", "cancelled", "", ""),
        (40, "i", "draft asked", "", ""),
        (70, "j", "record ended", "duty-1", "recording"),
        (70, "i", "draft started", "duty-1", "waiting_person"),
        (77, "i", "draft ended", "duty-1", "drafting"),
    ]


def test_work_that_ends_in_this_very_second_is_not_interrupted(scenario: Build) -> None:
    """Routine work until 40, urgent work asked for at 40; it is served before the next step."""
    rows = urgent_call(scenario, "40 s", routine="40 s")
    assert work(rows, "verify", "record", "draft") == [
        (0, "i", "verify asked", "", ""),
        (0, "i", "verify started", "duty-1", ""),
        (40, "j", "record asked", "", ""),
        (40, "i", "verify ended", "duty-1", "verifying"),
        (40, "i", "draft asked", "", ""),
        (40, "j", "record started", "duty-1", "waiting_person"),
        (70, "j", "record ended", "duty-1", "recording"),
        (70, "i", "draft started", "duty-1", "waiting_person"),
        (77, "i", "draft ended", "duty-1", "drafting"),
    ]


def test_a_second_urgent_request_goes_before_the_interrupted_one(scenario: Build) -> None:
    """k asks at 70, the second in which j's work ends and i's could be resumed."""
    rows = urgent_call(scenario, "40 s", "70 s")
    assert work(rows, "verify", "record")[-6:] == [
        (70, "k", "record asked", "", ""),
        (70, "j", "record ended", "duty-1", "recording"),
        (70, "k", "record started", "duty-1", "waiting_person"),
        (100, "k", "record ended", "duty-1", "recording"),
        (100, "i", "verify resumed", "duty-1", "waiting_person"),
        (160, "i", "verify ended", "duty-1", "verifying"),
    ]


def test_an_idle_colleague_is_taken_before_anybody_is_interrupted(scenario: Build) -> None:
    rows = urgent_call(scenario, "40 s", "50 s", duty=2)
    assert work(rows, "verify", "record") == [
        (0, "i", "verify asked", "", ""),
        (0, "i", "verify started", "duty-1", ""),
        (40, "j", "record asked", "", ""),
        (40, "j", "record started", "duty-2", ""),
        (50, "k", "record asked", "", ""),
        (50, "i", "verify interrupted", "duty-1", "verifying"),
        (50, "k", "record started", "duty-1", ""),
        (70, "j", "record ended", "duty-2", "recording"),
        (70, "i", "verify resumed", "duty-2", "waiting_person"),
        (80, "k", "record ended", "duty-1", "recording"),
        (120, "i", "verify ended", "duty-2", "verifying"),
    ]


def test_priority_by_the_grade_that_the_officer_knows(scenario: Build) -> None:
    """Grade III (3 dead) is known of j, nothing of k, which was noticed first; both wait for i."""
    rows = record(
        scenario(
            procedures={
                "look": {
                    "on": "noticed",
                    "priority": {"default": 5, "III": 2},
                    "steps": [{"grade": {"time": "10 s"}}, {"verify": {"time": "100 s"}}],
                }
            },
            offices=county("look", duty=1),
            incidents={
                "i": noticed("0 s")["i"],
                "k": noticed("1 s")["i"],
                "j": noticed("2 s")["i"] | {"course": [{"dead": 3}]},
            },
        ),
        until=3600,
    )
    started = [(r[TIME], r[INCIDENT], r[ACTIVITY]) for r in rows if r[PHASE] == "started"]
    # i is graded 0-10 and asks again behind k and j, as k does after it; j, once graded, asks
    # before both of them and keeps the officer.
    assert started == [
        (0, "i", "grade"),
        (10, "k", "grade"),
        (20, "j", "grade"),
        (30, "j", "verify"),
        (130, "i", "verify"),
        (230, "k", "verify"),
    ]


RECORD, VERIFY, GRADE = ({kind: {"time": "30 s"}} for kind in ("record", "verify", "grade"))
RELAYS = {
    "one step after the other": [RECORD, VERIFY, GRADE],
    "two branches, then a step": [
        {"parallel": {"branches": {"a": [RECORD], "b": [VERIFY]}}},
        GRADE,
    ],
    "the last step in a procedure of its own": [RECORD, VERIFY, {"start": {"procedure": "rest"}}],
}


def relay_and_call(scenario: Build, relay: list[Any], call: int) -> list[tuple]:
    """One officer; a relay of priority 2 from 0 s on; a call of 7 s comes at 50 s."""
    rows = record(
        scenario(
            procedures={
                "relay": {"on": "noticed", "priority": 2, "steps": relay},
                "rest": {"on": "activated", "priority": 2, "steps": [GRADE]},
                "call": {"on": "called", "priority": call, "steps": [{"serve": {"time": "7 s"}}]},
            },
            offices=county("relay", "rest", duty=1),
            incidents=noticed("0 s"),
            background={"c": {"to": "county", "gap": {"constant": "50 s"}, "procedure": "call"}},
        ),
        until=99,
    )
    return [(r[TIME], r[INCIDENT], f"{r[ACTIVITY]} {r[PHASE]}") for r in rows if done(r)]


def done(row: tuple) -> bool:
    work = row[ACTIVITY] in ("record", "verify", "grade", "serve")
    return work and row[PHASE] in ("started", "ended")


@pytest.mark.parametrize("relay", RELAYS.values(), ids=RELAYS.keys())
def test_routine_call_gets_the_officer_after_the_last_step_of_an_urgent_relay(
    scenario: Build, relay: list[Any]
) -> None:
    """The call waits from 50 on; at 60 the relay lets the officer go and asks for him again."""
    assert relay_and_call(scenario, relay, 8) == [
        (0, "i", "record started"),
        (30, "i", "record ended"),
        (30, "i", "verify started"),
        (60, "i", "verify ended"),
        (60, "i", "grade started"),
        (90, "i", "grade ended"),
        (90, "", "serve started"),
        (97, "", "serve ended"),
    ]


@pytest.mark.parametrize("relay", RELAYS.values(), ids=RELAYS.keys())
def test_of_equal_priority_who_asked_first_gets_the_officer(
    scenario: Build, relay: list[Any]
) -> None:
    """The call asked at 50, the relay for its last step at 60; both are of priority 2."""
    assert relay_and_call(scenario, relay, 2)[4:] == [
        (60, "", "serve started"),
        (67, "", "serve ended"),
        (67, "i", "grade started"),
        (97, "i", "grade ended"),
    ]
