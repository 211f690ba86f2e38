"""Journeys on a small network, every record worked out by hand.

a --100-- b --100-- c        the quick way from a to c: 200 s
a --------250------ c        the long way round
b --40--- d                  a dead end
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.model.graph import Traveller
from sim.model.simulate import run_world
from sim.model.world import World
from sim.scenario import Scenario
from sim.scenario.geo import distance_m

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
PLACES = {key: {"at": [108.0, 24.0]} for key in "abcd"} | {"far": {"at": [108.5, 24.0]}}
LINKS = {
    "ab": {"from": "a", "to": "b", "time": "100 s"},
    "bc": {"from": "b", "to": "c", "time": "100 s"},
    "ac": {"from": "a", "to": "c", "time": "250 s"},
    "bd": {"from": "b", "to": "d", "time": "40 s"},
}
JOURNEY = ("travel", "blocked", "wait", "reroute", "turn_back", "divert", "return")


@pytest.fixture
def drill(scenario: Build) -> Callable[..., Scenario]:
    """A team at `a` that is ordered to `c` (or `to`) in second 0 and leaves at once."""

    def build(to: str = "c", steps: Any = ("travel",), team: Any = None, **more: Any) -> Scenario:
        one = {"hazard": "fire", "place": to, "course": [{"injured": 1}], "noticed": {"o": "0 s"}}
        go = {"dispatch": {"skills": ["x"], "time": "0 s"}}
        base = {
            "places": PLACES,
            "links": LINKS,
            "procedures": {
                "send": {"on": "noticed", "steps": [go]},
                "go": {"on": "ordered", "steps": list(steps)},
            },
            "offices": {"o": {"role": "county_gov", "procedures": ["send"]}},
            "teams": {
                "t": {"base": "a", "skills": ["x"], "strength": 3, "procedures": ["go"]}
                | (team or {})
            },
            "incidents": {"i": one},
        }
        return scenario(**base | more)

    return build


def close(links: list[str], begin: str, **more: Any) -> dict[str, Any]:
    return {"links": links, "from": begin} | more


def turning_back() -> dict[str, Any]:
    return {"policies": {"travel": {"on_closure": "turn_back"}}}


def record(scenario: Scenario, until: int = 5000, given: Any = None) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0, given), until)


def story(rows: list[tuple], actor: str = "t") -> list[tuple]:
    """(time, activity phase, place, way, span) of one actor's journeys."""
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[EXTRA]["place"], way(r), r[SPAN])
        for r in rows
        if r[ACTOR] == actor and r[ACTIVITY] in JOURNEY
    ]


def way(row: tuple) -> str:
    return row[EXTRA].get("way", "")


def test_an_open_way_is_two_rows_with_the_places_passed(drill: Build) -> None:
    assert story(record(drill())) == [
        (0, "travel started", "a", "", ""),
        (200, "travel ended", "c", "a|b|c", "travel"),
    ]


def test_a_road_that_closes_ahead_makes_the_way_be_chosen_anew_at_the_next_node(
    drill: Build,
) -> None:
    """bc closes at 30: on to b (100), there back to a (200) and round (450)."""
    rows = record(drill(closures={"k": close(["bc"], "30 s", reason="landslide")}))
    assert story(rows) == [
        (0, "travel started", "a", "", ""),
        (100, "reroute", "b", "a|b", "travel"),
        (450, "travel ended", "c", "b|a|c", "travel"),
    ]
    closed = next(r for r in rows if r[ACTIVITY] == "road_closed")
    assert closed[TIME] == 30
    assert closed[OBJECT] == "k"
    assert closed[CAUSE] is None
    assert closed[EXTRA] == {"links": "bc", "reason": "landslide"}


def test_a_closed_road_is_avoided_from_the_start(drill: Build) -> None:
    rows = record(drill(closures={"k": close(["bc"], "0 s")}))
    assert story(rows)[-1] == (250, "travel ended", "c", "a|c", "travel")


