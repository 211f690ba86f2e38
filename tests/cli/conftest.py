"""How the commands are called in the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scenarios():
    return ROOT / "scenarios"


@pytest.fixture
def hengxian(scenarios):
    return next(scenarios.glob("real/*hengxian*/events.csv"))


@pytest.fixture
def call(monkeypatch):
    """Run a command in this process; standard output and error are kept apart."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "140")

    def run(*words, **env):
        return CliRunner().invoke(cli, [str(w) for w in words], env=env, prog_name="yanlian")

    return run


@pytest.fixture
def shell():
    """Run a command as a process of its own, as a user does."""

    def run(*words, **env):
        command = [sys.executable, "-m", "sim", *(str(w) for w in words)]
        base = {
            k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONIO"))
        }
        path = os.pathsep.join([str(ROOT), base.get("PYTHONPATH", "")])
        whole = {**base, "PYTHONPATH": path, "COLUMNS": "140", **env}
        return subprocess.run(command, capture_output=True, env=whole, timeout=120)

    return run
