"""Who goes: small drills worked out by hand, one policy each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.errors import YanlianError
from sim.model import Plan, sampler, simulate
from sim.model.dispatching import POLICIES, register_policy
from sim.scenario import Scenario
from sim.scenario.policies import NAMES

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
# Ten kilometres of road at 36 km/h take 1000 s.
ROADS = {
    "places": {key: {"at": [108.0, 24.0]} for key in ("here", "near", "far", "west", "east")},
    "links": {
        "short": {"from": "here", "to": "near", "length": "10 km"},
        "long": {"from": "near", "to": "far", "length": "10 km"},
        "left": {"from": "here", "to": "west", "length": "5 km"},
        "right": {"from": "here", "to": "east", "length": "5 km"},
    },
}
RESPONSE = {
    "on": "ordered",
    "steps": [{"alert": {"time": "60 s"}}, "travel", {"work": {"time": "10 min"}}, "return"],
}


def team(base: str, *skills: str, **more: Any) -> dict[str, Any]:
    return {"base": base, "skills": list(skills), "strength": 6, "speed": "36 km/h"} | more


def calls(
    scenario: Build, teams: dict[str, Any], sources: dict[str, Any], **policies: Any
) -> list[tuple]:
    """Run one office that sends one team with skill `fire` to every call.

    `sources` gives (seconds of the first call, where, priority); the second call of each source
    comes after the end of the record.
    """
    given = {}
    for key, (second, _, _) in sources.items():
        given[f"background/{key}/gap", 0, 0] = second
        given[f"background/{key}/gap", 1, 0] = 10**6
    built = scenario(
        **ROADS,
        offices={"desk": {"role": "county_gov", "place": "here"}},
        procedures={
            "send": {"on": "called", "steps": [{"dispatch": {"skills": ["fire"], "time": "0 s"}}]},
            "team-response": RESPONSE,
        },
        teams=teams,
        background={
            key: {
                "to": "desk",
                "gap": {"exponential": {"mean": "1 h"}},
                "procedure": "send",
                "places": {place: 1},
                "priority": priority,
            }
            for key, (_, place, priority) in sources.items()
        },
        policies=policies,
    )
    return simulate(Plan(built), sampler(1, 0, given), 7200)


def sent(rows: list[tuple]) -> list[tuple[int, str, str]]:
    """(time, source of the call, team) of each order that found its team."""
    found = (row for row in rows if row[1:3] == ("order", "ended"))
    return [(row[TIME], row[OBJECT].split("/")[1], row[RECIPIENT]) for row in found]


def test_a_team_goes_to_the_place_of_the_call(scenario: Build) -> None:
    rows = calls(scenario, {"t": team("far", "fire")}, {"x": (100, "near", 3)})
    assert [(r[TIME], r[ACTIVITY], r[PHASE], r[ACTOR]) for r in rows if r[TIME]] == [
        (100, "call", "", ""),
        (100, "dispatch", "asked", "desk"),
        (100, "dispatch", "started", "desk"),
        (100, "dispatch", "ended", "desk"),
        (100, "order", "asked", "desk"),
        (100, "order", "ended", "desk"),
        (100, "alert", "asked", "t"),
        (100, "alert", "started", "t"),
        (160, "alert", "ended", "t"),
        (160, "depart", "", "t"),
        (160, "travel", "started", "t"),
        (1160, "travel", "ended", "t"),
        (1160, "arrive", "", "t"),
        (1160, "work", "asked", "t"),
        (1160, "work", "started", "t"),
        (1760, "work", "ended", "t"),
        (1760, "return", "started", "t"),
        (2760, "return", "ended", "t"),
    ]
    arrival = next(row for row in rows if row[ACTIVITY] == "arrive")
    assert arrival[EXTRA]["place"] == "near"
    assert arrival[OBJECT] == "background/x/desk/order-1"


def test_of_waiting_orders_the_source_with_the_smaller_priority_goes_first(scenario: Build) -> None:
    rows = calls(
        scenario,
        {"t": team("here", "fire")},
        {"first": (100, "here", 3), "ordinary": (110, "here", 3), "urgent": (120, "here", 2)},
    )
    # 60 s of alert and 600 s of work for each, no way to go.
    assert sent(rows) == [(100, "first", "t"), (760, "urgent", "t"), (1420, "ordinary", "t")]


def test_equally_near_teams_go_in_the_order_of_the_scenario(scenario: Build) -> None:
    teams = {key: team("near", "fire") for key in ("b", "a")}
    assert sent(calls(scenario, teams, {"x": (100, "here", 3)})) == [(100, "x", "b")]


def test_of_two_teams_at_equal_distance_the_first_goes_and_a_second_call_has_the_other(
    scenario: Build,
) -> None:
    """One on each side of "here", both calls in one second: the whole record of both teams."""
    teams = {key: team(side, "fire") for key, side in (("b", "west"), ("a", "east"))}
    rows = calls(scenario, teams, {"x": (100, "here", 3), "y": (100, "here", 3)})
    go = [
        (100, "alert", "asked"),
        (100, "alert", "started"),
        (160, "alert", "ended"),
        (160, "depart", ""),
        (160, "travel", "started"),
        (660, "travel", "ended"),
        (660, "arrive", ""),
        (660, "work", "asked"),
        (660, "work", "started"),
        (1260, "work", "ended"),
        (1260, "return", "started"),
        (1760, "return", "ended"),
    ]
    assert sent(rows) == [(100, "x", "b"), (100, "y", "a")]
    for key in teams:
        mine = [row[:3] for row in rows if row[ACTOR] == key and row[TIME]]
        assert mine == go, key


def test_a_list_for_the_place_goes_before_the_list_of_the_office(scenario: Build) -> None:
    teams = {key: team("here", "fire") for key in ("a", "b", "c")}
    rows = calls(
        scenario,
        teams,
        {"x": (100, "near", 3), "y": (110, "near", 3), "z": (120, "far", 3)},
        dispatch="listed",
        preference={"near": ["c"], "desk": ["b", "a"]},
    )
    # near: c, then who is not on its list in the scenario's order; far: the office's list.
    assert sent(rows) == [(100, "x", "c"), (110, "y", "a"), (120, "z", "b")]


def test_the_team_with_the_fewest_spare_skills_goes_though_it_is_farther(scenario: Build) -> None:
    teams = {
        "all": team("here", "fire", "hazmat", "medical"),
        "far": team("far", "fire"),
        "near": team("near", "fire"),
    }
    rows = calls(scenario, teams, {"x": (100, "here", 3)}, dispatch="fewest_spare_skills")
    assert sent(rows) == [(100, "x", "near")]


def test_the_last_team_is_kept_for_something_worse(scenario: Build) -> None:
    teams = {key: team("here", "fire") for key in ("a", "b")}
    rows = calls(
        scenario,
        teams,
        {"x": (100, "here", 3), "y": (110, "here", 3), "worse": (120, "here", 1)},
        dispatch="reserve",
        reserve={"skills": {"fire": 1}, "open_to": 1},
    )
    # a goes; b is kept from y, not from the urgent call; a is back at 760 and now the last one,
    # b at 780: then one of the two may go.
    assert sent(rows) == [(100, "x", "a"), (120, "worse", "b"), (780, "y", "a")]
    order = next(r for r in rows if r[1:3] == ("order", "ended") and r[TIME] == 780)
    assert order[SPAN] == "waiting_team"
    assert rows[order[HELD]][1:4] == ("return", "ended", "b")


def test_a_reserve_at_a_base_keeps_its_last_team(scenario: Build) -> None:
    teams = {"a": team("here", "fire"), "b": team("near", "fire")}
    rows = calls(
        scenario,
        teams,
        {"x": (100, "here", 3)},
        dispatch="reserve",
        reserve={"bases": {"here": 1}},
    )
    assert sent(rows) == [(100, "x", "b")]


def test_a_team_on_its_way_is_taken_for_something_worse(scenario: Build) -> None:
    rows = calls(
        scenario,
        {"t": team("here", "fire")},
        {"x": (100, "far", 3), "worse": (1400, "near", 1)},
        redirect="none_idle",
    )
    # Alert until 160, at near (node) at 1160, on the way to far until 2160.  At 1400 it is 240 s
    # beyond near: turning back takes 240 s, driving on and coming back 760 + 1000 s.
    assert sent(rows) == [(100, "x", "t"), (1400, "worse", "t"), (3240, "x", "t")]
    x, worse = "background/x/desk/order-1", "background/worse/desk/order-1"
    assert [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[OBJECT], r[SPAN])
        for r in rows
        if r[ACTIVITY] in ("order", "divert", "turn_back", "arrive", "return")
    ] == [
        (100, "order asked", x, ""),
        (100, "order ended", x, ""),
        (1400, "order asked", worse, ""),
        (1400, "order interrupted", x, "travel"),
        (1400, "order ended", worse, ""),
        (1400, "order asked", x, ""),
        (1400, "divert", worse, "travel"),
        (1400, "turn_back", worse, "travel"),
        (1640, "arrive", worse, ""),
        (2240, "return started", worse, ""),
        (3240, "return ended", worse, "travel"),
        (3240, "order ended", x, "waiting_team"),
        (3240 + 60 + 2000, "arrive", x, ""),
        (3240 + 60 + 2000 + 600, "return started", x, ""),
    ]
    _, second = (r for r in rows if r[1:3] == ("order", "ended") and r[OBJECT] == x)
    assert rows[second[HELD]][1:4] == ("return", "ended", "t")
    taken = next(r for r in rows if r[PHASE] == "interrupted")
    assert (taken[ACTOR], taken[RECIPIENT], taken[EXTRA]) == ("desk", "t", {"reason": "urgent"})
    assert rows[taken[CAUSE]][1:4] == ("travel", "started", "t")
    assert rows[next(r for r in rows if r[ACTIVITY] == "turn_back")[CAUSE]][OBJECT] == worse


def test_a_team_that_is_getting_ready_goes_elsewhere_without_having_left(scenario: Build) -> None:
    rows = calls(
        scenario,
        {"t": team("here", "fire")},
        {"x": (100, "far", 3), "worse": (130, "near", 1)},
        redirect="none_idle",
    )
    assert sent(rows)[:2] == [(100, "x", "t"), (130, "worse", "t")]
    arrivals = [r for r in rows if r[ACTIVITY] == "arrive"]
    assert (arrivals[0][TIME], arrivals[0][EXTRA]["place"]) == (1160, "near")


def test_nobody_is_taken_from_an_order_of_the_same_urgency(scenario: Build) -> None:
    rows = calls(
        scenario,
        {"t": team("here", "fire")},
        {"x": (100, "far", 3), "y": (1400, "near", 3)},
        redirect="none_idle",
    )
    assert sent(rows) == [(100, "x", "t"), (4760, "y", "t")]


def test_a_team_on_its_way_is_preferred_to_an_idle_one_where_it_is_nearer(scenario: Build) -> None:
    teams = {"a": team("near", "fire"), "b": team("far", "fire")}
    sources = {"x": (100, "here", 3), "worse": (300, "near", 1)}
    # a has been on its way from near to here for 140 s at 300: back in 140 s; b needs 1000 s.
    assert sent(calls(scenario, teams, sources, redirect="nearer")) == [
        (100, "x", "a"),
        (300, "worse", "a"),
        (300, "x", "b"),
    ]
    assert sent(calls(scenario, teams, sources, redirect="none_idle")) == [
        (100, "x", "a"),
        (300, "worse", "b"),
    ]


def test_a_tired_team_leaves_when_its_relief_arrives_which_does_the_rest(scenario: Build) -> None:
    rows = calls(
        scenario,
        {"a": team("here", "fire"), "b": team("near", "fire")},
        {"x": (100, "here", 3)},
        relief={"after": "200 s"},
    )
    # a works from 160; b is ordered at 360, alerted at 420, there at 1420: by then a is done.
    assert [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR])
        for r in rows
        if r[ACTIVITY] in ("order", "work", "cancelled", "arrive")
    ] == [
        (100, "order asked", "desk"),
        (100, "order ended", "desk"),
        (160, "arrive", "a"),
        (160, "work asked", "a"),
        (160, "work started", "a"),
        (360, "order asked", "desk"),
        (360, "order ended", "desk"),
        (760, "work ended", "a"),
        (1420, "arrive", "b"),
        (1420, "work asked", "b"),
        (1420, "cancelled", "b"),
    ]
    rows = calls(
        scenario,
        {"a": team("near", "fire"), "b": team("near", "fire")},
        {"x": (100, "near", 3)},
        relief={"after": "200 s"},
    )
    # Now both are there at once: a 160 to 420, b 420 to 680, a again for the last 80 s.
    work = [r for r in rows if r[ACTIVITY] == "work" and r[PHASE] != "asked"]
    assert [(r[TIME], r[PHASE], r[ACTOR], (r[EXTRA] or {}).get("reason")) for r in work] == [
        (160, "started", "a", None),
        (420, "started", "b", None),
        (420, "ended", "a", "relieved"),
        (680, "started", "a", None),
        (680, "ended", "b", "relieved"),
        (760, "ended", "a", None),
    ]
    asked = [r for r in rows if r[1:3] == ("order", "asked")]
    assert [(r[TIME], r[SPAN], r[EXTRA].get("note")) for r in asked] == [
        (100, "", None),
        (360, "working", "relief"),
        (620, "working", "relief"),
    ]
    assert rows[asked[1][CAUSE]][1:4] == ("work", "started", "a")


def test_relief_that_nobody_can_bring_is_cancelled_when_the_work_is_done(scenario: Build) -> None:
    rows = calls(
        scenario, {"a": team("here", "fire")}, {"x": (100, "here", 3)}, relief={"after": "200 s"}
    )
    ends = [r for r in rows if r[ACTIVITY] in ("cancelled", "work") and r[TIME] > 160]
    assert [(r[TIME], r[ACTIVITY], (r[EXTRA] or {}).get("reason")) for r in ends] == [
        (760, "work", None),
        (760, "cancelled", "not_needed"),
    ]


@pytest.fixture
def farthest() -> Iterator[str]:
    """A user's own policy: the team with the longest way."""

    def choose(order: Any, idle: Any, view: Any) -> Any:
        return max(idle, key=lambda one: view.seconds(one, order.place))

    register_policy("farthest", choose)
    yield "farthest"
    del POLICIES["farthest"], NAMES["farthest"]


