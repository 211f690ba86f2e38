"""Vehicles on a small network, every record worked out by hand.

a --100-- b --100-- c        the quick way from a to c: 200 s
a --------250------ c        the long way round
b --40--- d                  a dead end
a ~~~300~~~ isle             water

A truck at `a` is loaded from 0 to 10 s, travels to c (210), is unloaded there (240) and comes
back (440).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sim.log import check_log, site_summary, team_times, to_log
from sim.model import Plan, sampler, simulate
from sim.model.world import World
from sim.scenario import Scenario
from sim.scenario.geo import distance_m

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
AT = {"at": [108.0, 24.0]}
PLACES = dict.fromkeys(("a", "b", "c", "d", "isle"), AT) | {"far": {"at": [108.5, 24.0]}}
LINKS = {
    "ab": {"from": "a", "to": "b", "time": "100 s"},
    "bc": {"from": "b", "to": "c", "time": "100 s"},
    "ac": {"from": "a", "to": "c", "time": "250 s"},
    "bd": {"from": "b", "to": "d", "time": "40 s"},
    "river": {"from": "a", "to": "isle", "time": "300 s", "mode": "water"},
}
TRUCK = {"depot": "store", "capacity": "1 t"}
DELIVER: list[Any] = ["travel", {"unload": {"time": "30 s"}}, "return"]
JOURNEY = (
    *("travel", "blocked", "wait", "reroute", "turn_back", "divert", "return", "arrive"),
    *("hire", "breakdown", "rest", "escort", "given_up"),
)
EVERY = {"exponential": {"mean": "1 h"}}
TURN_BACK = {"policies": {"travel": {"on_closure": "turn_back"}}}


@pytest.fixture
def drill(scenario: Build) -> Callable[..., Scenario]:
    """An office orders 20 tents (1 t) from `store` at 0 s for incident i at c."""

    def build(
        vehicles: dict[str, Any],
        tents: int = 20,
        at: dict[str, str] | None = None,
        to: tuple[str, ...] = ("c", "c"),
        **more: Any,
    ) -> Scenario:
        times = at or {"i": "0 s"}
        ask = {"request": {"items": {"tent": tents}, "from": "store", "time": "0 s"}}
        load = {"time": "10 s"} | more.pop("load", {})
        base: dict[str, Any] = {
            "places": PLACES,
            "links": LINKS,
            "procedures": {
                "ask": {"on": "noticed", "steps": [ask]},
                "issue": {"on": "requested", "steps": [{"pick": {"time": "0 s"}}, {"load": load}]},
                "deliver": {"on": "loaded", "steps": DELIVER},
            },
            "offices": {"o": {"role": "county_gov", "duty": 2, "procedures": ["ask"]}},
            "items": {"tent": {"unit": "piece", "weight": "50 kg"}},
            "depots": {
                "store": {
                    "place": "a",
                    "superior": "o",
                    "stock": {"tent": 999},
                    "procedures": ["issue", "deliver"],
                }
            },
            "vehicles": vehicles,
            "incidents": {
                key: {
                    "hazard": "flood",
                    "place": place,
                    "course": [{"injured": 1}],
                    "noticed": {"o": time},
                }
                for (key, time), place in zip(times.items(), to, strict=False)
            },
        }
        for key, part in more.items():
            base[key] = base.get(key, {}) | part if isinstance(part, dict) else part
        return scenario(**base)

    return build


def record(scenario: Scenario, given: Any = None, until: int = 9000) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0, given), until)


def story(rows: list[tuple], *without: str) -> list[tuple]:
    """(time, activity phase, place, way, span) of what the vehicles did."""
    return [
        (
            r[TIME],
            f"{r[ACTIVITY]} {r[PHASE]}".strip(),
            r[EXTRA].get("place", ""),
            r[EXTRA].get("way", ""),
            r[SPAN],
        )
        for r in rows
        if r[ACTIVITY] in JOURNEY and r[ACTIVITY] not in ("arrive", *without)
        if r[EXTRA] and "vehicle" in r[EXTRA]
    ]


def outward(rows: list[tuple]) -> list[tuple]:
    """The story up to the arrival."""
    told = story(rows)
    return told[: [r[1] for r in told].index("travel ended") + 1]


def close(links: list[str], begin: str, **more: Any) -> dict[str, Any]:
    return {"links": links, "from": begin} | more


def breaking(*after: int, repair: int = 60, truck: str = "truck-1") -> dict[Any, int]:
    """The table of samples: seconds at the wheel until each breakdown, and of every repair."""
    lasts = {(f"vehicle/{truck}/breakdown/after", k, 0): s for k, s in enumerate((*after, 90_000))}
    return lasts | {(f"vehicle/{truck}/breakdown/repair", k, 0): repair for k in range(9)}


FRAIL = TRUCK | {"breakdown": {"after": EVERY, "repair": EVERY}}


# -- a truck and the roads ---------------------------------------------------------------
def test_an_open_way(drill: Build) -> None:
    rows = record(drill({"truck": TRUCK}))
    assert story(rows) == [
        (10, "travel started", "a", "", ""),
        (210, "travel ended", "c", "a|b|c", "travel"),
        (240, "return started", "c", "", ""),
        (440, "return ended", "a", "c|b|a", "travel"),
    ]
    arrived = next(r for r in rows if r[ACTIVITY] == "arrive")
    assert arrived[EXTRA] == {"place": "c", "vehicle": "truck-1"}


def test_a_road_closes_before_a_loaded_truck(drill: Build) -> None:
    """bc closes at 30: from b (110) back to a (210) and round (460); so it goes home, too."""
    rows = record(drill({"truck": TRUCK}, closures={"k": close(["bc"], "30 s")}))
    assert story(rows) == [
        (10, "travel started", "a", "", ""),
        (110, "reroute", "b", "a|b", "travel"),
        (460, "travel ended", "c", "b|a|c", "travel"),
        (490, "return started", "c", "", ""),
        (740, "return ended", "a", "c|a", "travel"),
    ]
    assert {r[EXTRA]["vehicle"] for r in rows if r[ACTIVITY] == "reroute"} == {"truck-1"}


def test_a_loaded_truck_waits_where_no_way_is_open(drill: Build) -> None:
    closures = {"k": close(["bc", "ac"], "30 s", until="1000 s", reason="flooded")}
    rows = record(drill({"truck": TRUCK}, closures=closures))
    assert story(rows)[1:4] == [
        (110, "blocked", "b", "a|b", "travel"),
        (1000, "wait ended", "b", "", "blocked_road"),
        (1100, "travel ended", "c", "b|c", "travel"),
    ]
    waited = next(r for r in rows if r[SPAN] == "blocked_road")
    assert rows[waited[HELD]][:2] == (1000, "road_opened")


# -- breakdowns --------------------------------------------------------------------------
def test_a_breakdown_between_two_nodes_and_one_in_the_second_of_passing_a_node(
    drill: Build,
) -> None:
    """150 s at the wheel: 50 s behind b.  150 more: 50 s to c, and 100 s back: at b."""
    rows = record(drill({"truck": FRAIL}), breaking(150, 150))
    assert story(rows) == [
        (10, "travel started", "a", "", ""),
        (160, "breakdown started", "b", "a|b", "travel"),
        (220, "breakdown ended", "b", "", "repairing"),
        (270, "travel ended", "c", "b|c", "travel"),
        (300, "return started", "c", "", ""),
        (400, "breakdown started", "b", "c|b", "travel"),
        (460, "breakdown ended", "b", "", "repairing"),
        (560, "return ended", "a", "b|a", "travel"),
    ]


def test_a_breakdown_due_on_arrival_happens_when_it_sets_out_again(drill: Build) -> None:
    rows = record(drill({"truck": FRAIL}), breaking(200, 400))
    assert story(rows)[1:] == [
        (210, "travel ended", "c", "a|b|c", "travel"),
        (240, "return started", "c", "", ""),
        (240, "breakdown started", "c", "", "travel"),
        (300, "breakdown ended", "c", "", "repairing"),
        (500, "return ended", "a", "c|b|a", "travel"),
    ]


@pytest.mark.parametrize(
    ("policy", "rest_of_the_way"),
    [
        ({}, [(270, "travel ended", "c", "b|c", "travel")]),
        (
            TURN_BACK,
            [
                (220, "turn_back", "b", "", "travel"),
                (620, "travel ended", "c", "b|b|a|c", "travel"),
            ],
        ),
    ],
)
def test_a_breakdown_on_a_link_that_closes_meanwhile(
    drill: Build, policy: dict[str, Any], rest_of_the_way: list[tuple]
) -> None:
    """50 s into bc; it closes at 180.  On to its end, or 50 s back and 350 s round by a."""
    scenario = drill({"truck": FRAIL}, closures={"k": close(["bc"], "180 s")}, **policy)
    rows = record(scenario, breaking(150))
    assert story(rows, "return") == [
        (10, "travel started", "a", "", ""),
        (160, "breakdown started", "b", "a|b", "travel"),
        (220, "breakdown ended", "b", "", "repairing"),
        *rest_of_the_way,
    ]


def test_a_breakdown_while_it_turns_back(drill: Build) -> None:
    """40 s into ab it closes: back at a 40 s of driving later, 60 s of repair between."""
    scenario = drill({"truck": FRAIL}, closures={"k": close(["ab"], "50 s")}, **TURN_BACK)
    rows = record(scenario, breaking(60))
    assert story(rows, "return") == [
        (10, "travel started", "a", "", ""),
        (50, "turn_back", "a", "", "travel"),
        (70, "breakdown started", "a", "", "travel"),
        (130, "breakdown ended", "a", "", "repairing"),
        (400, "travel ended", "c", "a|a|c", "travel"),
    ]


def test_the_road_ahead_closes_and_opens_during_a_repair(drill: Build) -> None:
    """Broken down 50 s into ab (60 to 460); bc is closed from 100 to 450: nothing changes."""
    scenario = drill({"truck": FRAIL}, closures={"k": close(["bc"], "100 s", until="450 s")})
    rows = record(scenario, breaking(50, repair=400))
    assert story(rows, "return")[-1] == (610, "travel ended", "c", "a|b|c", "travel")
    longer = drill({"truck": FRAIL}, closures={"k": close(["bc"], "100 s", until="511 s")})
    rows = record(longer, breaking(50, repair=400))
    assert story(rows, "return")[-3:] == [
        (510, "reroute", "b", "a|b", "travel"),
        (610, "reroute", "a", "b|a", "travel"),
        (810, "travel ended", "c", "a|b|c", "travel"),
    ], "at b one second too early: on its way round it hears at a that b is the short way again"


# -- drivers' hours ----------------------------------------------------------------------
def hours(at_most: str, rest: str = "30 s") -> dict[str, Any]:
    return TRUCK | {"driving": {"at_most": at_most, "rest": rest}}


@pytest.mark.parametrize("second", ["110 s", "120 s", "140 s"])
def test_a_rest_that_begins_in_the_second_of_passing_a_node(drill: Build, second: str) -> None:
    """100 s at the wheel: at b at 110.  bc closes as the rest begins, during it, as it ends."""
    rows = record(drill({"truck": hours("100 s")}, closures={"k": close(["bc"], second)}))
    assert outward(rows) == [
        (10, "travel started", "a", "", ""),
        (110, "rest started", "b", "a|b", "travel"),
        (140, "rest ended", "b", "", "resting"),
        (140, "reroute", "b", "", "travel"),
        (240, "rest started", "a", "b|a", "travel"),
        (270, "rest ended", "a", "", "resting"),
        (370, "rest started", "a", "", "travel"),
        (400, "rest ended", "a", "", "resting"),
        (500, "rest started", "a", "", "travel"),
        (530, "rest ended", "a", "", "resting"),
        (580, "travel ended", "c", "a|c", "travel"),
    ]
    assert {r[EXTRA]["reason"] for r in rows if r[ACTIVITY] == "rest"} == {"driving_hours"}


def test_a_road_that_closes_in_the_second_in_which_a_rest_ends_is_seen(drill: Build) -> None:
    """The closure is planned at 130, later than the rest's end: it happens after it."""
    closure = {"links": ["bc"], "incident": "j", "from": "10 s"}
    scenario = drill({"truck": hours("100 s")}, closures={"k": closure})
    flood = scenario.incidents["i"].model_copy(update={"at": 130, "noticed": {}})
    scenario = scenario.model_copy(update={"incidents": scenario.incidents | {"j": flood}})
    assert story(record(scenario))[2:5] == [
        (140, "rest ended", "b", "", "resting"),
        (140, "reroute", "b", "", "travel"),
        (240, "rest started", "a", "b|a", "travel"),
    ]


