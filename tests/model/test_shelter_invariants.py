"""What must hold of shelters in the record of any drill, on random scenarios."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import ceil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.log.schema import ROOTS, STANDING
from sim.model import Plan, sampler
from sim.model.simulate import run_world
from sim.model.world import World
from sim.scenario.scenario import Scenario
from sim.texts import vocabulary

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
SEEN: Counter[str] = Counter()
UNTIL = 4 * 3600
PEOPLE = ("admit", "turn_away", "go_home")
GOODS = ("need", "lapse", "distribute")
OVER = 1500
"""Seconds after which nobody is on the way any more: the longest `over` below."""

seconds = st.sampled_from(["0 s", "1 s", "7 min", {"exponential": {"mean": "20 min"}}])
norms = st.sampled_from(
    [
        3,
        0.125,
        0.3,
        {"per_person": 2.5, "every": "1 h"},
        {"per_person": 0.4, "every": "25 min"},
        {"per_person": 1, "every": "50 min"},
    ]
)


@st.composite
def incidents(draw: st.DrawFn) -> dict:
    """One or two incidents whose people go to the shelters in any order."""
    made = {}
    for key in draw(st.sampled_from(["i", "ij"])):
        times = draw(st.lists(st.integers(0, 150), min_size=1, max_size=5, unique=True))
        course = [
            {"after": f"{60 * t} s", "evacuated": draw(st.integers(0, 120))} for t in sorted(times)
        ]
        made[key] = {
            "hazard": "flood",
            "place": "p",
            "at": draw(st.sampled_from(["0 s", "10 min"])),
            "course": course,
            "noticed": {"o": draw(seconds)},
            "shelters": {
                "to": draw(st.permutations(["a", "b", "c"])),
                "share": draw(st.sampled_from([1.0, 0.9, 0.35])),
                "over": draw(st.sampled_from(["0 s", "10 min", f"{OVER} s"])),
                "every": draw(st.sampled_from(["1 s", "5 min", "7 min"])),
            },
        }
    return made


@st.composite
def scenarios(draw: st.DrawFn) -> dict:
    """Three shelters, an office that opens some of them and asks for what they need, one depot."""
    items = {
        key: {"unit": "piece", "weight": "1 kg", "norm": draw(norms), "breaks": breaks}
        for key, breaks in (("x", 0), ("y", 0.1))
    }
    shelters = {}
    for key in "abc":
        shelters[key] = {
            "place": draw(st.sampled_from(["p", "q"])),
            "superior": draw(st.sampled_from(["o", "o", None])),
            "items": draw(st.sampled_from([["x", "y"], ["y"], []])),
            "stock": draw(
                st.sampled_from([{}, {"x": 40}, {"y": {"record": 30, "fact": 20, "damaged": 5}}])
            ),
            "capacity": draw(st.sampled_from([None, 1, 10, 60])),
            "giving_out": draw(st.sampled_from([None, None, "0 s", "9 min", "40 min"])),
        }
    opening = {"open_shelter": {"time": draw(seconds), "shelters": ["b", "c"]}}
    opens = draw(st.booleans())
    return {
        "yanlian": 1,
        "start": "2026-03-01T08:00+08:00",
        "horizon": "4 h",
        "tail": "0 s",
        "places": {"p": {"at": [108.0, 24.0]}, "q": {"at": [108.1, 24.0]}},
        "procedures": {
            "ask": {"on": "needed", "steps": [{"request": {"from": "own", "time": draw(seconds)}}]},
            "open": {"on": "noticed", "steps": [opening]},
            "issue": {
                "on": "requested",
                "by": "crew",
                "steps": [{"pick": {"time": draw(seconds)}}, {"load": {"time": "1 min"}}],
            },
            "deliver": {
                "on": "loaded",
                "by": "crew",
                "steps": ["travel", {"hand_over": {"time": "1 min"}}, "return"],
            },
        },
        "offices": {
            "o": {
                "role": "county_gov",
                "place": "p",
                "duty": draw(st.integers(1, 3)),
                "procedures": ["ask", *(["open"] if opens else [])],
            }
        },
        "items": items,
        "depots": {
            "d": {
                "place": "q",
                "superior": "o",
                "stock": {"x": draw(st.integers(0, 900)), "y": {"record": 300, "fact": 250}},
                "procedures": ["issue", "deliver"],
            }
        },
        "vehicles": {"truck": {"depot": "d", "number": draw(st.integers(1, 3)), "capacity": "1 t"}},
        "shelters": shelters,
        "incidents": draw(incidents()),
    }


@settings(
    max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(scenarios(), st.integers(0, 2))
def test_records_of_random_shelters_keep_the_invariants(data: dict, replication: int) -> None:
    scenario = Scenario.model_validate(data)
    world = run_world(Plan(scenario), sampler(5, replication), UNTIL)
    SEEN.update(row[ACTIVITY] for row in world.rows)
    SEEN.update(f"{row[ACTIVITY]} {(row[EXTRA] or {}).get('reason', '')}" for row in world.rows)
    SEEN.update(f"{row[ACTIVITY]} {row[SPAN]}" for row in world.rows)
    causes_and_spans_are_given(world.rows)
    persons_are_conserved(scenario, world.rows)
    needs_are_met_or_lapse_or_stand_open(world)
    goods_are_conserved(scenario, world)
    nothing_is_asked_for_twice(world)


def causes_and_spans_are_given(rows: list) -> None:
    words = vocabulary("span")
    for k, row in enumerate(rows):
        if row[CAUSE] is None:
            assert row[ACTIVITY] in ROOTS + STANDING, row
            continue
        assert row[CAUSE] < k, row
        assert row[TIME] == rows[row[CAUSE]][TIME] or row[SPAN] in words, row
        if row[HELD] is not None:
            assert rows[row[HELD]][TIME] == row[TIME], row
            assert row[SPAN].startswith("waiting"), row


def persons_are_conserved(scenario: Scenario, rows: list) -> None:
    """Sent = in shelters + waiting + on the way, at every second; no shelter above its capacity.

    At the end of every second nobody waits before a shelter of his with room.
    """
    inside: Counter[tuple[str, str]] = Counter()
    waiting: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    changed: dict[str, int] = {}
    openings = [r for r in rows if r[ACTIVITY] == "open_shelter" and r[PHASE] == "ended"]
    closed = {"b", "c"} if "open" in scenario.offices["o"].procedures else set()
    for k, row in enumerate(rows):
        incident, extra = row[INCIDENT], row[EXTRA] or {}
        persons = extra.get("persons", 0)
        if row in openings:
            closed -= {row[RECIPIENT]}
        if row[ACTIVITY] in ("occur", "truth"):
            share = Fraction(str(scenario.incidents[incident].shelters.share))
            sent[incident] = int(share * Fraction(str(extra.get("evacuated", 0))) + Fraction(1, 2))
            changed[incident] = row[TIME]
        elif row[ACTIVITY] == "admit":
            assert row[ACTOR] not in closed, row
            inside[row[ACTOR], incident] += persons
            waiting[incident] -= persons if row[SPAN] == "waiting_room" else 0
        elif row[ACTIVITY] == "turn_away":
            assert (extra["reason"] == "closed") == (row[ACTOR] in closed), row
            waiting[incident] += 0 if row[RECIPIENT] else persons
        elif row[ACTIVITY] == "go_home" and row[ACTOR]:
            inside[row[ACTOR], incident] -= persons
        elif row[ACTIVITY] == "go_home":
            waiting[incident] -= persons
        assert min([0, *inside.values(), *waiting.values()]) == 0, row
        if k + 1 < len(rows) and rows[k + 1][TIME] == row[TIME]:
            continue
        free = {
            key: (10**9 if s.capacity is None else s.capacity)
            - sum(inside[key, i] for i in scenario.incidents)
            for key, s in scenario.shelters.items()
        }
        assert min(free.values()) >= 0, (row, free)
        for key, filling in scenario.incidents.items():
            there = waiting[key] + sum(inside[shelter, key] for shelter in "abc")
            assert there <= sent[key], (key, row)
            if row[TIME] > changed.get(key, UNTIL) + OVER or filling.shelters.over == 0:
                assert there == sent[key], (key, row)
            if waiting[key]:
                assert not any(free[s] for s in "abc" if s not in closed), (key, row)


def needs_are_met_or_lapse_or_stand_open(world: World) -> None:
    """Of pieces and of persons; and nobody lacks what he is not there for."""
    sums: dict[tuple[str, str, str], Counter[str]] = {}
    inside: Counter[str] = Counter()
    for row in world.rows:
        if row[ACTIVITY] in PEOPLE and row[ACTIVITY] != "turn_away":
            sign = 1 if row[ACTIVITY] == "admit" else -1
            inside[row[ACTOR]] += sign * row[EXTRA]["persons"]
        if row[ACTIVITY] in GOODS:
            extra = row[EXTRA]
            for what in ("quantity", "persons"):
                counted = sums.setdefault((row[ACTOR], extra["item"], what), Counter())
                counted[row[ACTIVITY]] += extra[what]
                open_ = counted["need"] - counted["lapse"] - counted["distribute"]
                assert open_ >= 0, row
    for (shelter, item, what), counted in sums.items():
        want = world.evacuees.refuges[shelter].wants[item]
        if what == "quantity":
            left = want.pieces
        else:
            lacking: Counter[str] = Counter()
            for lot in want.lacks:
                lacking[lot.incident] += lot.persons
            left = sum(ceil(persons) for persons in lacking.values())
            assert left <= inside[shelter], (shelter, item)
        assert counted["need"] == counted["lapse"] + counted["distribute"] + left
    for key, refuge in world.evacuees.refuges.items():
        nobody_left = not any(r[ACTIVITY] == "go_home" and r[ACTOR] == key for r in world.rows)
        admitted = sum(
            r[EXTRA]["persons"] for r in world.rows if r[1] == "admit" and r[ACTOR] == key
        )
        for item in refuge.wants:
            norm = world.scenario.items[item].norm
            if norm.every is None and nobody_left:
                exactly = Fraction(str(norm.per_person)) * admitted
                assert sums.get((key, item, "quantity"), Counter())["need"] == ceil(exactly)


def goods_are_conserved(scenario: Scenario, world: World) -> None:
    """In a shelter: there at first + put in stock = given out + still there, damaged ones too."""
    moved: Counter[tuple[str, str]] = Counter()
    sign = {"stock_true": 1, "put_in_stock": 1, "distribute": -1}
    for row in world.rows:
        if row[ACTIVITY] in sign:
            where = row[RECIPIENT] if row[ACTIVITY] == "stock_true" else row[ACTOR]
            moved[where, row[EXTRA]["item"]] += sign[row[ACTIVITY]] * row[EXTRA]["quantity"]
            assert moved[where, row[EXTRA]["item"]] >= 0, row
    for key, data in scenario.shelters.items():
        for item, shelf in world.shelves[key].items():
            assert moved[key, item] == shelf.in_fact()
            want = world.evacuees.refuges[key].wants.get(item)
            if data.giving_out is None and want is not None:
                assert not want.pieces or not shelf.there(UNTIL), "given out as soon as it is there"


def nothing_is_asked_for_twice(world: World) -> None:
    """What is on order for a shelter at the end is what was asked for, not refused, not signed."""
    asked: Counter[tuple[str, str]] = Counter()
    promised: dict[str, str] = {}
    for row in world.rows:
        extra = row[EXTRA] or {}
        if row[ACTIVITY] == "supply_order":
            promised[row[OBJECT]] = row[RECIPIENT]
            asked[row[RECIPIENT], extra["item"]] += extra["quantity"]
        elif row[ACTIVITY] in ("hand_over", "difference") and "item" in extra:
            asked[row[RECIPIENT], extra["item"]] -= extra["quantity"]
        elif row[ACTIVITY] == "refused" and row[ACTOR] == "o" and "item" in extra:
            asked[promised[row[OBJECT]], extra["item"]] -= extra["quantity"]
    needed: Counter[tuple[str, str]] = Counter()
    for row in world.rows:
        if row[ACTIVITY] == "need":
            needed[row[ACTOR], row[EXTRA]["item"]] += row[EXTRA]["quantity"]
        if row[ACTIVITY] == "supply_order":
            key = (row[RECIPIENT], row[EXTRA]["item"])
            needed[key] -= row[EXTRA]["quantity"]
            assert needed[key] >= 0, "asked for more than was ever needed"
    waiting = [act.matter for act in world.running if act.actor == "o" and act.report is None]
    for (shelter, item), pieces in asked.items():
        told = sum(getattr(m, "lines", {}).get(item, 0) for m in waiting if m.sender == shelter)
        assert world.shelf(shelter, item).on_order == pieces + told


def test_the_random_shelters_reached_every_kind_of_happening() -> None:
    """Runs after the test above and proves that it was not about empty shelters."""
    assert SEEN.keys() >= {
        *("admit", "turn_away full", "turn_away closed", "go_home", "open_shelter"),
        *("need", "lapse", "lapse period", "distribute", "distribute giving_out"),
        *("admit moving_in", "admit waiting_room", "need period", "put_in_stock replenished"),
        *("refused no_stock", "difference damaged", "shortage record_wrong", "supply_order"),
    }
