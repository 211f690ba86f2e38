"""`yanlian packs`, `yanlian schema --of pack`, and what `yanlian check` says of a pack."""

from __future__ import annotations

import json

import pytest

from sim.report.columns import width
from sim.rules import load_pack, pack_names, pack_schema
from tests.rules.test_broken_packs import GOOD


def test_the_list_names_every_pack_with_its_rules_and_how_sure_it_is(call):
    lines = call("packs", "--lang", "en").output.splitlines()
    for name in pack_names():
        (line,) = [line for line in lines if line.split()[:1] == [name]]
        assert f" {len(load_pack(name).rules)} " in line
    (plan,) = [line for line in lines if line.startswith("national-plan-2006")]
    assert "low" in plan
    assert "2006-01-08 –" in plan


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [None, *pack_names()])
def test_everything_fits_a_terminal_of_80_columns(call, lang, name):
    words = ["packs", *([name] if name else []), "--lang", lang]
    result = call(*words, COLUMNS="80")
    assert result.exit_code == 0
    assert max(width(line) for line in result.output.splitlines()) <= 80


def test_ids_are_never_broken_in_the_list(call):
    output = call("packs", "--lang", "zh", COLUMNS="80").output
    assert all(name in output for name in pack_names())


def test_one_pack_shows_rules_options_sources_and_checklist(call):
    output = call("packs", "order-493", "--lang", "zh", COLUMNS="160").output
    (line,) = [line for line in output.splitlines() if line.startswith("N-02-city-up")]
    for words in (
        "第十条",
        "较大以上事故",
        "设区市部门 → 自治区部门",
        "自接报起算",
        "2 小时",
        "III、II、I",
    ):
        assert words in line
    assert "extension" in output
    assert "none*、approved" in output
    assert "可信度 高" in output
    assert "N-18-a" in output
    assert "每日 08:00、17:00 前" in call("packs", "henan-2021", "--lang", "zh").output


def test_a_pack_of_ones_own_is_shown_like_a_shipped_one(call, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    output = call("packs", path, "--lang", "en").output
    assert "local: local rule" in output
    assert "city government → regional government" in output


def test_an_unknown_pack_is_suggested(call):
    result = call("packs", "order-439")
    assert result.exit_code == 2
    assert "did you mean order-493?" in result.output


def test_the_schema_of_packs_is_printed_and_committed(call, scenarios):
    """Update with `yanlian schema --of pack > scenarios/pack.schema.json`."""
    printed = json.loads(call("schema", "--of", "pack").output)
    committed = json.loads((scenarios / "pack.schema.json").read_text(encoding="utf-8"))
    assert printed == committed == pack_schema()


@pytest.mark.parametrize(("strict", "status"), [(False, 0), (True, 1)])
def test_check_warns_of_a_doubtful_pack(call, tmp_path, strict, status):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD.replace("limit: 2 h", "limit: 0 s"), encoding="utf-8")
    result = call("check", path, *(["--strict"] if strict else []))
    assert result.exit_code == status
    assert f"{path}:25: rules.L-1.limit: warning: 0 s can be met" in result.output
