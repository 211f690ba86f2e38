"""What the pages show is what the toolkit says in Python and in the terminal."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import sim
from sim.jobs.inputs import about, packs_and_options, read_finding
from sim.report.duties import duties
from sim.texts import in_language, label
from tests.files.test_tables import CELL, OASIS, ROW, ods
from tests.page.client import BASE, Client

ROOT = Path(__file__).parents[2]
SHEET = """某县危化品泄漏演练记录,,,,,
时间,事项,单位,报送对象,死亡,备注
3月19日上午8时20分,发生,,,,厂区泄漏
8:40左右,接报,县值班室,,,
9:05,上报,县值班室,市值班室,3,
9:20,做饭,后勤组,,,
,到达,消防一队,,,
10:10,上报,市值班室,自治区总值班室,3,
"""
CELL_OF = (CELL % "").replace("品名", "%s")
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0"><manifest:file-entry '
    'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
FORM = {
    "column": ["时间", "事项", "单位", "报送对象", "死亡", "备注"],
    "means-0": "time",
    "means-1": "activity",
    "means-2": "actor",
    "means-3": "recipient",
    "means-4": "dead",
    "means-5": "note",
    "word": ["发生", "接报", "上报", "做饭", "到达"],
    "activity-0": "occur",
    "activity-1": "notice",
    "activity-2": "reported",
    "activity-4": "arrive",
    "body": ["县值班室", "市值班室", "自治区总值班室"],
    "role-0": "county_gov",
    "role-1": "city_gov",
    "role-2": "region_gov",
    "superior-0": "市值班室",
    "superior-1": "自治区总值班室",
    "zone": "Asia/Shanghai",
    "date": "2026-03-19",
    "about": "15 min",
    "incident": "leak",
    "hazard": "chemical_leak",
    "complete": "until",
    "until": "2026-03-19T18:00",
}


def cells(page: str, column: str) -> list[str]:
    """The words of one column of the table of duties."""
    found = re.findall(rf'data-label="{column}"[^>]*>(.*?)</td>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def test_a_foreign_sheet_becomes_a_record_by_the_form(client: Client, tmp_path: Path) -> None:
    """As the guide to foreign files says: four of six rows, the other two named by their cells."""
    client.upload(("演练.csv", SHEET.encode("gb18030")))
    assert "死亡" in client.page
    client.post(f"{client.url}/do/import", **FORM)
    assert "共 6 行，读取 4 行，未读取 2 行" in client.text()
    assert re.findall(r'<b class="cell">(\w+)</b>', client.page) == ["B6", "A7"]
    record = client.http.get(client.files()["演练-events.csv"], base_url=BASE).data
    (tmp_path / "events.csv").write_bytes(record)
    log = sim.read_log(tmp_path / "events.csv")
    assert list(log.table["activity"]).count("reported") == 2
    about = log.table[log.table["activity"] == "notice"].iloc[0]
    assert (about["time_hi"] - about["time_lo"]) == 30 * 60


def test_a_corrected_cell_is_imported_again_by_the_same_mapping(client: Client) -> None:
    client.upload(("演练.csv", SHEET.encode("gb18030")))
    sheet = client.url
    client.post(f"{sheet}/do/import", **FORM)
    (mapping,) = re.findall(r'name="mapping" value="(\d+)"', client.page)
    typed = {"cell-7-0": "9:40", "was-7-0": "", "cell-6-1": "做饭", "was-6-1": "做饭"}
    client.post(f"{sheet}/correct", mapping=mapping, **typed)
    assert "共 6 行，读取 5 行，未读取 1 行" in client.text()
    untouched = client.http.get(f"{sheet}/download", base_url=BASE).data
    assert untouched == SHEET.encode("gb18030")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "更正后的文件为 .xlsx：本程序能读 .xls 和 .ods"), ("en", "The copy is an .xlsx file")],
)
def test_an_ods_sheet_comes_back_as_xlsx_and_the_page_says_so_before(
    client: Client, tmp_path: Path, lang: str, words: str
) -> None:
    client.post("/language", lang=lang)
    client.upload(("演练.csv", SHEET))
    client.post(f"{client.url}/do/import", **FORM)
    assert words not in client.text()  # a CSV file stays one
    lines = [line.split(",") for line in SHEET.splitlines()]
    rows = "".join(ROW % ("", "".join(CELL_OF % text for text in line)) for line in lines)
    ods(tmp_path / "a.ods", rows)
    with zipfile.ZipFile(tmp_path / "a.ods", "a") as archive:
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    client.upload(("演练.ods", (tmp_path / "a.ods").read_bytes()))
    sheet = client.url
    client.post(f"{sheet}/do/import", **FORM)
    assert words in client.text()
    (mapping,) = re.findall(r'name="mapping" value="(\d+)"', client.page)
    client.post(f"{sheet}/correct", mapping=mapping, **{"cell-7-0": "9:40", "was-7-0": ""})
    assert words not in client.text()
    links = re.findall(r'href="(/file/\d+)"', client.page)
    answers = [client.http.get(f"{link}/download", base_url=BASE) for link in links]
    (data,) = {a.data for a in answers if ".xlsx" in a.headers["Content-Disposition"]}
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [page["A7"].value, page["C7"].value, page["A3"].value] == [
        "9:40",
        "消防一队",
        lines[2][0],
    ]


def test_the_form_proposes_what_the_sheet_shows(client: Client) -> None:
    client.upload(("演练.csv", SHEET))
    chosen = re.findall(r'<option value="([\w:]+)" selected', client.page)
    assert chosen[:6] == ["time", "activity", "actor", "recipient", "dead", "note"]
    assert {"occur", "notice", "reported", "county_gov", "city_gov", "region_gov"} <= set(chosen)


def test_a_record_is_judged_as_in_python(reader: Client) -> None:
    reader.post("/open", case="hengxian_2009_fire")
    reader.post(f"{reader.url}/do/score")
    path = ROOT / "scenarios/real/hengxian_2009_fire/events.csv"
    ((pack, options),) = packs_and_options(None, read_finding(path))
    verdicts = about(sim.score(sim.read_log(path), pack, options), read_finding(path))
    applying = [duty for duty in duties(verdicts) if duty.applies]
    shown = cells(reader.page, "verdict")
    with in_language("en"):
        words = [label("verdict", duty.word) for duty in applying]
    assert len(shown) == len(words) > 0
    assert all(word in cell for word, cell in zip(words, shown, strict=True))
    assert "-275" in " ".join(cells(reader.page, "by occurrence"))
    assert "Shop fire in Yunbiao" in reader.text()


def test_a_scenario_is_run_and_judged_as_in_python(client: Client, tmp_path: Path) -> None:
    """The record has the same bytes as that of `sim.run`, the verdicts those of `sim.score`."""
    client.post("/open", scenario="chemical-leak")
    assert "此情景可以推演" in client.text()
    client.post(f"{client.url}/do/drill", drills="2", seed="7")
    files = client.files()
    pack = sim.load_pack("guangxi-2012-65")
    scenario = sim.load_scenario(ROOT / "scenarios/chemical-leak.yaml")
    log = sim.run(scenario, 7, 2, packs=(pack,), name="chemical-leak")
    sim.write_log(log, tmp_path / "events.csv")
    shown = client.http.get(files["chemical-leak-7.csv"], base_url=BASE).data
    assert shown == (tmp_path / "events.csv").read_bytes()
    verdicts = client.http.get(files["verdicts.csv"], base_url=BASE).get_data(as_text=True)
    assert verdicts.count("\n") == len(sim.score(log, pack)) + 1
    assert "全部 2 次演练" in client.text()


def test_the_word_report_is_one(client: Client) -> None:
    client.post("/open", case="hengxian_2009_fire")
    client.post(f"{client.url}/do/report", form="docx", unit="某市应急管理局")
    ((name, url),) = client.files().items()
    answer = client.http.get(url, base_url=BASE)
    assert name == "hengxian_2009_fire.docx"
    assert "attachment" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "某市应急管理局" in archive.read("word/document.xml").decode()


def test_a_report_looked_at_in_the_browser_has_no_rights(client: Client) -> None:
    client.post("/open", case="hengxian_2009_fire")
    client.post(f"{client.url}/do/report", form="html")
    (view,) = re.findall(r'href="(/task/\d+/view/\d+)"', client.page)
    policy = client.http.get(view, base_url=BASE).headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


def test_a_scenario_with_a_mistake_is_corrected_as_text(client: Client) -> None:
    text = (ROOT / "scenarios/chemical-leak.yaml").read_text(encoding="utf-8")
    client.upload(("mine.yaml", text.replace("horizon: 8 h", "horizon: 8 hrs")))
    assert "共有错误 1 处" in client.text()
    assert "horizon: 8 hrs" in client.page
    client.post(f"{client.url}/text", text=text)
    assert "此情景可以推演" in client.text()


def test_a_scenario_keeps_the_files_beside_it_when_it_is_corrected(client: Client) -> None:
    text = (ROOT / "scenarios/chemical-leak.yaml").read_text(encoding="utf-8")
    broken = text.replace("horizon: 8 h", "horizon: 8 hrs")
    broken = broken.replace("use: [guangxi-duty]", "use: [guangxi-duty, beside]")
    client.upload(("mine.yaml", broken), ("beside.yaml", "yanlian: 1\n"))
    client.post(f"{client.url}/text", text=broken.replace("8 hrs", "8 h"))
    assert "此情景可以推演" in client.text()


def test_a_record_is_corrected_cell_by_cell(reader: Client) -> None:
    reader.upload(("x.csv", "time,activity,actor\n2026-07-01T09:00+08:00,verfy,a\n昨天,send,b\n"))
    assert "Mistakes: 2" in reader.text()
    typed = {"cell-2-1": "verify", "was-2-1": "verfy", "cell-3-0": "2026-07-01T09:30+08:00"}
    reader.post(f"{reader.url}/correct", **typed)
    assert "This record can be judged. x.csv: valid record, rows: 2, cases: 1" in reader.text()


def test_a_task_that_is_not_for_the_file_is_refused(client: Client) -> None:
    client.post("/open", case="hengxian_2009_fire")
    client.post(f"{client.url}/do/drill", drills="1")
    assert client.status == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_in_one_language(client: Client, lang: str) -> None:
    client.post("/language", lang=lang)
    pages = [client.get("/"), client.get("/packs"), client.get("/packs/order-493")]
    pages.append(client.upload(("x.csv", SHEET)))
    pages.append(client.get("/file/999"))
    tag = {"zh": "zh-CN", "en": "en"}[lang]
    for page in pages:
        assert f'<html lang="{tag}">' in page
    words = {"zh": "首页", "en": "Start"}
    assert all(words[lang] in page for page in pages)
    assert not any(words[{"zh": "en", "en": "zh"}[lang]] in page for page in pages)


HOPELESS = {
    "empty.csv": b"",
    "empty.xlsx": b"",
    "noise.csv": bytes(range(256)) * 20,
    "noise.xlsx": b"PK\x03\x04" + bytes(range(256)) * 20,
    "web.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "bomb.xes": b'<!DOCTYPE a [<!ENTITY x "xxxx">]><log>&x;</log>',
    "packed.gz": b"\x1f\x8b" + b"\0" * 50,
    "noise.yaml": bytes(range(256)),
    "tag.yaml": b"yanlian: 1\nx: !!python/object/apply:os.system [id]\n",
    "loop.yaml": b"yanlian: 1\na: &a [*a]\n",
    "clocks.yaml": b"clocks:\n  a: {offset: 5 min}\n",
    "x.docx": b"no document",
    "x.sqlite": b"",
}


@pytest.mark.parametrize("name", HOPELESS)
def test_hopeless_files_get_a_page_that_says_why(reader: Client, name: str) -> None:
    reader.upload((name, HOPELESS[name]))
    assert reader.status == 200, reader.text()
    assert "it did not expect" not in reader.text()
    assert "could not be looked at" not in reader.text()


def test_a_text_in_the_encoding_of_chinese_excel_is_edited_as_what_it_says(client: Client) -> None:
    text = (ROOT / "scenarios/chemical-leak.yaml").read_text(encoding="utf-8")
    client.upload(("mine.yaml", text.encode("gb18030")))
    assert "宜州区某化工厂" in client.page
