"""The style set of the house: a Chinese official document (GB/T 9704-2012), or its like in English.

A unit's own template keeps its styles, page and headers; only styles that it lacks are added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from sim.word.fields import el

SONG, HEI, FANG, KAI = "宋体", "黑体", "仿宋", "楷体"
TITLE = "方正小标宋简体"
ALTERNATIVES = {
    TITLE: "华文中宋",
    FANG: "仿宋_GB2312",
    KAI: "楷体_GB2312",
    HEI: "SimHei",
    SONG: "SimSun",
}
"""Font -> the one that Word takes where it is not installed."""
LATIN = "Times New Roman"
PAGE = {"w": 11906, "h": 16838}
MARGIN = {"top": 2098, "right": 1474, "bottom": 1985, "left": 1588, "header": 851, "footer": 1474}
"""A4 and the margins 37, 26, 35 and 28 mm, in twentieths of a point."""

WIDE_MARGIN = {
    "top": 1134,
    "right": 1134,
    "bottom": 1134,
    "left": 1134,
    "header": 567,
    "footer": 567,
}
"""The margins of a sheet on its side, 20 mm."""


@dataclass(frozen=True)
class Look:
    """One style: sizes in half points, spaces in twentieths of a point."""

    name: str
    font: str = FANG
    size: int = 32
    bold: bool = False
    paragraph: str = ""
    extra: str = ""
    kind: str = "paragraph"

    @property
    def id(self) -> str:
        """The style's id in a document of ours."""
        return self.name.title().replace(" ", "")


def looks(lang: str) -> list[Look]:
    """Return the styles; the English report is set smaller, as Latin text is."""
    zh = lang == "zh"
    body, small = (32, 18) if zh else (24, 18)
    line = '<w:spacing w:line="560" w:lineRule="exact"/>' if zh else '<w:spacing w:after="120"/>'
    first = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if zh else ""
    narrow = '<w:spacing w:before="20" w:after="20"/>'
    tight = '<w:spacing w:before="120" w:after="60"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    after = '<w:spacing w:before="240" w:after="120"/>'
    toc = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>'
    toc_line = '<w:spacing w:before="20" w:after="20"/>'
    centre = '<w:jc w:val="center"/>'
    return [
        Look("Normal", size=body),
        Look("Title", TITLE, 44, paragraph=f'<w:spacing w:before="240" w:after="240"/>{centre}'),
        Look("Subtitle", KAI, body, paragraph=f'<w:spacing w:after="240"/>{centre}'),
        Look(
            *("heading 1", HEI, body, not zh),
            paragraph=keep + number.format(0) + after + '<w:outlineLvl w:val="0"/>',
        ),
        Look(
            *("heading 2", KAI, body, not zh),
            paragraph=keep + number.format(1) + after + '<w:outlineLvl w:val="1"/>',
        ),
        Look(
            *("heading 3", FANG, body, True),
            paragraph=keep + number.format(2) + after + '<w:outlineLvl w:val="2"/>',
        ),
        Look("Body Text", size=body, paragraph=line + first + '<w:jc w:val="both"/>'),
        Look("caption", HEI, 21, paragraph="<w:keepNext/>" + tight + centre),
        Look("Table Text", SONG, small, paragraph=narrow),
        Look("Table Head", HEI if zh else SONG, 18 if zh else 15, not zh, paragraph=narrow),
        Look("Table Note", KAI, 21 if zh else 18, paragraph=tight),
        Look("Cover Text", FANG, body, paragraph='<w:spacing w:before="120" w:after="120"/>'),
        Look("toc 1", FANG, 24 if zh else 22, paragraph=toc + toc_line),
        Look("toc 2", FANG, 21 if zh else 20, paragraph=toc + toc_line + '<w:ind w:left="420"/>'),
        Look("header", SONG, 18, paragraph='<w:jc w:val="right"/>'),
        Look("footer", SONG, 28 if zh else 20),
        Look("Hyperlink", kind="character", extra='<w:color w:val="1F3864"/>'),
    ]