def test_hours_that_are_up_on_arrival_are_rested_before_the_way_back(drill: Build) -> None:
    rows = record(drill({"truck": hours("200 s")}))
    assert story(rows)[1:] == [
        (210, "travel ended", "c", "a|b|c", "travel"),
        (240, "return started", "c", "", ""),
        (240, "rest started", "c", "", "travel"),
        (270, "rest ended", "c", "", "resting"),
        (470, "return ended", "a", "c|b|a", "travel"),
    ]


@pytest.mark.parametrize(
    ("load", "begins"),
    [
        ("29 s", [(489 + 29, "travel started"), (489 + 29, "rest started")]),
        ("30 s", [(490 + 30, "travel started")]),
    ],
)
def test_hours_run_on_over_trips_unless_it_stays_at_the_depot_for_a_rest(
    drill: Build, load: str, begins: list[tuple]
) -> None:
    """Back at 489 or 490 with 200 s driven since its rest at c; loading is the stay."""
    times = {"i": "0 s", "j": "0 s"}
    scenario = drill({"truck": hours("200 s")}, load={"time": load}, at=times, **no_sharing())
    again = [r for r in story(record(scenario)) if 480 < r[0] < 540]
    found = [r[:2] for r in again if r[1] in ("travel started", "rest started")]
    assert found == begins