def test_the_road_under_a_vehicle_closes_it_drives_on(drill: Build) -> None:
    assert story(record(drill(closures={"k": close(["ab"], "30 s")}))) == [
        (0, "travel started", "a", "", ""),
        (200, "travel ended", "c", "a|b|c", "travel"),
    ]


def test_the_road_under_a_vehicle_closes_it_turns_back(drill: Build) -> None:
    """30 s out, 30 s back to a, then 250 s round."""
    rows = record(drill(closures={"k": close(["ab"], "30 s")}, **turning_back()))
    assert story(rows) == [
        (0, "travel started", "a", "", ""),
        (30, "turn_back", "a", "", "travel"),
        (310, "travel ended", "c", "a|a|c", "travel"),
    ]
    turned = next(r for r in rows if r[ACTIVITY] == "turn_back")
    assert turned[EXTRA]["links"] == "ab"


def test_nobody_turns_back_on_a_one_way_road(drill: Build) -> None:
    links = LINKS | {"ab": LINKS["ab"] | {"one_way": True}}
    rows = record(drill(links=links, closures={"k": close(["ab"], "30 s")}, **turning_back()))
    assert story(rows)[-1] == (200, "travel ended", "c", "a|b|c", "travel")


def test_a_second_closure_under_the_vehicle_after_one_ahead(drill: Build) -> None:
    """bc closes at 30, ab under the vehicle at 60: back at a at 120, round by ac."""
    closures = {"far": close(["bc"], "30 s"), "here": close(["ab"], "60 s")}
    assert story(record(drill(closures=closures, **turning_back()))) == [
        (0, "travel started", "a", "", ""),
        (60, "turn_back", "a", "", "travel"),
        (370, "travel ended", "c", "a|a|c", "travel"),
    ]


def test_without_a_way_it_waits_at_the_node_until_the_repair(drill: Build) -> None:
    """Both ways into c are closed from 50 on; the repair of bc takes 1000 s."""
    closures = {
        "round": close(["ac"], "50 s"),
        "damage": close(["bc"], "50 s", lasts={"exponential": {"mean": "1 h"}}),
    }
    rows = record(drill(closures=closures), given={("closure/damage/lasts", 0, 0): 1000})
    assert story(rows) == [
        (0, "travel started", "a", "", ""),
        (100, "blocked", "b", "a|b", "travel"),
        (1050, "wait ended", "b", "", "blocked_road"),
        (1150, "travel ended", "c", "b|c", "travel"),
    ]
    waited = next(r for r in rows if r[SPAN] == "blocked_road")
    assert rows[waited[HELD]][:2] == (1050, "road_opened")
    assert rows[rows[waited[HELD]][CAUSE]][:2] == (50, "road_closed")


def test_whoever_still_waits_at_the_end_is_open(drill: Build) -> None:
    rows = record(drill(closures={"k": close(["ac", "bc"], "0 s")}), until=700)
    assert [r[:2] for r in rows if r[ACTOR] == "t"][-2:] == [(0, "blocked"), (700, "open")]
    assert rows[-1][SPAN] == "blocked_road"


def test_a_closure_in_the_second_of_passing_a_node_is_seen_there(drill: Build) -> None:
    """The vehicle is at b in second 100, when bc closes: it does not enter it."""
    rows = record(drill(closures={"k": close(["bc"], "100 s", until="101 s")}))
    assert story(rows)[1] == (100, "reroute", "b", "a|b", "travel")


def test_opening_on_the_way_leads_back_to_the_short_way(drill: Build) -> None:
    """Sent by d, since bc is closed; bc opens while it is on its way from b to d."""
    links = LINKS | {"ac": {"from": "d", "to": "c", "time": "250 s"}}
    rows = record(drill(links=links, closures={"k": close(["bc"], "0 s", until="120 s")}))
    assert story(rows) == [
        (0, "travel started", "a", "", ""),
        (140, "reroute", "d", "a|b|d", "travel"),
        (280, "travel ended", "c", "d|b|c", "travel"),
    ], "at d (140): on to c 250 s, back to b and over bc 140 s"