_GRID = """<w:style {ns} w:type="table" w:styleId="{id}"><w:name w:val="Table Grid"/>
<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="40" w:type="dxa"/>
<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def put_styles(document: Any, lang: str, own: bool) -> dict[str, str]:
    """Add the styles that a document lacks; return name (lower case) -> id of all it has.

    `own`: it is ours, so all of its styles are replaced; else nothing of it is changed.
    """
    styles = document.styles.element
    if own:
        for style in styles.findall(qn("w:style")):
            styles.remove(style)
        _defaults(styles)
    known = {
        style.find(qn("w:name")).get(qn("w:val")).lower(): style.get(qn("w:styleId"))
        for style in styles.findall(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }
    taken = set(known.values())
    for look in looks(lang):
        if look.name.lower() not in known:
            name = look.id if look.id not in taken else f"Yanlian{look.id}"
            styles.append(_style(look, name, own))
            known[look.name.lower()] = name
    if "table grid" not in known:
        borders = "".join(f'<w:{s} w:val="single" w:sz="4" w:color="auto"/>' for s in _SIDES)
        name = "TableGrid" if "TableGrid" not in taken else "YanlianTableGrid"
        styles.append(parse_xml(_GRID.format(ns=nsdecls("w"), id=name, borders=borders)))
        known["table grid"] = name
    return known


def _style(look: Look, name: str, own: bool) -> Any:
    """Return a style; in a template it takes the template's fonts and no numbering."""
    fonts = (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{look.font}"/>'
    )
    size = f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>'
    bold = "<w:b/>" if look.bold else ""
    head = f'<w:name w:val="{look.name}"/>'
    if look.kind == "character":
        text = f"{head}<w:rPr>{look.extra}</w:rPr>"
    else:
        based = "" if look.name == "Normal" else '<w:basedOn w:val="Normal"/>'
        chosen = look.paragraph if own else _without_numbers(look.paragraph)
        text = f"{head}{based}<w:qFormat/><w:pPr>{chosen}</w:pPr>"
        text += f"<w:rPr>{fonts if own else ''}{bold}{size}</w:rPr>"
    default = ' w:default="1"' if look.name == "Normal" else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{look.kind}" w:styleId="{name}"{default}>{text}</w:style>'
    )


def _without_numbers(text: str) -> str:
    start, end = text.find("<w:numPr>"), text.find("</w:numPr>")
    return text if start < 0 else text[:start] + text[end + len("</w:numPr>") :]


def _defaults(styles: Any) -> None:
    """Set fonts without a theme, and the language of Chinese text: its signs sit as in China."""
    found = styles.find(qn("w:docDefaults"))
    if found is not None:
        styles.remove(found)
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{FANG}"/>'
    styles.insert(
        0,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{fonts}"
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault/></w:docDefaults>"
        ),
    )


def put_page(document: Any, wide: bool = False) -> None:
    """Set the page of an official document, a title page of its own, left and right pages.

    `wide`: the sheet lies on its side, with narrow margins, for forms and long tables.
    """
    section = document.sections[0]._sectPr
    size = {"w": PAGE["h"], "h": PAGE["w"], "orient": "landscape"} if wide else PAGE
    margin = WIDE_MARGIN if wide else MARGIN
    for name, values in (("pgSz", size), ("pgMar", {**margin, "gutter": 0})):
        found = section.find(qn(f"w:{name}"))
        for key, value in values.items():
            found.set(qn(f"w:{key}"), str(value))
    document.sections[0].different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True


def put_numbers(document: Any, lang: str) -> None:
    """Number the headings: 一、 （一） 1. in Chinese, 1 1.1 1.1.1 in English."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    if lang == "zh":
        levels = [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")]
        levels.append(("decimal", "%3."))
    else:
        levels = [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]
    made = el("abstractNum", el("multiLevelType", val="multilevel"), abstractNumId=1)
    for k, (form, text) in enumerate(levels):
        style = f"Heading{k + 1}"
        level = el(
            "lvl", el("start", val=1), el("numFmt", val=form), el("pStyle", val=style), ilvl=k
        )
        level.append(el("suff", val="nothing" if lang == "zh" else "space"))
        level.append(el("lvlText", val=text))
        level.append(el("lvlJc", val="left"))
        made.append(level)
    root.append(made)
    root.append(el("num", el("abstractNumId", val=1), numId=1))


def put_fonts(document: Any) -> None:
    """Name for every font the one to take where it is missing."""
    from docx.oxml.parser import parse_xml as parse

    part = next(p for p in document.part.package.iter_parts() if "fontTable" in str(p.partname))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    text = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    parse(text)  # well-formed, or nothing is written
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode()