def test_a_users_own_function_is_named_in_the_scenario(scenario: Build, farthest: str) -> None:
    teams = {"a": team("here", "fire"), "b": team("far", "fire"), "c": team("near", "fire")}
    rows = calls(scenario, teams, {"x": (100, "here", 3)}, dispatch=farthest)
    assert sent(rows) == [(100, "x", "b")]


def test_an_unknown_policy_is_refused_with_what_was_probably_meant(scenario: Build) -> None:
    with pytest.raises(YanlianError, match="nearest"):
        calls(scenario, {"t": team("here", "fire")}, {"x": (1, "here", 3)}, dispatch="neerest")


def test_names_for_scenarios_and_functions_of_the_model_are_the_same() -> None:
    assert list(NAMES) == list(POLICIES)


def test_an_office_orders_its_own_teams_and_those_of_the_offices_below(scenario: Build) -> None:
    def one(office: str, whose: str) -> list[tuple]:
        order = {"dispatch": {"skills": ["fire"], "time": "0 s", "from": whose}}
        built = scenario(
            **ROADS,
            offices={
                "city": {"role": "city_gov", "procedures": ["send"]},
                "county": {"role": "county_gov", "superior": "city", "procedures": ["send"]},
                "other": {"role": "county_gov", "superior": "city", "procedures": ["send"]},
                "town": {"role": "township_gov", "superior": "county"},
            },
            procedures={"send": {"on": "noticed", "steps": [order]}, "team-response": RESPONSE},
            teams={"t": team("here", "fire", superior="town")},
            incidents={
                "i": {"hazard": "fire", "place": "here", "course": [{}], "noticed": {office: "0 s"}}
            },
        )
        rows = simulate(Plan(built), sampler(1, 0), 3600)
        return [r[EXTRA]["reason"] for r in rows if r[ACTIVITY] == "refused"] or [
            r[RECIPIENT] for r in rows if r[1:3] == ("order", "ended")
        ]

    assert one("county", "subordinate") == ["t"]
    assert one("city", "subordinate") == ["t"]
    assert one("county", "own") == ["no_authority"]
    assert one("other", "subordinate") == ["no_authority"]
