"""Mistakes in what a scenario says of vehicles and escorts: each with its message and path."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.scenario import load_scenario
from sim.texts import in_language

HEAD = """yanlian: 1
start: 2026-03-01T08:00+08:00
horizon: 6 h
places: {town: {at: [108.0, 24.0]}, pier: {at: [108.0, 24.1]}, isle: {}}
links:
  river: {from: pier, to: isle, time: 10 min, mode: water, one_way: true}
items: {tent: {unit: piece}}
offices:
  county: {role: county_gov, duty: 1, procedures: []}
  beside: {role: county_gov, duty: 1, procedures: []}
depots:
  store: {place: town, superior: county, stock: {tent: 9}, procedures: [issue, deliver]}
  quay: {place: pier, superior: county, procedures: [issue, deliver]}
  shore: {place: isle, superior: county, procedures: [issue, deliver]}
"""
ISSUE = "issue: {on: requested, steps: [pick: {time: 1 min}, load: {time: 1 min}]}"
TOGETHER = ISSUE.replace("load: {", "load: {together: true, ")
DELIVER = "deliver: {on: loaded, steps: [travel: {}, hand_over: {time: 1 min}, return]}"
OUT = "out: {on: ordered, steps: [travel, return]}"
TRUCK = "a: {depot: store, capacity: 1 t"
POLICE = "p: {base: town, skills: [police], strength: 3, superior: county, procedures: [out]}"


def text(
    vehicle: str = TRUCK + "}",
    deliver: str = DELIVER,
    issue: str = ISSUE,
    out: str = OUT,
    team: str = POLICE,
) -> str:
    procedures = "".join(f"  {one}\n" for one in (issue, deliver, out))
    vehicles = "".join(f"  {one}\n" for one in vehicle.split("\n"))
    return f"{HEAD}procedures:\n{procedures}vehicles:\n{vehicles}teams:\n  {team}\n"


ESCORT = DELIVER.replace("travel: {}", "travel: {escort: [police]}")
CASES = {
    "a boat on dry land": (
        text(TRUCK + ", modes: [water]}"),
        ["vehicles.a.modes: expected a link of mode water that leaves town, received none"],
    ),
    "a boat where the water only comes from": (
        text("a: {depot: shore, capacity: 1 t, modes: [water, rail]}"),
        ["vehicles.a.modes: expected a link of mode water, rail that leaves isle, received none"],
    ),
    "no mode": (
        text(TRUCK + ", modes: []}"),
        ["vehicles.a.modes: expected at least one mode, received none"],
    ),
    "own vehicles are not called": (
        text(TRUCK + ", call_up: 1 h, fee: 100, hire: 20}"),
        [
            f"vehicles.a.{name}: expected whose: hired or military beside it, received own"
            for name in ("call_up", "fee", "hire")
        ],
    ),
    "always broken": (
        text(TRUCK + ", breakdown: {after: 0 s, repair: 1 h}}"),
        ["vehicles.a.breakdown.after: expected a duration above 0, received 0"],
    ),
    "no driving at all": (
        text(TRUCK + ", driving: {at_most: 0 s, rest: 20 min}}"),
        ["vehicles.a.driving.at_most: expected"],
    ),
    "a convoy of a truck and a boat": (
        text(
            "a: {depot: quay, capacity: 1 t}\nb: {depot: quay, capacity: 1 t, modes: [water]}",
            issue=TOGETHER,
        ),
        ["vehicles.b.modes: expected a mode that all vehicles of quay share, received water"],
    ),
    "an escort with a skill that nobody has": (
        text(deliver=ESCORT.replace("[police]", "[polcie]")),
        [
            "procedures.deliver.steps.0.travel.escort.0: expected a skill of a team, "
            "received 'polcie', did you mean police?"
        ],
    ),
    "an escort that obeys another office": (
        text(deliver=ESCORT, team=POLICE.replace("superior: county", "superior: beside")),
        [
            "procedures.deliver.steps.0.travel.escort: expected a team with these skills that "
            "county may order, received police"
        ],
    ),
    "an escort that never comes to the depot": (
        text(deliver=ESCORT, out="out: {on: ordered, steps: [return]}"),
        ["teams.p.procedures: expected a procedure with a step travel, received out"],
    ),
    "patience without an escort": (
        text(deliver=DELIVER.replace("travel: {}", "travel: {patience: 1 h}")),
        ["procedures.deliver.steps.0.travel.patience: expected escort beside it, received nothing"],
    ),
    "teams are not escorted": (
        text(out="out: {on: ordered, steps: [travel: {escort: [police]}, return]}"),
        [
            "procedures.out.steps.0.travel.escort: expected an escort only where goods travel, "
            "received ordered"
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_mistake_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    content, messages = CASES[name]
    path = tmp_path / "s.yaml"
    path.write_text(content, encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput) as caught:
        load_scenario(path)
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == len(messages), found
    for problem, message in zip(found, messages, strict=True):
        assert message in problem
        assert problem.partition(":")[0].endswith("s.yaml")


def test_mistakes_are_collected(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    bad = TRUCK + ", modes: [rail], fee: 3, breakdown: {after: 0 s, repair: 1 h}}"
    path.write_text(text(bad, deliver=ESCORT.replace("police", "army")), encoding="utf-8")
    with pytest.raises(UnusableInput) as caught:
        load_scenario(path)
    assert len(caught.value.problems) == 4


ISLE = (
    "incidents: {i: {hazard: flood, place: isle, course: [{at_risk: 9}], noticed: {county: 0 s}}}\n"
)
FLEET = (
    "a: {depot: quay, capacity: 1 t, whose: hired, call_up: 1 h, fee: 100, hire: 20, "
    "driving: {at_most: 4 h, rest: 20 min}, breakdown: {after: 90 d, repair: 3 h}}\n"
    "b: {depot: quay, capacity: 20 t, volume: 60 m3, modes: [water]}"
)


def to_the_isle(fleet: str) -> str:
    """Goods from the quay to a place without coordinates that only water leads to."""
    ask = "ask: {on: noticed, steps: [request: {items: {tent: 1}, from: quay, time: 0 s}]}"
    asking = text(fleet, out=f"{OUT}\n  {ask}", deliver=ESCORT).replace(", one_way: true", "")
    return asking.replace("duty: 1, procedures: []", "duty: 1, procedures: [ask]", 1) + ISLE


def test_a_fleet_in_full_is_valid_where_water_leads(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(to_the_isle(FLEET), encoding="utf-8")
    scenario = load_scenario(path)
    assert scenario.vehicles["a"].driving is not None
    assert scenario.vehicles["a"].driving.at_most == 4 * 3600


def test_without_a_boat_the_place_cannot_be_reached(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(to_the_isle("a: {depot: quay, capacity: 1 t}"), encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput) as caught:
        load_scenario(path)
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == 1
    assert "places.isle: expected coordinates (at or adcode), or links to pier" in found[0]
