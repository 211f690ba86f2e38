"""Journeys: by hand, and against the map's own count of what was driven."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import sim
from sim.report.animation.ways import Leg, find_movers, stretches
from sim.report.map_data import map_data

FOLDER = Path(__file__).parents[3] / "scenarios"


def test_legs_go_from_stamp_to_stamp(make_record) -> None:
    record, row = make_record
    rows = [
        row(0, "role", "t", actor_role="team", place="a"),
        row(10, "travel started", "t", matter="o", place="a"),
        row(40, "reroute", "t", matter="o", place="b", way="a|b"),
        row(90, "travel ended", "t", matter="o", place="d", way="b|c|d"),
        row(200, "return started", "t", matter="o", place="d"),
    ]
    (mover,) = find_movers(record(rows).table)
    assert mover.legs == [Leg(10, 40, ("a", "b")), Leg(40, 90, ("b", "c", "d"))]
    assert (mover.home, mover.open_since, mover.supply) == ("a", 200, False)
    assert stretches([mover]) == {("a", "b"), ("b", "c"), ("c", "d")}


def test_vehicles_of_a_depot_and_late_members_go_by_themselves(make_record) -> None:
    record, row = make_record
    rows = [
        row(0, "role", "store", actor_role="depot", place="a"),
        row(0, "role", "t", actor_role="team", place="a"),
        row(1, "travel started", "store", matter="s1", place="a", vehicle="v1"),
        row(2, "travel started", "store", matter="s2", place="a", vehicle="v2"),
        row(3, "follow started", "t", matter="o", place="a"),
        row(5, "travel ended", "store", matter="s2", place="c", vehicle="v2"),
        row(7, "follow ended", "t", matter="o", place="b"),
        row(9, "travel ended", "store", matter="s1", place="b", vehicle="v1"),
    ]
    found = {(m.actor, m.vehicle): (m.supply, m.legs) for m in find_movers(record(rows).table)}
    assert found == {
        ("t", "follow"): (False, [Leg(3, 7, ("a", "b"))]),
        ("store", "v1"): (True, [Leg(1, 9, ("a", "b"))]),
        ("store", "v2"): (True, [Leg(2, 5, ("a", "c"))]),
    }


def test_an_arrival_without_a_departure_is_no_journey(make_record) -> None:
    record, row = make_record
    (mover,) = find_movers(record([row(9, "travel ended", "t", matter="o", place="b")]).table)
    assert mover.legs == []


@pytest.mark.parametrize("name", ["river-flood", "city-bridges"])
def test_every_stretch_is_driven_as_often_as_the_map_counts(name: str) -> None:
    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    log = sim.run(scenario, 2, name=name)
    legs = [leg for mover in find_movers(log.table) for leg in mover.legs]
    assert all(leg.start <= leg.end for leg in legs)
    found = Counter(
        tuple(sorted(pair)) for leg in legs for pair in pairwise(leg.places) if len(set(pair)) > 1
    )
    assert found == map_data(log, scenario).driven