def test_a_slowed_road_takes_its_time_as_it_was_when_entered(drill: Build) -> None:
    """bc at a quarter of its speed takes 400 s: round by b and a again is 350 s."""
    slow = {"k": close(["bc"], "30 s", factor=0.25)}
    assert story(record(drill(closures=slow)))[-1] == (450, "travel ended", "c", "b|a|c", "travel")
    halved = {"k": close(["bc"], "30 s", factor=0.5)}
    rows = record(drill(closures=halved))
    assert story(rows)[-1] == (300, "travel ended", "c", "a|b|c", "travel")
    assert [(r[ACTIVITY], r[EXTRA]["note"]) for r in rows if "road_" in r[ACTIVITY]] == [
        ("road_slowed", "0.5")
    ]
    entered = {"k": close(["bc"], "150 s", factor=0.5)}
    assert story(record(drill(closures=entered)))[-1][0] == 200


def test_two_closures_of_one_link_hold_until_both_are_over(drill: Build) -> None:
    closures = {
        "round": close(["ac"], "0 s"),
        "one": close(["bc"], "0 s", until="500 s"),
        "two": close(["bc"], "10 s", until="900 s"),
    }
    waits = [row for row in story(record(drill(closures=closures))) if row[1] == "wait ended"]
    assert waits == [(900, "wait ended", "a", "", "blocked_road")]


def test_hours_slow_a_class_of_roads(drill: Build) -> None:
    """The drill starts at 00:00; from 00:02 on secondary roads are driven at half their speed."""
    links = {key: link | {"class": "secondary"} for key, link in LINKS.items()}
    hours = {"policies": {"travel": {"hours": {"secondary": {"00:02-01:00": 0.5}}}}}
    steps = [{"muster": {"time": "40 s"}}, "travel"]
    rows = record(drill(links=links, steps=steps, **hours))
    assert story(rows) == [
        (40, "travel started", "a", "", ""),
        (340, "travel ended", "c", "a|b|c", "travel"),
    ], "ab entered at 40: 100 s; bc entered at 140: 200 s"


def test_the_fast_lane_is_for_the_entitled(drill: Build) -> None:
    lane = {"factor": 0.5, "links": ["ac"], "entitled": {"skills": ["x"]}}
    assert story(record(drill(policies={"travel": {"fast_lane": lane}})))[-1] == (
        *(125, "travel ended", "c", "a|c", "travel"),
    )
    other = lane | {"entitled": {"skills": ["y"]}}
    assert story(record(drill(policies={"travel": {"fast_lane": other}})))[-1][0] == 200


def test_a_boat_takes_the_water_and_no_road(drill: Build) -> None:
    links = LINKS | {"river": {"from": "a", "to": "c", "time": "600 s", "mode": "water"}}
    assert story(record(drill(links=links)))[-1][0] == 200
    rows = record(drill(links=links, team={"modes": ["water"]}))
    assert story(rows)[-1] == (600, "travel ended", "c", "a|c", "travel")
    both = drill(
        links=links, team={"modes": ["road", "water"]}, closures={"k": close(["bc", "ac"], "0 s")}
    )
    assert story(record(both))[-1] == (600, "travel ended", "c", "a|c", "travel")


def test_a_helicopter_flies_straight_over_closed_roads(drill: Build) -> None:
    team = {"modes": ["air"], "speed": "180 km/h"}
    rows = record(drill(to="far", team=team, closures={"k": close(["ab", "ac"], "0 s")}))
    seconds = int(distance_m((108.0, 24.0), (108.5, 24.0)) / 50 + 0.5)
    assert story(rows)[-1] == (seconds, "travel ended", "far", "", "travel")


