"""Who may send whom, and who must ask: small drills worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.log import order_fates, to_log
from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
# Ten kilometres of road at 36 km/h take 1000 s.
ROADS = {
    "places": {key: {"at": [108.0, 24.0]} for key in ("here", "near", "far")},
    "links": {
        "short": {"from": "here", "to": "near", "length": "10 km"},
        "long": {"from": "near", "to": "far", "length": "10 km"},
    },
}
RESPONSE = {
    "on": "ordered",
    "steps": [{"alert": {"time": "60 s"}}, "travel", {"work": {"time": "10 min"}}, "return"],
}
PHONE = {"kind": "phone", "time": "60 s"}
ANSWER = {"on": "arrived", "steps": [{"answer": {"time": "30 s"}}]}
SUPPORT = {
    "on": {"event": "received", "kind": ["support_request"]},
    "steps": [
        {"dispatch": {"as_asked": True, "time": "5 min"}},
        {"send": {"to": "sender", "channel": "phone"}},
    ],
}


def team(base: str, superior: str | None = None, skill: str = "boat") -> dict[str, Any]:
    made: dict[str, Any] = {"base": base, "skills": [skill], "strength": 6, "speed": "36 km/h"}
    return made | ({"superior": superior} if superior else {})


def office(role: str, *procedures: str, **more: Any) -> dict[str, Any]:
    return {"role": role, "place": "here", "duty": 2, "procedures": ["answer", *procedures]} | more


def drill(scenario: Build, teams: dict[str, Any], ask: dict[str, Any], **more: Any) -> list[tuple]:
    """Run a county that needs boats at once and asks for them by `ask`."""
    step = {"ask_support": {"skills": ["boat"], "channel": "phone", "time": "0 s"} | ask}
    beside = {"neighbours": more.pop("neighbours")} if "neighbours" in more else {}
    built = scenario(
        **ROADS,
        channels={"phone": PHONE | more.pop("phone", {})},
        procedures={
            "answer": ANSWER,
            "ask": {"on": "noticed", "steps": [step, {"record": {"time": "0 s"}}]},
            "support": SUPPORT,
            "team-response": RESPONSE,
        },
        offices={
            "city": office("city_gov", "support"),
            "county": office("county_gov", "ask", superior="city", **beside),
            "beside": office("county_gov", "support", superior="city"),
            "other": office("county_gov", "support"),
            "army": office("military", "support"),
        },
        teams=teams,
        incidents={
            "i": {"hazard": "flood", "place": "near", "course": [{}], "noticed": {"county": "0 s"}}
        },
        **more,
    )
    return simulate(Plan(built), sampler(1, 0), 7200)


def told(rows: list[tuple], *activities: str) -> list[tuple]:
    """(time, activity phase, actor, recipient) of these activities' rows."""
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[RECIPIENT])
        for r in rows
        if r[ACTIVITY] in activities
    ]


def test_a_request_upward_is_declined_and_the_county_beside_it_sends_a_team(
    scenario: Build,
) -> None:
    rows = drill(
        scenario,
        {"fire": team("here", "city", "fire"), "other-boat": team("far", "other")},
        {"to": ["superior", "neighbours"]},
        neighbours=["other"],
    )
    # 60 s of call, 30 s taking it down, 5 min of decision, and the answer the same way: 480 s.
    # The other county belongs to another city: the city above may not order its boat.
    assert told(rows, "ask_support", "order", "receive", "wait", "given_up", "arrive") == [
        (0, "ask_support asked", "county", ""),
        (0, "ask_support started", "county", ""),
        (0, "ask_support ended", "county", ""),
        (60, "wait started", "county", "city"),
        (90, "receive", "city", ""),
        (480, "receive", "county", ""),
        (480, "wait ended", "county", "city"),
        (540, "wait started", "county", "other"),
        (570, "receive", "other", ""),
        (870, "order asked", "other", ""),
        (870, "order ended", "other", "other-boat"),
        (960, "receive", "county", ""),
        (960, "wait ended", "county", "other"),
        (1930, "arrive", "other-boat", ""),
    ]
    answers = [r[EXTRA] for r in rows if r[ACTIVITY] == "receive" and r[ACTOR] == "county"]
    assert [(a["kind"], a.get("quantity", 0), a.get("reason", "")) for a in answers] == [
        ("support_answer", 0, "no_authority"),
        ("support_answer", 1, ""),
    ]
    order = next(r for r in rows if r[1:3] == ("order", "asked"))
    assert order[EXTRA] == {"reason": "boat", "note": "county"}


