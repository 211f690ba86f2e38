"""The library as a whole: what each scenario says of itself is what its drills do."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import sim
from sim.errors import UnusableInput
from sim.exercise.rehearsal import action_times
from sim.experiment.run import replicate
from sim.model import Plan
from sim.rules import OutsideValidity, coverage
from sim.scenario import cards, numbers_with_sources
from sim.scenario.grade import grade, highest, table_for

FOLDER = Path(__file__).parents[2] / "scenarios"
CARDS = {card.id: card for card in cards(FOLDER)}
ARTICLES = [f"第{word}条" for word in "一二三四五六七八九十"]
ARTICLES += [f"第十{word}条" for word in "一二三四五"]


def test_every_scenario_of_the_folder_has_a_card() -> None:
    assert set(CARDS) == {path.stem for path in FOLDER.glob("*.yaml")}
    assert all(card.about for card in CARDS.values())
    assert len(CARDS) >= 12


def test_classes_grades_and_times_of_day_are_all_there() -> None:
    about = [card.about for card in CARDS.values()]
    assert {one.class_ for one in about} == {"natural", "accident", "health", "social"}
    assert {one.grade for one in about} == {"I", "II", "III", "IV"}
    assert {one.when for one in about} == {"day", "night", "holiday"}
    for kind in ("natural", "accident", "health", "social"):
        assert len({one.when for one in about if one.class_ == kind}) >= 2, kind


@pytest.mark.parametrize("name", CARDS)
def test_the_stated_grade_is_that_of_the_true_figures(name: str) -> None:
    """By grade() alone, over every state of every incident, figures carried on."""
    reached = []
    for incident in sim.load_scenario(FOLDER / f"{name}.yaml").incidents.values():
        state: dict[str, float] = {}
        for change in incident.course:
            given = change.model_dump(exclude={"after", "name", "note", "source"})
            state |= {key: value for key, value in given.items() if value is not None}
            reached.append(grade(state, table_for(incident.hazard)))
    assert highest(reached) == CARDS[name].about.grade


@pytest.mark.parametrize("name", CARDS)
def test_day_and_night_are_those_of_the_clock(name: str) -> None:
    """Night: the first incident occurs between 18:00 and 06:00; a holiday may be at any hour."""
    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    first = min(one.at for one in scenario.incidents.values() if one.occurs)
    hour = (scenario.second_of_day + first) // 3600 % 24
    when = CARDS[name].about.when
    assert when == "holiday" or (when == "night") == (hour >= 18 or hour < 6)


@pytest.mark.parametrize("name", CARDS)
def test_the_stated_articles_are_touched_in_its_drills(name: str) -> None:
    pack = sim.load_pack("guangxi-2012-65")
    log = sim.run(sim.load_scenario(FOLDER / f"{name}.yaml"), 3, 3, packs=(pack,), name=name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideValidity)
        totals = coverage(sim.score(log, pack)).totals()
    touched = {pack.rules[rule].clause for rule in totals.loc[totals["touched"] > 0, "rule"]}
    stated = {ARTICLES[number - 1] for number in CARDS[name].about.articles}
    assert stated <= touched


EVALUATORS_EYE: set[tuple[str, str]] = set()
"""Expected actions (scenario, inject) that no act of the record shows, each with its reason."""


@pytest.mark.parametrize("name", CARDS)
def test_every_expected_action_is_forecast(name: str) -> None:
    """Whatever is expected names its act, and in some of 12 drills somebody does it."""
    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    expected = {key for key, inject in scenario.injects.items() if inject.expect}
    drills = [list(rows) for _, rows in replicate(Plan(scenario), 1, 0, 12, scenario.horizon)]
    done = {key for key, times in action_times(scenario, drills).items() if times.done.estimate > 0}
    assert expected - done == {key for where, key in EVALUATORS_EYE if where == name}


def test_cards_pass_over_other_files_and_collect_what_is_wrong(tmp_path: Path) -> None:
    about = "about: {class: flood, grade: II, when: day, articles: [16], aim: x}\n"
    (tmp_path / "a.yaml").write_text(f"yanlian: 1\nname: A\n{about}", "utf-8")
    (tmp_path / "b.yaml").write_text("yanlian: 1\nname: 3\n", "utf-8")
    (tmp_path / "pack.yaml").write_text("format: 1\nid: p\n", "utf-8")
    with pytest.raises(UnusableInput) as caught:
        cards(tmp_path)
    places = [(Path(one.file).name, one.line, one.path) for one in caught.value.problems]
    assert places == [
        ("a.yaml", 3, "about.class"),
        ("a.yaml", 3, "about.articles.0"),
        ("b.yaml", 2, "name"),
    ]
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "b.yaml").write_text("yanlian: 1\n", "utf-8")
    assert cards(tmp_path) == [("b", None, None)]


def test_a_library_file_does_not_hand_on_its_card(tmp_path: Path) -> None:
    head = (FOLDER / "hotel-fire.yaml").read_text("utf-8")
    (tmp_path / "hotel-fire.yaml").write_text(head, "utf-8")
    own = tmp_path / "own.yaml"
    own.write_text("yanlian: 1\nuse: [hotel-fire]\nhorizon: 6 h\n", "utf-8")
    assert sim.load_scenario(own).about is None
    assert not any(path.startswith("about") for path, _, _ in numbers_with_sources(own))