def test_speeds_of_classes_and_of_vehicles(drill: Build) -> None:
    """10 km: tertiary 40 km/h, own speed 20 km/h, never faster than a team of 25 km/h."""
    road = {"from": "a", "to": "c", "length": "10 km"}

    def seconds(link: dict[str, Any], **more: Any) -> int:
        return story(record(drill(links={"ac": road | link}, **more)))[-1][0]

    assert seconds({"class": "tertiary"}) == 900
    assert seconds({"class": "tertiary", "speed": "20 km/h"}) == 1800
    assert seconds({"class": "tertiary"}, team={"speed": "25 km/h"}) == 1440
    assert seconds({}) == 720, "the policy's 50 km/h"
    faster = {"travel": {"speeds": {"tertiary": "60 km/h"}}}
    assert seconds({"class": "tertiary"}, policies=faster) == 600


def test_a_closure_that_an_incident_brings_is_caused_by_it(drill: Build) -> None:
    flood = {"links": ["bc", "ac"], "incident": "i", "from": "20 s", "lasts": "100 s"}
    rows = record(drill(closures={"flood": flood | {"reason": "flooded"}}))
    closed = next(r for r in rows if r[ACTIVITY] == "road_closed")
    assert (closed[TIME], closed[SPAN], closed[EXTRA]["links"]) == (20, "planned", "bc|ac")
    assert rows[closed[CAUSE]][ACTIVITY] == "occur"
    assert story(rows)[-2:] == [
        (120, "wait ended", "b", "", "blocked_road"),
        (220, "travel ended", "c", "b|c", "travel"),
    ]


def test_an_inject_closes_roads(drill: Build) -> None:
    """No time of its own: the inject at 30 s brings it, for 200 s."""
    closures = {"k": {"links": ["bc"], "lasts": "200 s"}}
    injects = {"n": {"at": "30 s", "kind": "closure", "closure": "k", "to": "o"}}
    rows = record(drill(closures=closures, injects=injects))
    told = [(r[TIME], r[ACTIVITY]) for r in rows if r[ACTIVITY] in ("inject", "road_closed")]
    assert told == [(30, "inject"), (30, "road_closed")]
    closed = next(r for r in rows if r[ACTIVITY] == "road_closed")
    assert rows[closed[CAUSE]][ACTIVITY] == "inject"
    assert story(rows)[1] == (100, "reroute", "b", "a|b", "travel")


def test_random_closures_come_link_by_link_by_address(drill: Build) -> None:
    fails = {"links": ["ab", "bc"], "each": True, "lasts": {"exponential": {"mean": "1 min"}}}
    fails["every"] = {"exponential": {"mean": "1 h"}}
    given = {
        ("closure/k/ab/every", 0, 0): 10,
        ("closure/k/ab/lasts", 0, 0): 15,
        ("closure/k/ab/every", 1, 0): 3000,
        ("closure/k/ab/lasts", 1, 0): 60,
        ("closure/k/ab/every", 2, 0): 9000,
        ("closure/k/bc/every", 0, 0): 9000,
    }
    rows = record(drill(closures={"k": fails}), given=given)
    assert [(r[TIME], r[ACTIVITY], r[OBJECT]) for r in rows if "road_" in r[ACTIVITY]] == [
        (10, "road_closed", "k/ab"),
        (25, "road_opened", "k/ab"),
        (3025, "road_closed", "k/ab"),
        (3085, "road_opened", "k/ab"),
    ]


def test_a_closure_near_a_place_takes_the_classes_there(drill: Build) -> None:
    links = LINKS | {
        "out": {"from": "c", "to": "far", "time": "60 s", "class": "local"},
        "in": {"from": "d", "to": "c", "time": "60 s", "class": "local"},
        "away": {"from": "far", "to": "x", "time": "60 s", "class": "local"},
    }
    places = PLACES | {"x": {"at": [108.5, 24.0]}}
    area = {"near": "c", "within": "5 km", "classes": ["local"], "from": "0 s"}
    rows = record(drill(places=places, links=links, closures={"k": area}))
    assert [r[EXTRA]["links"] for r in rows if r[ACTIVITY] == "road_closed"] == ["out|in"]


