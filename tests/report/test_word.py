"""The after-action report in Word: what stands in the file, read back part by part."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import click
import pytest

docx = pytest.importorskip("docx", reason="python-docx is in the extra word")

from docx.oxml.ns import qn  # noqa: E402

from sim.cli.report import report_command  # noqa: E402
from sim.errors import MissingExtra, UnusableInput  # noqa: E402
from sim.log.record import EventLog  # noqa: E402
from sim.report.word import write_pdf, write_word  # noqa: E402
from sim.rules import load_pack, score  # noqa: E402
from sim.word.clean import plain  # noqa: E402

REAL = Path(__file__).parents[2] / "scenarios/real/hengxian_2009_fire/events.csv"
CODES = re.compile(
    r' (TOC \\o "1-2" \\h \\z \\u|PAGE|PAGEREF _Toc\d+ \\h|REF item_\w+ \\h|'
    r"SEQ (表|图|Table|Figure) \\\* ARABIC) "
)


@pytest.fixture(scope="module")
def judged(drill):
    return score(drill, load_pack("guangxi-2012-65"))


@pytest.fixture(scope="module")
def made(drill, judged, names, tmp_path_factory):
    """The report in both languages, as python-docx reads it."""
    folder = tmp_path_factory.mktemp("word")
    packs = [load_pack("guangxi-2012-65")]
    return {
        lang: docx.Document(
            str(
                write_word(
                    folder / f"{lang}.docx",
                    drill,
                    judged,
                    lang=lang,
                    names=names[lang],
                    packs=packs,
                )
            )
        )
        for lang in ("zh", "en")
    }


def body(document):
    return document.element.body


def text_of(document):
    return "".join(t.text or "" for t in body(document).iter(qn("w:t")))


def headings(document, level):
    name = f"Heading {level}"
    return [p.text for p in document.paragraphs if p.style.name == name]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_fifteen_chapters_with_real_heading_styles(made, lang):
    chapters = headings(made[lang], 1)
    assert len(chapters) == 15
    assert len(set(chapters)) == 15
    assert headings(made[lang], 2)


def test_every_part_of_an_assessment_report_that_the_pack_asks_for_has_its_chapter(made):
    rule = load_pack("guangxi-2012-65").rules["A15-2"]
    wanted = rule.need["elements"].has
    from sim.report.word.opening import FOURTEEN

    assert [word for word, _ in FOURTEEN] == list(wanted)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_and_reference_leads_to_a_bookmark_that_is_there_once(made, lang):
    root = body(made[lang])
    marks = [b.get(qn("w:name")) for b in root.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    ids = [b.get(qn("w:id")) for b in root.iter(qn("w:bookmarkStart"))]
    assert sorted(ids) == sorted(b.get(qn("w:id")) for b in root.iter(qn("w:bookmarkEnd")))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in marks)
    anchors = {link.get(qn("w:anchor")) for link in root.iter(qn("w:hyperlink"))}
    codes = [code.text for code in root.iter(qn("w:instrText"))]
    named = {m[1] for code in codes for m in [re.match(r" (?:PAGEREF|REF) (\S+)", code)] if m}
    assert len(anchors) > 20
    assert anchors | named <= set(marks)
    rows = {name for name in marks if name.startswith("row_")}
    assert rows == {name for name in anchors if name.startswith("row_")}


def test_a_row_of_the_annex_is_the_row_of_the_record_that_its_links_name(made, drill):
    order = list(drill.table["row"])
    for link in body(made["en"]).iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        shown = "".join(t.text for t in link.iter(qn("w:t")))
        if anchor.startswith("row_") and re.fullmatch(r"r\d+", shown):
            assert order[int(anchor[4:])] == shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_repeat_their_head_and_are_as_wide_as_the_text(made, lang):
    section = made[lang].sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / 635
    tables = list(body(made[lang]).iter(qn("w:tbl")))
    assert len(tables) > 8
    for table in tables:
        grid = [int(c.get(qn("w:w"))) for c in table.iter(qn("w:gridCol"))]
        assert abs(sum(grid) - width) <= len(grid)
        for row in table.iter(qn("w:tr")):
            assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
            cells = row.findall(qn("w:tc"))
            spans = [c.find(qn("w:tcPr")).find(qn("w:gridSpan")) for c in cells]
            assert sum(1 if s is None else int(s.get(qn("w:val"))) for s in spans) == len(grid)
    assert sum(1 for table in tables if next(table.iter(qn("w:tblHeader")), None) is not None) > 6


def test_captions_are_numbered_by_fields_in_order(made):
    for lang, kinds in (("zh", ("表", "图")), ("en", ("Table", "Figure"))):
        captions = [p.text for p in made[lang].paragraphs if p.style.name == "Caption"]
        for kind in kinds:
            numbers = [int(c.split()[1]) for c in captions if c.startswith(f"{kind} ")]
            assert numbers == list(range(1, len(numbers) + 1))
            assert numbers
        pictures = list(body(made[lang]).iter(qn("wp:docPr")))
        figures = [c for c in captions if c.startswith(kinds[1])]
        assert len(pictures) == len(figures)
        assert all(picture.get("descr") for picture in pictures)


def test_contents_are_a_field_that_word_updates_and_list_every_heading(made):
    document = made["zh"]
    codes = [c.text.strip() for c in body(document).iter(qn("w:instrText"))]
    assert codes.count('TOC \\o "1-2" \\h \\z \\u') == 1
    assert document.settings.element.find(qn("w:updateFields")) is not None
    listed = [p for p in document.paragraphs if p.style.name.lower().startswith("toc ")]
    shown = ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in listed]
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [
        s.split("、")[-1].split("）", 1)[-1] if "、" not in h else s
        for s, h in zip(shown, heads, strict=True)
    ]
    assert all(s.endswith(h) for s, h in zip(shown, heads, strict=True))
    begins = [
        c for c in body(document).iter(qn("w:fldChar")) if c.get(qn("w:fldCharType")) == "begin"
    ]
    ends = [c for c in body(document).iter(qn("w:fldChar")) if c.get(qn("w:fldCharType")) == "end"]
    assert len(begins) == len(ends)


def test_page_and_fonts_are_those_of_an_official_document(made):
    document = made["zh"]
    section = document.sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    wanted = {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体", 16),
        "Body Text": ("仿宋", 16),
    }
    for name, (font, size) in wanted.items():
        style = document.styles[name]
        fonts = style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert style.font.size.pt == size
    with zipfile.ZipFile(_saved(document)) as parts:
        styles = parts.read("word/styles.xml").decode()
        assert "Theme=" not in styles
        assert 'w:eastAsia="zh-CN"' in styles
        assert "w:altName" in parts.read("word/fontTable.xml").decode()


def _saved(document):
    import io

    data = io.BytesIO()
    document.save(data)
    data.seek(0)
    return data


def test_pages_are_numbered_outside_but_not_the_title_page(made):
    section = made["zh"].sections[0]
    assert section.different_first_page_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        xml = footer._element.xml
        assert " PAGE " in xml
        assert f'w:jc w:val="{side}"' in xml


def report_of(record, out, **more):
    options = {"lang": "en", "template": None, "scenario": None, "unit": "", "persons": False}
    assert report_command(record, out, **{**options, **more}) == 0
    return docx.Document(str(out)) if out.suffix == ".docx" else out.read_text("utf-8")


def test_parts_of_a_late_duty_add_up_to_the_hand_worked_time(tmp_path):
    """Hengxian 2009: the latest start 03:45 to the report at 10:20 is 395 min."""
    document = report_of(REAL, tmp_path / "h.docx")
    table = next(t for t in document.tables if t.cell(0, 0).text == "spent on")
    rows = [[cell.text for cell in row.cells] for row in table.rows[2:]]
    spans = [[int(n) for n in row[1].split(":")] for row in rows]
    seconds = [60 * minutes + rest for minutes, rest in spans]
    assert seconds[-1] == 395 * 60
    assert sum(seconds[:-1]) == 395 * 60
    assert rows[-1][3] == "03:45–10:20"


def test_the_real_case_shows_the_official_finding_and_is_called_an_incident(tmp_path):
    text = text_of(report_of(REAL, tmp_path / "h.docx", lang="zh", unit="某应急管理局"))
    assert "突发事件处置分析评估报告" in text
    assert "官方认定（照来源转述，非本程序结论）" in text
    assert "某应急管理局" in text


def test_the_ending_of_the_name_chooses_the_format(tmp_path):
    page = report_of(REAL, tmp_path / "h.html")
    assert page.startswith("<!DOCTYPE html>")
    with pytest.raises(click.UsageError, match=r"\.docx"):
        report_of(REAL, tmp_path / "h.odt")
    with pytest.raises(click.UsageError, match="--template"):
        report_of(REAL, tmp_path / "h2.html", unit="x")
    assert [path.name for path in tmp_path.iterdir()] == ["h.html"]


def test_it_is_a_draft_with_places_for_persons_to_sign(made):
    assert "草稿" in text_of(made["zh"])
    table = made["zh"].tables[-2]
    assert [row.cells[0].text for row in table.rows] == ["编制人", "审核人", "批准人", "日期"]
    assert all(row.cells[1].text == "" for row in table.rows)
    assert made["zh"].core_properties.author == ""


def _with(log, **changes):
    table = log.table.copy()
    for column, value in changes.items():
        name, at = column.split("__")
        table.loc[table.index[int(at)], name] = value
    return EventLog(table, log.origins)


EVIL = '=HYPERLINK("x") { DDEAUTO c:\\\\x "y" }\x0b\x1b\u202eMERGEFIELD'


def test_no_text_of_a_record_becomes_a_field_or_keeps_control_signs(drill, judged, tmp_path):
    table = drill.table
    at = int(table.index[table["activity"].eq("inject")][0])
    log = _with(drill, **{f"note__{at}": EVIL})
    path = write_word(tmp_path / "x.docx", log, judged, lang="en", title=EVIL)
    document = docx.Document(str(path))
    codes = [c.text for c in body(document).iter(qn("w:instrText"))]
    assert all(CODES.fullmatch(code) for code in codes)
    assert "DDEAUTO" in text_of(document)
    assert not any(body(document).iter(qn("w:fldSimple")))
    with zipfile.ZipFile(path) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
        rels = parts.read("word/_rels/document.xml.rels").decode()
    assert "\u202e".encode() not in whole
    assert b"\x1b" not in whole
    assert 'TargetMode="External"' not in rels


def test_plain_keeps_words_and_drops_what_commands():
    assert plain("甲\t乙\n丙") == "甲 乙 丙"
    assert plain("a\x00\x1b[31m\u202eb\ud800\uffff") == "a[31mb"


def test_persons_are_named_only_where_asked_for(drill, judged, tmp_path):
    table = drill.table
    at = int(table.index[table["activity"].eq("inject")][0])
    log = _with(
        drill,
        **{f"activity__{at}": "shift_begin", f"actor__{at}": "county", f"object__{at}": "person-x"},
    )
    for persons in (False, True):
        path = write_word(tmp_path / "p.docx", log, judged, lang="en", persons=persons)
        assert ("person-x" in text_of(docx.Document(str(path)))) is persons


@pytest.fixture
def template(tmp_path):
    """A unit's own: letter paper, a header, a red heading, a text that must not stay."""
    document = docx.Document()
    document.sections[0].page_width = docx.shared.Mm(250)
    document.sections[0].header.paragraphs[0].text = "Hechi emergency office"
    document.styles["Heading 1"].font.color.rgb = docx.shared.RGBColor(255, 0, 0)
    document.add_paragraph("old text")
    path = tmp_path / "unit.docx"
    document.save(str(path))
    return path