def no_sharing() -> dict[str, Any]:
    return {"policies": {"supply": {"consolidate": False}}}


# -- as the crow flies, and diverted -----------------------------------------------------
def test_stops_on_a_way_as_the_crow_flies(drill: Build) -> None:
    truck = FRAIL | {"driving": {"at_most": "1000 s", "rest": "30 s"}}
    rows = record(drill({"truck": truck}, to=("far",)), breaking(400))
    metres = distance_m((108.0, 24.0), (108.5, 24.0)) * 1.4
    seconds = int(metres * 3600 / 50_000 + 0.5)
    assert 5000 < seconds < 6000
    rests = [  # the first after 1000 s at the wheel, 60 of repair between
        row
        for k in range(5)
        for row in (
            (1070 + 1030 * k, "rest started", "a", "", "travel"),
            (1100 + 1030 * k, "rest ended", "a", "", "resting"),
        )
    ]
    assert outward(rows) == [
        (10, "travel started", "a", "", ""),
        (410, "breakdown started", "a", "", "travel"),
        (470, "breakdown ended", "a", "", "repairing"),
        *rests,
        (10 + seconds + 60 + 5 * 30, "travel ended", "far", "", "travel"),
    ]


@contextmanager
def diverting(truck: str, at: int, place: str) -> Iterator[None]:
    """Divert a truck at a second of the drill."""
    module: Any = sys.modules["sim.model.simulate"]
    play = module.play_clock

    def play_and_divert(world: World) -> None:
        play(world)

        def process() -> Any:
            yield world.pause(at)
            world.rows.append((world.now, "inject", "", "", "o", "n", "i", None, None, "", {}))
            world.journeys[truck].divert(place, len(world.rows) - 1)

        world.env.process(process())

    module.play_clock = play_and_divert
    try:
        yield
    finally:
        module.play_clock = play


