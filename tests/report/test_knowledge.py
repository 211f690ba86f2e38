"""The picture of who knew the right number when."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.text import Text

import sim
from sim.report.html import render_report
from sim.report.knowledge import fields_told, knowledge_chart
from sim.report.knowledge_panel import Panel
from sim.rules import minutes_until_right
from sim.rules.ledger import Book

ROOT = Path(__file__).parents[2]
REAL = ROOT / "scenarios/real/hengxian_2009_fire/events.csv"


@pytest.fixture(scope="module")
def flood():
    return sim.run(sim.load_scenario(ROOT / "scenarios/river-flood.yaml"), 1, 25)


@pytest.fixture
def one_office(make_diary):
    """Truth 1 dead at 0, 3 from minute 30; told 1 at minute 10, 2 at 20, 3 at 50."""
    diary = make_diary()
    diary.row(0, "role", "city", incident="", actor_role="city_gov")
    diary.row(0, "occur", "", dead=1, hazard="fire")
    for minute, dead in ((10, 1), (20, 2), (50, 3)):
        diary.row(minute, "verify", "city", phase="ended", dead=dead)
    diary.row(30, "truth", "", dead=3)
    return diary.log()


def test_shades_are_the_spans_in_which_the_office_was_untold_or_wrong(one_office):
    """By hand: untold to 10, right to 20, wrong (2≠1, then 2≠3) to 50, right after."""
    book = Book(one_office)
    panel = Panel(None, book, (0, "leak", "dead"), 0, 3600)
    held = [(int(book.sheet.hi[line.at]), line.value) for line in book.beliefs.lines]
    assert panel.spans(held) == [
        (0, 600, "untold"),
        (600, 1200, "right"),
        (1200, 3000, "wrong"),
        (3000, 3600, "right"),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_texts_neither_cover_one_another_nor_leave_the_picture(flood, lang):
    for case in (flood.cases[0], None):
        picture = knowledge_chart(flood, None, "dead", lang, case=case)
        picture.draw_without_rendering()
        renderer = picture.canvas.get_renderer()
        boxes = [
            (text.get_text(), text.get_window_extent(renderer))
            for text in dict.fromkeys(picture.findobj(Text))
            if text.get_visible() and text.get_text().strip()
        ]
        for k, (words, a) in enumerate(boxes):
            assert a.x0 >= 0, words
            assert a.x1 <= picture.bbox.width, words
            for other, b in boxes[k + 1 :]:
                apart = a.x1 <= b.x0 + 2 or b.x1 <= a.x0 + 2 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
                assert apart, (words, other)


def test_offices_stand_from_the_incident_upwards_by_their_names(flood):
    case = flood.cases[0]
    picture = knowledge_chart(flood, None, "dead", "en", {"region-gov": "REGION"}, case=case)
    first = [
        next(text.get_text() for text in ax.texts if text.get_ha() == "right")
        for ax in picture.axes
    ]
    assert first[-1] == "REGION"
    assert first.index("rongan-gov") < first.index("liuzhou-gov") < first.index("REGION")


def test_curve_of_many_drills_ends_at_the_share_that_ever_knew(flood):
    picture = knowledge_chart(flood, None, "dead", "en", actors=["region-gov"])
    line = picture.axes[0].lines[0]
    right = minutes_until_right(flood, "region-gov", "dead")
    inside = right["right"] & (right["minutes"] <= line.get_xdata()[-1])
    assert line.get_ydata()[-1] == pytest.approx(inside.mean())
    half = np.searchsorted(line.get_ydata(), 0.5)
    knew = sorted(right.loc[right["right"], "minutes"])
    assert line.get_xdata()[half] == pytest.approx(knew[12]), "the 13th of 25"


def test_real_record_is_drawn_like_a_simulated_one():
    picture = knowledge_chart(sim.read_log(REAL), None, "dead", "zh")
    words = " ".join(text.get_text() for text in picture.findobj(Text))
    assert "横县安监局" in words
    assert "5:05 后首次准确" in words, "03:15 (earliest) to 08:20"


def test_a_field_that_nobody_was_told_of_is_refused(flood):
    with pytest.raises(ValueError, match="poisoned"):
        knowledge_chart(flood, None, "poisoned", "en")


def test_fields_worth_a_picture_have_a_truth_and_two_who_were_told(one_office, flood):
    assert fields_told(Book(one_office)) == []
    assert fields_told(Book(flood))[0] == "dead"


def test_report_has_a_section_where_figures_are_told_and_none_elsewhere(flood, one_office):
    pack = sim.load_pack("guangxi-2012-65")
    case = flood.case(flood.cases[0])
    assert "谁在何时知道什么" in render_report(case, sim.score(case, pack))
    assert "谁在何时知道什么" not in render_report(one_office, sim.score(one_office, pack))
