"""Limits that cannot be met: the least time by hand, just above and just below every bound."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from sim.lint import lint
from sim.lint.house import House
from sim.lint.obligations import Duty, Obligations
from sim.rules import load_pack
from sim.scenario import Scenario
from tests.lint.least_twin import measured

DATA: dict[str, Any] = {
    "yanlian": 1,
    "start": "2026-03-01T08:00+08:00",
    "horizon": "24 h",
    "places": {"p": {"at": [108.0, 24.0]}, "q": {"at": [108.0, 24.5]}},
    "links": {"pq": {"from": "p", "to": "q", "length": "60 km"}},
    "channels": {
        "phone": {"kind": "phone", "time": "2 min", "fallback": "fax"},
        "fax": {"kind": "fax", "time": "5 min"},
    },
    "procedures": {
        "alarm": {
            "on": "noticed",
            "steps": [
                {"draft": {"time": "4 min"}},
                {"send": {"to": "superior", "channel": "phone"}},
            ],
        },
        "take": {"on": "arrived", "steps": [{"answer": {"time": "3 min"}}]},
        "relay": {
            "on": {"event": "received", "kind": ["initial"], "first": True},
            "steps": [
                {"verify": {"time": "7 min"}},
                {"grade": {"time": "1 min"}},
                {"draft": {"time": "10 min"}},
                {"sign": {"by": "leader", "time": "20 min"}},
                {"send": {"to": "superior", "channel": "phone"}},
            ],
        },
        "team-response": {"on": "ordered", "steps": ["travel"]},
    },
    "offices": {
        "works": {"role": "unit", "place": "p", "superior": "city", "procedures": ["alarm"]},
        "city": {
            "role": "city_gov",
            "place": "p",
            "superior": "region",
            "procedures": ["take", "relay"],
        },
        "region": {"role": "region_gov", "place": "p", "procedures": ["take"]},
    },
    "incidents": {
        "i": {
            "hazard": "fire",
            "place": "q",
            "course": [{"dead": 12}],
            "noticed": {"works": "5 min"},
        }
    },
}
DIRECTIVE = load_pack("guangxi-2012-65")


def with_steps(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The same with other steps of the city before it sends."""
    data = deepcopy(DATA)
    send = {"send": {"id": "up", "to": "superior", "channel": "phone"}}
    data["procedures"]["relay"]["steps"] = [*steps, send]
    return data


def minutes(data: dict[str, Any], reading: str, rule: str = "GX-02-city") -> float:
    """The least time of the city's duty by the linter."""
    house = House(Scenario.model_validate(data))
    found = Obligations(house, DIRECTIVE).least(Duty(rule, "i", "city"), reading)
    return found.time / 60


def sentences(data: dict[str, Any], pack: str = "guangxi-2012-65") -> list[tuple[str, str, str]]:
    return [
        (w.severity, w.path, w.en)
        for w in lint(Scenario.model_validate(data), pack=load_pack(pack))
        if w.check == "short_limits"
    ]


GRADE = {"grade": {"time": "1 min"}}
DRAFT = {"draft": {"time": "10 min"}}


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("confirm", 10 + 20 + 2 + 3),
        ("receive", 7 + 1 + 10 + 20 + 2 + 3),
        ("occur", 5 + 4 + 2 + 3 + 7 + 1 + 10 + 20 + 2 + 3),
    ],
)
def test_the_path_by_hand_for_every_reading(reading: str, expected: int) -> None:
    assert minutes(DATA, reading) == expected


FIVE, NINE = {"wait": {"id": "a", "time": "5 min"}}, {"wait": {"id": "b", "time": "9 min"}}
TWO, THREE = {"wait": {"id": "c", "time": "2 min"}}, {"wait": {"id": "d", "time": "3 min"}}