def test_diverted_during_a_repair(drill: Build) -> None:
    """50 s into bc: over b to d takes 50 + 40 s, on to c and back 50 + 140 s."""
    with diverting("truck-1", 180, "d"):
        rows = record(drill({"truck": FRAIL}), breaking(150))
    assert story(rows, "return") == [
        (10, "travel started", "a", "", ""),
        (160, "breakdown started", "b", "a|b", "travel"),
        (220, "breakdown ended", "b", "", "repairing"),
        (220, "divert", "d", "", "travel"),
        (220, "turn_back", "b", "", "travel"),
        (310, "travel ended", "d", "b|b|d", "travel"),
    ]


def test_diverted_as_the_crow_flies_after_a_stop(drill: Build) -> None:
    """1000 s on its way when it breaks down; diverted back to a in the repair: 1000 s back."""
    with diverting("truck-1", 1020, "a"):
        rows = record(drill({"truck": FRAIL}, to=("far",)), breaking(1000))
    assert story(rows, "return")[1:] == [
        (1010, "breakdown started", "a", "", "travel"),
        (1070, "breakdown ended", "a", "", "repairing"),
        (1070, "divert", "a", "", "travel"),
        (2070, "travel ended", "a", "", "travel"),
    ]


# -- several vehicles together -----------------------------------------------------------
def test_a_convoy_waits_for_the_one_that_breaks_down(drill: Build) -> None:
    scenario = drill({"truck": FRAIL | {"number": 2}}, tents=40, load={"together": True})
    given = breaking(150) | breaking(truck="truck-2")
    rows = record(scenario, given)
    assert story(rows, "return") == [
        (20, "travel started", "a", "", ""),
        (170, "breakdown started", "b", "a|b", "travel"),
        (230, "breakdown ended", "b", "", "repairing"),
        (280, "travel ended", "c", "b|c", "travel"),
    ]
    whose = {r[ACTIVITY]: r[EXTRA]["vehicle"] for r in rows if r[SPAN] in ("travel", "repairing")}
    together = "truck-1 truck-2"
    assert whose == {"breakdown": "truck-1", "travel": together, "return": together}


