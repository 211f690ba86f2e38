"""The further jobs: papers, inject lists, registers, joining; each gives what Python gives."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from sim import register
from sim.log import read_log
from tests.page.client import BASE, Client

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is in the extra excel")
ROOT = Path(__file__).parents[2]
CASE = "hengxian_2009_fire"
A = """time,activity,actor,recipient,incident,hazard,kind,message,actor_role,superior,jurisdiction
,role,county,,,,,,county_gov,city,x
,role,city,,,,,,city_gov,,x
2026-07-01T09:00+08:00,occur,,,fire,fire,,,,,x
2026-07-01T09:30+08:00,send,county,city,fire,,initial,m1,,,
"""
B = A.replace(
    "2026-07-01T09:30+08:00,send,county,city", "2026-07-01T09:33+08:00,receive,city,county"
)


def fetched(client: Client, ending: str) -> bytes:
    """What one of the files of a result holds."""
    (url,) = (url for name, url in client.files().items() if name.endswith(ending))
    data: bytes = client.http.get(url, base_url=BASE).data
    return data


def number(url: str) -> str:
    """The number of a file, from the address of its page."""
    return url.rpartition("/")[2]


def test_an_inject_list_goes_out_is_changed_and_comes_back(client: Client) -> None:
    client.post("/open", scenario="chemical-leak")
    scenario = client.url
    client.post(f"{scenario}/do/injects")
    book = openpyxl.load_workbook(io.BytesIO(fetched(client, ".xlsx")))
    data = io.BytesIO()
    book.save(data)
    client.upload(("改过的清单.xlsx", data.getvalue()))
    client.post(f"{client.url}/do/take-injects", scenario=number(scenario))
    assert client.status == 200
    made = fetched(client, ".yaml").decode()
    assert "yanlian: 1" in made
    client.get(re.findall(r'class="go" href="(/file/\d+)"', client.page)[0])
    assert "此情景可以推演" in client.text()


def test_the_papers_come_each_for_itself_and_in_one_archive(client: Client) -> None:
    client.post("/open", scenario="chemical-leak")
    client.post(f"{client.url}/do/papers")
    names = set(client.files())
    with zipfile.ZipFile(io.BytesIO(fetched(client, ".zip"))) as archive:
        assert {*archive.namelist(), "chemical-leak-papers.zip"} == names
    assert len(names) > 5


def test_two_records_of_one_message_are_joined(reader: Client, tmp_path: Path) -> None:
    reader.upload(("a.csv", A))
    first = reader.url
    reader.upload(("b.csv", B))
    reader.post(f"{reader.url}/do/join", records=[number(first), number(reader.url)])
    (tmp_path / "events.csv").write_bytes(fetched(reader, "-events.csv"))
    rows = read_log(tmp_path / "events.csv").table
    acts = rows[rows["activity"].isin(["send", "receive"])]
    assert list(acts["activity"]) == ["send", "receive"]
    assert acts["message"].nunique() == 1
    assert sum(rows["activity"] == "occur") == 1


def test_a_drill_is_entered_and_a_finding_confirmed_in_copies(
    reader: Client, tmp_path: Path
) -> None:
    reader.post("/open", case=CASE)
    reader.post(f"{reader.url}/do/register-enter", by="evaluator", kind="special")
    before = tmp_path / "before.sqlite"
    before.write_bytes(fetched(reader, ".sqlite"))
    reader.get(re.findall(r'class="go" href="(/file/\d+)"', reader.page)[0])
    found = re.findall(r'<option value="(\d+)">\1 · proposed', reader.page)
    assert found
    send = {"by": "evaluator", "act": "confirmed", "number": found[0], "text": "late"}
    reader.post(f"{reader.url}/do/register-change", **send)
    after = tmp_path / "after.sqlite"
    after.write_bytes(fetched(reader, ".sqlite"))
    states = []
    for path in (before, after):
        with register.open_register(path) as db:
            states.append(register.findings(db)[0]["state"])
    assert states == ["proposed", "confirmed"]


def test_a_database_that_is_no_register_is_refused(reader: Client) -> None:
    reader.upload(("x.sqlite", b"SQLite format 3\0" + b"\0" * 4000))
    assert "cannot be used yet. Mistakes: 1" in reader.text()
    assert "file is not a database" in reader.text()


def test_what_needs_a_file_says_so(reader: Client) -> None:
    reader.post("/open", case=CASE)
    reader.post(f"{reader.url}/do/against")
    assert reader.status == 400
    assert "Choose the file" in reader.text()


def test_a_checklist_goes_out_and_comes_back_beside_the_verdicts(reader: Client) -> None:
    reader.post("/packs/checklist", pack="guangxi-2012-65")
    book = openpyxl.load_workbook(io.BytesIO(fetched(reader, ".xlsx")))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("tick") + 1).value = "yes"
    sheet.cell(2, heads.index("by") + 1).value = "evaluator 7"
    data = io.BytesIO()
    book.save(data)
    reader.upload(("ticked.xlsx", data.getvalue()))
    ticked = number(reader.url)
    reader.upload(("a.csv", A))
    reader.post(f"{reader.url}/do/score", checklist=ticked)
    assert "evaluator 7" in reader.text()
    assert "said by a person" in reader.text()