NOTICE = {"to": "other", "channel": "phone", "report": "notice"}


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"parallel": {"branches": {"x": [FIVE], "y": [NINE], "z": [TWO, THREE]}}}, 9),
        ({"parallel": {"branches": {"x": [FIVE], "y": [NINE]}, "until": "first"}}, 5),
        ({"parallel": {"branches": {"x": [FIVE], "y": [NINE], "z": [TWO]}, "until": 2}}, 5),
        ({"repeat": {"times": 3, "steps": [FIVE]}}, 15),
        ({"repeat": {"times": 3, "steps": [FIVE], "until": {"dead": ">= 1"}}}, 0),
        ({"wait_for": {"event": "received", "timeout": "6 min", "else": [FIVE]}}, 0),
        ({"wait_for": {"event": "activated", "timeout": "6 min", "else": [FIVE]}}, 11),
        ({"review": {"time": "5 min", "sent_back": 0.5, "steps": [NINE]}}, 5),
        ({"verify": {"time": "5 min", "interrupted": "drop"}}, 0),
        (
            {
                "verify": {
                    "time": {"triangular": {"low": "5 min", "mode": "6 min", "high": "9 min"}}
                }
            },
            5,
        ),
        ({"verify": {"time": {"lognormal": {"median": "5 min", "p90": "9 min"}}}}, 0),
        ({"verify": {"time": "5 min", "by_visit": {}}}, 60 + 5),
        ({"verify": {"time": "5 min", "by_visit": {"way": "8 min", "time": "1 min"}}}, 9),
        ({"verify": {"time": "5 min", "by_call": {"to": "works", "channel": "phone"}}}, 5),
        ({"send": NOTICE}, 2),
        ({"send": NOTICE | {"await_ack": "9 min"}}, 5),
        ({"send": NOTICE | {"await_ack": "1 min"}}, 3),
        ({"send": NOTICE | {"confirm": "phone"}}, 4),
        ({"consult": {"with": ["region"], "time": "4 min"}}, 4),
        ({"start": {"procedure": "alarm"}}, 0),
    ],
)
def test_every_kind_of_step_between_confirmation_and_report(step: Any, expected: float) -> None:
    """By hand: 60 km at the default speed of 60 km/h are 60 min; 2 min a call, 3 min to answer."""
    data = with_steps([GRADE, step, DRAFT])
    data["offices"]["other"] = {"role": "city_dept", "place": "p", "procedures": ["take"]}
    data["policies"] = {"travel": {"speed": "60 km/h"}}
    assert minutes(data, "confirm") == pytest.approx(expected + 10 + 2 + 3, abs=1e-9)


def test_a_fallback_may_be_quicker_than_the_channel_that_is_down() -> None:
    """The phone takes 30 min; it is down all day, and the fax takes 5: as in the drill itself."""
    data = deepcopy(DATA)
    phone = {"kind": "phone", "time": "30 min", "fallback": "fax"}
    data["channels"]["phone"] = phone
    assert minutes(data, "confirm") == 10 + 20 + 30 + 3
    phone["outages"] = [{"from": "0 s", "for": "48 h"}]
    assert minutes(data, "confirm") == 10 + 20 + 5 + 3
    found = dict(measured(Scenario.model_validate(data), [DIRECTIVE]))
    assert found[DIRECTIVE.id, "GX-02-city", "i", "city", "confirm"] == 60 * (10 + 20 + 5 + 3)
    phone |= {"tries": 3, "pause": "4 min"}
    assert minutes(data, "confirm") == 10 + 20 + 2 * 4 + 5 + 3
    phone |= {"switch": "90 min"}
    assert minutes(data, "confirm") == 10 + 20 + 30 + 3


def test_what_is_waited_for_comes_when_somebody_brings_it() -> None:
    """The city waits for a second report, 50 min after the first: as in the drill itself."""
    data = with_steps([GRADE, {"wait_for": {"event": "received", "kinds": ["follow_up"]}}, DRAFT])
    again = {"send": {"id": "again", "to": "superior", "channel": "phone", "report": "follow_up"}}
    alarm = data["procedures"]["alarm"]["steps"]
    alarm += [{"wait": {"time": "50 min"}}, again]
    came = 5 + 4 + 2 + 50 + 2 + 3
    assert minutes(data, "occur") == came + 10 + 2 + 3
    found = dict(measured(Scenario.model_validate(data), [DIRECTIVE]))
    assert found[DIRECTIVE.id, "GX-02-city", "i", "city", "occur"] == 60 * (came + 10 + 2 + 3)


def test_a_team_that_reports_from_the_site() -> None:
    """It turns out in 2 min, musters in 6, drives 60 km and calls the city, which calls on."""
    data = deepcopy(DATA)
    data["policies"] = {"travel": {"speed": "60 km/h"}}
    data["procedures"]["relay"]["steps"] = [{"dispatch": {"skills": ["fire"], "time": "1 min"}}]
    data["procedures"]["team-response"]["steps"] = [
        {"alert": {"time": "2 min"}},
        {"muster": {"time": "6 min"}},
        "travel",
        {"send": {"to": "city", "channel": "phone", "report": "follow_up"}},
    ]
    data["procedures"]["onward"] = {
        "on": {"event": "received", "kind": ["follow_up"]},
        "steps": [{"send": {"to": "superior", "channel": "phone", "report": "situation"}}],
    }
    data["offices"]["city"]["procedures"].append("onward")
    data["teams"] = {"brigade": {"base": "p", "skills": ["fire"], "strength": 8}}
    told = 5 + 4 + 2 + 3 + 1 + 2 + 6 + 60 + 2 + 3
    assert minutes(data, "occur") == told + 2 + 3
    assert minutes(data, "receive") == told - (5 + 4 + 2 + 3) + 2 + 3