def test_a_rest_is_a_rest_for_all_and_goes_on_beside_a_repair(drill: Build) -> None:
    """Both are due at 170; the van's hours would be up 10 s later, had its driver not rested too.

    Unloading both takes from 280 to 340; 100 s on the way back the 150 s are up again.
    """
    kinds = {
        "truck": FRAIL | {"driving": {"at_most": "150 s", "rest": "30 s"}},
        "van": TRUCK | {"driving": {"at_most": "160 s", "rest": "40 s"}},
    }
    scenario = drill(kinds, tents=40, load={"together": True})
    rows = record(scenario, breaking(150))
    told = [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}", r[EXTRA]["vehicle"], r[SPAN])
        for r in rows
        if r[ACTIVITY] in ("breakdown", "rest", "travel")
    ]
    assert told == [
        (20, "travel started", "truck-1 van-1", ""),
        (170, "breakdown started", "truck-1", "travel"),
        (170, "rest started", "truck-1 van-1", "travel"),
        (210, "rest ended", "truck-1 van-1", "resting"),
        (230, "breakdown ended", "truck-1", "repairing"),
        (280, "travel ended", "truck-1 van-1", "travel"),
        (440, "rest started", "truck-1 van-1", "travel"),
        (480, "rest ended", "truck-1 van-1", "resting"),
    ]


# -- hired and military vehicles ---------------------------------------------------------
LORRY = TRUCK | {"whose": "hired", "call_up": EVERY, "fee": 100, "hire": 36}


def test_a_hired_vehicle_is_called_when_no_own_one_is_idle(drill: Build) -> None:
    """Called at 10, there at 510, back at 950: 100 + 940 s at 36 yuan an hour."""
    vehicles = {"lorry": LORRY, "truck": TRUCK}
    times = {"i": "0 s", "j": "1000 s"}
    given = {("vehicle/lorry-1/call-up", 0, 0): 500, ("vehicle/lorry-1/call-up", 1, 0): 200}
    rows = record(drill(vehicles, tents=40, at=times), given)
    lorry = [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[SPAN], r[EXTRA].get("yuan"))
        for r in rows
        if r[EXTRA] and r[EXTRA].get("vehicle") == "lorry-1" and r[ACTIVITY] != "arrive"
    ]
    assert (
        lorry
        == [
            (10, "hire started", "", None),
            (510, "wait ended", "calling_up", None),
            (510, "load asked", "", None),
            (510, "load started", "", None),
            (520, "load ended", "loading", None),
            (520, "loaded", "", None),
            (520, "travel started", "", None),
            (720, "travel ended", "travel", None),
            (720, "unload asked", "", None),
            (720, "unload started", "", None),
            (750, "unload ended", "unloading", None),
            (750, "return started", "", None),
            (950, "return ended", "travel", None),
            (950, "hire ended", "", 109.4),
            (1010, "hire started", "", None),  # the second order: the truck first
            (1210, "wait ended", "calling_up", None),
            *lorry[16:],
        ]
    )
    assert lorry[-1] == (1650, "hire ended", "", pytest.approx(100 + 640 / 100))
    assert sum(r[ACTIVITY] == "hire" for r in rows) == 4, "the truck is the depot's own"


def test_a_military_vehicle_costs_nothing(drill: Build) -> None:
    rows = record(drill({"lorry": TRUCK | {"whose": "military", "call_up": "1 min"}}))
    hired = [(r[TIME], r[PHASE], r[EXTRA].get("yuan")) for r in rows if r[ACTIVITY] == "hire"]
    assert hired == [(0, "started", None), (500, "ended", 0)]


def test_what_a_hired_vehicle_is_called_for_goes_with_no_other(drill: Build) -> None:
    """30 tents at two docks: the truck takes 20 and a lorry is called for 10."""
    vehicles = {"truck": TRUCK, "lorry": LORRY}
    given = {("vehicle/lorry-1/call-up", 0, 0): 1000}
    scenario = drill(vehicles, tents=30)
    depots = {k: d.model_copy(update={"docks": 2}) for k, d in scenario.depots.items()}
    rows = record(scenario.model_copy(update={"depots": depots}), given)
    assert [(r[TIME], r[EXTRA]["quantity"]) for r in rows if r[ACTIVITY] == "loaded"] == [
        (10, 20),
        (1010, 10),
    ]


