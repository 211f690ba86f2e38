"""The JSON schema of packs takes what the loader takes, and marks what an editor should."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.files.yamlfile import read_yaml
from sim.rules import load_pack, pack_names, pack_schema
from tests.rules.test_broken_packs import GOOD

PACKS = Path(load_pack.__code__.co_filename).with_name("packs")


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    found = jsonschema.Draft202012Validator(pack_schema())
    found.check_schema(found.schema)
    return found


@pytest.mark.parametrize("name", pack_names())
def test_shipped_packs_fit(validator, name):
    validator.validate(read_yaml(PACKS / f"{name}.yaml").data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("limit: 2 h", "limit: 120"),
        ("limit: 2 h", "limmit: 2 h"),
        ("{role: region_gov}", "{role: regon_gov}"),
        ("kind: deadline", "kind: dedline"),
        ("      kind: [initial]", "      kinds: [initial]"),
        ("[II, I]", "[II, V]"),
        ("limit: 2 h", "limit: 2 h\n    hazards: [fires]"),
        ("limit: 2 h", "limit: 2 h\n    start: {activitty: confirm}"),
        ("confidence: high", "confidence: sure"),
        ("    clause: 第一条\n", ""),
        ("score_anchor: confirm", "score_anchor: confrim"),
    ],
)
def test_what_an_editor_marks(validator, tmp_path, old, new):
    assert GOOD.count(old) == 1
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert validator.is_valid(read_yaml(path).data)
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert not validator.is_valid(read_yaml(path).data)


def test_options_may_be_standard_by_their_name_only(validator, tmp_path):
    path = tmp_path / "own.yaml"
    own = GOOD[GOOD.index("  end:\n") : GOOD.index("rules:")]
    for line, valid in (("  boundary: standard\n", True), ("  limits: standard\n", False)):
        path.write_text(GOOD.replace(own, line), encoding="utf-8")
        assert validator.is_valid(read_yaml(path).data) == valid