def signed(seconds: int) -> dict[str, Any]:
    """The city takes so long to sign; drafting, calling and answering take 15 min more."""
    sign = {"sign": {"by": "leader", "time": f"{seconds} s"}}
    return with_steps([{"verify": {"time": "7 min"}}, GRADE, DRAFT, sign])


def test_one_second_more_than_the_limit_cannot_be_met() -> None:
    """2 h from the confirmation: 105 min for the signature are just possible, 1 s more is not."""
    (told,) = [s for s in sentences(signed(105 * 60 + 1)) if "GX-02-city" in s[2]]
    assert told == (
        "warning",
        "procedures.relay",
        "GX-02-city of guangxi-2012-65 cannot be met by any staffing: city has 120 min from its "
        "confirmation of the grade, and it takes at least 120 min even if nobody ever waits: city: "
        "relay/draft 10 min, relay/sign 105 min, relay/up → region 2 min; region: takes it down "
        "3 min; the longest step is city relay/sign",
    )
    (told,) = [s for s in sentences(signed(105 * 60)) if "GX-02-city" in s[2]]
    assert told[0] == "hint"
    assert "can hardly be met" in told[2]
    assert "(100 %)" in told[2]


def test_at_85_percent_of_the_limit_it_can_hardly_be_met_and_just_below_nothing_is_said() -> None:
    """102 min are 85 % of 2 h: 87 min for the signature."""
    assert "can hardly be met" in sentences(signed(87 * 60))[0][2]
    below = signed(87 * 60 - 1)
    assert [s for s in sentences(below) if "confirmation" in s[2]] == []


def test_by_another_reading_than_the_one_that_counts_it_is_a_hint() -> None:
    """80 min to verify are before the confirmation, but after the first notice."""
    data = signed(20 * 60)
    data["procedures"]["relay"]["steps"][0] = {"verify": {"time": "85 min"}}
    ((severity, path, text),) = [s for s in sentences(data) if "GX-02-city" in s[2]]
    assert (severity, path) == ("hint", "procedures.relay")
    assert "from the occurrence" in text
    assert text.endswith("the longest step is city relay/verify")


def test_with_medians_over_the_limit_it_will_usually_be_missed() -> None:
    """The signature takes 106 min in the middle, but may take no time at all."""
    data = signed(0)
    time = {"lognormal": {"median": "106 min", "p90": "150 min"}}
    data["procedures"]["relay"]["steps"][3]["sign"]["time"] = time
    ((severity, _, text),) = [s for s in sentences(data) if "GX-02-city" in s[2]]
    assert severity == "hint"
    assert "will usually be missed" in text
    assert "it takes 121 min" in text
    time["lognormal"]["median"] = "104 min"
    assert sentences(data) == []


def test_a_grade_that_is_never_reached_makes_no_duty() -> None:
    """2 dead are ordinary (IV): no limit of the directive applies."""
    data = signed(300 * 60)
    assert sentences(data) != []
    data["incidents"]["i"]["course"] = [{"dead": 2}]
    assert sentences(data) == []


def test_what_another_duty_excuses_is_none_as_long_as_that_one_can_be_met() -> None:
    """Details take 4 h instead of 3; an explanation within 1 h excuses them, one after it not."""
    data = deepcopy(DATA)
    confirmed = {"event": "confirmed", "first": True}
    send = {"send": {"to": "superior", "channel": "phone"}}
    details = {"draft": {"report": "detailed", "time": "4 h"}}
    excuse = {"draft": {"report": "explanation", "reason": "r", "time": "50 min"}}
    data["procedures"]["relay"]["steps"][2]["draft"]["elements"] = ["time", "place", "nature"]
    data["procedures"]["details"] = {"on": confirmed, "steps": [details, send]}
    data["procedures"]["excuse"] = {"on": confirmed, "steps": [excuse, send]}
    data["offices"]["city"]["procedures"] += ["details", "excuse"]
    data["procedures"]["relay"]["steps"][2]["draft"]["report"] = "initial"
    assert [s[2][:5] for s in sentences(data) if "cannot" in s[2]] == []
    excuse["draft"]["time"] = "56 min"
    told = [s[2].partition(" ")[0] for s in sentences(data) if "cannot" in s[2]]
    assert told == ["GX-03", "GX-04"]