# -- escorts -----------------------------------------------------------------------------
POLICE = {"base": "b", "skills": ["escort"], "strength": 3, "procedures": ["out"]}
OUT = {"on": "ordered", "steps": [{"alert": {"time": "60 s"}}, "travel", "return"]}
LANE = {"travel": {"fast_lane": {"factor": 0.5, "entitled": {"skills": ["escort"]}}}}


def escorted(drill: Build, teams: dict[str, Any], patience: Any = None, **more: Any) -> Scenario:
    travel = {"travel": {"escort": ["escort"]} | ({"patience": patience} if patience else {})}
    procedures = {"deliver": {"on": "loaded", "steps": [travel, *DELIVER[1:]]}, "out": OUT}
    vehicles = more.pop("vehicles", {"truck": TRUCK})
    policies = LANE | more.pop("policies", {})
    beside = more.pop("procedures", {})
    return drill(vehicles, teams=teams, procedures=procedures | beside, policies=policies, **more)


def who_does_what(rows: list[tuple]) -> list[tuple]:
    """(time, activity phase, actor, recipient, span) of the trip and its escort."""
    activities = ("escort", "order", "travel", "arrive", "return", "given_up", "refused")
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[RECIPIENT], r[SPAN])
        for r in rows
        if r[ACTIVITY] in activities
    ]


def test_an_escort_comes_to_the_depot_and_opens_the_fast_lane(drill: Build) -> None:
    """Ordered at 10, off at 70, at a at 120; with it the truck takes 100 s, without it 200."""
    rows = record(escorted(drill, {"p": POLICE}))
    assert who_does_what(rows) == [
        (10, "escort asked", "store", "", ""),
        (10, "order asked", "store", "", ""),
        (10, "order ended", "store", "p", ""),
        (70, "travel started", "p", "", ""),
        (120, "travel ended", "p", "", "travel"),
        (120, "arrive", "p", "", ""),
        (120, "escort started", "store", "p", "waiting_escort"),
        (120, "travel started", "store", "", ""),
        (220, "travel ended", "store", "", "travel"),
        (220, "arrive", "store", "", ""),
        (220, "escort ended", "store", "p", ""),
        (220, "return started", "p", "", ""),
        (250, "return started", "store", "", ""),
        (270, "return ended", "p", "", "travel"),
        (450, "return ended", "store", "", "travel"),
    ]
    began = next(r for r in rows if r[1:3] == ("escort", "started"))
    assert rows[began[HELD]][ACTIVITY] == "arrive"
    home = next(r for r in rows if r[ACTOR] == "p" and r[1:3] == ("return", "started"))
    assert home[EXTRA]["place"] == "c"
    assert rows[home[CAUSE]][1:3] == ("escort", "ended")


def test_without_an_escort_in_time_the_truck_leaves_alone(drill: Build) -> None:
    """The only team is home at 270 from the first truck's trip; the second waits from 20 to 50."""
    times = {"i": "0 s", "j": "0 s"}
    trucks = {"truck": TRUCK | {"number": 2}}
    scenario = escorted(drill, {"p": POLICE}, "30 s", at=times, vehicles=trucks)
    rows = [r for r in record(scenario) if r[INCIDENT] == "j"]
    assert who_does_what(rows)[:5] == [
        (20, "escort asked", "store", "", ""),
        (20, "order asked", "store", "", ""),
        (50, "given_up", "store", "", "waiting_team"),
        (50, "given_up", "store", "", "waiting_escort"),
        (50, "travel started", "store", "", ""),
    ]
    assert who_does_what(rows)[5][:2] == (250, "travel ended"), "not entitled to the fast lane"


def test_who_waits_for_an_escort_without_patience_gets_it_when_it_is_home(drill: Build) -> None:
    times = {"i": "0 s", "j": "0 s"}
    trucks = {"truck": TRUCK | {"number": 2}}
    rows = record(escorted(drill, {"p": POLICE}, at=times, vehicles=trucks))
    second = [r[:5] for r in who_does_what([r for r in rows if r[INCIDENT] == "j"])]
    assert second[:4] == [
        (20, "escort asked", "store", "", ""),
        (20, "order asked", "store", "", ""),
        (270, "order ended", "store", "p", "waiting_team"),
        (330, "travel started", "p", "", ""),
    ]


