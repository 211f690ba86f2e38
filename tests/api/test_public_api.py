"""The public interface is short, documented and quick to import."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import sim

ROOT = Path(__file__).parents[2]


def test_all_is_the_documented_list() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/api.md").read_text("utf-8"), re.MULTILINE)
    assert sim.__all__ == listed


def test_every_public_name_exists_and_has_a_docstring() -> None:
    for name in sim.__all__:
        assert inspect.getdoc(getattr(sim, name)), name


def test_importing_sim_loads_no_heavy_library() -> None:
    heavy = ["matplotlib", "scipy.stats", "jinja2", "simpy", "pandas"]
    code = f"import sys, sim; print([m for m in {heavy!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
