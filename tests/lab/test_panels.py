"""The panels without a browser: sliders are moved by the program."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sim
from sim.experiment.compare import difference
from sim.report.digits import with_error
from sim.texts import in_language

CASE = Path(__file__).parents[2] / "scenarios/real/hengxian_2009_fire/events.csv"


class Tags(HTMLParser):
    """The tags that a browser would see, with their attributes."""

    def __init__(self, text: str):
        super().__init__()
        self.found: set[tuple[str, tuple[str, ...]]] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.add((tag, tuple(name for name, _ in attrs)))


def cells(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", html)]


@pytest.fixture
def panel(study):
    return sim.study_panel(study(), drills=8)


def test_at_first_only_the_base_is_shown(panel) -> None:
    assert "8 drills of the base" in panel.answer.value
    assert len(panel.results.points) == 1
    assert panel.history.layout.display == "none"


def test_a_moved_slider_shows_the_difference_that_the_study_would(panel) -> None:
    panel.sliders["line"].value = "cut"
    gap = difference(panel.results, "took", 0, 1)
    half = (gap.high - gap.low) / 2 / 60
    assert with_error(gap.value / 60, half) in cells(panel.answer.value)
    assert "8 drills of the base, 8 as set" in panel.answer.value
    assert bytes(panel.picture.value).startswith(b"\x89PNG")


def test_more_drills_are_run_of_both_and_their_number_is_told(panel) -> None:
    panel.set(line="cut")
    panel.more.click()
    assert "16 drills of the base, 16 as set" in panel.answer.value


def test_back_to_how_it_stands(panel) -> None:
    panel.set(line="cut")
    panel.back.click()
    assert panel.setting == panel.trials.base
    assert "told apart" not in panel.answer.value


def test_names_with_markup_stay_text(panel) -> None:
    panel.set(line="cut")
    html = panel.children[0].value + panel.answer.value + panel.tried.value
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    tags = {tag for tag, _ in Tags(html).found}
    assert tags <= {"style", "div", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert not any("onerror" in names for _, names in Tags(html).found)


def test_what_cannot_be_run_is_said_in_the_panel(study) -> None:
    factors = {"offices.city.duty": [1, "<b>many</b>"], "line": {"up": {}, "cut": {}}}
    panel = sim.study_panel(study(factors=factors), drills=2)
    panel.set(**{"offices.city.duty": "<b>many</b>"})
    assert "offices.city.duty: expected" in panel.answer.value
    assert "<b>" not in panel.answer.value
    panel.back.click()
    assert "2 drills of the base" in panel.answer.value


def test_a_burst_of_moves_is_answered_once_for_the_last(study) -> None:
    async def burst():
        panel = sim.study_panel(study(), drills=2)
        for level in ("cut", "up", "cut"):
            panel.sliders["line"].value = level
            panel.sliders["offices.city.duty"].value = "2"
        panel.sliders["line"].value = "cut"
        await asyncio.sleep(1)
        return panel

    panel = asyncio.run(burst())
    assert list(panel.trials._values) == [("1", "up"), ("2", "cut")]


def test_every_word_of_the_panel_is_chinese_in_chinese(study) -> None:
    plain = study(name=None, names={})
    with in_language("zh"):
        panel = sim.study_panel(plain, drills=2)
        panel.set(line="cut")
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", panel.answer.value + panel.tried.value)
    kept = {"took", "in", "time", "line", "cut", "duty"}
    assert set(re.findall("[A-Za-z]{2,}", words)) <= kept
    assert "再做" in panel.more.description


@pytest.fixture
def record():
    return sim.record_panel(sim.read_log(CASE), sim.load_pack("guangxi-general-2006"))


def test_only_questions_that_turn_a_verdict_over_are_asked(record) -> None:
    assert list(record.lists) == ["start"]
    assert "hengxian-gov" in record.clocks


def test_one_minute_on_the_countys_clock_makes_a_report_met_at_equality_late(record) -> None:
    """By hand: notice at 8:20, report at 10:20, limit 2 h; with 10:21 it is a minute late."""
    record.lists["start"].value = "receive"
    assert any(cell.startswith("met") for cell in cells(record.answer.value))
    record.clocks["hengxian-gov"].value = 1
    assert record.minutes == {"hengxian-gov": 1}
    row = record.verdicts.table.set_index("rule").loc["GP-county"]
    assert (row["verdict"], row["margin_s"]) == ("late", -60)
    assert "late -1" in record.answer.value


def test_the_record_itself_stays_as_it_is(record) -> None:
    before = record.judging.log.table.copy()
    record.clocks["hengxian-gov"].value = -30
    assert record.judging.log.table.equals(before)
    record.back.click()
    assert "verdicts changed: 0; only their margins: 0" in record.answer.value


def test_names_of_a_record_stay_text() -> None:
    panel = sim.record_panel(
        sim.read_log(CASE),
        sim.load_pack("guangxi-general-2006"),
        names={"hengxian-gov": "<script>alert(1)</script>"},
    )
    assert "script" not in {tag for tag, _ in Tags(panel.answer.value).found}
    assert "&lt;script&gt;" in panel.answer.value
