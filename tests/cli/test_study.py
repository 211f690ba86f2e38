"""`yanlian study` and `yanlian verify` as a researcher uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SCENARIO = Path(__file__).parents[2] / "scenarios" / "city-bridges.yaml"
STUDY = f"""
study: 1
scenario: {SCENARIO}
factors: {{teams.fire-1.strength: [8, 7]}}
replications: 8
batch: 4
measures:
  first crew: {{arrival: first}}
  hours: {{officer_hours: rostered}}
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "s.yaml"
    path.write_text(STUDY, encoding="utf-8")
    return path


def test_a_study_is_run_kept_resumed_and_verified(call, study, tmp_path) -> None:
    found = call("study", str(study), "--engine", "serial", "--lang", "en")
    assert found.exit_code == 0, found.output
    assert "2 variants, 8 drills each" in found.output
    out = tmp_path / "out" / "s"
    for name in ("capsule.json", "done.json", "numbers.csv", "differences.csv"):
        assert (out / name).exists()
    again = call("study", str(study), "--engine", "serial", "--lang", "en")
    assert again.exit_code == 2
    assert "--resume" in again.stderr
    assert call("study", str(study), "--engine", "serial", "--resume").exit_code == 0
    verified = call("verify", str(out), "--sample", "3", "--lang", "en")
    assert verified.exit_code == 0, verified.output
    assert "drills run again: 3" in verified.output


def test_a_changed_capsule_and_changed_results_are_found(call, study, tmp_path) -> None:
    call("study", str(study), "--engine", "serial")
    path = tmp_path / "out" / "s" / "capsule.json"
    capsule = json.loads(path.read_text("utf-8"))
    capsule["seed"] = capsule["study"]["seed"] = 2
    path.write_text(json.dumps(capsule), encoding="utf-8")
    found = call("verify", str(path.parent), "--lang", "en")
    assert found.exit_code == 1
    assert "do not fit its id" in found.output
    assert "differs: variant" in found.output


def test_check_says_what_a_study_holds(call, study) -> None:
    assert "variants 2, measures 2" in call("check", str(study)).output


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_mistakes_end_with_status_2_and_nothing_is_written(call, study, tmp_path, lang) -> None:
    study.write_text(STUDY.replace("strength", "strenght"), encoding="utf-8")
    found = call("study", str(study), "--lang", lang)
    assert found.exit_code == 2
    assert "strength" in found.stderr
    assert not (tmp_path / "out").exists()
