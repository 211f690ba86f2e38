"""`yanlian lab`: what it says; JupyterLab itself is started in tests/browser."""

from __future__ import annotations

import pytest


def test_it_says_what_was_copied_and_what_was_kept(call, tmp_path):
    first = call("lab", tmp_path / "own", "--copy-only", "--lang", "en")
    assert first.exit_code == 0, first.stderr
    assert "copied: " in first.stdout
    (tmp_path / "own/scenarios/river-flood.yaml").write_text("mine", encoding="utf-8")
    second = call("lab", tmp_path / "own", "--copy-only", "--lang", "zh")
    assert second.exit_code == 0
    assert "你改过、保留不动：1\n    scenarios/river-flood.yaml" in second.stdout


def test_a_file_in_the_way_is_unusable_input(call, tmp_path):
    (tmp_path / "own").write_text("", encoding="utf-8")
    result = call("lab", tmp_path / "own", "--copy-only", "--lang", "en")
    assert result.exit_code == 2
    assert "expected a folder" in result.stderr


@pytest.mark.parametrize("package", ["jupyterlab", "ipywidgets"])
def test_without_jupyterlab_it_names_the_extra_and_writes_nothing(
    call, tmp_path, monkeypatch, package
):
    monkeypatch.setattr("sim.lab.jupyter.find_spec", lambda name: None if name == package else name)
    result = call("lab", tmp_path / "own", "--lang", "en")
    assert result.exit_code == 2
    assert package in result.stderr
    assert "yanlian[lab]" in result.stderr
    assert not (tmp_path / "own").exists()