def test_an_office_above_sends_the_team_of_the_county_beside(scenario: Build) -> None:
    rows = drill(
        scenario,
        {"fire": team("here", "city", "fire"), "beside-boat": team("far", "beside")},
        {"to": ["superior", "neighbours"]},
    )
    # The city may order the boats of the county below it.
    assert told(rows, "ask_support", "order", "wait", "given_up", "arrive") == [
        (0, "ask_support asked", "county", ""),
        (0, "ask_support started", "county", ""),
        (0, "ask_support ended", "county", ""),
        (60, "wait started", "county", "city"),
        (390, "order asked", "city", ""),
        (390, "order ended", "city", "beside-boat"),
        (480, "wait ended", "county", "city"),
        (1450, "arrive", "beside-boat", ""),
    ]


def test_declined_upward_then_sideways_then_the_army(scenario: Build) -> None:
    teams = {"army-boat": team("near", "army"), "army-boat-2": team("near", "army")}
    rows = drill(scenario, teams, {"to": ["superior", "neighbours", "army"], "number": 3})
    waits = [r for r in rows if r[ACTIVITY] == "wait" and r[PHASE] == "ended"]
    assert [(r[TIME], r[RECIPIENT], r[EXTRA]["quantity"]) for r in waits] == [
        (480, "city", 0),
        (960, "beside", 0),
        (1440, "army", 2),
    ]
    answers = [r for r in rows if r[ACTIVITY] == "receive" and r[ACTOR] == "county"]
    assert [(r[EXTRA].get("quantity"), r[EXTRA].get("reason")) for r in answers] == [
        (None, "no_authority"),
        (None, "no_authority"),
        (2, "teams_out"),
    ]
    requests = [r for r in rows if r[ACTIVITY] == "receive" and r[ACTOR] != "county"]
    assert [r[EXTRA]["quantity"] for r in requests] == [3, 3, 3]
    assert told(rows, "given_up") == [(1440, "given_up", "county", "")]
    for wait in waits:
        assert rows[wait[CAUSE]][ACTIVITY] in ("receive", "acknowledge")
        assert rows[wait[CAUSE]][ACTOR] == "county"


def test_a_request_that_nobody_can_be_called_with_goes_to_the_next(scenario: Build) -> None:
    rows = drill(
        scenario,
        {"army-boat": team("near", "army")},
        {"to": ["superior", "army"]},
        phone={"outages": [{"from": "0 s", "for": "100 s"}], "tries": 2, "pause": "80 s"},
    )
    # At 0 and at 80 the line is dead; the call to the army at 80 too, again at 160.
    assert told(rows, "try_failed", "given_up", "order") == [
        (0, "try_failed", "county", "city"),
        (80, "try_failed", "county", "city"),
        (80, "given_up", "county", "city"),
        (80, "try_failed", "county", "army"),
        (160 + 60 + 30 + 300, "order asked", "army", ""),
        (160 + 60 + 30 + 300, "order ended", "army", "army-boat"),
    ]


def test_no_answer_in_time_is_followed_by_else(scenario: Build) -> None:
    rows = drill(
        scenario,
        {"army-boat": team("near", "army")},
        {"to": "army", "patience": "100 s", "else": [{"wait": {"time": "7 s"}}]},
    )
    wait = next(r for r in rows if r[1:3] == ("wait", "ended"))
    assert (wait[TIME], wait[SPAN], wait[EXTRA]) == (160, "waiting_answer", {"reason": "no_reply"})
    assert told(rows, "given_up", "record") == [
        (160, "given_up", "county", ""),
        (167, "record asked", "county", ""),
        (167, "record started", "county", ""),
        (167, "record ended", "county", ""),
    ]
    # The army comes nevertheless.
    assert told(rows, "arrive") == [(450, "arrive", "army-boat", "")]


def standby(scenario: Build, *steps: Any, teams: dict[str, Any]) -> list[tuple]:
    built = scenario(
        **ROADS,
        procedures={"plan": {"on": "noticed", "steps": list(steps)}, "team-response": RESPONSE},
        offices={"county": {"role": "county_gov", "place": "here", "procedures": ["plan"]}},
        teams=teams,
        incidents={
            "i": {"hazard": "flood", "place": "far", "course": [{}], "noticed": {"county": "0 s"}}
        },
    )
    return simulate(Plan(built), sampler(1, 0), 10_000)


