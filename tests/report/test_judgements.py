"""Evaluators' judgements stand beside the verdicts: in words, on the page, in Word, never mixed."""

from __future__ import annotations

import re

import pytest

from sim.intake.ratings import By, Rating, Ratings, Remark
from sim.report.html import render_report
from sim.report.judgements import judged_parts, ratings_text, remark_parts
from sim.rules import load_pack, score
from sim.texts import in_language

A, B = By("甲", "县值班室"), By("乙")
EVIL = '<script>alert(1)</script>" onload="x'
FOUND = Ratings(
    (
        Rating("aqt9009", "4", "指挥和协调", "fair", "交接没有记录", A),
        Rating("aqt9009", "1", "预警与信息报告", "good", "", A),
        Rating("aqt9009", "2", "紧急动员", "unobserved", "", A),
        Rating("aqt9009", "1", "预警与信息报告", "excellent", EVIL, B),
        Rating("aqt9009", "2", "紧急动员", "good", "", B),
        Rating("hseep", "", "疏散", "U", "", B),
        Rating("hseep", "T1", "堵漏", "S", "", B),
        Rating("sixheads", "6", "对完善预案的意见", "", "写明夜间电话", A),
    ),
    (
        Remark("improve", "三次重拨", "第八条", "9:35", A),
        Remark("strength", "复述清楚", "", "", B),
    ),
)


@pytest.fixture(scope="module")
def judged(drill):
    return score(drill, load_pack("guangxi-2012-65"))


def test_ratings_of_one_item_stand_together_and_are_not_averaged() -> None:
    """Counted by hand: good 2, excellent 1, fair 1; the unobserved one is counted, not listed."""
    with in_language("en"):
        dimensions, heads, hseep = judged_parts(FOUND)
    assert [(line.number, line.word, line.who) for line in dimensions.lines] == [
        ("1", "good", "甲 (县值班室)"),
        ("1", "excellent", "乙"),
        ("2", "good", "乙"),
        ("4", "fair", "甲 (县值班室)"),
    ]
    assert dimensions.sums == "excellent 1, good 2, fair 1, not observed 1; evaluators differ on 1"
    assert heads.lines[0].word == "—"
    assert dimensions.lines[0].item == "Warning and reporting"
    assert [line.item for line in hseep.lines] == ["疏散", "堵漏"]


def test_without_persons_evaluators_go_by_numbers() -> None:
    with in_language("zh"):
        lines = [line for part in judged_parts(FOUND, False) for line in part.lines]
        remarks = [line for _, _, found in remark_parts(FOUND, False) for line in found]
    assert {line.who for line in (*lines, *remarks)} == {"评估员1（县值班室）", "评估员2"}


def test_the_console_tells_strengths_before_what_to_improve() -> None:
    with in_language("en"):
        text = ratings_text(FOUND)
    assert text.index("复述清楚") < text.index("三次重拨")
    assert "第八条, 9:35, 甲 (县值班室)" in text


def without(page: str) -> str:
    return re.sub(
        r'<section class="wide">\n<h2>Evaluators.*?</section>\n', "", page, flags=re.DOTALL
    )


def test_the_page_differs_by_one_section_only_and_takes_no_markup(drill, judged) -> None:
    plain = render_report(drill, judged, lang="en")
    page = render_report(drill, judged, lang="en", ratings=FOUND)
    assert "Evaluators&#39; judgements" in page
    assert "Evaluators&#39;" not in plain
    assert [line for line in without(page).splitlines() if line] == [
        line for line in plain.splitlines() if line
    ]
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_word_report_has_a_chapter_of_its_own(drill, judged, tmp_path) -> None:
    docx = pytest.importorskip("docx")
    from sim.report.word import write_word

    document = docx.Document(
        str(write_word(tmp_path / "x.docx", drill, judged, lang="zh", ratings=FOUND))
    )
    chapters = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert chapters[11:14] == ["责任落实与条款覆盖", "评估人员评定意见", "成效、问题与改进措施"]
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["1", "预警与信息报告", "优", EVIL, "评估员2"] in rows
    assert ["三次重拨", "第八条", "9:35", "评估员1（县值班室）"] in rows
    assert not [row for row in rows if "甲" in "".join(row)]
