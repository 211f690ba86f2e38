"""Several cases in one Word document: sums first, a section for each, references that hold."""

from __future__ import annotations

import re

import pytest

docx = pytest.importorskip("docx", reason="python-docx is in the extra word")

import pandas as pd  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402

from sim.log.record import EventLog  # noqa: E402
from sim.report.cases import case_lines  # noqa: E402
from sim.report.html import render_report  # noqa: E402
from sim.report.word import write_word  # noqa: E402
from sim.rules import load_pack, score  # noqa: E402
from sim.texts import in_language  # noqa: E402

CASES = ("east", "west", "north")


@pytest.fixture(scope="module")
def three(drill):
    """One drill three times under three names; row ids are the same in each."""
    (origin,) = drill.origins.values()
    tables = [drill.table.assign(case=name) for name in CASES]
    return EventLog(pd.concat(tables, ignore_index=True), dict.fromkeys(CASES, origin))


@pytest.fixture(scope="module")
def judged(three):
    return score(three, load_pack("guangxi-2012-65"))


@pytest.fixture(scope="module")
def made(three, judged, tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    path = write_word(folder / "en.docx", three, judged, lang="en")
    return docx.Document(str(path))


def heads(document, level):
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def test_the_sums_come_first_then_a_section_for_each_case(made) -> None:
    assert heads(made, 1) == [
        "All cases together",
        "Basis and objectives",
        *(f"Case {k}: {name}" for k, name in enumerate(CASES, start=1)),
        "Responsibilities and coverage",
        "What this report cannot tell",
        "Annex: rows of the record",
    ]
    seconds = heads(made, 2)
    assert seconds.count("Causes of lateness") == 3
    assert seconds.count("Problems and improvements") == 3
    assert seconds.count("Open and unproven duties") == 3
    assert heads(made, 3) == []


def test_the_first_table_lists_the_cases_then_come_their_sums_with_intervals(made) -> None:
    """Met in three of three: the exact interval is 29.2 to 100 (0.025 ** (1/3) = 0.292)."""
    cases = made.tables[0]
    totals = next(table for table in made.tables if table.cell(0, 0).text == "rule")
    assert [row.cells[0].text for row in cases.rows[1:]] == [
        f"{k + 2} Case {k}: {name}" for k, name in enumerate(CASES, start=1)
    ]
    assert not [cell.text for row in cases.rows for cell in row.cells if "%" in cell.text]
    shares = [row.cells[6].text for row in totals.rows[1:]]
    assert any("met 3 of 3: 100 % [29.2–100]" in text for text in shares)
    for row in totals.rows[1:]:
        for cell in row.cells:
            assert all(re.match(r" % \[", found) for found in re.findall(r" %.{0,2}", cell.text))


def test_every_reference_leads_to_a_mark_of_its_own_case(made) -> None:
    root = made.element.body
    marks = [b.get(qn("w:name")) for b in root.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    anchors = {link.get(qn("w:anchor")) for link in root.iter(qn("w:hyperlink"))}
    codes = [code.text for code in root.iter(qn("w:instrText"))]
    named = {m[1] for code in codes for m in [re.match(r" (?:PAGEREF|REF) (\S+)", code)] if m}
    assert anchors | named <= set(marks)
    number = -1
    for paragraph in made.paragraphs:
        if paragraph.style.name == "Heading 1":
            number = heads(made, 1).index(paragraph.text) - 2
        if 0 <= number < 3:
            for link in paragraph._p.iter(qn("w:hyperlink")):
                anchor = link.get(qn("w:anchor"))
                assert not anchor.startswith("row_") or anchor.startswith(f"row_{number}_")
    cases = [{a for a in anchors if a.startswith(f"row_{k}_")} for k in range(3)]
    assert len(cases[0]) > 10
    assert {len(found) for found in cases} == {len(cases[0])}


def test_side_by_side_stand_the_duties_that_some_case_has_not_met(made, judged) -> None:
    table = next(one for one in made.tables if one.cell(0, 2).text == "case 1")
    duties = judged.table[judged.table["verdict"].ne("not_applicable")]
    failed = duties["verdict"].isin(["late", "open", "unproven"]) | duties["summary"].eq("depends")
    failed &= ~(duties["verdict"].eq("late") & duties["flags"].str.contains("reported_only"))
    wanted = set(duties.loc[failed | duties["summary"].eq("depends"), "rule"])
    assert {row.cells[0].text.split(" / ")[-1] for row in table.rows[1:]} == wanted
    for row in table.rows[1:]:
        assert row.cells[2].text == row.cells[3].text == row.cells[4].text


def test_organisations_are_counted_in_cases_never_in_duties(made) -> None:
    """None or all of three: the exact interval ends at 1 - 0.025 ** (1/3) = 70.8 %."""
    table = next(one for one in made.tables if one.cell(0, 1).text == "cases")
    assert {row.cells[1].text for row in table.rows[1:]} == {"3"}
    shares = {row.cells[3].text for row in table.rows[1:]}
    known = {"met 3 of 3: 100 % [29.2–100]", "met 0 of 3: 0 % [0–70.8]", "nothing decided", "—"}
    assert shares <= known
    assert len(shares & known) > 1


def test_it_says_what_the_short_sections_leave_out_and_where_that_stands(made) -> None:
    (said,) = [p.text for p in made.paragraphs if "Left out:" in p.text]
    assert said.endswith("yanlian report LOG --case NAME.")


def test_a_row_of_the_annex_keeps_its_own_id(made, three) -> None:
    order = list(three.table.loc[three.table["case"] == "west", "row"])
    for link in made.element.body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        shown = "".join(text.text for text in link.iter(qn("w:t")))
        if anchor.startswith("row_1_") and re.fullmatch(r"r\d+", shown):
            assert order[int(anchor[6:])] == shown


def test_the_contents_list_what_the_headings_of_two_levels_say(made) -> None:
    listed = [p for p in made.paragraphs if p.style.name.lower().startswith("toc ")]
    shown = ["".join(text.text or "" for text in p._p.iter(qn("w:t"))) for p in listed]
    wanted = [p.text for p in made.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert len(shown) == len(wanted)
    assert all(text.endswith(head) for text, head in zip(shown, wanted, strict=True))


def test_targets_of_all_cases_stand_with_the_sums(three, judged, tmp_path) -> None:
    from sim.targets import load_targets, score_targets

    found = score_targets(three, [load_targets("fire-china")])
    path = write_word(tmp_path / "t.docx", three, judged, lang="en", targets=found)
    document = docx.Document(str(path))
    tables = [t for t in document.tables if t.cell(0, 0).text == "target"]
    assert len(tables) == 1
    assert len(tables[0].rows) == 1 + len(found)
    order = list(document.element.body)
    section = next(p for p in document.paragraphs if p.text == f"Case 1: {CASES[0]}")
    assert order.index(tables[0]._tbl) < order.index(section._p)


def test_of_many_cases_ten_have_a_section_and_all_are_counted(drill, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("sim.report.word.report.MOST_SECTIONS", 1)
    (origin,) = drill.origins.values()
    table = pd.concat([drill.table.assign(case=name) for name in "ab"], ignore_index=True)
    log = EventLog(table, dict.fromkeys("ab", origin))
    found = score(log, load_pack("guangxi-2012-65"))
    document = docx.Document(str(write_word(tmp_path / "m.docx", log, found, lang="en")))
    assert [head for head in heads(document, 1) if head.startswith("Case")] == ["Case 1: a"]
    assert [row.cells[0].text for row in document.tables[0].rows[1:]] == ["3 Case 1: a", "b"]
    text = "\n".join(p.text for p in document.paragraphs)
    assert "The first 1 cases have a section of their own" in text


def test_the_page_for_the_browser_lists_the_cases_before_the_first_one(three, judged) -> None:
    with in_language("en"):
        lines = case_lines(three, judged, 100)
    assert [line.case for line in lines] == list(CASES)
    assert {line.duties for line in lines} == {lines[0].duties}
    page = render_report(three, judged, lang="en")
    assert page.index("<td>north</td>") < page.index("What happened")
