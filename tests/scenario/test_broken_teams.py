"""Mistakes in what a scenario says of its teams: each with its message and path."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.scenario import load_scenario
from sim.texts import in_language

HEAD = """yanlian: 1
start: 2026-03-01T08:00+08:00
horizon: 6 h
places: {town: {at: [108.0, 24.0]}}
calendars: {c: {shifts: {day: "08:00-18:00"}}}
procedures:
  out: {on: ordered, steps: [muster: {time: 1 min}]}
  bare: {on: ordered, steps: [work: {time: 1 min}]}
teams:
"""
PLAIN = "  a: {base: town, skills: [fire], strength: 8, procedures: [out]}\n"
TEAM = "  b: {base: town, skills: [fire], strength: 6, procedures: [out]"
CASES = {
    "minimum above the strength": (
        TEAM + ", minimum: 7}",
        "teams.b.minimum: expected at most the strength, 6, received 7",
    ),
    "not everybody comes": (
        TEAM + ", muster: {present: {0 min: 0.8}}}",
        "teams.b.minimum: expected a minimum strength, since not everybody comes to the muster",
    ),
    "fewer come than must": (
        TEAM + ", minimum: 4, muster: {present: {0 min: 0.5}, drawn: false}}",
        "teams.b.minimum: expected at most as many as come to the muster, 3, received 4",
    ),
    "curve that falls": (
        TEAM + ", minimum: 1, muster: {present: {0 min: 0.5, 5 min: 0.4}}}",
        "teams.b.muster: expected shares that do not fall over rising times, the last above 0",
    ),
    "share above one": (
        TEAM + ", muster: {present: {0 min: 1.5}}}",
        "teams.b.muster.present.0 min: expected",
    ),
    "turnout of no shift": (
        TEAM + ", calendar: c, shifts: [day], turnout: {dya: 45 s}}",
        "teams.b.turnout.dya: expected one of the team's shifts, received 'dya', did you mean day?",
    ),
    "no muster where persons are shared": (
        TEAM.replace("[out]", "[bare]") + ", shares: {a: 2}}",
        "teams.b.procedures: expected a procedure with a step muster, received bare",
    ),
    "shared with an unknown team": (
        TEAM + ", shares: {aa: 2}}",
        "teams.b.shares.aa: expected a key under teams, received 'aa'",
    ),
    "shared with a later team": (
        TEAM + ", shares: {z: 2}}\n" + TEAM.replace("b:", "z:") + "}",
        "teams.b.shares.z: expected a team listed before this one, received 'z'",
    ),
    "more shared than the other has": (
        TEAM.replace("6", "20") + ", shares: {a: 9}}",
        "teams.b.shares.a: expected at most the strength of that team, 8, received 9",
    ),
    "more shared than it has": (
        TEAM + ", shares: {a: 7}}",
        "teams.b.shares: expected at most the strength, 6, received 7",
    ),
    "the same person twice": (
        TEAM + ", shares: {a: 2}}\n" + TEAM.replace("b:", "z:") + ", shares: {a: 1, b: 2}}",
        "teams.z.shares: expected every person once in a team, received a-1 twice",
    ),
    "unknown kind": (
        TEAM + ", kind: militias}",
        "teams.b.kind: expected",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_mistake_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    team, message = CASES[name]
    path = tmp_path / "s.yaml"
    path.write_text(HEAD + PLAIN + team + "\n", encoding="utf-8")
    with in_language("en"), pytest.raises(UnusableInput) as caught:
        load_scenario(path)
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == 1, found
    assert message in found[0]
    assert f"s.yaml:{11}:" in found[0] or "teams.z" in found[0]


def test_a_team_in_full_is_valid(tmp_path: Path) -> None:
    text = TEAM + (
        ", kind: militia, minimum: 4, calendar: c, shifts: [day], turnout: {day: 45 s}, "
        "shares: {a: 2}, muster: {present: {0 min: 0, 20 min: 0.9}}, rest: {after: 8 h, for: 6 h}, "
        "self_sufficient: 72 h}\n"
    )
    path = tmp_path / "s.yaml"
    path.write_text(HEAD + PLAIN + text, encoding="utf-8")
    team = load_scenario(path).teams["b"]
    assert team.self_sufficient is not None
    assert (team.self_sufficient.for_, team.self_sufficient.then) == (72 * 3600, "stay")
