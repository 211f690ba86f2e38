"""How many people are enough: the page asks what `yanlian study` answers."""

from __future__ import annotations

import html
import io
import re

import pandas as pd
from ruamel.yaml import YAML

from sim.experiment import conduct, load_study
from sim.experiment.answers import shares
from sim.report.selected_text import safe_sentences
from sim.texts import in_language
from tests.page.client import BASE, Client

PLACE = "offices.hechi-gov.duty.night"


def fetched(client: Client, name: str) -> str:
    """What one of the files of a result holds."""
    data: bytes = client.http.get(client.files()[name], base_url=BASE).data
    return data.decode("utf-8-sig")


def test_the_answer_is_that_of_the_study_file_it_gives(client: Client, tmp_path) -> None:
    client.post("/open", scenario="chemical-leak")
    assert f'value="{PLACE}"' in client.page
    asked = {"place": PLACE, "least": 1, "most": 2, "rule": "GX-01", "sure": 80, "each": 50}
    client.post(f"{client.url}/do/staffing", **asked)
    assert {"report.html", "compliance.png", "study.yaml", "chemical-leak.yaml"} <= set(
        client.files()
    )
    for name in ("study.yaml", "chemical-leak.yaml"):
        (tmp_path / name).write_text(fetched(client, name), encoding="utf-8")
    study = YAML(typ="safe").load(tmp_path / "study.yaml")
    assert study["factors"] == {PLACE: [1, 2]}
    assert study["select"]["safe"]["at_least"] == 0.8
    results = conduct(load_study(tmp_path / "study.yaml"))
    again = shares(results)
    shown = pd.read_csv(io.StringIO(fetched(client, "shares.csv")))
    pd.testing.assert_frame_equal(shown, again[shown.columns], check_dtype=False)
    with in_language("zh"):
        asked_for, answer = safe_sentences(results)
    assert f"{asked_for} {answer}" in client.text()
    assert "河池市政府值班室、值班人员、夜间" in client.text()


def test_a_number_that_the_scenario_has_not_is_refused(client: Client) -> None:
    client.post("/open", scenario="chemical-leak")
    client.post(f"{client.url}/do/staffing", place="offices.hechi-gov.duty.holiday", each=20)
    assert "不能" in client.text() or "应为" in client.text()
    assert not client.files()


def test_a_hostile_name_of_an_office_is_text(client: Client) -> None:
    client.post("/open", scenario="chemical-leak")
    found = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', client.page, re.DOTALL)
    assert found
    evil = "</option><script>alert(1)</script>"
    text = html.unescape(found[1]).replace("河池市政府值班室", evil)
    client.post(f"{client.url}/text", text=text)
    assert "<script>alert" not in client.page
    assert html.escape(evil) in client.page