# -- diverting -------------------------------------------------------------------------
def diverted(scenario: Scenario, at: int, place: str) -> tuple[World, int, list[int]]:
    """Run a drill in which the team is diverted at a second.

    Returns the world, the row that diverts it, and what `seconds_to` said just before.
    """
    module: Any = sys.modules["sim.model.simulate"]
    said: list[int] = []
    rows: list[int] = []
    play = module.play_clock

    def play_and_divert(world: World) -> None:
        play(world)

        def process() -> Any:
            yield world.pause(at)
            world.rows.append((world.now, "inject", "", "", "o", "n", "i", None, None, "", {}))
            rows.append(len(world.rows) - 1)
            journey = world.journeys["t"]
            said.append(world.now + journey.seconds_to(place))
            journey.divert(place, rows[0])

        world.env.process(process())

    module.play_clock = play_and_divert
    try:
        return run_world(Plan(scenario), sampler(1, 0), 9000), rows[0], said
    finally:
        module.play_clock = play


def test_diverted_on_a_link_it_goes_on_from_the_next_node(drill: Build) -> None:
    world, order, said = diverted(drill(), 60, "d")
    assert story(world.rows) == [
        (0, "travel started", "a", "", ""),
        (60, "divert", "d", "", "travel"),
        (140, "travel ended", "d", "a|b|d", "travel"),
    ]
    ended = next(r for r in world.rows if r[1:3] == ("travel", "ended"))
    assert ended[CAUSE] == order, "the rest of the trip comes from the diverting row"
    assert [r[EXTRA]["place"] for r in world.rows if r[ACTIVITY] == "arrive"] == ["d"]
    assert said == [140]
    assert world.journeys == {}


def test_diverted_on_a_link_it_turns_back_where_that_is_quicker(drill: Build) -> None:
    """30 s out of a: home again takes 30 s, on and back 170 s."""
    world, order, said = diverted(drill(), 30, "a")
    assert story(world.rows) == [
        (0, "travel started", "a", "", ""),
        (30, "divert", "a", "", "travel"),
        (30, "turn_back", "a", "", "travel"),
        (60, "travel ended", "a", "a|a", "travel"),
    ]
    turned = next(r for r in world.rows if r[ACTIVITY] == "turn_back")
    assert turned[CAUSE] == order
    assert said == [60]


def test_diverted_as_the_crow_flies_from_where_it_is(drill: Build) -> None:
    """A quarter of the way to `far` along 24° N, then back to a place beside its base."""
    places = PLACES | {"e": {"at": [108.0, 24.5]}}
    scenario = drill(to="far", places=places, links={}, team={"speed": "72 km/h"})
    whole = int(distance_m((108.0, 24.0), (108.5, 24.0)) * 1.4 / 20 + 0.5)
    at = 900
    world, _, said = diverted(scenario, at, "e")
    here = (108.0 + 0.5 * at / whole, 24.0)
    rest = int(distance_m(here, (108.0, 24.5)) * 1.4 / 20 + 0.5)
    assert story(world.rows) == [
        (0, "travel started", "a", "", ""),
        (at, "divert", "e", "", "travel"),
        (at + rest, "travel ended", "e", "", "travel"),
    ]
    assert said == [at + rest]
    assert world.places["t"] == "e"


def test_diverted_while_it_waits_for_a_road(drill: Build) -> None:
    world = diverted(drill(closures={"k": close(["bc", "ac"], "10 s")}), 400, "d")[0]
    assert story(world.rows) == [
        (0, "travel started", "a", "", ""),
        (100, "blocked", "b", "a|b", "travel"),
        (400, "divert", "d", "", "blocked_road"),
        (440, "travel ended", "d", "b|d", "travel"),
    ]