def order(**more: Any) -> dict[str, Any]:
    return {"dispatch": {"skills": ["boat"], "time": "0 s"} | more}


def test_a_team_posted_nearer_is_taken_before_the_one_at_its_base(scenario: Build) -> None:
    rows = standby(
        scenario,
        order(id="post", purpose="standby", to="near"),
        {"wait": {"time": "2000 s"}},
        order(),
        teams={"a": team("here"), "b": team("here")},
    )
    # a goes to near (60 + 1000 s) and waits there; from there it is nearer to far than b.
    assert told(rows, "order", "arrive", "release", "return") == [
        (0, "order asked", "county", ""),
        (0, "order ended", "county", "a"),
        (1060, "arrive", "a", ""),
        (2000, "order asked", "county", ""),
        (2000, "order ended", "county", "a"),
        (3060, "arrive", "a", ""),
        (3660, "return started", "a", ""),
        (5660, "return ended", "a", ""),
    ]


def test_who_stands_by_goes_home_after_its_time_or_by_order(scenario: Build) -> None:
    rows = standby(
        scenario,
        order(id="post", purpose="standby", to="near", **{"for": "500 s"}),
        order(id="post-2", purpose="standby", to="near"),
        {"wait": {"time": "3000 s"}},
        order(id="home", purpose="release", to="near"),
        teams={"a": team("here"), "b": team("here")},
    )
    assert told(rows, "release", "return") == [
        (1560, "release", "", "a"),
        (1560, "return started", "a", ""),
        (2560, "return ended", "a", ""),
        (3000, "release", "county", "b"),
        (3000, "return started", "b", ""),
        (4000, "return ended", "b", ""),
    ]
    by_time, by_order = (r for r in rows if r[ACTIVITY] == "release")
    assert (by_time[SPAN], rows[by_time[CAUSE]][1:4]) == ("standing_by", ("arrive", "", "a"))
    assert rows[by_order[CAUSE]][1:3] == ("dispatch", "ended")


def test_a_works_team_that_notices_goes_by_itself(scenario: Build) -> None:
    built = scenario(
        **ROADS,
        procedures={"team-response": RESPONSE},
        offices={"works": {"role": "unit", "place": "here"}},
        teams={"brigade": team("here", "works", "fire")},
        incidents={
            "i": {
                "hazard": "fire",
                "place": "near",
                "course": [{}],
                "noticed": {"brigade": "90 s"},
            }
        },
    )
    rows = simulate(Plan(built), sampler(1, 0), 3600)
    assert told(rows, "notice", "order", "arrive") == [
        (90, "notice", "brigade", ""),
        (90, "order asked", "brigade", ""),
        (90, "order ended", "brigade", "brigade"),
        (1150, "arrive", "brigade", ""),
    ]


def test_every_order_has_one_fate(scenario: Build) -> None:
    built = scenario(
        **ROADS,
        procedures={
            "plan": {
                "on": "noticed",
                "steps": [
                    order(id="go", number=2, patience="10 min"),
                    order(id="later", number=1),
                    {"dispatch": {"id": "dive", "skills": ["diving"], "time": "0 s"}},
                ],
            },
            "team-response": RESPONSE,
        },
        offices={"county": {"role": "county_gov", "place": "here", "procedures": ["plan"]}},
        teams={"a": team("here")},
        incidents={
            "i": {"hazard": "flood", "place": "near", "course": [{}], "noticed": {"county": "0 s"}}
        },
    )
    found = order_fates(to_log([("c", simulate(Plan(built), sampler(1, 0), 2000))], built.start))
    assert found[["order", "sender", "team", "fate"]].values.tolist() == [
        ["incident/i/county/order-1", "county", "a", "served"],
        ["incident/i/county/order-2", "county", "", "cancelled"],
        ["incident/i/county/order-3", "county", "", "open"],
        ["incident/i/county/order-4", "county", "", "refused"],
    ]


def test_offices_beside_are_those_of_one_role_under_one_superior(scenario: Build) -> None:
    rows = drill(scenario, {"x": team("near", "beside")}, {"to": "neighbours"})
    assert told(rows, "order")[1] == (390, "order ended", "beside", "x")
    sent = [r[RECIPIENT] for r in rows if r[1:3] == ("send", "ended") and r[ACTOR] == "county"]
    assert sent == ["beside"]
