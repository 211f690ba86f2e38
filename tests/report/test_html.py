"""The report page: complete, self-contained, safe."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from sim.log.record import EventLog
from sim.report.html import render_report, write_report

SCRIPT = "<script>alert('x')</script>"


class Page(HTMLParser):
    """Collects ids, links, sources of pictures, scripts and the open tags at the end."""

    VOID = frozenset({"meta", "col", "img", "br", "link", "hr", "input"})

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.sources, self.tags, self.open = set(), [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append(tag)
        self.ids |= {named["id"]} if "id" in named else set()
        self.links += [named["href"]] if "href" in named else []
        self.sources += [named["src"]] if "src" in named else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def finding():
    text = SimpleNamespace
    source = text(title="circular", where="a newspaper", confidence="high")
    conclusion = text(
        about="county", category="迟报", lateness="近7个小时", rule_cited="", day=None, source="s"
    )
    scoring = text(pack="p", options={"end": "sent"}, why=text(zh="因此", en="because"))
    return text(
        title=text(zh="某案", en="a case"),
        authority=text(zh="某市政府", en="a city"),
        grade="III",
        conclusions=[conclusion],
        ours=text(zh="我们的说明", en="our remark"),
        score=[scoring],
        sources={"s": source},
    )


@pytest.fixture(scope="module")
def page(drill, verdicts, names, finding):
    sources = [("teams.fire-1.strength", "8", ""), ("links.a.time", "20 min", "GB 51080")]
    return render_report(
        drill,
        verdicts,
        sources=sources,
        finding=finding,
        lang="zh",
        names=names["zh"],
        title="某演练",
    )


def test_page_is_well_formed_and_needs_nothing_else(page):
    parsed = Page(page)
    assert parsed.open == []
    assert not re.search(r"(src|href)=[\"'](?!data:|#)", page)
    assert "http://" not in page
    assert "https://" not in page
    assert "@import" not in page
    assert not {"script", "link", "iframe"} & set(parsed.tags)
    assert all(source.startswith("data:image/svg+xml;base64,") for source in parsed.sources)


def test_every_evidence_link_leads_to_a_row_of_the_annex(page, verdicts):
    parsed = Page(page)
    assert parsed.links
    assert {link[1:] for link in parsed.links} <= parsed.ids
    proofs = {row for text in verdicts.table["evidence"] for row in text.split("|") if row}
    for row in proofs:
        assert re.search(rf'id="row-\d+" class="proof"><td>● {row}</td>', page)


def test_official_finding_ours_assumed_and_computed_look_different(page):
    for word in ("迟报", "近7个小时", "我们的说明", "teams.fire-1.strength", "GB 51080"):
        assert word in page
    for tag in ("tag record", "tag assumed", "tag computed"):
        assert tag in page
    assumed = page[page.index('<section class="assumed">') :]
    assert "links.a.time" in assumed
    assert "没有出处" in assumed


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_texts_of_record_scenario_and_finding_are_escaped(drill, verdicts, lang):
    table = drill.table.copy()
    table.loc[table["activity"] == "occur", "note"] = SCRIPT
    table.loc[table["activity"] == "receive", "reason"] = SCRIPT
    evil = EventLog(table, drill.origins)
    names = {"city": SCRIPT, "region": 'a" onmouseover="x'}
    text = render_report(
        evil,
        verdicts,
        sources=[(SCRIPT, SCRIPT, SCRIPT), (SCRIPT, SCRIPT, "")],
        lang=lang,
        names=names,
        texts={"R10-II-a": SCRIPT},
        title=SCRIPT,
    )
    assert "<script" not in text
    assert 'onmouseover="x' not in text.replace("&#34;", "§")
    assert "&lt;script&gt;" in text
    assert Page(text).open == []


def test_written_whole_or_not_at_all(tmp_path, drill, verdicts):
    path = write_report(tmp_path / "r.html", drill, verdicts, lang="en")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]
    with pytest.raises(OSError, match="none"):
        write_report(tmp_path / "none" / "r.html", drill, verdicts, lang="en")


def test_equal_input_gives_equal_bytes(drill, verdicts):
    assert render_report(drill, verdicts, lang="zh") == render_report(drill, verdicts, lang="zh")


def test_no_english_sentence_is_left_in_the_chinese_page(page):
    """Every sentence of the template and its words has a Chinese text."""
    body = re.sub(r"<style>.*?</style>|data:[^\"]*", "", page, flags=re.DOTALL)
    shown = re.sub(r"<[^>]+>", "\n", body)
    english = [
        line for line in shown.splitlines() if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", line)
    ]
    assert [line for line in english if "gas cloud" not in line] == []


def test_many_cases_add_sums_and_curves(make_drill, verdicts, make_verdicts):
    import pandas as pd

    first = make_drill(1)
    table = first.table.copy()
    table["case"] = "second"
    origins = first.origins | {"second": next(iter(first.origins.values()))}
    log = EventLog(pd.concat([first.table, table], ignore_index=True), origins)
    other = verdicts.table.copy()
    other["case"] = "second"
    both = type(verdicts)(pd.concat([verdicts.table, other], ignore_index=True), origins)
    text = render_report(log, both, lang="en")
    assert "All cases" in text
    assert len(Page(text).sources) >= 3
    assert "Over 2 cases." in text


def test_the_picture_of_the_teams_is_there_when_teams_act(drill, verdicts):
    words = 'alt="What every team did when"'
    assert words in render_report(drill, verdicts, lang="en")
    idle = drill.table["activity"].isin(["order", "alert", "muster", "travel", "arrive", "work"])
    still = EventLog(drill.table[~idle & (drill.table["activity"] != "return")], drill.origins)
    assert words not in render_report(still, verdicts, lang="en")
