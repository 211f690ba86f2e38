"""Every suggestion is pasted into its scenario (or record) and run: the duty is then touched."""

from __future__ import annotations

import csv
import io
import shutil
import warnings
from functools import cache
from pathlib import Path

import pytest

import sim
from sim.experiment.typical import only
from sim.log import read_log
from sim.rules import OutsideValidity, coverage, score
from sim.rules.suggest import suggestions
from sim.rules.suggest.suggestion import starts_with

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
SCENARIOS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FOUR = ("chemical-leak", "market-gathering", "river-flood", "school-cluster")
"""One of each class of events, for the packs of other places."""
PACKS = ("guangxi-2012-65", "guangxi-general-2006")
"""What the offices of the shipped scenarios are there for."""
NEVER_ENDED = {("mine-collapse", "terminate"), ("mine-collapse", "aar_submit")}
"""Duties that begin with the end of a response, which no office of this scenario ever ends."""
NOT_BY_FIGURES = {
    ("school-cluster", "confirm"),
    ("wedding-poisoning", "confirm"),
    ("market-gathering", "GX-01"),
    ("border-livestock", "confirm"),
    ("power-outage", "confirm"),
}
"""Duties of a grade that the table of the scenario's hazards gives to a person's judgement (food
poisoning and animal disease of grade I, mass incidents of grade III) or does not have: a city's
power outage is never of grade I."""
UNREACHED = NEVER_ENDED | NOT_BY_FIGURES


@cache
def untouched(name: str, pack: str):
    """The record of one drill, and a suggestion for each duty that it left untouched."""
    rules = sim.load_pack(pack)
    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    log = sim.run(scenario, packs=(rules,), name=name)
    never = coverage(judged(log, rules)).never()
    return log, suggestions(log, rules, never, list(scenario.channels))


def judged(log, rules):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideValidity)
        return score(log, rules)


def times_touched(log, rules, rule):
    """In how many drills; judged by this rule and those that lift it, the others change nothing."""
    table = coverage(judged(log, only(rules, rule))).totals().set_index("rule")
    return table.loc[rule, "touched"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pack", "name"),
    [
        *((PACKS[0], name) for name in SCENARIOS),
        *((PACKS[1], name) for name in FOUR),
        *(
            pytest.param(PACKS[1], name, marks=pytest.mark.full)
            for name in SCENARIOS
            if name not in FOUR
        ),
    ],
)
def test_pasted_into_the_scenario_it_touches_the_duty(name, pack, tmp_path):
    rules = sim.load_pack(pack)
    _, found = untouched(name, pack)
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    missed = []
    for one in found:
        if one.fragment:
            file = tmp_path / f"pasted-{one.rule}.yaml"
            file.write_text(f"yanlian: 1\nuse: [{name}]\n{one.yaml()}", encoding="utf-8")
            log = sim.run(sim.load_scenario(file), seed=7, replications=2, packs=(rules,))
            if not times_touched(log, rules, one.rule):
                start = starts_with(rules.rules[one.rule]).get("activity")
                missed.append((name, start.among[0] if start else one.rule))
    assert set(missed) <= UNREACHED


@pytest.mark.parametrize(
    ("pack", "name"),
    [(pack, name) for pack in sim.pack_names() for name in (SCENARIOS if pack in PACKS else FOUR)],
)
def test_rows_added_to_the_record_touch_the_duty(name, pack, tmp_path):
    """Through the file, as a user adds them; only the activities concerned are kept."""
    rules = sim.load_pack(pack)
    log, found = untouched(name, pack)
    path = tmp_path / "events.csv"
    sim.write_log(log, path)
    text = path.read_text(encoding="utf-8-sig")
    for one in found:
        if one.rows:
            added = tmp_path / f"{one.rule}.csv"
            added.write_text(with_rows(text, one.csv()), encoding="utf-8")
            assert times_touched(read_log(added), rules, one.rule) == 1, one.rule


def with_rows(text: str, more: str) -> str:
    """The record's file with further rows below, their columns put in its order."""
    lines = text.splitlines()
    at = next(k for k, line in enumerate(lines) if "activity" in line.split(","))
    names = lines[at].split(",")
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    for number, row in enumerate(csv.DictReader(io.StringIO(more))):
        writer.writerow({"row": f"added{number}", "seq": str(900_000 + number), **row})
    return text.rstrip("\n") + "\n" + out.getvalue()


def test_what_is_never_touched_anywhere_has_a_suggestion_that_says_how():
    """All packs, a scenario of each class: an untouched rule has words, and a fragment or rows."""
    seen = 0
    for pack in sim.pack_names():
        for name in FOUR:
            for one in untouched(name, pack)[1]:
                seen += 1
                assert one.words
                assert bool(one.fragment) != bool(one.rows)
    assert seen > 50
