"""A list that goes out and comes back says the same: all shipped scenarios, and random injects."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.exercise import export_msel, import_msel
from sim.exercise.flow import flow_text
from sim.scenario import load_scenario

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))


def without_injects(text: str) -> str:
    return re.sub(r"^injects:\n(?:[ #].*\n|\n)*", "", text, flags=re.MULTILINE)


ONE_LANGUAGE_EACH = [(path, ("zh", "en")[k % 2]) for k, path in enumerate(SHIPPED)]


@pytest.mark.parametrize(("path", "lang"), ONE_LANGUAGE_EACH, ids=lambda x: getattr(x, "stem", x))
def test_shipped_scenarios_come_back_without_loss(path: Path, lang: str, tmp_path: Path) -> None:
    """Into itself: not a byte changes.  Into the same without injects: all equal again."""
    whole = tmp_path / path.name
    shutil.copy(path, whole)
    export_msel(whole, tmp_path / "msel.xlsx", lang=lang)
    done = import_msel(tmp_path / "msel.xlsx", whole, tmp_path / "again.yaml")
    assert (tmp_path / "again.yaml").read_bytes() == path.read_bytes()
    injects = load_scenario(path).injects
    assert set(done.unchanged) == set(injects)
    assert (done.added, done.changed, done.removed, done.dropped) == ((), {}, (), ())

    bare = tmp_path / "bare.yaml"
    bare.write_text(without_injects(path.read_text("utf-8")), encoding="utf-8")
    assert not load_scenario(bare).injects
    done = import_msel(tmp_path / "msel.xlsx", bare, tmp_path / "again.yaml")
    assert load_scenario(tmp_path / "again.yaml").injects == injects
    assert set(done.added) == set(injects)


word = st.text(st.sampled_from("一二 ab,:#'=-。（\n"), min_size=1, max_size=9).map(str.strip)
names = st.one_of(
    word.filter(bool), st.fixed_dictionaries({"zh": st.just("中"), "en": st.just("e")})
)
durations = st.sampled_from(["5 min", "90 min", "1 h 30 min", "45 s"])
reports = st.sampled_from(["notice", "order", "initial", "follow_up"])
offices = st.sampled_from(["city", "county", ["city"], ["city", "county"]])
chance = st.just({"uniform": {"low": "0 s", "high": "2 h"}})


def some(**parts: st.SearchStrategy) -> st.SearchStrategy:
    """Any choice of these keys."""
    return st.fixed_dictionaries({}, optional=parts)


expected = some(
    text=names,
    who=offices,
    to=st.sampled_from(["superior", "city"]),
    kind=st.lists(reports, unique=True),
).map(lambda more: {"does": "record", "within": "10 min"} | more)
reported = st.fixed_dictionaries(
    {"incident": st.just("fire"), "to": offices, "kind": reports},
    optional={
        "name": names, "text": names, "from": names, "channel": st.sampled_from(["phone", "sms"]),
        "fields": st.just({"trapped": 3, "loss_wan": 1.5}), "elements": st.just(["place"]),
        "expect": st.one_of(expected, st.fixed_dictionaries({"text": names})),
        "tests": st.just(["第十条", "GX-01"]), "controller": names, "watch": names,
        "contingency": names, "note": names, "when": st.just({"trapped": ">= 2"}),
        "script": some(situation=names, dialogue=names, screen=names, narration=names).filter(bool),
    },
)  # fmt: skip
called = st.fixed_dictionaries(
    {"to": offices, "kind": st.just("roll_call")},
    optional={"tries": st.just(2), "limit": durations, "time": durations},
)
at = st.fixed_dictionaries({"at": st.one_of(durations, chance, st.just(0))})
on = st.just({"on": {"event": "received", "kind": ["notice"]}, "at": "5 min"})


@st.composite
def lists(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(reported) | draw(at) | {"expect": draw(expected)}
    found = {"first": first}
    for k in range(draw(st.integers(0, 3))):
        hangs = st.sampled_from([{"unless_done": "first"}, {"if_done": "first", "at": "1 h"}])
        found[f"k{k}"] = draw(st.one_of(reported, called)) | draw(st.one_of(at, on, hangs))
    return found


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a smaller example takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lists(), st.sampled_from(["zh", "en"]))
def test_random_injects_come_back_equal(
    drill: Callable[..., Path], tmp_path: Path, injects: dict[str, Any], lang: str
) -> None:
    bare = drill().rename(tmp_path / "bare.yaml")
    whole = drill(f"injects: {flow_text(injects)}\n").rename(tmp_path / "whole.yaml")
    export_msel(whole, tmp_path / "msel.xlsx", lang=lang)
    import_msel(tmp_path / "msel.xlsx", bare, tmp_path / "again.yaml")
    back, meant = (load_scenario(p).injects for p in (tmp_path / "again.yaml", whole))
    for key, inject in meant.items():
        for name in type(inject).model_fields:
            assert getattr(back[key], name) == getattr(inject, name), (key, name)
    assert set(back) == set(meant)
    import_msel(tmp_path / "msel.xlsx", whole, tmp_path / "same.yaml")
    assert (tmp_path / "same.yaml").read_bytes() == whole.read_bytes()


def test_no_cell_starts_a_formula(drill: Callable[..., Path], tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)"
    injects = {
        "a": {
            "at": "1 h", "incident": "fire", "to": "city", "text": evil, "controller": "+x",
            "watch": "@x", "tests": ["-x"], "contingency": "＝1", "script": {"dialogue": "-3\n=4"},
        }
    }  # fmt: skip
    path = drill(f"injects: {flow_text(injects)}\n")
    export_msel(path, tmp_path / "msel.xlsx")
    book = openpyxl.load_workbook(tmp_path / "msel.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(tuple("=+-@＝＋－＠\t\r")), cell
    import_msel(tmp_path / "msel.xlsx", path, tmp_path / "again.yaml")
    assert (tmp_path / "again.yaml").read_bytes() == path.read_bytes()
