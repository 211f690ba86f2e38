"""A unit's own template as Chinese Word writes it, and templates that are not to be trusted."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

docx = pytest.importorskip("docx", reason="python-docx is in the extra word")

from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls, qn  # noqa: E402

from sim.errors import UnusableInput  # noqa: E402
from sim.report.word import write_word  # noqa: E402
from sim.rules import load_pack, score  # noqa: E402
from sim.texts import in_language  # noqa: E402
from sim.word.template import open_template  # noqa: E402


@pytest.fixture(scope="module")
def judged(drill):
    return score(drill, load_pack("guangxi-2012-65"))


def chinese(path: Path) -> Path:
    """A template with the ids of Chinese Word (1, 2, a3 …), theme fonts, a letterhead, old text."""
    document = docx.Document()
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) in ("heading 1", "heading 2", "Table Grid"):
            styles.remove(style)
    fonts = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsia="方正小标宋简体"/>'
    for key, name in (("1", "heading 1"), ("2", "heading 2")):
        styles.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{key}">'
                f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/>'
                f'<w:outlineLvl w:val="{int(key) - 1}"/></w:pPr>'
                f'<w:rPr>{fonts}<w:color w:val="C00000"/><w:sz w:val="36"/></w:rPr></w:style>'
            )
        )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:styleId="a3"><w:name w:val="Table Grid"/>'
            '<w:tblPr><w:tblBorders><w:top w:val="double" w:sz="8"/></w:tblBorders></w:tblPr>'
            "</w:style>"
        )
    )
    section = document.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    section.left_margin = section.right_margin = docx.shared.Mm(30)
    header = section.header.paragraphs[0]
    header.text = "河池市应急管理局文件"
    header.add_run().add_picture(io.BytesIO(_PNG), docx.shared.Mm(8))
    section.footer.paragraphs[0].text = "内部资料"
    document.add_heading("旧标题", 1)
    document.add_paragraph("旧正文，不得带入").add_run().add_picture(io.BytesIO(_PNG2))
    document.core_properties.author = "somebody"
    document.save(str(path))
    return path


def _png(sign: bytes) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" + sign)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


_PNG, _PNG2 = _png(b"\x10"), _png(b"\x20")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_styles_page_letterhead_and_footer_are_kept(drill, judged, tmp_path, lang) -> None:
    template = chinese(tmp_path / "unit.docx")
    before = template.read_bytes()
    path = write_word(tmp_path / "t.docx", drill, judged, lang=lang, template=template)
    assert template.read_bytes() == before
    document = docx.Document(str(path))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "河池市应急管理局文件"
    assert section.footer.paragraphs[0].text == "内部资料"
    heads = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert len(heads) == 15
    assert {p._p.pPr.pStyle.get(qn("w:val")) for p in heads} == {"1"}
    style = document.styles["Heading 1"].element
    assert style.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert {t._tbl.tblPr.find(qn("w:tblStyle")).get(qn("w:val")) for t in document.tables} == {"a3"}
    codes = [c.text for c in document.element.body.iter(qn("w:instrText"))]
    assert sum(code.strip().startswith("TOC ") for code in codes) == 1
    numbers = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    word = "表" if lang == "zh" else "Table"
    tables = [int(c.split()[1]) for c in numbers if c.startswith(f"{word} ")]
    assert tables == list(range(1, len(tables) + 1))
    for caption in (p for p in document.paragraphs if p.text.startswith(f"{word} ")):
        if caption.style.name == "Caption":
            assert caption._p.pPr.find(qn("w:keepNext")) is not None
            assert caption._p.getnext().tag == qn("w:tbl")
    used = {s.get(qn("w:val")) for s in document.element.body.iter(qn("w:pStyle"))}
    assert used <= {one.style_id for one in document.styles}


def test_nothing_of_the_old_text_or_its_pictures_is_left_in_the_file(
    drill, judged, tmp_path
) -> None:
    path = write_word(tmp_path / "t.docx", drill, judged, template=chinese(tmp_path / "unit.docx"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert _PNG in parts.values()
    assert _PNG2 not in parts.values()
    whole = b"".join(data for name, data in parts.items() if name.endswith(".xml"))
    assert "旧正文".encode() not in whole
    assert b"somebody" not in whole


def changed(path: Path, change) -> Path:
    """Write a template anew; `change` gets and returns name -> bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = change({name: archive.read(name) for name in archive.namelist()})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def in_header(text: str):
    def change(parts):
        name = next(n for n in parts if re.fullmatch(r"word/header\d*\.xml", n))
        return parts | {name: parts[name].replace(b"</w:p>", text.encode() + b"</w:p>", 1)}

    return change