def test_a_template_keeps_styles_header_and_page(drill, judged, template, tmp_path):
    path = write_word(tmp_path / "t.docx", drill, judged, lang="zh", template=template)
    document = docx.Document(str(path))
    assert round(document.sections[0].page_width.mm) == 250
    assert document.sections[0].header.paragraphs[0].text == "Hechi emergency office"
    assert str(document.styles["Heading 1"].font.color.rgb) == "FF0000"
    assert "old text" not in text_of(document)
    assert len(headings(document, 1)) == 15
    ids = {style.style_id for style in document.styles}
    used = {s.get(qn("w:val")) for s in body(document).iter(qn("w:pStyle"))}
    assert used <= ids


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04broken"])
def test_a_template_that_is_no_word_document_is_named(drill, judged, tmp_path, content):
    wrong = tmp_path / "wrong.docx"
    wrong.write_bytes(content)
    with pytest.raises(UnusableInput, match=r"wrong\.docx"):
        write_word(tmp_path / "t.docx", drill, judged, template=wrong)
    assert not (tmp_path / "t.docx").exists()


def test_without_the_extra_the_error_says_which(drill, judged, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.report.word.report.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"yanlian\[word\]"):
        write_word(tmp_path / "t.docx", drill, judged)


def test_without_libreoffice_the_error_says_what_is_missing(drill, judged, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.word.pdf.shutil.which", lambda name: None)
    with pytest.raises(Exception, match="LibreOffice"):
        write_pdf(tmp_path / "t.pdf", drill, judged)


def test_equal_records_give_equal_documents(drill, judged, tmp_path):
    for name in ("a", "b"):
        write_word(tmp_path / f"{name}.docx", drill, judged, lang="en")
    parts = []
    for name in ("a", "b"):
        with zipfile.ZipFile(tmp_path / f"{name}.docx") as archive:
            parts.append({n: archive.read(n) for n in archive.namelist()})
    assert parts[0] == parts[1]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_with_the_pages_of_the_contents(drill, judged, tmp_path):
    path = write_pdf(tmp_path / "t.pdf", drill, judged, lang="en")
    assert Path(path).read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    pages = told.stdout.decode().split("\f")
    line = re.search(r"^\s*4 Course[.\s]*(\d+)\s*$", "\n".join(pages), re.MULTILINE)
    assert line
    assert re.search(r"^\s*4 Course\s*$", pages[int(line[1]) - 1], re.MULTILINE)
