"""Readings, chances and clocks from the command line, in both languages."""

import csv
import io
import json

import pytest

import sim

CHAIN = """\
row,time,time_lo,time_hi,until,activity,phase,actor,recipient,incident,hazard,kind,message,grade,elements,actor_role,superior
c,,,,,role,,city,,,,,,,,city_gov,region
r,,,,,role,,region,,,,,,,,region_gov,
b,2024-07-01T08:00+08:00,,,2024-07-02T08:00+08:00,observe,,,,leak,,,,,,,
o,2024-07-01T08:00+08:00,,,,occur,,,,leak,chemical_leak,,,,,,
n,2024-07-01T08:40+08:00,,,,receive,,city,,leak,,,,,,,
g,2024-07-01T09:10+08:00,,,,confirm,,city,,leak,,,,II,,,
s,2024-07-01T10:45:00+08:00,,,,send,ended,city,region,leak,,initial,m,,time|place|nature,,
e,2024-07-01T10:50:00+08:00,,,,receive,,region,city,leak,,initial,m,,,,
a,2024-07-01T10:50:00+08:00,,,,acknowledge,,region,city,leak,,,m,,,,
t,2024-07-01T11:00:00+08:00,,,,send,ended,region,city,leak,,notice,k,,,,
u,2024-07-01T11:09:00+08:00,,,,receive,,city,region,leak,,notice,k,,,,
"""


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(CHAIN, encoding="utf-8")
    return path


@pytest.fixture
def few(tmp_path):
    """The directive with four of its 31 questions, one of which changes nothing here."""
    raw = sim.load_pack("guangxi-2012-65").raw
    asked = {name: raw["options"][name] for name in ("start", "end", "boundary", "drill_period")}
    path = tmp_path / "few.yaml"
    path.write_text(json.dumps(raw | {"options": asked}), encoding="utf-8")
    return "--pack", path, "--readings", "all"


def test_readings_name_what_flips_and_nothing_else(call, record, few):
    text = call("score", record, *few, "--lang", "en").stdout
    lines = text[text.index("Verdicts that depend") :].splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("GX-02-city"))
    part = lines[first + 1 : [*lines, ""].index("", first)]
    assert part[0].strip().startswith("◆ met")
    assert any("late" in line for line in part)
    assert "from when the 6 h and 2 h count (start)" in "\n".join(part)
    assert "drill_period" not in text
    chinese = call("score", record, *few, "--lang", "zh").stdout
    assert "六小时、二小时自何时起算（start）：" in "".join(chinese.split())


def test_readings_as_json_and_csv_hold_the_same_lines(call, record, few):
    found = json.loads(call("score", record, *few, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(call("score", record, *few, "--format", "csv").stdout)))
    assert len(found) == len(rows) > 0
    mine = [line for line in found if line["rule"] == "GX-02-city" and line["own"]]
    assert [line["verdict"] for line in mine] == ["met"]
    assert all(isinstance(words, list) for line in found for words in line["choices"].values())


def test_late_under_two_starts_is_plain_though_the_verdict_is_met(call, record):
    """In at 10:50: 20 min to spare from confirmation; 10 and 50 late from receipt, occurrence."""
    text = call("score", record, "--lang", "en").stdout
    assert "▲ met by the start that counts, late by another: 1" in text
    assert "GX-02-city: late -50 from occurrence, late -10 from receipt" in text
    assert "2 of 3" in text
    chinese = call("score", record, "--lang", "zh").stdout
    assert "GX-02-city：自事发起算逾期 -50、自接报起算逾期 -10" in chinese


def test_report_has_the_section_only_when_asked(call, record, few, tmp_path):
    for words, there in ((few, True), (few[:2], False)):
        page = tmp_path / f"{there}.html"
        assert call("score", record, "--report", page, *words).exit_code == 0
        assert ("取决于条文理解的结论" in page.read_text("utf-8")) == there


def test_chance_stands_beside_an_unproven_verdict(call, record):
    """Graded 08:45 to 08:55: in time if at 08:50 or later, 301 of 601 seconds."""
    text = record.read_text("utf-8").replace(
        "g,2024-07-01T09:10+08:00,,,", "g,,2024-07-01T08:45:00+08:00,2024-07-01T08:55:00+08:00,"
    )
    record.write_text(text, "utf-8")
    out = call("score", record, "--stamps", "uniform", "--format", "json").stdout
    row = next(r for r in json.loads(out) if r["rule"] == "GX-02-city")
    assert (row["verdict"], row["chance"]) == ("unproven", pytest.approx(301 / 601))
    assert "0.50" in call("score", record, "--stamps", "uniform", "--lang", "zh").stdout


