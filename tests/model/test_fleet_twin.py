"""Stops of random vehicles against a twin that drives second by second, and over closing roads."""

from __future__ import annotations

from collections import Counter
from itertools import cycle, pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
UNTIL = 60_000
LOAD, UNLOAD = 10, 30
SEEN: Counter[str] = Counter()
Kind = dict[str, Any]
EVERY = {"exponential": {"mean": "1 h"}}
LINKS = {
    "ab": {"from": "a", "to": "b", "time": "100 s"},
    "bc": {"from": "b", "to": "c", "time": "70 s"},
    "ac": {"from": "a", "to": "c", "time": "250 s"},
}

kinds = st.fixed_dictionaries(
    {
        "at_most": st.none() | st.integers(5, 150),
        "rest": st.integers(1, 40),
        "after": st.none() | st.lists(st.integers(5, 250), min_size=1, max_size=4),
        "repair": st.integers(0, 60),
    }
)


def scenario(fleet: list[Kind], second: int, closures: Any, policy: str) -> Scenario:
    """One vehicle of each kind, all together for two orders: at 0 s and at `second`."""
    vehicles: dict[str, Any] = {}
    for k, kind in enumerate(fleet):
        one = vehicles[f"v{k}"] = {"depot": "store", "capacity": "1 t"}
        if kind["at_most"] is not None:
            one["driving"] = {"at_most": f"{kind['at_most']} s", "rest": f"{kind['rest']} s"}
        if kind["after"] is not None:
            one["breakdown"] = {"after": EVERY, "repair": EVERY}
    request = {"items": {"ton": len(fleet)}, "from": "store", "time": "0 s"}
    return Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": "1 h",
            "places": {key: {"at": [108.0, 24.0]} for key in "abc"},
            "links": LINKS,
            "closures": closures,
            "policies": {"travel": {"on_closure": policy}},
            "items": {"ton": {"unit": "piece", "weight": "1 t"}},
            "vehicles": vehicles,
            "depots": {
                "store": {"place": "a", "stock": {"ton": 99}, "procedures": ["issue", "deliver"]}
            },
            "offices": {"o": {"role": "county_gov", "duty": 2, "procedures": ["ask"]}},
            "procedures": {
                "ask": {"on": "noticed", "steps": [{"request": request}]},
                "issue": {
                    "on": "requested",
                    "steps": [
                        {"pick": {"time": "0 s"}},
                        {"load": {"time": f"{LOAD} s", "together": True}},
                    ],
                },
                "deliver": {
                    "on": "loaded",
                    "steps": ["travel", {"unload": {"time": f"{UNLOAD} s"}}, "return"],
                },
            },
            "incidents": {
                key: {
                    "hazard": "fire",
                    "place": "c",
                    "course": [{"injured": 1}],
                    "noticed": {"o": f"{at} s"},
                }
                for key, at in (("i", 0), ("j", second))
            },
        }
    )


def record(fleet: list[Kind], second: int, closures: Any = None, policy: str = "finish") -> list:
    table: dict[Any, int] = {}
    for k, kind in enumerate(fleet):
        for n, after in zip(range(200), cycle(kind["after"] or ()), strict=False):
            table[f"vehicle/v{k}-1/breakdown/after", n, 0] = after
            table[f"vehicle/v{k}-1/breakdown/repair", n, 0] = kind["repair"]
    plan = Plan(scenario(fleet, second, closures or {}, policy))
    return simulate(plan, sampler(1, 0, table), UNTIL)


