"""What tests of several rooms use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def call(monkeypatch, tmp_path: Path):
    """Run a command in the folder of the test."""
    from click.testing import CliRunner

    from sim.cli import cli

    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.chdir(tmp_path)

    def run(*words: object, **env: str):
        return CliRunner().invoke(cli, [str(w) for w in words], env=env, prog_name="yanlian")

    return run
