"""The files: structure of the documents, what they must not say, bad input."""

from __future__ import annotations

import re
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from sim.errors import MissingExtra, UnusableInput
from sim.exercise.papers.write import write_papers
from sim.scenario import load_scenario
from tests.exercise.papers.conftest import RUNS, SCENARIO

docx = pytest.importorskip("docx", reason="python-docx is in the extra word")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is in the extra excel")
from docx.oxml.ns import qn  # noqa: E402


def opened(path):
    return docx.Document(str(path))


def text_of(path):
    body = opened(path).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def rows_of(path):
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    ]


def headings(path, level=1):
    return [p.text for p in opened(path).paragraphs if p.style.name == f"Heading {level}"]


def test_one_sheet_a_post_and_every_other_paper(folders):
    names = {path.name for path in folders["zh"].iterdir()}
    offices = load_scenario(SCENARIO).offices
    sheets = {f"evaluator-{post}.docx" for post in [*offices, "scene"]}
    books = {f"{name}.xlsx" for name in ("roster", "contacts", "checklist", "injects", "ratings")}
    assert names == sheets | books | {"plan.docx", "script.docx", "forms.docx"}


def test_the_plan_has_the_parts_that_guides_ask_for(folders):
    assert headings(folders["zh"] / "plan.docx") == [
        *("演练目的和依据", "演练类型、规模、时间和地点", "情景概要", "组织机构和任务分工"),
        *("步骤和时间安排", "演练规则", "演练评估", "演练保障和安全", "评估总结和改进"),
        "数字的来源",
    ]
    means = headings(folders["zh"] / "plan.docx", 2)
    for word in ("人员", "经费", "场地", "物资和器材", "通信", "安全"):
        assert f"{word}保障" in means


def test_the_script_has_the_six_parts_of_a_script(folders):
    """Situation, steps and times, acts and who does them, words, screen and captions, narration."""
    path = folders["zh"] / "script.docx"
    assert headings(path)[:3] == ["模拟情景", "步骤和时间安排", "分步脚本"]
    heads = [
        [cell.text for cell in table.rows[0].cells]
        for table in opened(path).tables
        if "序号" in table.rows[0].cells[0].text
    ]
    assert heads == [
        ["序号", "时间", "单位", "行动", "指令与对白", "视频背景、字幕与解说词"],
    ]
    said = text_of(path)
    assert "字幕：" in said
    assert "解说：" in said


def test_injects_and_contingencies_stand_in_the_script_and_not_in_the_plan(folders):
    script, plan = (text_of(folders["zh"] / f"{name}.docx") for name in ("script", "plan"))
    for one in load_scenario(SCENARIO).injects.values():
        assert one.text.zh in script
        assert one.text.zh not in plan, "players read the plan"
    assert "未完成时注入：苗头性信息" in script
    assert "参与人数1200人" in script
    assert "1200" not in plan


def test_computed_times_are_marked_and_set_ones_are_not(folders):
    (table,) = [t for t in opened(folders["zh"] / "script.docx").tables if len(t.columns) == 6]
    for row in table.rows[1:]:
        _, when, _, act, *_ = (cell.text for cell in row.cells)
        assert when.startswith("≈ ") != act.startswith("【注入】"), when


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_are_a4_and_papers_are_drafts_without_an_author(folders, lang):
    for name, wide in (("plan", False), ("script", True), ("forms", False)):
        document = opened(folders[lang] / f"{name}.docx")
        size = (document.sections[0].page_width.mm, document.sections[0].page_height.mm)
        assert sorted(map(round, size)) == [210, 297]
        assert (size[0] > size[1]) == wide
        assert document.core_properties.author == ""
    assert ("草稿" if lang == "zh" else "draft") in text_of(folders[lang] / "plan.docx")


def test_english_papers_have_no_chinese_but_titles_of_sources(folders):
    for name in ("script", "forms", "evaluator-city-gov"):
        found = re.findall("[一-鿿]+", text_of(folders["en"] / f"{name}.docx"))
        assert not found, (name, found)


def test_a_sheet_has_the_clauses_of_its_post_and_of_no_other(folders):
    sheets = {p.stem: text_of(p) for p in folders["zh"].glob("evaluator-*.docx")}
    assert "第十条 GX-02-city" in sheets["evaluator-city-gov"]
    assert "第十条 GX-02-city" not in sheets["evaluator-unit"]
    for text in sheets.values():
        assert "钟表快" in text
        assert "本岗位首次接报时刻" in text or "三、" not in text


def test_the_call_form_has_the_fields_of_a_duty_log(folders):
    """As published: time, place, cause, course, measures, impact, trend; whom the caller told."""
    text = text_of(folders["zh"] / "forms.docx")
    call = text[: text.index("突发事件信息报告单")]
    for field in (
        *("事发时间", "事发地点", "起因和经过", "已采取措施", "影响范围", "发展趋势"),
        *("来电人已向哪些单位报告、何时报告", "来电人单位、姓名、职务", "来电号码"),
        "记录人、记录时间",
    ):
        assert field in call