def test_clocks_are_estimated_written_and_used(call, record, tmp_path):
    """City to region 5 min, back 9: the region's clock needs -5 to +9 min, so +2 ± 7."""
    clocks = tmp_path / "clocks.yaml"
    text = call("clocks", record, "--out", clocks, "--reference", "city", "--lang", "en").stdout
    assert "+2 min ± 7 min" in text
    assert "-5 min … +9 min" in text
    assert "region:" in clocks.read_text("utf-8")
    out = call("score", record, "--clocks", clocks, "--format", "json").stdout
    row = next(r for r in json.loads(out) if r["rule"] == "GX-02-city")
    assert row["verdict"] == "met"  # 10:52 ± 7 min against 11:10
    assert "clock_corrected:region" in row["flags"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("clocks: {rgion: {offset: +7 min}}", "region"),
        ("clocks: {region: {offset: 7}}", "+7 min"),
        ("clock: {}", "clocks"),
        ("", "clocks.yaml"),
    ],
)
def test_a_clocks_file_that_is_wrong_is_unusable(call, record, tmp_path, text, said):
    clocks = tmp_path / "clocks.yaml"
    clocks.write_text(text, "utf-8")
    result = call("score", record, "--clocks", clocks, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr


def test_contradicting_clocks_are_named(call, record):
    text = record.read_text("utf-8").replace("11:09:00", "10:54:00")
    record.write_text(text, "utf-8")
    result = call("clocks", record, "--lang", "en")
    assert result.exit_code == 2
    assert "city" in result.stderr
    assert "60 s are missing" in result.stderr  # 5 min there, -6 min back


def test_an_unknown_rule_is_said_in_one_language(call, record):
    chinese = call("explain", record, "--rule", "GX-2", "--lang", "zh")
    assert chinese.exit_code == 2
    assert "expected" not in chinese.stderr
    assert "应为规则包中的规则" in chinese.stderr
    english = call("explain", record, "--rule", "GX-2", "--lang", "en", LC_ALL="zh_CN.UTF-8")
    assert "expected a rule of the pack" in english.stderr
    assert "问题" not in english.stderr


def test_explain_shows_how_the_owner_graded(call, record):
    text = call("explain", record, "--rule", "GX-02-city", "--lang", "en").stdout
    assert "how it graded" in text
    assert "must" in text.splitlines()[0]


HOPS = """\
row,time,until,activity,actor,recipient,incident,hazard,kind,grade,dead,actor_role,supervises
a,,,role,works,,,,,,,unit,
b,,,role,county,,,,,,,county_dept,chemical_leak
c,,,role,city-dept,,,,,,,city_dept,chemical_leak
d,,,role,dept,,,,,,,region_dept,chemical_leak
e,,,role,region,,,,,,,region_gov,
f,2024-07-01T08:00+08:00,2024-07-02T08:00+08:00,observe,,,leak,,,,,,
g,2024-07-01T08:00+08:00,,occur,,,leak,chemical_leak,,,12,,
h,2024-07-01T08:00+08:00,,notice,works,,leak,,,,3,,
i,2024-07-01T08:58+08:00,,reported,works,county,leak,,initial,,3,,
j,2024-07-01T10:50+08:00,,reported,county,city-dept,leak,,initial,,12,,
k,2024-07-01T12:40+08:00,,reported,city-dept,dept,leak,,initial,II,12,,
l,2024-07-01T14:10+08:00,,confirm,dept,,leak,,,II,,,
m,2024-07-01T14:30+08:00,,reported,dept,region,leak,,initial,II,12,,
"""


@pytest.fixture
def hops(tmp_path):
    path = tmp_path / "hops.csv"
    path.write_text(HOPS, encoding="utf-8")
    return path


def test_explain_shows_hops_and_the_way_as_a_whole(call, hops):
    """58, 112, 110 and 110 min of 60 and three times 120; 390 of 120 from the occurrence."""
    words = [
        " ".join(line.split())
        for line in call(
            "explain", hops, "--rule", "GX-02-dept", "--lang", "en"
        ).stdout.splitlines()
    ]
    text = "\n".join(words)
    assert "works → county 08:00 08:58 08:58 58 1 h (N-01) +2 met +2" in text
    assert "county → city-dept 08:58 10:50 10:50 112 2 h (N-02-county-up) +8 met +8" in text
    assert "dept → region 12:40 14:30 14:30 110 2 h (N-02-region-gov) +10 met +10" in text
    assert "from the start of the clock to the end 390 2 h -270" in text
    assert "Every hop kept its own allowance, and the report was still late at the top." in text
    assert "confirmed 90 min after" in text


def test_the_report_shows_hops_and_grades_in_both_languages(call, hops, tmp_path):
    said = {
        "zh": ("每一级均在本级时限之内，最终仍然逾期。", "▲ ", "接报后 90 分钟确认等级"),
        "en": ("Every hop kept its own allowance", "270", "confirmed 90 min after notice"),
    }
    for lang, words in said.items():
        page = tmp_path / f"{lang}.html"
        assert call("score", hops, "--report", page, "--lang", lang).exit_code == 0
        text = page.read_text("utf-8")
        assert all(word in text for word in words)


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_the_report_takes_readings_stamps_and_clocks_as_score_does(
    call, record, few, tmp_path, ending
):
    """Graded 08:45 to 08:55, region's clock + 2 min: in time from 08:52 on, 181 of 601 seconds."""
    text = record.read_text("utf-8").replace(
        "g,2024-07-01T09:10+08:00,,,", "g,,2024-07-01T08:45:00+08:00,2024-07-01T08:55:00+08:00,"
    )
    record.write_text(text, "utf-8")
    clocks = tmp_path / "clocks.yaml"
    clocks.write_text("clocks: {region: {offset: +2 min, source: both logs}}", "utf-8")
    out = tmp_path / f"r.{ending}"
    words = ("--stamps", "uniform", "--clocks", clocks, "--lang", "en")
    many = few if ending == "docx" else few[:2]
    done = call("report", record, "--out", out, *words, *many)
    assert done.exit_code == 0, done.output
    if ending == "html":
        page = out.read_text("utf-8")
    else:
        docx = pytest.importorskip("docx")
        document = docx.Document(str(out))
        cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
        page = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert ("Conclusions that depend on the reading of the text" in page) == (many == few)
    assert f"uniform in their intervals: {181 / 601:.2f}" in page
    assert "region: +2 min (both logs)" in page
    plain = tmp_path / f"plain.{ending}"
    assert call("report", record, "--out", plain, "--clocks", tmp_path / "no").exit_code == 2
    assert not plain.exists()