class Twin:
    """Drives a second at a time, and looks before each what is due."""

    def __init__(self, fleet: list[Kind]):
        self.fleet, self.now = fleet, 0
        self.driven = [0 for _ in fleet]
        self.stretches = [cycle(kind["after"] or ()) for kind in fleet]
        self.lasts = [0 for _ in fleet]
        self.rows: list[tuple[int, str, str]] = []

    def write(self, what: str, vehicles: list[int]) -> None:
        self.rows.append((self.now, what, " ".join(f"v{k}-1" for k in vehicles)))

    def drive(self, seconds: int) -> None:
        for _ in range(seconds):
            self.stop()
            self.now += 1
            for k in range(len(self.fleet)):
                self.driven[k] += 1
                self.lasts[k] -= 1

    def stop(self) -> None:
        drivers = [k for k, kind in enumerate(self.fleet) if kind["at_most"] is not None]
        stops = []
        for k, kind in enumerate(self.fleet):
            if kind["after"] is not None and self.lasts[k] == 0:
                stops.append((kind["repair"], "breakdown", [k]))
                self.lasts[k] = next(self.stretches[k])
        if any(self.driven[k] == self.fleet[k]["at_most"] for k in drivers):
            stops.append((max(self.fleet[k]["rest"] for k in drivers), "rest", drivers))
            for k in drivers:
                self.driven[k] = 0
        for _, what, who in stops:
            self.write(f"{what} started", who)
        for second in range(max((s for s, _, _ in stops), default=-1) + 1):
            for seconds, what, who in stops:
                if seconds == second:
                    self.write(f"{what} ended", who)
            if second < max(s for s, _, _ in stops):
                self.now += 1

    def trip(self, begin: int) -> None:
        """Loaded from `begin` on, 170 s to c, unloaded, and back."""
        stay = begin + LOAD * len(self.fleet) - self.now
        self.now += stay
        for k, kind in enumerate(self.fleet):
            if kind["at_most"] is not None and stay >= kind["rest"]:
                self.driven[k] = 0
            self.lasts[k] = next(self.stretches[k], 0)
        every = list(range(len(self.fleet)))
        self.write("travel started", every)
        self.drive(170)
        self.write("travel ended", every)
        self.now += UNLOAD * len(self.fleet)
        self.write("return started", every)
        self.drive(170)
        self.write("return ended", every)


@settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(st.lists(kinds, min_size=1, max_size=3), st.integers(100, 2000))
def test_every_stop_begins_and_ends_as_the_twin_says(fleet: list[Kind], second: int) -> None:
    rows = record(fleet, second)
    twin = Twin(fleet)
    twin.trip(0)
    twin.trip(max(second, twin.now))
    found = [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}", r[EXTRA]["vehicle"])
        for r in rows
        if r[ACTIVITY] in ("travel", "return", "breakdown", "rest")
    ]
    assert found == twin.rows
    SEEN.update(f"{r[ACTIVITY]} {r[PHASE]}" for r in rows)


closing = st.lists(
    st.tuples(st.sampled_from(list(LINKS)), st.integers(0, 900), st.integers(1, 400)), max_size=4
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(kinds, closing, st.sampled_from(["finish", "turn_back"]))
def test_driving_and_stops_add_up_whatever_the_roads_do(
    kind: Kind, closed: list[tuple], policy: str
) -> None:
    """At most `at_most` between two rests, exactly `after` between breakdowns; sums by links."""
    closures = {
        f"k{n}": {"links": [link], "from": f"{at} s", "until": f"{at + lasts} s"}
        for n, (link, at, lasts) in enumerate(closed)
    }
    rows = [r for r in record([kind], 40_000, closures, policy) if r[INCIDENT] == "i"]
    began = next(k for k, r in enumerate(rows) if r[1:3] == ("travel", "started"))
    driven, lasts, wheel, stood = 0, 0, 0, 0
    stretches = cycle(kind["after"] or ())
    goal = next(stretches, None)
    before = rows[began][TIME]
    for r in rows[began + 1 :]:
        seconds, before = r[TIME] - before, r[TIME]
        if r[SPAN] == "travel":
            driven, lasts, wheel = driven + seconds, lasts + seconds, wheel + seconds
        else:
            stood += seconds
            assert not seconds or r[SPAN] in (
                *("resting", "repairing", "blocked_road", "unloading"),
            )
        if r[1:3] == ("rest", "started"):
            assert driven == kind["at_most"]
            driven = 0
        if r[1:3] == ("breakdown", "started"):
            assert lasts == goal
            lasts, goal = 0, next(stretches)
        assert kind["at_most"] is None or driven <= kind["at_most"]
        assert goal is None or lasts <= goal
    assert rows[-1][1:3] == ("return", "ended")
    assert wheel + stood == rows[-1][TIME] - rows[began][TIME]
    if not any(r[ACTIVITY] == "turn_back" for r in rows):
        assert wheel == over_links(rows[began:])
    SEEN.update(f"{r[ACTIVITY]} {r[PHASE]}".strip() for r in rows)


def over_links(rows: list[tuple]) -> int:
    """Add up the times of the links passed by all ways of a trip."""
    times = {frozenset((x["from"], x["to"])): int(x["time"][:-2]) for x in LINKS.values()}
    ways = [r[EXTRA].get("way", "").split("|") for r in rows if r[EXTRA]]
    pairs = [frozenset(pair) for way in ways for pair in pairwise(way)]
    return sum(times[pair] for pair in pairs)


def test_the_random_trips_saw_every_kind_of_row() -> None:
    """Runs after the tests above and proves that they were not about empty roads."""
    assert SEEN.keys() >= {
        *("breakdown started", "breakdown ended", "rest started", "rest ended"),
        *("reroute", "turn_back", "blocked", "wait ended"),
    }
