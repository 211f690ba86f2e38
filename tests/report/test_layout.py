"""No picture has a text outside itself or over another, in Chinese and in English."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.report.coverage_chart import coverage_chart
from sim.report.grade_chart import grade_chart
from sim.report.names import display_names
from sim.report.style import figure_style, new_picture
from sim.rules import Verdicts
from sim.rules.coverage import coverage

FOLDER = Path(__file__).parents[2] / "scenarios"
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module", params=["river-flood", "village-landslide"])
def drilled(request):
    """A busy drill and one over five levels: scenario, record and verdicts."""
    pack = sim.load_pack("guangxi-2012-65")
    scenario = sim.load_scenario(FOLDER / f"{request.param}.yaml")
    log = sim.run(scenario, 1, packs=(pack,), name=request.param)
    return scenario, log, sim.score(log, pack)


@pytest.fixture(scope="module")
def many():
    pack = sim.load_pack("guangxi-2012-65")
    scenario = sim.load_scenario(FOLDER / "village-landslide.yaml")
    log = sim.run(scenario, 1, 6, packs=(pack,), name="village-landslide")
    return scenario, log, sim.score(log, pack)


@LANGUAGES
@pytest.mark.parametrize(
    "kind", ["swimlane", "team_chart", "knowledge_chart", "supply_chart", "map_chart", "grade"]
)
def test_pictures_of_one_drill(drilled, text_problems, kind, lang):
    scenario, log, verdicts = drilled
    names = {"lang": lang, "names": display_names(scenario, lang)}
    picture = {
        "swimlane": lambda: sim.swimlane(log, verdicts, title=scenario.title("x", lang), **names),
        "team_chart": lambda: sim.team_chart(log, **names),
        "knowledge_chart": lambda: sim.knowledge_chart(log, **names),
        "supply_chart": lambda: sim.supply_chart(log, **names),
        "map_chart": lambda: sim.map_chart(log, scenario, lang=lang),
        "grade": lambda: grade_chart(log, **names),
    }[kind]()
    assert text_problems(picture) == []


@LANGUAGES
def test_pictures_of_many_drills(many, text_problems, lang):
    scenario, log, verdicts = many
    names = {"lang": lang, "names": display_names(scenario, lang)}
    for picture in (
        sim.report_ecdf(log, verdicts, "GX-02-dept", **names),
        sim.knowledge_chart(log, **names),
        sim.supply_ecdf(log, **names),
        sim.map_chart(log, scenario, lang=lang),
    ):
        assert text_problems(picture) == []


@LANGUAGES
@pytest.mark.parametrize("drills", [1, 6])
def test_the_matrix_of_coverage_for_few_and_for_more_drills(many, text_problems, drills, lang):
    verdicts = many[2]
    cases = list(verdicts.table["case"].unique())[:drills]
    part = verdicts.table[verdicts.table["case"].isin(cases)].reset_index(drop=True)
    shown = Verdicts(part, verdicts.origins, verdicts.rules)
    assert text_problems(coverage_chart(coverage(shown), lang=lang)) == []


def test_the_check_finds_what_is_wrong(text_problems):
    with figure_style():
        picture = new_picture(2, 1)
        picture.text(0.1, 0.5, "first")
        picture.text(0.12, 0.5, "second")
        picture.text(0.9, 0.1, "runs out of it")
    assert [words.split(":")[0] for words in text_problems(picture)] == [
        "outside", "over each other",
    ]  # fmt: skip
