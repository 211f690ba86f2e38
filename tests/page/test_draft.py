"""The form for foreign files writes mappings that say what was chosen, and nothing else."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML
from werkzeug.datastructures import MultiDict

from sim.intake import load_mapping
from sim.page.forms import draft_of
from sim.page.work.draft import bodies_of, draft_yaml, mapping_of, organisations

FORM = [
    *(("column", name) for name in ("时间", "事项", "单位", "报送对象", "死亡", "备注")),
    *(
        (f"means-{k}", word)
        for k, word in enumerate(("time", "activity", "actor", "recipient", "dead", "note"))
    ),
    *(("word", word) for word in ("发生", "接报", "上报", "做饭")),
    *(("activity-0", "occur"), ("activity-1", "notice"), ("activity-2", "reported")),
    *(("kind-2", "initial"), ("hazard", "chemical_leak"), ("incident", "leak")),
    *(("body", word) for word in ("县值班室", "县值班", "市值班室")),
    *(("role-0", "county_gov"), ("superior-0", "市值班室"), ("same-1", "县值班室")),
    *(("role-2", "city_gov"), ("zone", "Asia/Shanghai"), ("date", "2026-03-19")),
    *(("about", "10 min"), ("complete", "until"), ("until", "2026-03-19T18:00")),
]


def test_the_mapping_of_a_filled_in_form() -> None:
    """By hand, as the guide to foreign files writes such a mapping."""
    form = MultiDict(FORM)
    assert mapping_of(draft_of(form), form.getlist("column")) == {
        "mapping": 1,
        "columns": {
            "时间": "time",
            "事项": "activity",
            "单位": "actor",
            "报送对象": "recipient",
            "死亡": "dead",
            "备注": "note",
        },
        "constants": {"incident": "leak"},
        "words": {
            "activity": {
                "发生": {"activity": "occur", "hazard": "chemical_leak"},
                "接报": "notice",
                "上报": {"activity": "reported", "kind": "initial"},
            }
        },
        "organisations": {
            "county-gov": {
                "role": "county_gov",
                "superior": "city-gov",
                "name": "县值班室",
                "words": ["县值班室", "县值班"],
            },
            "city-gov": {"role": "city_gov", "name": "市值班室", "words": ["市值班室"]},
        },
        "time": {"zone": "Asia/Shanghai", "date": "2026-03-19", "about": "10 min"},
        "complete": {"until": "2026-03-19 18:00", "incident": "leak"},
    }


def test_the_text_of_a_form_is_a_mapping_that_loads(tmp_path: Path) -> None:
    form = MultiDict(FORM)
    text = draft_yaml(draft_of(form), form.getlist("column"))
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    assert load_mapping(tmp_path / "m.yaml").organisations["county-gov"].superior == "city-gov"


def test_words_that_are_no_choice_of_the_form_are_left_out() -> None:
    form = MultiDict(
        [("column", "a"), ("means-0", "row"), ("word", "x"), ("activity-0", "explode"),
         ("body", "b"), ("role-0", "king"), ("about", "-5 min"), ("complete", "always")]
    )  # fmt: skip
    found = mapping_of(draft_of(form), ["a"])
    assert found == {"mapping": 1, "constants": {"incident": "incident"}, "complete": "unknown"}


def test_texts_with_the_signs_of_yaml_stay_texts(tmp_path: Path) -> None:
    names = ["a: b", "- x", "{y}", "#z", "*q", "'", '"', "~时", "null"]
    form = MultiDict([("column", name) for name in names] + [("means-0", "time")])
    found = draft_of(form)
    found["columns"] = dict.fromkeys(names, "note")
    text = draft_yaml(found, names)
    assert list(YAML(typ="safe").load(text)["columns"]) == names


def test_two_columns_with_times_become_two_events() -> None:
    form = MultiDict(
        [("column", "到场"), ("column", "归队"), ("means-0", "event:arrive"),
         ("means-1", "event:return")]
    )  # fmt: skip
    events = mapping_of(draft_of(form), ["到场", "归队"])["events"]
    assert events == {"到场": {"activity": "arrive"}, "归队": {"activity": "return"}}


def test_a_second_body_of_one_role_gets_an_id_of_its_own() -> None:
    found = organisations({w: {"role": "team"} for w in ("一队", "二队", "三队")})
    assert [entry["words"] for entry in found.values()] == [["一队"], ["二队"], ["三队"]]


def test_who_is_who_is_proposed_by_the_names() -> None:
    words = [
        "某县政府值班室",
        "某市政府总值班室",
        "自治区政府总值班室",
        "县应急管理局",
        "消防一队",
        "张三",
    ]
    found = bodies_of(words)
    assert [found[word]["role"] for word in words] == [
        *("county_gov", "city_gov", "region_gov", "county_dept", "team", ""),
    ]
    assert found["某县政府值班室"]["superior"] == "某市政府总值班室"
    assert found["某市政府总值班室"]["superior"] == "自治区政府总值班室"