def test_the_roster_covers_the_drill_without_gap_and_names_nobody(folders):
    """Every duty post of the city: each minute of 12 h lies in somebody's hours."""
    head, *rows = rows_of(folders["zh"] / "roster.xlsx")
    assert head[:5] == ["单位", "岗位", "到岗时间", "离岗时间", "人员（代号）"]
    city = [r for r in rows if r[0] == "贵港市政府值班室" and r[1] == "值班员"]
    spans = sorted((r[2], r[3]) for r in city)
    assert spans[0][0] <= "2026-09-15 08:00"
    assert max(end for _, end in spans) >= "2026-09-15 20:00"
    for (_, end), (begin, _) in pairwise(spans):
        assert begin <= end
    assert len([r for r in city if r[3] == "2026-09-15 17:50"]) == 3, "three by day"
    assert all(re.fullmatch(r"(值班员|带班领导)[甲乙丙丁戊己庚辛壬癸]", r[4]) for r in rows)
    people = [(r[0], r[4]) for r in rows]
    assert len(people) == len(set(people)), "one code name, one person and one presence"


@pytest.mark.parametrize("name", ["roster", "contacts", "checklist"])
def test_lists_print_across_a4_with_all_columns_and_the_header_on_every_page(folders, name):
    sheet = openpyxl.load_workbook(folders["zh"] / f"{name}.xlsx").active
    page = sheet.page_setup
    assert (page.orientation, page.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, page.fitToHeight) == (True, 0)
    assert sheet.print_title_rows in ("$1:$1", "1:1")


@pytest.mark.parametrize(("lang", "number"), [("zh", "一二三四"), ("en", "1234")])
def test_parts_of_an_evaluators_sheet_are_numbered_without_gap(folders, lang, number):
    """Also at a post to which no inject comes, as at the police of the city."""
    for post, count in (("city-gov", 4), ("city-dept", 3)):
        lines = text_of(folders[lang] / f"evaluator-{post}.docx").splitlines()
        heads = [
            m[1] for m in (re.match(r"([一二三四1-4])(?:、|\. )", line) for line in lines) if m
        ]
        assert heads == list(number[:count])


def test_contacts_leave_every_number_blank(folders):
    _, *rows = rows_of(folders["zh"] / "contacts.xlsx")
    assert rows
    assert {cell for row in rows for cell in row[3:7]} == {""}
    assert not re.search(r"\d{7}", str(rows))


def test_the_checklist_holds_the_articles_that_only_paper_shows(folders):
    _, *rows = rows_of(folders["zh"] / "checklist.xlsx")
    assert {row[1] for row in rows} == {"第四条", "第六条", "第十三条"}


def test_a_units_template_keeps_its_page(folders, tmp_path):
    template = docx.Document()
    template.sections[0].page_width = docx.shared.Mm(200)
    template.add_paragraph("OLD TEXT")
    template.save(str(tmp_path / "unit.docx"))
    write_papers(SCENARIO, tmp_path / "out", template=tmp_path / "unit.docx", runs=1)
    made = opened(tmp_path / "out" / "plan.docx")
    assert round(made.sections[0].page_width.mm) == 200
    assert "OLD TEXT" not in text_of(tmp_path / "out" / "plan.docx")


def test_hostile_texts_of_a_scenario_stay_texts(tmp_path):
    hostile = "=HYPERLINK(1)\\u202e<w:p/>"
    text = SCENARIO.read_text("utf-8")
    text = text.replace("zh: 贵港市政府值班室", f'zh: "{hostile}"')
    file = tmp_path / "own.yaml"
    file.write_text(text, "utf-8")
    write_papers(file, tmp_path / "out", runs=1)
    for row in openpyxl.load_workbook(tmp_path / "out" / "roster.xlsx").active.iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    with zipfile.ZipFile(tmp_path / "out" / "plan.docx") as parts:
        document = parts.read("word/document.xml").decode("utf-8")
    assert "\u202e" not in document
    assert "&lt;w:p/&gt;" in document


def test_a_wrong_scenario_or_template_writes_nothing(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text("yanlian: 1\nhorizon: x\n", "utf-8")
    with pytest.raises(UnusableInput):
        write_papers(file, tmp_path / "out")
    (tmp_path / "no.docx").write_bytes(b"no document")
    with pytest.raises(UnusableInput):
        write_papers(SCENARIO, tmp_path / "out", template=tmp_path / "no.docx", runs=1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.yaml", "no.docx"]


def test_other_files_of_the_folder_stay(tmp_path):
    shutil.copy(SCENARIO, tmp_path / "own.yaml")
    written = write_papers(tmp_path / "own.yaml", tmp_path, runs=1)
    assert (tmp_path / "own.yaml").is_file()
    assert tmp_path / "own.yaml" not in written
    assert all(path.is_file() for path in written)


@pytest.mark.parametrize(("module", "extra"), [("docx", "word"), ("openpyxl", "excel")])
def test_a_missing_extra_is_named(tmp_path, monkeypatch, module, extra):
    from importlib.util import find_spec

    monkeypatch.setattr(
        "sim.exercise.papers.write.find_spec",
        lambda name: None if name == module else find_spec(name),
    )
    with pytest.raises(MissingExtra, match=extra):
        write_papers(SCENARIO, tmp_path / "out")
    assert not Path(tmp_path / "out").exists()


def test_runs_decide_the_times_and_are_told(folders):
    assert f"系 {RUNS} 次模拟演练" in text_of(folders["zh"] / "script.docx")