def test_no_team_can_ever_come(drill: Build) -> None:
    """The team belongs to an office that the depot's superior does not command."""
    teams = {"p": POLICE | {"superior": "other"}}
    offices = {"other": {"role": "county_gov", "procedures": []}}
    rows = record(escorted(drill, teams, offices=offices))
    assert who_does_what(rows)[:5] == [
        (10, "escort asked", "store", "", ""),
        (10, "order asked", "store", "", ""),
        (10, "refused", "store", "", ""),
        (10, "given_up", "store", "", "waiting_escort"),
        (10, "travel started", "store", "", ""),
    ]
    assert [r[EXTRA]["reason"] for r in rows if r[ACTIVITY] == "given_up"] == ["no_authority"]


def test_an_escort_on_its_way_is_redirected_and_another_one_comes(drill: Build) -> None:
    """p leaves b at 70; at 80 a fire at d needs it more.

    It turns back (10 s to b, 20 to d), is home at 130 and is ordered to the depot again.
    """
    order = {"dispatch": {"skills": ["escort"], "time": "0 s"}}
    fire = {"on": {"event": "noticed", "incident": ["j"]}, "priority": 1, "steps": [order]}
    request = {"request": {"items": {"tent": 20}, "from": "store", "time": "0 s"}}
    ask = {"on": {"event": "noticed", "incident": ["i"]}, "steps": [request]}
    scenario = escorted(
        drill,
        {"p": POLICE},
        at={"i": "0 s", "j": "80 s"},
        to=("c", "d"),
        policies={"redirect": "none_idle"},
        procedures={"ask": ask, "fire": fire},
        offices={"o": {"role": "county_gov", "duty": 2, "procedures": ["ask", "fire"]}},
    )
    rows = record(scenario)
    assert [r for r in who_does_what(rows) if r[1].startswith("order")] == [
        (10, "order asked", "store", "", ""),
        (10, "order ended", "store", "p", ""),
        (80, "order asked", "o", "", ""),
        (80, "order interrupted", "store", "p", "travel"),
        (80, "order ended", "o", "p", ""),
        (80, "order asked", "store", "", ""),
        (130, "order ended", "store", "p", "waiting_team"),
    ]
    assert [r[1] for r in who_does_what(rows) if r[2] == "store" and r[1].startswith("escort")] == [
        "escort asked",
        "escort started",
        "escort ended",
    ]


# -- boats, trains and cooled goods ------------------------------------------------------
def test_the_boat_goes_where_only_water_leads_and_the_truck_elsewhere(drill: Build) -> None:
    boat = TRUCK | {"modes": ["water"]}
    times = {"i": "0 s", "j": "0 s"}
    rows = record(drill({"boat": boat, "truck": TRUCK}, at=times, to=("c", "isle")))
    went = [(r[INCIDENT], r[EXTRA]["vehicle"]) for r in rows if r[1:3] == ("travel", "started")]
    assert went == [("i", "truck-1"), ("j", "boat-1")]
    boats = [r for r in rows if r[INCIDENT] == "j"]
    assert story(boats) == [
        (20, "travel started", "a", "", ""),
        (320, "travel ended", "isle", "a|isle", "travel"),
        (350, "return started", "isle", "", ""),
        (650, "return ended", "a", "isle|a", "travel"),
    ]


def test_while_the_road_is_closed_the_boat_goes(drill: Build) -> None:
    """The road to c is closed from 0 to 2000; three loads.  The boat takes 300 s each way.

    At 640 it is back and takes the second load; at 1280 the third would be its own again, but the
    truck waits for it no longer than the closure lasts.
    """
    links = {"river": {"from": "a", "to": "c", "time": "300 s", "mode": "water"}}
    closures = {"k": close(["bc", "ac"], "0 s", until="700 s")}
    vehicles = {"truck": TRUCK, "boat": TRUCK | {"modes": ["water"]}}
    rows = record(drill(vehicles, tents=60, links=links, closures=closures))
    went = [(r[TIME], r[EXTRA]["vehicle"]) for r in rows if r[1:3] == ("travel", "started")]
    assert went == [(10, "boat-1"), (650, "boat-1"), (710, "truck-1")]
    waits = [r for r in rows if r[SPAN] == "waiting_vehicle"]
    assert [(r[TIME], r[OBJECT], rows[r[HELD]][ACTIVITY]) for r in waits] == [
        (640, "boat-1", "return"),
        (700, "truck-1", "road_opened"),
    ]