def test_a_report_that_may_go_out_before_the_clock_starts_is_not_short_of_time() -> None:
    """Who may send before he judges the grade is early, however long he takes afterwards."""
    data = signed(300 * 60)
    data["procedures"]["relay"]["steps"].insert(
        0, {"send": {"id": "at-once", "to": "superior", "channel": "phone"}}
    )
    assert minutes(data, "confirm") == float("-inf")
    assert [s for s in sentences(data) if "GX-02" in s[2]] == []


def test_who_judges_once_starts_his_clock_then_or_never() -> None:
    """Judged wrongly there is no duty; who judges again may have reported before it begins."""
    data = signed(300 * 60)
    data["procedures"]["relay"]["steps"][1]["grade"]["accuracy"] = 0.9
    assert minutes(data, "confirm") == 10 + 300 + 2 + 3
    ((severity, _, text),) = [s for s in sentences(data) if "GX-02" in s[2]]
    assert severity == "warning"
    again = {"on": "changed", "steps": [{"grade": {"time": "1 min"}}]}
    data["procedures"]["again"] = again
    data["offices"]["city"]["procedures"].append("again")
    assert minutes(data, "confirm") == float("-inf")
    ((severity, _, text),) = [s for s in sentences(data) if "GX-02" in s[2]]
    assert severity == "hint"
    assert text.endswith("(unless a later rise of the grade begins the duty)")


def test_a_draft_that_is_dropped_lets_the_older_report_go_out() -> None:
    """The details may go out at once under their old name: then no 70 min are needed."""
    fetch = {"draft": {"id": "x", "report": "detailed", "time": "5 min"}}
    late = {"draft": {"report": "explanation", "reason": "r", "time": "70 min"}}
    data = with_steps([GRADE, fetch, late])
    assert minutes(data, "confirm", "GX-03") == float("inf")
    late["draft"]["interrupted"] = "drop"
    assert minutes(data, "confirm", "GX-03") == 5 + 2 + 3


def test_of_steps_of_ones_own_making_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.scenario.steps.sign import Sign

    assert sentences(signed(300 * 60)) != []
    monkeypatch.setattr(Sign, "__module__", "mine")
    assert sentences(signed(300 * 60)) == []


def test_what_exercise_control_tells_late_is_a_step_of_the_path() -> None:
    """Nobody notices it; the city is told after 2 h and reports 43 min later."""
    data = deepcopy(DATA)
    data["incidents"]["i"] |= {"noticed": {}, "at": "1 h"}
    data["injects"] = {"k": {"at": "3 h", "incident": "i", "to": "city", "kind": "initial"}}
    assert minutes(data, "occur") == 120 + 7 + 1 + 10 + 20 + 2 + 3
    ((severity, path, text),) = sentences(data)
    assert (severity, path) == ("hint", "injects.k")
    assert "city: the inject k comes after 120 min, relay/verify 7 min" in text
    data["injects"]["k"]["at"] = "30 min"  # before it occurs: nothing can be said
    assert minutes(data, "occur") == -30 + 7 + 1 + 10 + 20 + 2 + 3
    assert sentences(data) == []


def test_another_pack_has_other_limits() -> None:
    """1 h from the unit to the county in order 493 and the plan of 2006; none in the directive."""
    data = deepcopy(DATA)
    data["offices"]["city"]["role"] = "county_gov"
    data["procedures"]["alarm"]["steps"][0]["draft"]["time"] = "56 min"
    ((severity, path, text),) = sentences(data, "guangxi-general-2006")
    assert (severity, path) == ("warning", "procedures.alarm")
    assert text.startswith("GP-unit of guangxi-general-2006 cannot be met")


def test_a_mark_of_the_pack_is_no_limit() -> None:
    """At once: the directive names no number, the pack marks what takes longer than 30 min."""
    data = deepcopy(DATA)
    data["procedures"]["alarm"]["steps"][0]["draft"]["time"] = "26 min"
    ((severity, _, text),) = sentences(data)
    assert severity == "hint"
    assert text.startswith("GX-05-unit-gov")
    assert text.endswith("(the text names no limit; this is the pack's own mark)")