# -- convoys ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "finish",
            [
                (60, "travel started", "a", "", ""),
                (160, "reroute", "b", "a|b", "travel"),
                (510, "travel ended", "c", "b|a|c", "travel"),
                (510, "return started", "c", "", ""),
                (760, "return ended", "a", "c|a", "travel"),
            ],
        ),
        (
            "turn_back",
            [
                (60, "travel started", "a", "", ""),
                (90, "turn_back", "a", "", "travel"),
                (370, "travel ended", "c", "a|a|c", "travel"),
                (370, "return started", "c", "", ""),
                (620, "return ended", "a", "c|a", "travel"),
            ],
        ),
    ],
)
def test_a_road_closes_under_a_convoy(drill: Build, policy: str, expected: list) -> None:
    """It leaves at 60; at 90 ab and bc close, ab is open again at 95."""
    steps = [{"pick": {"time": "40 s"}}, {"load": {"time": "20 s"}}]
    scenario = drill(
        procedures={
            "send": {
                "on": "noticed",
                "steps": [{"request": {"items": {"tent": 2}, "from": "store", "time": "0 s"}}],
            },
            "issue": {"on": "requested", "by": "crew", "steps": steps},
            "deliver": {"on": "loaded", "by": "crew", "steps": ["travel", "return"]},
        },
        teams={},
        items={"tent": {"unit": "piece", "weight": "50 kg"}},
        depots={"store": {"place": "a", "stock": {"tent": 9}, "procedures": ["issue", "deliver"]}},
        vehicles={"truck": {"depot": "store", "capacity": "1 t"}},
        closures={"ahead": close(["bc"], "90 s"), "under": close(["ab"], "90 s", until="95 s")},
        policies={"travel": {"on_closure": policy}},
    )
    assert story(record(scenario), "store") == expected


def test_a_closed_road_elsewhere_changes_no_other_sample(drill: Build) -> None:
    """Common random numbers: the times of the team's own steps stay as they were."""
    times = {"exponential": {"mean": "5 min"}}
    steps = [{"muster": {"time": times}}, "travel", {"work": {"time": times}}]
    random = {"every": times, "lasts": times, "links": ["bd"]}
    free, closed = (
        [row for row in record(drill(steps=steps, closures=c)) if row[ACTOR] == "t"]
        for c in ({}, {"k": random})
    )
    free, closed = ([(*r[:3], r[SPAN]) for r in rows] for rows in (free, closed))
    assert len(free) == 12
    assert free == closed


def test_the_nearest_team_is_the_one_with_the_shortest_open_way(drill: Build) -> None:
    teams = {
        key: {"base": base, "skills": ["x"], "strength": 3, "procedures": ["go"]}
        for key, base in (("near", "b"), ("other", "a"))
    }
    first = record(drill(teams=teams))
    assert [r[RECIPIENT] for r in first if r[1:3] == ("order", "ended")] == ["near"]
    closed = record(drill(teams=teams, closures={"k": close(["bc"], "0 s")}))
    assert [r[RECIPIENT] for r in closed if r[1:3] == ("order", "ended")] == ["other"], "250 < 350"


def test_travellers_of_one_convoy_go_as_the_slowest(drill: Build) -> None:
    world = World(Plan(drill(teams={})), sampler(1, 0))
    from sim.model.pool import Member
    from sim.scenario.vehicles import Vehicle

    kinds = {
        "fast": Vehicle(depot="d", capacity="1 t", speed="90 km/h", modes=["road", "water"]),
        "slow": Vehicle(depot="d", capacity="1 t", speed="30 km/h"),
    }
    members = [Member(f"{key}-1", traits=kind) for key, kind in kinds.items()]
    assert world.roads.traveller(members) == Traveller(30_000, ("road",), False)