def test_a_truck_is_sent_to_a_closed_road_where_the_depot_has_nothing_else(drill: Build) -> None:
    closures = {"k": close(["bc", "ac"], "0 s", until="700 s")}
    assert story(record(drill({"truck": TRUCK}, closures=closures)))[:2] == [
        (10, "travel started", "a", "", ""),
        (10, "blocked", "a", "", "travel"),
    ]


def test_a_truck_is_not_sent_over_water(drill: Build) -> None:
    rows = record(drill({"truck": TRUCK}, to=("isle",)))
    refused = [(r[TIME], r[ACTOR], r[EXTRA]["reason"]) for r in rows if r[ACTIVITY] == "refused"]
    assert refused[0] == (0, "store", "no_vehicle")
    assert not story(rows)


def test_a_train_goes_by_rail_only(drill: Build) -> None:
    """The road to c is quicker, the train takes its line; to d there is none."""
    rail = {"line": {"from": "a", "to": "c", "time": "400 s", "mode": "rail"}}
    train = {"train": TRUCK | {"modes": ["rail"]}}
    rows = record(drill(train, at={"i": "0 s", "j": "0 s"}, to=("c", "d"), links=rail))
    assert story(rows)[:2] == [
        (10, "travel started", "a", "", ""),
        (410, "travel ended", "c", "a|c", "travel"),
    ]
    assert {r[INCIDENT] for r in rows if r[ACTIVITY] == "refused"} == {"j"}


VACCINE = {"unit": "box", "weight": "10 kg", "cold_chain": True}


def cooled(drill: Build, vehicles: dict[str, Any]) -> list[tuple]:
    scenario = drill(
        vehicles,
        items={"tent": {"unit": "piece", "weight": "50 kg"}, "vaccine": VACCINE},
        depots={
            "store": {"place": "a", "stock": {"tent": 9, "vaccine": 99}}
            | {"procedures": ["issue", "deliver"]}
        },
        procedures={
            "ask": {
                "on": "noticed",
                "steps": [
                    {
                        "request": {
                            "items": {"tent": 2, "vaccine": 50},
                            "from": "store",
                            "time": "0 s",
                        }
                    }
                ],
            }
        },
    )
    return record(scenario)


def test_cooled_goods_go_in_cold_vehicles_only_and_a_mixed_order_is_split(drill: Build) -> None:
    """There is room for the tents beside the vaccine, but they go by themselves."""
    rows = cooled(drill, {"truck": TRUCK, "fridge": TRUCK | {"cold": True}})
    loaded = [
        (r[TIME], r[EXTRA]["item"], r[EXTRA]["quantity"], r[EXTRA]["vehicle"])
        for r in rows
        if r[ACTIVITY] == "loaded"
    ]
    assert loaded == [(10, "vaccine", 50, "fridge-1"), (20, "tent", 2, "truck-1")]


def test_without_a_cold_vehicle_only_the_rest_is_delivered(drill: Build) -> None:
    rows = cooled(drill, {"truck": TRUCK})
    refused = [
        (r[EXTRA]["item"], r[EXTRA]["quantity"], r[EXTRA]["reason"])
        for r in rows
        if r[ACTIVITY] == "refused" and r[ACTOR] == "store"
    ]
    assert refused == [("vaccine", 50, "no_cold_vehicle")]
    handed = [r[EXTRA]["item"] for r in rows if r[ACTIVITY] == "loaded"]
    assert handed == ["tent"]


def test_an_escort_is_an_order_of_its_team_but_no_arrival_at_the_incident(drill: Build) -> None:
    built = escorted(drill, {"p": POLICE})
    log = to_log([("case", record(built))], built.start)
    assert check_log(log) == []
    times = team_times(log).iloc[0]
    stamps = ("team", "ordered", "departed", "arrived", "returned")
    assert [times[name] for name in stamps] == ["p", 10, 70, 120, 270]
    assert site_summary(log).empty


def test_costs_on_the_record_add_up_to_what_hired_vehicles_cost(drill: Build) -> None:
    """Two lorries, called at 0 and 10 and there at once, back at 440 and 450: 2 · 104.4 yuan."""
    lorry = LORRY | {"number": 2, "call_up": "0 s"}
    built = drill({"lorry": lorry}, tents=40)
    table = to_log([("case", record(built))], built.start).table
    assert table["yuan"].sum() == pytest.approx(2 * (100 + 36 * 440 / 3600))
