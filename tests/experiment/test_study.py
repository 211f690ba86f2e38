"""Study files: what they may say, and every mistake with its place."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import UnusableInput
from sim.experiment import load_study
from sim.experiment.design import combinations, points
from sim.experiment.factors import Range

HEAD = "study: 1\nscenario: small.yaml\nmeasures: {in time: {met: GX-01}}\n"


@pytest.fixture
def file(study, tmp_path):
    study()

    def made(text: str):
        path = tmp_path / "s.yaml"
        path.write_text(HEAD + text, encoding="utf-8")
        return load_study(path)

    return made


def test_a_grid_counts_like_a_clock(file) -> None:
    made = file("factors: {offices.city.duty: [1, 2], offices.region.duty: [1, 2, 3]}\n")
    levels = [tuple(one.values()) for one in combinations(made)]
    assert levels == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]
    scenario = points(made)[5].scenario
    assert scenario.offices["region"].duty == points(made)[2].scenario.offices["region"].duty


def test_variants_change_several_values_and_take_things_away(file) -> None:
    made = file(
        "factors:\n  how:\n    base: {}\n    quiet: {background.calls: null, "
        "procedures.tell.steps.1.grade.time: 5 min}\n"
    )
    base, quiet = points(made)
    assert "calls" in base.scenario.background
    assert "calls" not in quiet.scenario.background
    assert quiet.levels == {"how": "quiet"}


def test_latin_hypercube_has_one_point_in_every_row(file) -> None:
    made = file(
        "factors: {a: {from: 0, to: 1}, b: {from: 0, to: 1}}\n"
        "design: {latin_hypercube: {points: 10, seed: 3}}\n"
    )
    values = np.array([list(one.values()) for one in combinations(made)])
    for column in values.T:
        assert sorted((column * 10).astype(int)) == list(range(10))


@pytest.mark.parametrize(
    ("text", "share", "value"),
    [
        ({"from": 1, "to": 6, "whole": True}, 0.0, 1),
        ({"from": 1, "to": 6, "whole": True}, 0.9999, 6),
        ({"from": 1, "to": 6, "whole": True}, 0.5, 4),
        ({"from": "5 min", "to": "15 min"}, 0.5, "600 s"),
        ({"from": "1 min", "to": "100 min", "log": True}, 0.5, "600 s"),
        ({"from": 0.5, "to": 1.0}, 0.25, 0.625),
    ],
)
def test_ranges_by_hand(text, share, value) -> None:
    assert Range.model_validate(text).value(share) == value


def test_one_at_a_time_by_hand(file) -> None:
    made = file(
        "factors: {offices.city.duty: [1, 2, 3], offices.region.duty: [1, 2]}\n"
        "design: {one_at_a_time: {offices.city.duty: 2, offices.region.duty: 1}}\n"
    )
    assert [tuple(p.values()) for p in combinations(made)] == [(2, 1), (1, 1), (3, 1), (2, 2)]


MISTAKES = {
    "factor": ("factors: {offices.citi.duty: [1]}", r"s.yaml:4: offices.citi: .*did you mean city"),
    "value": ("factors: {offices.city.duty: [many]}", r"s.yaml:4: offices.city.duty: expected"),
    "below": ("factors: {horizon.x: [1]}", r"horizon.x: expected a path that ends here"),
    "place": (
        "factors: {procedures.tell.steps.9.send: [1]}",
        r"steps.9: expected a place in a list of 4",
    ),
    "rule": (
        "seed: 2\nmeasures: {a: {met: GX-1}}",
        r"doubled|measures",
    ),
    "design": ("design: {grid: true, sobol: {points: 4}}", r"design: expected exactly one of"),
    "sobol": (
        "factors: {a: {from: 1, to: 2}}\ndesign: {sobol: {points: 5}}",
        r"design.sobol.points: expected a power of two",
    ),
    "range": ("factors: {a: {from: 2, to: 1}}", r"factors.a: expected a range from a lower"),
    "grid of a range": ("factors: {a: {from: 1, to: 2}}", r"factors.a: expected levels"),
    "precision": (
        "replications: {half_width: {on time: 0.1}}",
        r"half_width.on time: .*did you mean in time",
    ),
    "width": ("replications: {half_width: {in time: 5 parsecs}}", r"half_width.in time"),
    "pairs": ("antithetic: true\nreplications: 9", r"replications: expected an even number"),
    "pack": ("pack: guangxi-2012-66", r"did you mean guangxi-2012-65"),
    "option": ("options: {strat: occur}", r"strat"),
    "two of a kind": ("select: {}", r"select: expected exactly one of safe, best"),
    "unsafe": (
        "select: {safe: {measure: in time, at_least: 0.9, cost: {x: 1}}}",
        r"select.safe.cost.x: expected one of the factors",
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_every_mistake_is_told_with_its_place(file, what) -> None:
    text, message = MISTAKES[what]
    with pytest.raises(UnusableInput, match=message):
        points(file(text + "\n"))


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        ("{met: GX-1}", r"measures.x.met: .*did you mean GX-01"),
        ("{margin: A15-1}", r"measures.x.margin: expected a rule with a time limit"),
        ("{met: GX-01, cost: total}", r"measures.x: expected exactly one of"),
        ("{}", r"measures.x: expected exactly one of"),
        ("{mett: GX-01}", r"measures.x.mett: .*did you mean met"),
    ],
)
def test_every_mistake_in_a_measure_is_told(study, tmp_path, measure, message) -> None:
    study()
    path = tmp_path / "s.yaml"
    path.write_text(f"study: 1\nscenario: small.yaml\nmeasures: {{x: {measure}}}\n", "utf-8")
    with pytest.raises(UnusableInput, match=message):
        load_study(path)


def test_only_what_the_study_has_can_be_named(file) -> None:
    with pytest.raises(UnusableInput) as caught:
        file("factors: {offices.city.duty: [1, 2]}\nnames: {in tme: {zh: 按时, en: on time}}\n")
    (problem,) = caught.value.problems
    assert (problem.path, problem.hint) == ("names.in tme", "in time")


def test_keys_stand_in_for_those_of_the_file(file, tmp_path) -> None:
    file("replications: 10\n")
    study = load_study(tmp_path / "s.yaml", replications=20)
    assert study.replications == study.file.data["replications"] == 20