def related(kind: str, target: str):
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    text = f'<Relationship Id="rX" Type="{base}{kind}" Target="{target}" TargetMode="External"/>'

    def change(parts):
        name = "word/_rels/document.xml.rels" if kind != "attachedTemplate" else _SETTINGS
        rels = parts.get(name, _NO_RELS)
        return parts | {
            name: rels.replace(b"</Relationships>", text.encode() + b"</Relationships>")
        }

    return change


_SETTINGS = "word/_rels/settings.xml.rels"
_NO_RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "macros": (lambda p: p | {"word/vbaProject.bin": b"x"}, "without macros"),
    "entities": (
        lambda p: p | {"word/styles.xml": p["word/styles.xml"].replace(b"?>", b"?>" + _BOMB, 1)},
        "word/styles.xml",
    ),
    "an external entity": (
        lambda p: p | {"word/theme/x.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'},
        "document type",
    ),
    "a template file": (
        lambda p: (
            p
            | {
                "[Content_Types].xml": p["[Content_Types].xml"].replace(
                    b"document.main+xml", b"template.main+xml"
                )
            }
        ),
        "save the template as .docx",
    ),
    "DDE in pieces": (
        in_header(
            f"{_BEGIN}<w:r><w:instrText> DD</w:instrText></w:r>"
            '<w:r><w:instrText>EAUTO c:\\\\x "y"</w:instrText></w:r>'
        ),
        "fields that run or fetch",
    ),
    "a simple field": (
        in_header('<w:fldSimple w:instr=" INCLUDEPICTURE http://x/y.png "/>'),
        "fields that run or fetch",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_runs_fetches_or_expands_is_refused_by_name(tmp_path, name) -> None:
    change, words = HOSTILE[name]
    path = changed(chinese(tmp_path / "unit.docx"), change)
    with in_language("en"), pytest.raises(UnusableInput) as error:
        open_template(path)
    assert "unit.docx" in str(error.value)
    assert words in str(error.value)


def test_a_template_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("sim.word.template.LARGEST", 100_000)
    path = changed(chinese(tmp_path / "u.docx"), lambda p: p | {"word/media/b.bin": bytes(200_000)})
    with pytest.raises(UnusableInput):
        open_template(path)


def test_the_template_behind_the_template_and_links_of_the_old_text_are_forgotten(tmp_path) -> None:
    path = changed(chinese(tmp_path / "u.docx"), related("attachedTemplate", "http://x/evil.dotm"))
    changed(path, related("image", "http://x/track.png"))
    changed(path, lambda p: p | {"../../evil.xml": b"<x/>"})
    document = open_template(path)
    out = tmp_path / "deep" / "out.docx"
    out.parent.mkdir()
    document.save(str(out))
    assert not (tmp_path / "evil.xml").exists()
    with zipfile.ZipFile(out) as archive:
        assert not [name for name in archive.namelist() if ".." in name]
        rels = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".rels"))
    assert b"External" not in rels


def test_a_header_that_fetches_a_picture_is_refused(tmp_path) -> None:
    def change(parts):
        name = "word/_rels/header1.xml.rels"
        old = parts[name]
        text = (
            b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/image" Target="http://x/track.png" TargetMode="External"/>'
        )
        return parts | {name: old.replace(b"</Relationships>", text + b"</Relationships>")}

    with in_language("en"), pytest.raises(UnusableInput, match=r"track\.png"):
        open_template(changed(chinese(tmp_path / "unit.docx"), change))
