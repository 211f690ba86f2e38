"""The package as others get it: built, installed in a fresh environment, its notebooks run whole.

Minutes, and the network for the packages: only by `python -m pytest -m full tests/setup`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_notebooks_and_scenarios_are_data_of_the_wheel():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    given = tools["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert given == {part: f"sim/shipped/{part}" for part in ("notebooks", "scenarios")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`installed(word, …)`: run a program of the environment in an empty folder."""
    place = tmp_path_factory.mktemp("fresh")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(word) for word in words], cwd=place, env=env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", place, ROOT)
    (wheel,) = place.glob("*.whl")
    run(sys.executable, "-m", "venv", "venv")
    programs = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    limits = ["-c", ROOT / "constraints.txt"]
    run(programs / "python", "-m", "pip", "install", "-q", f"{wheel}[lab,excel,word]", *limits)
    run(programs / "yanlian", "lab", "own", "--copy-only")
    return lambda name, *words: run(programs / name, *words)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_demo_runs_from_the_installed_package(installed):
    assert "report.html" in installed("yanlian", "demo", "--lang", "en").stdout


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_runs_at_full_length(installed, name, capsys):
    begin = time.monotonic()
    installed("jupyter", "execute", "--timeout=600", f"own/notebooks/{name}")
    with capsys.disabled():
        print(f"\n{name}: {time.monotonic() - begin:.0f} s")
